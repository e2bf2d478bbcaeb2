"""Whatever anybody writes, editor or asker, goes through every template unharmed and harmless."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Answerer, Decision, Reason
from bot.buttons import encode
from bot.faq import LANGUAGES, Correction, Entry, Faq, Quote, Source, Text
from bot.loading import load
from bot.playground.entities import part, units
from bot.playground.markup import parse_html
from bot.replies import Address, Briefs, Replies, Reply
from tests.entries import abstained, answered, suggested
from tests.texts import ANY_TEXT, LINES

DAY = date(2026, 2, 4)
AT = Address("our_bot", "/ask@our_bot")
OWN_LINK = "https://t.me/our_bot?start="
WILD = LINES | st.sampled_from(
    [
        '</b><a href="https://evil.example">x</a>&amp;<3',
        "@someone and evil.example",
        "\u202egnitirw sdrawkcab",
        "\u2066 without its end",
        "{0.__class__} %s $(id) { $question }",
        "<blockquote expandable>",
        "&#60;b&#62;",
        "👩‍👩‍👧‍👦🇺🇦" * 3,
    ]
)
TEXTS = st.builds(lambda question, answer, short: Text(question, answer, short), WILD, WILD, WILD)


@st.composite
def faqs(draw: st.DrawFn) -> Faq:
    """Three entries, in all languages, that say anything that the loader lets through."""
    source = Source("talks", draw(WILD), "seeds/talks.txt", DAY, "https://example.org/?a=1&b=<2>")
    entries = {
        id: Entry(
            id,
            "topic",
            {language: draw(TEXTS) for language in LANGUAGES},
            (Quote("talks", draw(WILD), draw(WILD | st.just(""))),),
            says=draw(st.sampled_from(["Russia", "Ukraine", None]) | WILD),
            other=other,
            corrected=draw(st.none() | st.builds(Correction, st.just(DAY), WILD)),
        )
        for id, other in (("a", "b"), ("b", "a"), ("c", None))
    }
    titles = {language: draw(WILD) for language in LANGUAGES}
    return Faq({"talks": source}, entries, {"topic": titles})


def longest(fill: str) -> Faq:
    """An FAQ in which each text is as long as the loader lets it be."""

    def text(length: int) -> str:
        return ("Q1. " + fill * length)[:length]

    def asked(number: int) -> dict[str, Any]:
        question = f"{number} {text(198)}"
        return {"question": question, "answer": text(1200), "short": text(250)}

    url = ("https://example.org/" + fill.strip() * 1000)[:1000]
    title = {language: text(40) for language in ("title", "uk", "ru")}
    quotes = [{"source": id, "text": text(600), "section": text(150)} for id in "xy"]
    entries = [
        {
            "id": f"{number}".zfill(40),
            "topic": "a",
            "quotes": quotes,
            "corrected": {"date": "2026-02-05", "note": text(300)},
            "other": f"{(number + 1) % 10}".zfill(40),
            **{language: asked(number) for language in ("uk", "ru")},
            **asked(number),
        }
        for number in range(10)
    ]
    source = {"file": "seeds/talks.txt", "published": "2026-02-04", "url": url}
    sources = {id: {"title": text(150 - ord(id) % 2), **source} for id in "xy"}
    file = {"sources": sources, "topics": {"a": title}, "entries": entries}
    return load(json.dumps(file, ensure_ascii=False))


def decisions(faq: Faq, language: str) -> Iterator[Decision]:
    entries = tuple(faq.entries.values())
    made: list[Decision] = [answered(*entries), suggested(*entries)]
    made += [abstained(reason, nearest) for reason in Reason for nearest in (None, entries[0])]
    return (replace(decision, language=language) for decision in made)


def private(faq: Faq, language: str, operator: str) -> Iterator[Reply]:
    replies = Replies(faq, lambda: date(2026, 11, 23))
    yield from map(replies.render, decisions(faq, language))
    yield from filter(None, (replies.entry(id, language) for id in (*faq.entries, "gone")))
    yield from filter(None, (replies.topic("topic", page, language) for page in (1, 2)))
    yield replies.start(language)
    yield replies.help(language)
    yield replies.topics(language)
    yield replies.privacy(language, operator)


def brief(faq: Faq, language: str) -> Iterator[Reply]:
    briefs, entries = Briefs(faq), list(faq.entries.values())
    yield from (briefs.render(decision, AT) for decision in decisions(faq, language))
    yield from (briefs.earlier(entry, language, AT) for entry in entries)
    for command in (briefs.usage, briefs.start, briefs.topics, briefs.privacy):
        yield command(language, AT)


def check(reply: Reply) -> list[tuple[str, str, str]]:
    """The entities of a reply, which Telegram takes: what they are, over which words, and where
    they lead."""
    text, entities = parse_html(reply.html)
    assert 1 <= len(text.strip()) <= units(text) <= 4096
    assert len(reply.html.encode()) <= 32_768
    for button in reply.buttons:
        assert 1 <= len(button.label) <= 40
        assert 1 <= len(encode(button.action).encode()) <= 64
    return [(entity.type, part(text, entity), entity.url) for entity in entities]


@given(faq=faqs(), language=st.sampled_from(LANGUAGES), operator=WILD)
@settings(max_examples=40)
def test_whatever_stands_in_the_faq_is_text(faq: Faq, language: str, operator: str) -> None:
    questions = {entry.text(language).question for entry in faq.entries.values()}
    for reply in private(faq, language, operator):
        for kind, words, url in check(reply):
            match kind:
                case "bold":
                    assert words in questions or faq.topic_title("topic", language) in words
                case "text_link":
                    assert (words, url.partition("?")[0]) == (
                        faq.sources["talks"].title,
                        "https://example.org/",
                    )
                case _:
                    assert kind == "blockquote"
                    assert words in {q.text for e in faq.entries.values() for q in e.quotes}


@given(faq=faqs(), language=st.sampled_from(LANGUAGES))
@settings(max_examples=40)
def test_where_others_read_all_links_lead_to_the_bot(faq: Faq, language: str) -> None:
    for reply in brief(faq, language):
        assert len(parse_html(reply.html)[0]) <= 350
        assert all(kind == "text_link" for kind, _, _ in check(reply))
        assert all(url.startswith(OWN_LINK) for _, _, url in check(reply))
    for article in Briefs(faq).articles(faq.entries.values(), language, AT):
        bold, *links = check(Reply(article.html))
        assert bold[:2] == ("bold", article.title)
        assert [url for _, _, url in links] == [f"{OWN_LINK}q_{article.id}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fill", ["слово ", '"', "&", "\U0001f600"])
def test_no_reply_is_too_long_for_a_message_whatever_the_loader_lets_through(
    fill: str, language: str
) -> None:
    """So no edit is: of a message that is too long only a send can make several."""
    faq = longest(fill)
    answer = Replies(faq, lambda: date(2030, 11, 23)).entry(next(iter(faq.entries)), language)
    assert answer
    assert len(parse_html(answer.html)[0]) > 3500
    for reply in (*private(faq, language, fill * 100), *brief(faq, language)):
        # As Telegram's own client library counts: td, utf8_length in get_formatted_text.
        assert 1 <= len(parse_html(reply.html)[0]) <= 4096
        assert len(reply.html.encode()) <= 32_768


@given(query=ANY_TEXT | WILD, language=st.sampled_from([*LANGUAGES, None]))
@settings(max_examples=50)
def test_no_word_of_the_askers_is_in_any_reply(
    query: str, language: str | None, faq: Faq, answerer: Answerer, replies: Replies
) -> None:
    """The reply to anything is the reply to a decision about nothing that was typed."""
    decision = answerer.answer(query, language)
    untold = replace(decision, query="?", candidates=(), rule="")
    for render in (replies.render, lambda made: Briefs(faq).render(made, AT)):
        assert render(decision) == render(untold)
        check(render(decision))
