"""The article as the bot reads it: its sections, its sentences, and what stands in it verbatim."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import article
from tests.faq_files import ARTICLE

ROOT = Path(__file__).parent.parent
OURS = article.sections(next(ROOT.glob("seeds/*.txt")).read_text("utf-8"))
SMALL = article.sections(ARTICLE)


def test_our_article_has_the_32_sentences_that_people_counted_each_under_its_heading() -> None:
    counted = json.loads((ROOT / "tests/quality/sentences.json").read_text("utf-8"))
    assert [
        (section.heading or "(lead)", sentence)
        for section in OURS
        for sentence in section.sentences
    ] == [(row["section"], row["text"]) for row in counted]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param("One sentence.\nAnother.", [""], id="running text has none"),
        pytest.param("Title\nText.", ["Title"], id="a title is one, and leaves no lead"),
        pytest.param("Text.\nWhat next?\nText.", ["", "What next?"], id="a question"),
        pytest.param("Text.\nLast words", ["", "Last words"], id="one with nothing under it"),
        pytest.param("Text.\nIt ends,\nso.", [""], id="a line that goes on is none"),
        pytest.param("Text.\nHe said “no.”", [""], id="a closing quote mark hides no full stop"),
        pytest.param("Text.\n" + "long " * 30, [""], id="a long line is none"),
        pytest.param("Text.\nWhy? Who knows", [""], id="two sentences are none"),
        pytest.param(" \n\n", [], id="a blank article"),
    ],
)
def test_headings(text: str, headings: list[str]) -> None:
    assert [section.heading for section in article.sections(text)] == headings


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        pytest.param("One. Two! Three? Four", 4, id="each mark ends one"),
        pytest.param("“Really?” he asked. Yes.", 2, id="a small letter goes on"),
        pytest.param("He said “no.” Then he left.", 2, id="a quote mark after the stop"),
        pytest.param("J. D. Vance met Mr. Witkoff and Gen. Naev. All left.", 2, id="abbreviations"),
        pytest.param("It rose by 3.5 per cent... Then it fell…", 2, id="decimals and ellipses"),
        pytest.param("Він поїхав. Вона лишилася.", 2, id="Cyrillic"),
    ],
)
def test_sentences_of_a_paragraph(paragraph: str, count: int) -> None:
    sentences = article.sentences(paragraph)
    assert len(sentences) == count
    assert " ".join(sentences) == paragraph


def test_the_first_sentence_ends_with_its_line_at_the_latest() -> None:
    assert article.first_sentence("\nThree things\n- a. - b.") == "Three things"


@pytest.mark.parametrize(
    ("quote", "headings"),
    [
        pytest.param("Talks began in Abu Dhabi on 4 February 2026.", ("",), id="in the lead"),
        pytest.param("cede Donbas", ("Who wants what?",), id="a piece of a sentence"),
        pytest.param("talks", ("When and where",), id="the case of letters counts"),
        pytest.param("Mr. Witkoff's  team\ncame", ("",), id="quote marks and blanks are folded"),
        pytest.param("«rejected»\u00a0this", ("Who wants what?",), id="so are other quote marks"),
        pytest.param("Donbas. Ukrainian officials", ("Who wants what?",), id="over two sentences"),
        pytest.param("Russia … Donbas ... demand.", ("Who wants what?",), id="exact pieces"),
        pytest.param("Donbas … Russia", (), id="pieces in another order"),
        pytest.param("Talks began … Russia insists", (), id="pieces of two sections"),
        pytest.param("cede … cede", (), id="one piece does not count twice"),
        pytest.param("Donba", (), id="half a word"),
        pytest.param("raine cede", (), id="half a word in front"),
        pytest.param("cede  the Donbas", (), id="a word too many"),
        pytest.param("Who wants what?", (), id="a heading is no sentence"),
        pytest.param("…", (), id="nothing but an ellipsis"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_where_a_quote_stands(quote: str, headings: tuple[str, ...]) -> None:
    assert article.headings_over(SMALL, quote) == headings


def test_half_a_word_does_not_hide_the_whole_word_that_follows_it() -> None:
    assert article.headings_over(article.sections("Ukraine has rain."), "rain") == ("",)


def test_an_ellipsis_that_the_article_itself_has_is_quoted_like_any_other_sign() -> None:
    assert article.headings_over(article.sections("It was… late. It was early."), "was… late")


def test_a_quote_touches_every_sentence_that_it_reaches_into() -> None:
    assert article.unquoted(SMALL, ["Donbas. Ukrainian", "team … came", "not in it"]) == (
        "Talks began in Abu Dhabi on 4 February 2026.",
        "The talks last two days.",
    )


def test_the_nearest_sentence_shares_the_most_words() -> None:
    assert article.nearest(SMALL, "officials rejected THIS demand") == (
        "Ukrainian officials have “rejected” this demand."
    )
    assert article.nearest((), "anything") == ""


EVERY_SENTENCE = list(chain.from_iterable(section.sentences for section in OURS))


@given(st.sampled_from(EVERY_SENTENCE), st.data())
def test_any_run_of_words_is_a_quote_and_a_whole_sentence_covers_itself(
    sentence: str, data: st.DataObject
) -> None:
    words = sentence.split()
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    assert article.headings_over(OURS, quote)
    assert sentence not in article.unquoted(OURS, [sentence])


@given(st.text())
def test_any_text_is_an_article(text: str) -> None:
    sections = article.sections(text)
    sentences = [sentence for section in sections for sentence in section.sentences]
    assert list(article.unquoted(sections, [])) == sentences
    assert article.headings_over(sections, text) is not None
