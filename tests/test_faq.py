"""What is asked of an FAQ: texts by language, entries by topic, the sentences nobody quotes."""

from __future__ import annotations

from dataclasses import replace

from bot.faq import coverage
from bot.loading import load
from tests.faq_files import GOOD, load_with_article

FAQ = load_with_article(GOOD)


def test_an_entry_speaks_english_where_nobody_has_translated_it() -> None:
    where, hotel = FAQ.entries["where"], FAQ.entries["hotel"]
    assert where.text("uk").question == "Де відбуваються переговори?"
    assert where.text("ru") == where.text("en")
    assert hotel.text("uk").question == "In which hotel?"


def test_the_phrasings_of_an_entry_are_those_of_all_languages_questions_included() -> None:
    assert FAQ.entries["where"].phrasings == (
        "Where are the talks held?",
        "what city?",
        "talks: venue",
        "Де відбуваються переговори?",
    )


def test_a_topic_has_its_english_title_where_nobody_has_translated_it() -> None:
    assert FAQ.topic_title("place", "uk") == "Де і коли"
    assert FAQ.topic_title("positions", "uk") == "What each side wants"


def test_entries_stand_under_their_topics_in_the_order_of_the_file() -> None:
    assert {topic: [it.id for it in entries] for topic, entries in FAQ.by_topic().items()} == {
        "place": ["where", "hotel"],
        "positions": ["russia-donbas", "ukraine-donbas"],
    }


def test_coverage_names_the_sentences_that_no_entry_quotes() -> None:
    assert coverage(FAQ) == {
        "talks": ("Mr. Witkoff’s team came.", "The talks last two days."),
    }


def test_a_source_that_was_not_read_has_no_sentences_to_cover() -> None:
    assert coverage(load(GOOD)) == {"talks": ()}


def test_what_the_sources_answer_comes_topic_by_topic_in_rounds() -> None:
    assert [entry.id for entry in FAQ.leading()] == ["where", "russia-donbas", "ukraine-donbas"]


def test_an_entry_is_of_the_days_of_what_it_quotes_else_of_the_first_source() -> None:
    day = FAQ.sources["talks"].published
    assert FAQ.published(FAQ.entries["where"]) == (day,)
    assert FAQ.published(FAQ.entries["hotel"]) == (day,)
    assert replace(FAQ, sources={}).published(FAQ.entries["hotel"]) == ()
