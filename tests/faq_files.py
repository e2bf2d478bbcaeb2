"""A small FAQ file and its article, to be loaded as it is or with one thing changed."""

from __future__ import annotations

from bot.errors import FaqError, Problem
from bot.faq import Faq
from bot.loading import load

ARTICLE = """\
Talks began in Abu Dhabi on 4 February 2026. Mr. Witkoff’s team came.

Who wants what?
Russia insists that Ukraine cede Donbas. Ukrainian officials have “rejected” this demand.

When and where
The talks last two days.
"""

GOOD = """\
sources:
  talks: {title: The talks, file: seeds/talks.txt, published: 2026-02-04, url: null}
topics:
  place: {title: Where and when, uk: Де і коли}
  positions: {title: What each side wants}
aliases:
  - [Witkoff, Wittkoff, Віткофф]
entries:
  - id: where
    topic: place
    question: Where are the talks held?
    phrasings: [what city?, "talks: venue"]
    answer: On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.
    quotes:
      - {source: talks, text: Talks began in Abu Dhabi}
    uk:
      question: Де відбуваються переговори?
      answer: 4 лютого 2026 року переговори почалися в Абу-Дабі.
      short: В Абу-Дабі.
  - id: russia-donbas
    topic: positions
    question: What does Russia demand?
    answer: As of 4 February 2026, Russia insisted on Donbas.
    short: Russia insisted on Donbas.
    quotes: [{source: talks, text: Russia insists … cede Donbas.}]
    says: Russia
    other: ukraine-donbas
    corrected: {date: 2026-02-05, note: The first version named no day.}
  - id: ukraine-donbas
    topic: positions
    question: What does Ukraine answer?
    answer: As of 4 February 2026, Ukrainian officials rejected this.
    quotes: [{source: talks, text: 'have "rejected" this demand', section: Who wants what?}]
    says: Ukraine
    other: russia-donbas
  - id: hotel
    topic: place
    unknown: true
    question: In which hotel?
    answer: The article of 4 February 2026 names no hotel.
"""


def read(path: str) -> str:
    if path != "seeds/talks.txt":
        raise FileNotFoundError(2, "No such file or directory", path)
    return ARTICLE


def load_with_article(text: str | bytes) -> Faq:
    return load(text, read=read)


def changed(old: str, new: str) -> str:
    """GOOD with the first `old` replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def problems(text: str | bytes) -> list[Problem]:
    """What is wrong with a file: nothing if it loads. Any other exception fails the test."""
    try:
        load_with_article(text)
    except FaqError as error:
        return list(error.problems)
    return []


def told(text: str | bytes) -> list[str]:
    """The problems as an editor reads them, without the name of the file."""
    return [str(problem).removeprefix("faq.yaml:") for problem in problems(text)]
