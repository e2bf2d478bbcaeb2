"""Another article is another source: data alone, and the same bot checks, answers and cites it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answering import Answer, Answerer
from bot.errors import FaqError
from bot.playground.markup import parse_html
from bot.reading import open_at, read
from bot.replies import Address, Briefs, Replies
from bot.review import warnings
from tests.folders import write

BRIDGE = """\
The old bridge over the Salt River was closed on 3 March 2026 after an inspection found cracks.

What happens next?
The council expects repairs to take eleven weeks. Ferries carry passengers meanwhile.
"""

SOURCE = """\
  bridge:
    title: Cracks close the old bridge
    file: seeds/bridge.txt
    published: 2026-03-04
    url: https://example.org/bridge
"""

ENTRIES = """\
  - id: bridge-reopening
    topic: bridge
    question: How long will the repairs of the bridge take?
    phrasings: [when does the bridge open again, bridge repair time]
    answer: As of 4 March 2026, the council expected repairs of the bridge to take eleven weeks.
    quotes: [{source: bridge, text: The council expects repairs to take eleven weeks.}]
  - id: bridge-and-talks
    topic: bridge
    question: What began in Abu Dhabi while ferries crossed the river?
    answer: As of 4 March 2026, talks had begun in Abu Dhabi, and ferries carried passengers.
    quotes:
      - {source: bridge, text: Ferries carry passengers meanwhile.}
      - {source: talks, text: Talks began in Abu Dhabi}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small FAQ with a second article beside the first."""
    path = write(tmp_path)
    (tmp_path / "seeds" / "bridge.txt").write_text(BRIDGE, "utf-8")
    text = path.read_text("utf-8")
    text = text.replace("topics:\n", f"{SOURCE}topics:\n  bridge: {{title: The bridge}}\n")
    path.write_text(text + ENTRIES, "utf-8")
    return path


def replied(path: Path, query: str) -> str:
    faq = read(path)
    decision = Answerer(faq).answer(query)
    assert isinstance(decision, Answer)
    return Replies(faq, lambda: date(2026, 3, 20)).render(decision).html


def test_it_is_answered_quoted_and_cited_with_its_own_title_link_section_and_day(
    path: Path,
) -> None:
    html = replied(path, "when will the bridge open again?")
    assert parse_html(html)[0].splitlines() == [
        "How long will the repairs of the bridge take?",
        "",
        "As of 4 March 2026, the council expected repairs of the bridge to take eleven weeks.",
        "",
        "The council expects repairs to take eleven weeks.",
        "Source: Cracks close the old bridge, section “What happens next?”",
        "Reported 4 Mar 2026, 2 weeks ago. Later events are not covered.",
    ]
    assert 'href="https://example.org/bridge"' in html


def test_the_first_source_is_answered_as_before(path: Path) -> None:
    text = parse_html(replied(path, "Where are the talks held?"))[0]
    assert "Source: The talks\nReported 4 Feb 2026" in text


def test_an_answer_may_rest_on_both_and_cites_each(path: Path) -> None:
    text = parse_html(replied(path, "What began in Abu Dhabi while ferries crossed the river?"))[0]
    assert "Cracks close the old bridge" in text
    assert "The talks" in text


def test_a_group_is_told_the_day_of_the_source_that_was_quoted(path: Path) -> None:
    faq = read(path)
    decision = Answerer(faq).answer("bridge repair time")
    assert isinstance(decision, Answer)
    assert "4 Mar 2026" in Briefs(faq).render(decision, Address("our_bot", "/ask@our_bot")).html


def test_quotes_are_proved_against_the_source_that_they_name(path: Path) -> None:
    text = path.read_text("utf-8").replace(
        "{source: bridge, text: The", "{source: talks, text: The"
    )
    path.write_text(text, "utf-8")
    with pytest.raises(FaqError, match=r"entry bridge-reopening, quotes 1, text: does not stand"):
        read(path)


def test_the_check_tells_which_sentences_of_each_are_not_quoted(path: Path) -> None:
    told = [(it.file, it.line) for it in warnings(open_at(path)) if "no entry quotes" in it.message]
    assert told == [("seeds/talks.txt", 1), ("seeds/talks.txt", 7), ("seeds/bridge.txt", 1)]
