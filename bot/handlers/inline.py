"""Inline mode: whoever types `@bot donbas` in any chat chooses an answer to send there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import InlineQueryResultsButton, Update

from bot.answering import Answerer
from bot.buttons import TOPICS_PAYLOAD
from bot.faq import Faq
from bot.handlers.groups import in_group
from bot.handlers.sending import language_of_user, listed, unless_late
from bot.replies import Briefs

CACHE_TIME = 300
"""Seconds for which Telegram gives the same list to whoever types the same."""


@dataclass(frozen=True, slots=True)
class Inline:
    faq: Faq
    answerer: Answerer
    briefs: Briefs

    async def asked(self, update: Update, context: Any) -> None:
        """A list of answers; before anything is typed, what the FAQ leads with."""
        query = update.inline_query
        assert query is not None
        spoken = self.answerer.language_of(query.query)
        language = spoken or language_of_user(query.from_user)
        entries = self.answerer.listed(query.query) if query.query.strip() else self.faq.leading()
        articles = self.briefs.articles(entries, language, in_group(context.bot))
        label = self.briefs.all_topics(language)
        button = InlineQueryResultsButton(label, start_parameter=TOPICS_PAYLOAD)
        answered = query.answer(
            [listed(article) for article in articles],
            cache_time=CACHE_TIME,
            # Without a word, the language is that of the person's app.
            is_personal=spoken is None,
            button=None if articles else button,
        )
        await unless_late(answered)
