from __future__ import annotations

import pytest

from bot.playground.entities import Entity, part, settle
from bot.playground.markup import parse_html


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        pytest.param("  a b \n", "a b", (), id="white space around is cut"),
        pytest.param(
            "\n <b> a </b> ", " a", (Entity("bold", 0, 2),), id="but not inside the first entity"
        ),
        pytest.param("a<b> </b>", "a", (), id="and what stood over it goes too"),
        pytest.param(" \n ", "", (), id="white space alone is nothing"),
        pytest.param(
            "<b>a<code>b</code>c</b>",
            "abc",
            (Entity("bold", 0, 1), Entity("code", 1, 1), Entity("bold", 2, 1)),
            id="a style stops at code",
        ),
        pytest.param(
            "<code><a href='a.org'>b</a> #c</code>",
            "b #c",
            (Entity("code", 0, 4),),
            id="code holds nothing else",
        ),
        pytest.param(
            "<b>a</b><b>b</b>", "ab", (Entity("bold", 0, 2),), id="touching styles are one"
        ),
        pytest.param(
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "ab",
            (Entity("blockquote", 0, 2),),
            id="quotes are not nested",
        ),
        pytest.param(
            "<a href='a.org'>#talks</a>",
            "#talks",
            (Entity("text_link", 0, 6, "http://a.org/"),),
            id="nothing is found in a link",
        ),
    ],
)
def test_a_text_is_settled_as_telegram_does(
    markup: str, text: str, entities: tuple[Entity, ...]
) -> None:
    assert settle(*parse_html(markup)) == (text, entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("🏟 /ask@talks_bot who?", [("bot_command", "/ask@talks_bot")]),
        ("and/or a/b <x>/no", []),
        ("see https://a.org/b?c, or", [("url", "https://a.org/b?c")]),
        ("@olena and me@mail.org", [("mention", "@olena")]),
        ("#переговори #1", [("hashtag", "#переговори")]),
    ],
)
def test_commands_links_and_names_are_found(text: str, found: list[tuple[str, str]]) -> None:
    _, entities = settle(text, ())
    assert [(entity.type, part(text, entity)) for entity in entities] == found
