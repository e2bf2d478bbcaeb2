"""What nobody could answer is noted, without who asked it, for those who edit the FAQ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from telegram import Bot, CallbackQuery, Message, MessageEntity, User

from bot.answering import Abstain, Answerer, Decision, Reason
from bot.handlers.asking import Asked, question_in
from bot.misses import Kind, Miss
from bot.misses.redaction import redacted


@dataclass(frozen=True, slots=True)
class Misses:
    """`note` takes a miss and returns at once; `today` tells the day, in UTC."""

    answerer: Answerer
    note: Callable[[Miss], None]
    today: Callable[[], date]

    def unanswered(self, decision: Decision, asked: Asked, message: Message) -> None:
        """Notes a question that was looked up in vain, if it is in the words of who asks: what
        others wrote, and perhaps not for us, is not kept."""
        missed = isinstance(decision, Abstain) and decision.reason is Reason.NO_MATCH
        if missed and asked.own and message.forward_origin is None:
            self._note(Kind.NO_MATCH, asked.text, _names(message))

    def none_of_these(self, query: CallbackQuery, bot: Bot) -> None:
        """Notes that no suggestion was meant."""
        self._note(Kind.NONE_OF_THESE, *_asked(query, bot))

    def not_asked(self, entry: str, query: CallbackQuery, bot: Bot) -> None:
        """Notes that the entry is not what was asked."""
        self._note(Kind.NOT_ASKED, *_asked(query, bot), entry=entry)

    def _note(self, kind: Kind, text: str, names: Iterable[str], entry: str = "") -> None:
        candidates = self.answerer.candidates(text)
        nearest = entry or next((candidate.id for candidate in candidates), "")
        score = next((it.score for it in candidates if it.id == nearest), 0.0)
        kept = redacted(text, self.answerer.knows, tuple(names))
        self.note(Miss(self.today(), kind, kept, nearest, round(score, 1)))


def _asked(query: CallbackQuery, bot: Bot) -> tuple[str, tuple[str, ...]]:
    """The question above the buttons, which our reply is a reply to, and its writer's names; empty
    where Telegram does not tell it (any more)."""
    reply = query.message if isinstance(query.message, Message) else None
    question = reply.reply_to_message if reply else None
    asked = question_in(question, bot) if question and question.text else None
    if question is None or asked is None or question.forward_origin:
        return "", ()
    return asked.text, _names(question)


def _names(message: Message) -> tuple[str, ...]:
    """Of the writer, and of whom the message names by an account without an @name."""
    mentioned = message.parse_entities([MessageEntity.TEXT_MENTION])
    return (*_names_of(message.from_user), *mentioned.values())


def _names_of(user: User | None) -> tuple[str, ...]:
    return (user.full_name, user.username or "") if user else ()
