"""What people read: the shapes of messages, word for word, and that Telegram takes every one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Reason
from bot.buttons import NoneOfThese, NotAsked, Show, Topic, Topics, encode
from bot.faq import LANGUAGES, Correction, Entry, Faq, Quote, Source, Text
from bot.playground.entities import part
from bot.playground.markup import parse_html
from bot.replies import Replies, Reply
from bot.retention import KEPT_DAYS
from bot.wording import Wording, available
from tests.entries import (
    FAQ,
    HEADING,
    HOTEL,
    LEADER,
    NEXT_DAY,
    PUBLISHED,
    RUSSIA,
    TALKS,
    UKRAINE,
    WHERE,
    abstained,
    answered,
    entry,
    faq_of,
    styled,
    suggested,
)
from tests.locales import ENGLISH_FILE, ukrainian_too
from tests.texts import LINES

ALL_TOPICS = ("All topics", Topics())


def replies_of(
    *entries: Entry, today: date = NEXT_DAY, sources: tuple[Source, ...] = (TALKS,)
) -> Replies:
    return Replies(faq_of(*entries, sources=sources), lambda: today)


REPLIES = Replies(FAQ, lambda: NEXT_DAY)


def shown(reply: Reply | None) -> str:
    """What a person reads; fails for anything that Telegram refuses or a phone cuts off."""
    assert reply is not None
    text, _ = parse_html(reply.html)
    assert 1 <= len(text.strip()) <= 4096
    for button in reply.buttons:
        assert 1 <= len(button.label.strip()) <= 40
        assert len(encode(button.action).encode()) <= 64
    return text


def tappable(reply: Reply | None) -> list[tuple[str, object]]:
    assert reply is not None
    return [(button.label, button.action) for button in reply.buttons]


# Answers


def test_an_answer_shows_question_answer_quote_source_section_and_date() -> None:
    reply = REPLIES.render(answered(RUSSIA))
    assert shown(reply) == (
        "What does Russia demand on territory?\n"
        "\n"
        "As of 4 February 2026, Russia insisted on Donbas.\n"
        "\n"
        "Russia continues to insist on Donbas.\n"
        "Source: The talks, section “How close are the sides to a peace agreement?”\n"
        "Reported 4 Feb 2026."
    )
    assert styled(reply) == [
        ("bold", "What does Russia demand on territory?"),
        ("blockquote", "Russia continues to insist on Donbas."),
    ]
    assert tappable(reply) == [
        ("What does Ukraine say?", Show("ukraine-territory")),
        ("Not what I asked", NotAsked("russia-territory")),
    ]


def test_the_html_of_an_answer_is_that_of_the_product_description() -> None:
    assert REPLIES.render(answered(WHERE)).html == (
        "<b>Where are the talks held?</b>\n"
        "\n"
        "On 4 February 2026 the talks began in Abu Dhabi.\n"
        "\n"
        "<blockquote>Talks began in Abu Dhabi.</blockquote>\n"
        "Source: The talks\n"
        "Reported 4 Feb 2026."
    )


def test_a_known_unknown_says_so_and_shows_what_comes_closest() -> None:
    reply = REPLIES.render(answered(LEADER))
    assert shown(reply) == (
        "Who leads Ukraine's delegation?\n"
        "\n"
        "The article of 4 February 2026 does not name anyone. The closest it comes:\n"
        "\n"
        "Ukraine's delegation includes senior figures.\n"
        "Source: The talks, section “Who is there?”\n"
        "Reported 4 Feb 2026."
    )
    assert tappable(reply) == [("Not what I asked", NotAsked("ukraine-leader"))]


def test_a_known_unknown_without_a_quote_still_names_the_source_that_is_silent() -> None:
    assert shown(REPLIES.render(answered(HOTEL))) == (
        "In which hotel?\n\nThe article names no hotel.\n\nSource: The talks\nReported 4 Feb 2026."
    )


def test_of_several_sources_the_first_is_the_one_that_is_silent() -> None:
    later = Source("later", "Later talks", "seeds/later.txt", date(2026, 2, 5))
    reply = replies_of(HOTEL, sources=(TALKS, later)).entry("hotel", "en")
    assert shown(reply).splitlines()[-2:] == ["Source: The talks", "Reported 4 Feb 2026."]


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (-1, "Reported 4 Feb 2026."),
        (0, "Reported 4 Feb 2026."),
        (13, "Reported 4 Feb 2026."),
        (14, "Reported 4 Feb 2026, 2 weeks ago. Later events are not covered."),
        (292, "Reported 4 Feb 2026, 9 months ago. Later events are not covered."),
        (800, "Reported 4 Feb 2026, 2 years ago. Later events are not covered."),
    ],
)
def test_every_answer_is_dated_and_from_day_14_on_tells_its_age(days: int, line: str) -> None:
    replies = Replies(FAQ, lambda: PUBLISHED + timedelta(days))
    for each in FAQ.entries.values():
        assert shown(replies.render(answered(each))).splitlines()[-1] == line


def test_the_age_of_an_answer_goes_on_while_the_bot_runs() -> None:
    days = iter([PUBLISHED, PUBLISHED + timedelta(14)])
    replies = Replies(FAQ, lambda: next(days))
    assert shown(replies.entry("where", "en")) != shown(replies.entry("where", "en"))


def test_a_corrected_answer_says_what_was_wrong() -> None:
    corrected = replace(WHERE, corrected=Correction(date(2026, 2, 9), "The first named no <day>."))
    lines = shown(replies_of(corrected).entry("where", "en")).splitlines()
    assert lines[-2:] == ["Reported 4 Feb 2026.", "Corrected 9 Feb 2026: The first named no <day>."]


def test_a_source_with_an_address_is_linked_by_its_title() -> None:
    url = "https://example.org/a?b=1&c=<2>'\""
    reply = replies_of(WHERE, sources=(replace(TALKS, title="Talks & so on", url=url),)).entry(
        "where", "en"
    )
    assert "Source: Talks & so on\n" in shown(reply)
    assert reply is not None
    _, entities = parse_html(reply.html)
    links = [entity for entity in entities if entity.type == "text_link"]
    assert [part(shown(reply), link) for link in links] == ["Talks & so on"]
    assert links[0].url.startswith("https://example.org/a?b=1&c=")


def test_two_quotes_of_one_section_name_it_once() -> None:
    quotes = (*RUSSIA.quotes, Quote("talks", "Moscow wants limits, too.", HEADING))
    reply = replies_of(replace(RUSSIA, quotes=quotes), UKRAINE).entry("russia-territory", "en")
    assert shown(reply).count("Source:") == 1
    assert "insist on Donbas.\nMoscow wants limits, too.\nSource:" in shown(reply)


def test_quotes_of_two_sections_name_both_and_one_date() -> None:
    quotes = (*WHERE.quotes, *RUSSIA.quotes)
    assert shown(replies_of(replace(WHERE, quotes=quotes)).entry("where", "en")).splitlines()[
        -3:
    ] == [
        "Source: The talks",
        f"Source: The talks, section “{HEADING}”",
        "Reported 4 Feb 2026.",
    ]


def test_quotes_of_two_sources_name_both_with_their_dates() -> None:
    later = Source("later", "Later talks", "seeds/later.txt", date(2026, 2, 5))
    quotes = (*WHERE.quotes, Quote("later", "They went on.", "Day two"))
    reply = replies_of(replace(WHERE, quotes=quotes), sources=(TALKS, later)).entry("where", "en")
    assert shown(reply).splitlines()[-4:] == [
        "Source: The talks",
        "Source: Later talks, section “Day two”",
        "Reported 4 Feb 2026.",
        "Reported 5 Feb 2026.",
    ]


def test_a_long_quote_is_folded_up() -> None:
    long = "Talks went on. " * 40
    reply = replies_of(replace(WHERE, quotes=(Quote("talks", long),))).entry("where", "en")
    assert reply is not None
    assert ("expandable_blockquote", long) in styled(reply)


@pytest.mark.parametrize(
    ("says", "label"),
    [
        ("Russia", "What does Russia say?"),
        ("Ukraine", "What does Ukraine say?"),
        ("United States", "What does the US say?"),
        ("Europe", "The other side"),
        (None, "How does Ukraine answer Russia's…"),
    ],
)
def test_the_other_side_is_one_tap_away(says: str | None, label: str) -> None:
    other = replace(UKRAINE, says=says)
    reply = replies_of(RUSSIA, other).entry("russia-territory", "en")
    assert tappable(reply)[0] == (label, Show("ukraine-territory"))


def test_an_entry_that_is_no_more_has_no_reply() -> None:
    assert REPLIES.entry("gone", "en") is None
    assert REPLIES.knows("where")
    assert not REPLIES.knows("gone")


def test_two_questions_are_answered_in_one_message() -> None:
    reply = REPLIES.render(answered(RUSSIA, WHERE))
    first, second = REPLIES.entry("russia-territory", "en"), REPLIES.entry("where", "en")
    assert shown(reply) == f"{shown(first)}\n\n{shown(second)}"
    assert tappable(reply) == tappable(first)


def test_a_second_answer_that_does_not_fit_is_offered() -> None:
    long = replace(WHERE, texts={"en": Text("Where are the talks held?", "Abu Dhabi. " * 360, "")})
    reply = replies_of(RUSSIA, UKRAINE, long).render(answered(RUSSIA, long))
    assert shown(reply) == shown(REPLIES.entry("russia-territory", "en"))
    assert tappable(reply) == [
        ("Where are the talks held?", Show("where")),
        ("What does Ukraine say?", Show("ukraine-territory")),
        ("Not what I asked", NotAsked("russia-territory")),
    ]


# No answer, and questions back


def test_did_you_mean_offers_whole_questions_and_none_of_these() -> None:
    reply = REPLIES.render(suggested(RUSSIA, UKRAINE))
    assert shown(reply) == (
        "Did you mean one of these?\n"
        "\n"
        "• What does Russia demand on territory?\n"
        "• How does Ukraine answer Russia's territorial demand?"
    )
    assert tappable(reply) == [
        ("What does Russia demand on territory?", Show("russia-territory")),
        ("How does Ukraine answer Russia's…", Show("ukraine-territory")),
        ("None of these", NoneOfThese()),
    ]


def test_no_match_says_what_the_bot_knows_and_offers_the_nearest_question() -> None:
    reply = REPLIES.render(abstained(Reason.NO_MATCH, WHERE))
    assert shown(reply) == (
        "I found no answer to that. I only know one article about the Abu Dhabi talks, "
        "of 4 February 2026.\n"
        "\n"
        "The nearest question that I know:\n"
        "• Where are the talks held?"
    )
    assert tappable(reply) == [("Where are the talks held?", Show("where")), ALL_TOPICS]


def test_no_match_with_nothing_near_still_shows_a_way_on() -> None:
    reply = REPLIES.render(abstained(Reason.NO_MATCH))
    assert shown(reply) == (
        "I found no answer to that. I only know one article about the Abu Dhabi talks, "
        "of 4 February 2026."
    )
    assert tappable(reply) == [ALL_TOPICS]
    assert REPLIES.no_answer("en") == reply


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (
            Reason.NO_WORDS,
            "Please ask a whole question, for example: Who leads Ukraine's delegation?",
        ),
        (Reason.TOO_LONG, "Please ask in one sentence, of at most 300 characters."),
        (Reason.GREETING, "Hello. What do you want to know about the Abu Dhabi talks?"),
        (Reason.THANKS, "You are welcome."),
    ],
)
def test_what_is_no_question_gets_one_line_and_a_way_on(reason: Reason, text: str) -> None:
    reply = REPLIES.render(abstained(reason))
    assert shown(reply) == text
    assert tappable(reply) == [ALL_TOPICS]


@pytest.mark.parametrize("reason", Reason)
def test_there_is_a_reply_for_every_reason(reason: Reason) -> None:
    assert shown(REPLIES.render(abstained(reason)))


# Commands


def test_start_says_what_the_bot_knows_and_offers_a_question_of_each_topic_first() -> None:
    reply = REPLIES.start("en")
    text = shown(reply)
    assert len(text) <= 500
    assert "one article, “The talks”, of 4 February 2026" in text
    assert tappable(reply) == [
        ("What does Russia demand on territory?", Show("russia-territory")),
        ("Where are the talks held?", Show("where")),
        ("How does Ukraine answer Russia's…", Show("ukraine-territory")),
        ALL_TOPICS,
    ]


def test_start_offers_no_more_than_three_questions_and_none_without_an_answer() -> None:
    topics = {f"topic-{n}": f"Topic {n}" for n in range(5)}
    entries = [replace(WHERE, id=f"where-{n}", topic=topic) for n, topic in enumerate(topics)]
    entries[1] = replace(entries[1], unknown=True)
    reply = Replies(faq_of(*entries, titles=topics), lambda: NEXT_DAY).start("en")
    assert [action for _, action in tappable(reply)] == [
        Show("where-0"),
        Show("where-2"),
        Show("where-3"),
        Topics(),
    ]


def test_start_offers_whole_questions_before_those_that_no_button_shows_whole() -> None:
    long = entry("long", "Where in Abu Dhabi are the talks being held?")
    reply = replies_of(long, WHERE, HOTEL, LEADER, entry("who", "Who mediates?")).start("en")
    offered = [Show("where"), Show("who"), Show("long"), Topics()]
    assert [action for _, action in tappable(reply)] == offered


def test_several_articles_are_counted_and_the_latest_is_dated() -> None:
    later = Source("later", "Later talks", "seeds/later.txt", date(2026, 3, 1))
    replies = replies_of(WHERE, sources=(later, TALKS))
    assert "I know 2 articles, the latest of 1 March 2026," in shown(replies.start("en"))
    assert "I only know 2 articles" in shown(replies.no_answer("en"))
    assert "the latest of 1 March 2026." in shown(replies.no_answer("en"))


def test_an_faq_without_any_source_still_replies() -> None:
    replies = replies_of(HOTEL, sources=())
    assert shown(replies.entry("hotel", "en")).strip() == (
        "In which hotel?\n\nThe article names no hotel."
    )
    assert shown(replies.start("en"))
    assert shown(replies.no_answer("en"))


def test_help_gives_an_example_and_names_the_commands() -> None:
    text = shown(REPLIES.help("en"))
    assert "Who leads Ukraine's delegation?" in text
    assert "/topics" in text
    assert "/privacy" in text
    assert tappable(REPLIES.help("en")) == [ALL_TOPICS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_tells_what_is_kept_and_for_how_long(language: str) -> None:
    text = shown(REPLIES.privacy(language, ""))
    assert f" {KEPT_DAYS} " in text
    say = Wording(language).text
    assert say("button-none") in text
    assert say("button-not-asked") in text
    assert "@" in text
    assert f" {KEPT_DAYS} " in Wording(language).text("brief-privacy", days=KEPT_DAYS)


def test_privacy_says_who_runs_the_bot() -> None:
    assert shown(REPLIES.privacy("en", "Olena <o@x.org>")).endswith("run by Olena <o@x.org>.")
    assert shown(REPLIES.privacy("en", "")).endswith("This bot's operator has left no address.")


def test_topics_are_buttons_in_the_order_of_the_file() -> None:
    reply = REPLIES.topics("en")
    assert shown(reply) == "What do you want to know about?"
    assert tappable(reply) == [
        ("What each side wants", Topic("positions")),
        ("Where and when", Topic("place")),
    ]


def test_a_topic_lists_its_questions_the_answerable_ones_first() -> None:
    reply = REPLIES.topic("positions", 1, "en")
    lines = shown(reply).splitlines()
    assert lines[0].startswith("What each side wants")
    assert lines[1:] == [
        "",
        "• What does Russia demand on territory?",
        "• How does Ukraine answer Russia's territorial demand?",
        "• Who leads Ukraine's delegation?",
        "• In which hotel?",
    ]
    assert tappable(reply) == [
        ("What does Russia demand on territory?", Show("russia-territory")),
        ("How does Ukraine answer Russia's…", Show("ukraine-territory")),
        ("Who leads Ukraine's delegation?", Show("ukraine-leader")),
        ("In which hotel?", Show("hotel")),
        ("Back", Topics()),
    ]


def test_a_long_topic_is_turned_page_by_page_there_and_back() -> None:
    entries = [replace(WHERE, id=f"where-{number}") for number in range(17)]
    replies = replies_of(*entries)
    pages = [replies.topic("place", page, "en") for page in (1, 2, 3)]
    turns = [[it for it in tappable(page) if not isinstance(it[1], Show)] for page in pages]
    assert turns == [
        [("More", Topic("place", 2)), ("Back", Topics())],
        [("More", Topic("place", 3)), ("Back", Topic("place", 1))],
        [("Back", Topic("place", 2))],
    ]
    for number, page in enumerate(pages, 1):
        assert f"{number} of 3" in shown(page).splitlines()[0]
    opened = [it[1] for page in pages for it in tappable(page) if isinstance(it[1], Show)]
    assert opened == [Show(entry.id) for entry in entries]


@pytest.mark.parametrize(
    ("topic", "page"), [("gone", 1), ("place", 0), ("place", 2), ("place", 9999)]
)
def test_a_page_that_is_not_there_has_no_reply(topic: str, page: int) -> None:
    assert REPLIES.topic(topic, page, "en") is None


def test_fixed_texts_and_toasts_come_as_they_are() -> None:
    reply = REPLIES.text("not-text", "en")
    assert shown(reply) == "I can only read text. Please write your question in words."
    assert not reply.buttons
    toast = REPLIES.toast("toast-out-of-date", "en")
    assert toast == "This button is out of date. Please ask again."


# Languages


def test_a_reply_in_another_language_marks_the_quote_as_original(tmp_path: Path) -> None:
    ukrainian = Text("Де переговори?", "4 лютого 2026 року в Абу-Дабі.", "В Абу-Дабі.")
    where = replace(WHERE, texts={**WHERE.texts, "uk": ukrainian})
    with ukrainian_too(tmp_path, ENGLISH_FILE):
        replies = replies_of(where, HOTEL)
        assert shown(replies.entry("where", "uk")) == (
            "Де переговори?\n"
            "\n"
            "4 лютого 2026 року в Абу-Дабі.\n"
            "\n"
            "Talks began in Abu Dhabi.\n"
            "Original, in English\n"
            "Source: The talks\n"
            "Reported 4 лют. 2026."
        )
        assert "Original" not in shown(replies.entry("where", "en"))
        assert "Original" not in shown(replies.entry("hotel", "uk"))


def test_a_language_that_the_bot_does_not_speak_is_answered_in_english() -> None:
    assert REPLIES.start("de") == REPLIES.start("en")
    assert REPLIES.entry("where", "de") == REPLIES.entry("where", "en")


# Whatever an editor writes

TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
"""Texts as the loader lets them through."""


@given(question=LINES, answer=TEXTS, quote=TEXTS, section=LINES, title=LINES, note=LINES)
@settings(max_examples=60, deadline=None)
def test_whatever_an_entry_says_is_shown_as_it_is_written(
    question: str, answer: str, quote: str, section: str, title: str, note: str
) -> None:
    wild = entry(
        "wild",
        question,
        answer,
        quotes=(Quote("talks", quote, section),),
        corrected=Correction(NEXT_DAY, note),
    )
    reply = replies_of(wild, sources=(replace(TALKS, title=title),)).render(answered(wild))
    assert shown(reply) == (
        f"{question}\n\n{answer}\n\n{quote}\n"
        f"Source: {title}, section “{section}”\n"
        f"Reported 4 Feb 2026.\nCorrected 5 Feb 2026: {note}"
    )
    assert styled(reply) == [("bold", question), ("blockquote", quote)]


@given(question=LINES, title=LINES)
@settings(max_examples=60, deadline=None)
def test_questions_and_topics_are_shown_as_they_are_written(question: str, title: str) -> None:
    wild = entry("wild", question)
    replies = Replies(faq_of(wild, titles={"positions": title}), lambda: NEXT_DAY)
    for reply in (replies.render(suggested(wild, wild)), replies.no_answer("en", wild)):
        assert f"\n• {question}" in shown(reply)
        assert styled(reply) == []
    assert shown(replies.topic("positions", 1, "en")).endswith(f"\n\n• {question}")
    assert question in shown(replies.render(abstained(Reason.NO_WORDS)))
    assert tappable(replies.topics("en"))[0][0][:20] == title[:20]


@given(st.text(st.sampled_from("ab ,;:–"), min_size=36, max_size=60).map(str.strip).filter(bool))
@settings(max_examples=60, deadline=None)
def test_a_label_is_the_question_or_whole_words_of_its_beginning(question: str) -> None:
    label = replies_of(entry("wild", question)).start("en").buttons[0].label
    assert 1 <= len(label) <= 40
    if len(question) <= 40:
        assert label == question
    else:
        assert label.endswith("…")
        assert question.startswith(label[:-1])
        assert label[:-1].rstrip(" ,;:–") == label[:-1]
        longer_word = " " not in question[:39]
        assert longer_word or question[len(label) - 1] in " ,;:–"


# The bot's own FAQ


def test_every_message_about_the_bots_own_faq_is_taken_by_telegram(
    faq: Faq, replies: Replies
) -> None:
    for language in available():
        assert len(shown(replies.start(language))) <= 500
        assert len(tappable(replies.start(language))) == 4
        assert shown(replies.topics(language))
        for id, each in faq.entries.items():
            reply = replies.entry(id, language)
            assert shown(reply)
            assert len(tappable(reply)) <= 3
            assert shown(replies.no_answer(language, each))


def test_every_entry_of_the_bots_own_faq_is_reached_by_tapping(faq: Faq, replies: Replies) -> None:
    seen: set[str] = set()
    waiting = [action for _, action in tappable(replies.topics("en"))]
    while waiting:
        match waiting.pop():
            case Show(id):
                seen.add(id)
            case Topic(topic, page):
                opened = tappable(replies.topic(topic, page, "en"))
                waiting += [
                    action
                    for _, action in opened
                    if action not in (Topics(), Topic(topic, page - 1))
                ]
    assert seen == set(faq.entries)
