"""What others read along: a line or two, word for word, and that it stays one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from bot.answering import Reason
from bot.faq import Correction, Faq, Quote, Text
from bot.playground.markup import parse_html
from bot.replies import Address, Briefs, Reply
from tests.entries import (
    FAQ,
    HOTEL,
    LEADER,
    NEXT_DAY,
    RUSSIA,
    TALKS,
    WHERE,
    abstained,
    answered,
    entry,
    faq_of,
    styled,
    suggested,
)
from tests.texts import LINES

AT = Address("our_bot", "/ask@our_bot")
BRIEFS = Briefs(FAQ)
HINT = (
    "Ask like this: /ask@our_bot what does Russia demand? Or reply to a message with /ask@our_bot."
)
RUSSIA_LINK = "https://t.me/our_bot?start=q_russia-territory"


def shown(reply: Reply) -> str:
    """What people in a group read, and that it is brief."""
    text, _ = parse_html(reply.html)
    assert 1 <= len(text.strip()) <= 350
    assert reply.buttons == ()
    return text


def links(reply: Reply) -> list[tuple[str, str]]:
    text, entities = parse_html(reply.html)
    parts = [text[entity.offset : entity.end] for entity in entities]
    return [(part, entity.url) for part, entity in zip(parts, entities, strict=True)]


def test_an_answer_is_one_sentence_with_a_link_to_the_quote_and_the_day() -> None:
    reply = BRIEFS.render(answered(RUSSIA), AT)
    assert shown(reply) == (
        "As of 4 February 2026, Russia insisted on Donbas. Quote and source · 4 Feb 2026"
    )
    assert links(reply) == [("Quote and source", RUSSIA_LINK)]


def test_a_known_unknown_says_so() -> None:
    leader = replace(LEADER, texts={"en": Text("Who?", "No. Nobody.", "The article names nobody.")})
    assert shown(BRIEFS.render(answered(leader), AT)) == (
        "The article names nobody. Quote and source · 4 Feb 2026"
    )


def test_where_nothing_is_quoted_no_quote_is_promised() -> None:
    reply = BRIEFS.render(answered(HOTEL), AT)
    assert shown(reply) == "The article names no hotel. Source · 4 Feb 2026"


def test_a_corrected_answer_says_since_when() -> None:
    corrected = replace(WHERE, corrected=Correction(date(2026, 2, 9), "It named no day."))
    reply = Briefs(faq_of(corrected)).render(answered(corrected), AT)
    assert shown(reply).endswith("Quote and source · 4 Feb 2026 · corrected 9 Feb 2026")


def test_two_sources_are_two_days() -> None:
    later = replace(TALKS, id="later", published=NEXT_DAY)
    both = replace(WHERE, quotes=(*WHERE.quotes, Quote("later", "They went on.")))
    reply = Briefs(faq_of(both, sources=(TALKS, later))).render(answered(both), AT)
    assert shown(reply).endswith("Quote and source · 4 Feb 2026 · 5 Feb 2026")


def test_what_was_asked_besides_is_linked() -> None:
    reply = BRIEFS.render(answered(RUSSIA, WHERE, HOTEL), AT)
    assert shown(reply).split("\n") == [
        "As of 4 February 2026, Russia insisted on Donbas. Quote and source · 4 Feb 2026",
        "Also: Where are the talks held? · In which hotel?",
    ]
    assert [url.rpartition("=")[2] for _, url in links(reply)] == [
        "q_russia-territory",
        "q_where",
        "q_hotel",
    ]


def test_unsure_is_one_line_with_links() -> None:
    reply = BRIEFS.render(suggested(RUSSIA, WHERE), AT)
    assert shown(reply) == (
        "Did you mean: What does Russia demand on territory? · Where are the talks held?"
    )
    assert links(reply) == [
        ("What does Russia demand on territory?", RUSSIA_LINK),
        ("Where are the talks held?", "https://t.me/our_bot?start=q_where"),
    ]


def test_a_miss_is_one_line_with_a_way_on() -> None:
    known = "I found no answer to that. I only know one article about the Abu Dhabi talks, of"
    miss = BRIEFS.render(abstained(Reason.NO_MATCH), AT)
    assert shown(miss) == f"{known} 4 February 2026. All topics"
    assert links(miss) == [("All topics", "https://t.me/our_bot?start=topics")]
    near = BRIEFS.render(abstained(Reason.NO_MATCH, WHERE), AT)
    assert shown(near) == (
        f"{known} 4 February 2026. The nearest question that I know: Where are the talks held?"
    )
    assert links(near) == [("Where are the talks held?", "https://t.me/our_bot?start=q_where")]


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason.NO_WORDS, HINT),
        (Reason.GREETING, HINT),
        (Reason.HELP, HINT),
        (Reason.TOO_LONG, "Please ask in one sentence, of at most 300 characters."),
        (Reason.THANKS, "You are welcome."),
    ],
)
def test_what_is_no_question_gets_one_line(reason: Reason, text: str) -> None:
    assert shown(BRIEFS.render(abstained(reason), AT)) == text


@pytest.mark.parametrize("reason", Reason)
def test_there_is_a_reply_for_every_reason(reason: Reason) -> None:
    assert "\n" not in shown(BRIEFS.render(abstained(reason), AT))


def test_how_to_ask_is_told_as_it_works_in_that_place() -> None:
    assert shown(BRIEFS.usage("en", AT)) == HINT
    guest = Address("our_bot", "@our_bot")
    assert shown(BRIEFS.usage("en", guest)).startswith("Ask like this: @our_bot what does Russia")


def test_a_repeated_question_is_pointed_to_its_answer() -> None:
    reply = BRIEFS.earlier(RUSSIA, "en", AT)
    assert shown(reply) == (
        "I answered this a few minutes ago, in the message above. Quote and source"
    )
    assert links(reply) == [("Quote and source", RUSSIA_LINK)]


def test_commands_are_answered_briefly() -> None:
    assert shown(BRIEFS.start("en", AT)) == (
        "I answer questions about the second round of Ukraine – Russia talks in Abu Dhabi, "
        f"from one article of 4 February 2026. {HINT}"
    )
    topics = BRIEFS.topics("en", AT)
    assert links(topics) == [(shown(topics), "https://t.me/our_bot?start=topics")]
    privacy = BRIEFS.privacy("en", AT)
    assert shown(privacy).startswith("I look only at what is addressed to me")
    assert links(privacy) == [("More on privacy", "https://t.me/our_bot?start=privacy")]


def test_several_articles_are_counted() -> None:
    later = replace(TALKS, id="later", published=NEXT_DAY)
    start = Briefs(faq_of(WHERE, sources=(TALKS, later))).start("en", AT)
    assert "from 2 articles, the latest of 5 February 2026." in shown(start)


def test_an_faq_without_any_source_still_replies() -> None:
    briefs = Briefs(faq_of(HOTEL, sources=()))
    assert shown(briefs.render(answered(HOTEL), AT)) == "The article names no hotel. Source"
    assert shown(briefs.start("en", AT))


def test_an_inline_list_shows_questions_and_sends_answers_that_name_them() -> None:
    (article,) = BRIEFS.articles([RUSSIA], "en", AT)
    assert (article.id, article.title, article.description) == (
        "russia-territory",
        "What does Russia demand on territory?",
        "As of 4 February 2026, Russia insisted on Donbas.",
    )
    text, entities = parse_html(article.html)
    assert text == (
        "What does Russia demand on territory?\n"
        "\n"
        "As of 4 February 2026, Russia insisted on Donbas. Quote and source · 4 Feb 2026"
    )
    assert [entity.type for entity in entities] == ["bold", "text_link"]


def test_an_inline_list_is_no_longer_than_anybody_scrolls() -> None:
    entries = [replace(WHERE, id=f"where-{number}") for number in range(20)]
    assert [article.id for article in BRIEFS.articles(entries, "en", AT)] == [
        f"where-{number}" for number in range(10)
    ]


# Whatever an editor writes

WIDE = "&<wörd> " * 25


def test_the_longest_texts_that_the_faq_allows_stay_brief() -> None:
    long = Text(WIDE[:200], "a", ("&<wörd> " * 32)[:249] + ".")
    days = tuple(replace(TALKS, id=id, published=date(2026, 9, 30)) for id in "ab")
    entries = [
        entry(
            f"{number}" * 40,
            "",
            quotes=tuple(Quote(source.id, "x") for source in days),
            corrected=Correction(date(2026, 12, 30), "x"),
        )
        for number in range(3)
    ]
    entries = [replace(each, texts={"en": long}) for each in entries]
    briefs, at = Briefs(faq_of(*entries, sources=days)), Address("b" * 32, f"/ask@{'b' * 32}")
    for reply in (
        briefs.render(answered(*entries), at),
        briefs.render(suggested(*entries), at),
        briefs.render(abstained(Reason.NO_MATCH, entries[0]), at),
        briefs.start("en", at),
        briefs.usage("en", at),
        briefs.topics("en", at),
        briefs.privacy("en", at),
        briefs.earlier(entries[0], "en", at),
    ):
        assert shown(reply)
        assert len(reply.html.encode()) < 4096


@given(question=LINES, short=LINES)
@settings(max_examples=50)
def test_what_the_faq_says_is_shown_as_it_is_written(question: str, short: str) -> None:
    wild = replace(RUSSIA, id="wild", texts={"en": Text(question, short, short)})
    briefs = Briefs(faq_of(wild))
    reply = briefs.render(answered(wild), AT)
    assert shown(reply) == f"{short} Quote and source · 4 Feb 2026"
    assert [kind for kind, _ in styled(reply)] == ["text_link"]
    assert [part for part, _ in links(briefs.render(suggested(wild), AT))] == [question]
    (article,) = briefs.articles([wild], "en", AT)
    assert parse_html(article.html)[0] == f"{question}\n\n{shown(reply)}"


# The bot's own FAQ


def test_every_entry_of_the_bots_own_faq_is_brief(faq: Faq) -> None:
    briefs = Briefs(faq)
    for each in faq.entries.values():
        reply = briefs.render(answered(each), AT)
        assert shown(reply)
        assert links(reply)[0][1] == f"https://t.me/our_bot?start=q_{each.id}"
        assert shown(briefs.render(suggested(each, each, each), AT))
