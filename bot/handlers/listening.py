"""Which updates we want, and whom we listen to in each place.

PTB's own handlers take more than they seem to: text filters match edited, channel, business and
guest messages, too, and commands also those that were edited, forwarded or sent through a bot. So
each place says what it takes.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import filters

from bot.handlers.asking import question_in

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
)
"""Every kind that a handler is for; Telegram keeps the others to itself."""


class _OwnWords(filters.MessageFilter):
    """Somebody's own words: not of a bot, not through a bot, not forwarded, not even by Telegram
    itself from the group's channel.

    Who speaks for a group or a channel comes as a bot of Telegram's, but with a `sender_chat`.
    """

    def filter(self, message: Message) -> bool:
        author = message.from_user
        of_a_bot = author is not None and author.is_bot and message.sender_chat is None
        passed_on = message.forward_origin or message.is_automatic_forward
        return not (of_a_bot or passed_on or message.via_bot)


class _OurWords(filters.MessageFilter):
    """What somebody chose from our inline list: an answer of ours already."""

    def filter(self, message: Message) -> bool:
        return message.via_bot is not None and message.via_bot.id == message.get_bot().id


class _Asking(filters.MessageFilter):
    """A text that asks us something."""

    def filter(self, message: Message) -> bool:
        return bool(message.text) and question_in(message, message.get_bot()) is not None


_OWN_WORDS = _OwnWords(name="own words")

PRIVATE = (
    filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~_OurWords(name="words of our own")
)
"""New messages of people who write to the bot itself."""

_TOLD = filters.StatusUpdate.ALL | filters.SUCCESSFUL_PAYMENT | filters.PASSPORT_DATA

WRITTEN = PRIVATE & ~_TOLD
"""Of these, what somebody sent; not what the app tells by itself, such as that one was pinned."""

COMMANDS = PRIVATE & _OWN_WORDS
"""Of these, what may be a command: nobody is made to give one by a message to pass on."""

IN_GROUPS = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & _OWN_WORDS
"""New messages of people in groups, anonymous admins and channels that people speak for."""

ASKED_IN_GROUPS = IN_GROUPS & _Asking(name="asking us")
"""Of these, what asks us something: nothing else reaches a handler."""

EDITED = filters.UpdateType.EDITED_MESSAGE & _OWN_WORDS & _Asking(name="asking us")
"""Messages of people, edited, that ask us something as they stand now."""

GUESTS = filters.UpdateType.GUEST_MESSAGE & _OWN_WORDS
"""Messages that name us in chats that we are not in."""
