"""The private chat: whole answers, with buttons under them. One message for one query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import assert_never

from bot.answering import QUERY_LIMIT, Abstain, Answer, Decision, Reason, Suggest
from bot.buttons import NoneOfThese, NotAsked, Show, Topic, Topics
from bot.faq import ENGLISH, Entry, Faq
from bot.markup import blockquote, bold, linked, listed, plain
from bot.replies.reply import LABEL_LIMIT, Button, Reply, cut, knowledge
from bot.retention import KEPT_DAYS
from bot.wording import Wording

MESSAGE_LIMIT = 4096
"""Characters of a message that Telegram takes."""

OLD_AFTER = timedelta(days=14)
"""Age from which an answer says how old it is."""

PAGE = 8
"""Questions on a page of a topic."""

FIRST_QUESTIONS = 3
"""Questions that /start offers."""


class Replies:
    """Puts decisions and commands into words. `today` tells the day, for the age of an answer."""

    def __init__(self, faq: Faq, today: Callable[[], date]) -> None:
        self._faq = faq
        self._today = today
        self._wording = cache(Wording)

    def render(self, decision: Decision) -> Reply:
        language = decision.language
        match decision:
            case Answer():
                return self._answer(decision)
            case Suggest(entries=entries):
                return self._suggestions(entries, language)
            case Abstain(reason=Reason.NO_MATCH, nearest=nearest):
                return self.no_answer(language, nearest)
            case Abstain(reason=reason):
                return self._not_looked_up(reason, language)
            case _:
                assert_never(decision)

    def knows(self, id: str) -> bool:
        """Does the FAQ hold this entry?"""
        return id in self._faq.entries

    def entry(self, id: str, language: str) -> Reply | None:
        """The answer of one entry; None if the FAQ does not hold it (any more)."""
        entry = self._faq.entries.get(id)
        if entry is None:
            return None
        return Reply(self._block(entry, language), self._answer_buttons(entry, language))

    def no_answer(self, language: str, nearest: Entry | None = None) -> Reply:
        html = self._plain("no-answer", language, **self._knowledge(language))
        buttons = (self._all_topics(language),)
        if nearest is None:
            return Reply(html, buttons)
        html += f"\n\n{self._plain('nearest', language)}\n{_questions([nearest], language)}"
        return Reply(html, (self._question(nearest, language), *buttons))

    def start(self, language: str) -> Reply:
        html = self._plain("start", language, **self._knowledge(language))
        # No list tells the whole of a question whose button shows its beginning.
        leading = sorted(self._faq.leading(), key=lambda entry: _is_cut(entry, language))
        buttons = [self._question(entry, language) for entry in leading[:FIRST_QUESTIONS]]
        return Reply(html, (*buttons, self._all_topics(language)))

    def help(self, language: str) -> Reply:
        html = self._plain("help", language, example=self._example(language))
        return Reply(html, (self._all_topics(language),))

    def privacy(self, language: str, operator: str) -> Reply:
        operator = operator or "none"
        return Reply(self._plain("privacy", language, days=KEPT_DAYS, operator=operator))

    def topics(self, language: str) -> Reply:
        titles = [(id, self._faq.topic_title(id, language)) for id in self._faq.topics]
        buttons = tuple(Button(cut(title, LABEL_LIMIT), Topic(id)) for id, title in titles)
        return Reply(self._plain("topics", language), buttons)

    def topic(self, id: str, page: int, language: str) -> Reply | None:
        """A page of a topic's questions, the answerable ones first; None if there is none such."""
        entries = sorted(self._faq.by_topic().get(id, ()), key=lambda entry: entry.unknown)
        pages = -(-len(entries) // PAGE)
        if not 1 <= page <= pages:
            return None
        shown = entries[(page - 1) * PAGE : page * PAGE]
        title = self._faq.topic_title(id, language)
        say = self._wording(language).text
        heading = bold(say("topic", title=title, page=page, pages=pages))
        turn = [Button(say("button-next"), Topic(id, page + 1))] if page < pages else []
        turn += [Button(say("button-back"), Topic(id, page - 1) if page > 1 else Topics())]
        return Reply(
            f"{heading}\n\n{_questions(shown, language)}",
            (*(self._question(entry, language) for entry in shown), *turn),
        )

    def text(self, name: str, language: str) -> Reply:
        """A fixed text that needs nothing filled in."""
        return Reply(self._plain(name, language))

    def toast(self, name: str, language: str) -> str:
        return self._wording(language).text(name)

    # What messages are made of.

    def _answer(self, decision: Answer) -> Reply:
        language = decision.language
        html = self._block(decision.entry, language)
        buttons = self._answer_buttons(decision.entry, language)
        for entry in decision.also:
            both = f"{html}\n\n{self._block(entry, language)}"
            if len(both) <= MESSAGE_LIMIT:
                html = both
            else:
                buttons = (self._question(entry, language), *buttons)
        return Reply(html, buttons)

    def _suggestions(self, entries: Sequence[Entry], language: str) -> Reply:
        say = self._wording(language).text
        html = f"{self._plain('suggest', language)}\n\n{_questions(entries, language)}"
        none = Button(say("button-none"), NoneOfThese())
        return Reply(html, (*(self._question(entry, language) for entry in entries), none))

    def _not_looked_up(self, reason: Reason, language: str) -> Reply:
        name = {
            Reason.NO_WORDS: "no-words",
            Reason.TOO_LONG: "too-long",
            Reason.GREETING: "greeting",
            Reason.THANKS: "thanks",
            Reason.HELP: "help",
        }[reason]
        html = self._plain(name, language, example=self._example(language), limit=QUERY_LIMIT)
        return Reply(html, (self._all_topics(language),))

    def _block(self, entry: Entry, language: str) -> str:
        """The question as we understood it, the answer, the quotes, where from and of when."""
        text = entry.text(language)
        proof = [blockquote(quote.text) for quote in entry.quotes]
        proof += self._provenance(entry, language)
        said = (bold(text.question), plain(text.answer), "\n".join(proof))
        return "\n\n".join(said)

    def _provenance(self, entry: Entry, language: str) -> list[str]:
        wording = self._wording(language)
        cited = dict.fromkeys((quote.source, quote.section) for quote in entry.quotes)
        # What no source says is still said of a source: of the first.
        cited = cited or dict.fromkeys((id, "") for id in list(self._faq.sources)[:1])
        lines = []
        if entry.quotes and wording.language != ENGLISH:
            lines.append(plain(wording.text("original-language")))
        for id, section in cited:
            source = self._faq.sources[id]
            name = "source-section" if section else "source"
            line = wording.text(name, title=source.title, section=section)
            lines.append(linked(line, source.title, source.url))
        lines += [plain(self._reported(day, wording)) for day in self._faq.published(entry)]
        if entry.corrected:
            day = wording.short_day(entry.corrected.date)
            lines.append(plain(wording.text("corrected", date=day, note=entry.corrected.note)))
        return lines

    def _reported(self, published: date, wording: Wording) -> str:
        age = self._today() - published
        day = wording.short_day(published)
        if age < OLD_AFTER:
            return wording.text("reported", date=day)
        return wording.text("reported-long-ago", date=day, age=wording.age(age))

    def _answer_buttons(self, entry: Entry, language: str) -> tuple[Button, ...]:
        say = self._wording(language).text
        buttons = [Button(say("button-not-asked"), NotAsked(entry.id))]
        if entry.other is not None:
            buttons.insert(0, self._other_side(self._faq.entries[entry.other], language))
        return tuple(buttons)

    def _other_side(self, entry: Entry, language: str) -> Button:
        if entry.says is None:
            return self._question(entry, language)
        # A variant of a Fluent text is named by a word without blanks.
        party = entry.says.replace(" ", "-")
        label = self._wording(language).text("button-other-side", party=party)
        return Button(label, Show(entry.id))

    def _question(self, entry: Entry, language: str) -> Button:
        return Button(cut(entry.text(language).question, LABEL_LIMIT), Show(entry.id))

    def _all_topics(self, language: str) -> Button:
        return Button(self._wording(language).text("button-all-topics"), Topics())

    def _example(self, language: str) -> str:
        return next(iter(self._faq.entries.values())).text(language).question

    def _knowledge(self, language: str) -> dict[str, str | int]:
        return knowledge(self._faq, self._wording(language))

    def _plain(self, name: str, language: str, **arguments: str | int) -> str:
        return plain(self._wording(language).text(name, **arguments))


def _is_cut(entry: Entry, language: str) -> bool:
    """Is its question longer than a button?"""
    return len(entry.text(language).question) > LABEL_LIMIT


def _questions(entries: Sequence[Entry], language: str) -> str:
    """Whole questions, because a button may show only the beginning of one."""
    return listed([entry.text(language).question for entry in entries])
