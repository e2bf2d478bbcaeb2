"""Entries as values, and decisions about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.answering import Abstain, Answer, Reason, Suggest
from bot.faq import Entry, Faq, Quote, Source, Text
from bot.playground.entities import part
from bot.playground.markup import parse_html
from bot.replies import Reply

PUBLISHED = date(2026, 2, 4)
NEXT_DAY = PUBLISHED + timedelta(1)

HEADING = "How close are the sides to a peace agreement?"
TALKS = Source("talks", "The talks", "seeds/talks.txt", PUBLISHED)


def entry(id: str, question: str, answer: str = "", **rest: Any) -> Entry:
    rest = {"topic": "positions", "quotes": (), **rest}
    return Entry(id, texts={"en": Text(question, answer, answer)}, **rest)


RUSSIA = entry(
    "russia-territory",
    "What does Russia demand on territory?",
    "As of 4 February 2026, Russia insisted on Donbas.",
    quotes=(Quote("talks", "Russia continues to insist on Donbas.", HEADING),),
    says="Russia",
    other="ukraine-territory",
)
UKRAINE = entry(
    "ukraine-territory",
    "How does Ukraine answer Russia's territorial demand?",
    "As of 4 February 2026, Ukrainian officials rejected it.",
    quotes=(Quote("talks", "Ukrainian officials rejected this.", HEADING),),
    says="Ukraine",
    other="russia-territory",
)
WHERE = entry(
    "where",
    "Where are the talks held?",
    "On 4 February 2026 the talks began in Abu Dhabi.",
    topic="place",
    quotes=(Quote("talks", "Talks began in Abu Dhabi."),),
)
LEADER = entry(
    "ukraine-leader",
    "Who leads Ukraine's delegation?",
    "The article of 4 February 2026 does not name anyone. The closest it comes:",
    quotes=(Quote("talks", "Ukraine's delegation includes senior figures.", "Who is there?"),),
    unknown=True,
)
HOTEL = entry("hotel", "In which hotel?", "The article names no hotel.", unknown=True)


TITLES = {"positions": "What each side wants", "place": "Where and when"}


def faq_of(
    *entries: Entry,
    sources: tuple[Source, ...] = (TALKS,),
    titles: Mapping[str, str] = TITLES,
) -> Faq:
    used = {entry.topic for entry in entries}
    return Faq(
        sources={source.id: source for source in sources},
        entries={entry.id: entry for entry in entries},
        topics={id: {"en": title} for id, title in titles.items() if id in used},
    )


FAQ = faq_of(LEADER, RUSSIA, UKRAINE, WHERE, HOTEL)


def styled(reply: Reply) -> list[tuple[str, str]]:
    text, entities = parse_html(reply.html)
    return [(entity.type, part(text, entity)) for entity in entities]


def answered(entry: Entry, *also: Entry) -> Answer:
    return Answer(query="?", language="en", rule="", entry=entry, also=also)


def suggested(*entries: Entry) -> Suggest:
    return Suggest(query="?", language="en", rule="", entries=entries)


def abstained(reason: Reason, nearest: Entry | None = None) -> Abstain:
    return Abstain(query="?", language="en", rule="", reason=reason, nearest=nearest)
