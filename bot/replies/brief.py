"""Where others read along: groups, inline mode, guest mode. A line or two, and no buttons.

What is more to say stands in the private chat, and a link leads there. Nobody else's tap can change
a message that has no buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import assert_never

from bot.answering import QUERY_LIMIT, Abstain, Answer, Decision, Reason, Suggest
from bot.buttons import PRIVACY_PAYLOAD, TOPICS_PAYLOAD, permalink, start_payload
from bot.faq import Entry, Faq
from bot.markup import Piece, bold, line
from bot.replies.reply import Reply, cut, knowledge
from bot.retention import KEPT_DAYS
from bot.wording import Wording

BRIEF_LIMIT = 350
"""Characters of a message where others read along."""

QUESTION_LIMIT = 80
"""Characters of a question inside a line: three of them leave it one."""

LIST_LIMIT = 10
"""Articles in an inline list: more than that nobody scrolls."""


@dataclass(frozen=True, slots=True)
class Address:
    """How we are found: by the name `bot`, without its @; `call` is what people write before a
    question in this place."""

    bot: str
    call: str


@dataclass(frozen=True, slots=True)
class Article:
    """A line of an inline list, and the HTML of the message that it becomes when it is chosen."""

    id: str
    title: str
    description: str
    html: str


class Briefs:
    """Puts decisions and commands into a line or two."""

    def __init__(self, faq: Faq) -> None:
        self._faq = faq
        self._wording = cache(Wording)

    def render(self, decision: Decision, at: Address) -> Reply:
        language = decision.language
        match decision:
            case Answer():
                return self._answers(decision, at)
            case Suggest(entries=entries):
                suggest = self._wording(language).text("brief-suggest")
                return _reply(Piece(f"{suggest} "), *_joined(self._links(entries, language, at)))
            case Abstain(reason=Reason.NO_MATCH, nearest=nearest):
                return self._no_answer(nearest, language, at)
            case Abstain(reason=reason):
                return self._not_looked_up(reason, language, at)
            case _:
                assert_never(decision)

    def earlier(self, entry: Entry, language: str, at: Address) -> Reply:
        """Points to the answer that this is a reply to."""
        said = self._wording(language).text("brief-earlier")
        return _reply(Piece(f"{said} "), self._source(entry, language, at))

    def usage(self, language: str, at: Address) -> Reply:
        return _reply(self._usage(language, at))

    def start(self, language: str, at: Address) -> Reply:
        wording = self._wording(language)
        said = wording.text("brief-start", **knowledge(self._faq, wording))
        return _reply(Piece(f"{said} "), self._usage(language, at))

    def topics(self, language: str, at: Address) -> Reply:
        label = self._wording(language).text("brief-topics")
        return _reply(Piece(label, permalink(at.bot, TOPICS_PAYLOAD)))

    def privacy(self, language: str, at: Address) -> Reply:
        say = self._wording(language).text
        more = Piece(say("brief-privacy-more"), permalink(at.bot, PRIVACY_PAYLOAD))
        return _reply(Piece(f"{say('brief-privacy', days=KEPT_DAYS)} "), more)

    def articles(self, entries: Iterable[Entry], language: str, at: Address) -> tuple[Article, ...]:
        """An inline list of these entries. The messages name the question, which is nowhere else
        to be seen there."""
        return tuple(
            Article(
                entry.id,
                text.question,
                text.short,
                f"{bold(text.question)}\n\n{line(self._answer(entry, language, at))}",
            )
            for entry in islice(entries, LIST_LIMIT)
            for text in [entry.text(language)]
        )

    def all_topics(self, language: str) -> str:
        """The label of the button above an inline list that is empty."""
        return self._wording(language).text("button-no-answer")

    # What messages are made of.

    def _answers(self, decision: Answer, at: Address) -> Reply:
        """The first answer; to what was asked besides it, links, as far as there is room."""
        language = decision.language
        pieces = self._answer(decision.entry, language, at)
        before = f"\n{self._wording(language).text('brief-also')} "
        for link in self._links(decision.also, language, at):
            more = [*pieces, Piece(before), link]
            if sum(len(piece.text) for piece in more) <= BRIEF_LIMIT:
                pieces, before = more, " · "
        return _reply(*pieces)

    def _answer(self, entry: Entry, language: str, at: Address) -> list[Piece]:
        wording = self._wording(language)
        days = [wording.short_day(day) for day in self._faq.published(entry)]
        if entry.corrected:
            day = wording.short_day(entry.corrected.date)
            days.append(wording.text("brief-corrected", date=day))
        dated = "".join(f" · {day}" for day in days)
        short = entry.text(language).short
        return [Piece(f"{short} "), self._source(entry, language, at), Piece(dated)]

    def _source(self, entry: Entry, language: str, at: Address) -> Piece:
        label = self._wording(language).text("brief-source", quotes=len(entry.quotes))
        return Piece(label, permalink(at.bot, start_payload(entry.id)))

    def _no_answer(self, nearest: Entry | None, language: str, at: Address) -> Reply:
        wording = self._wording(language)
        said = wording.text("no-answer", **knowledge(self._faq, wording))
        if nearest is None:
            label = wording.text("button-all-topics")
            return _reply(Piece(f"{said} "), Piece(label, permalink(at.bot, TOPICS_PAYLOAD)))
        return _reply(
            Piece(f"{said} {wording.text('brief-nearest')} "),
            *self._links([nearest], language, at),
        )

    def _not_looked_up(self, reason: Reason, language: str, at: Address) -> Reply:
        say = self._wording(language).text
        if reason is Reason.TOO_LONG:
            return _reply(Piece(say("too-long", limit=QUERY_LIMIT)))
        if reason is Reason.THANKS:
            return _reply(Piece(say("thanks")))
        return self.usage(language, at)

    def _usage(self, language: str, at: Address) -> Piece:
        return Piece(self._wording(language).text("brief-usage", call=at.call))

    def _links(self, entries: Iterable[Entry], language: str, at: Address) -> list[Piece]:
        return [
            Piece(
                cut(entry.text(language).question, QUESTION_LIMIT),
                permalink(at.bot, start_payload(entry.id)),
            )
            for entry in entries
        ]


def _joined(links: Sequence[Piece]) -> list[Piece]:
    return [piece for link in links for piece in (Piece(" · "), link)][1:]


def _reply(*pieces: Piece) -> Reply:
    return Reply(line(pieces))
