"""A message in the terminal: the same text, with styles where Telegram has them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from bot.playground.screen import painted_html


def styled(text: Text) -> list[tuple[str, str]]:
    return [(text.plain[span.start : span.end], str(span.style)) for span in text.spans]


@pytest.mark.parametrize(
    ("html", "styles"),
    [
        ("<b>Who?</b> You", [("Who?", "bold")]),
        ("<i>Who?</i>", [("Who?", "italic")]),
        ("<blockquote>Talks</blockquote>", [("▌ ", "dim"), ("Talks", "italic green")]),
        (
            "a\n<blockquote expandable>Talks</blockquote>",
            [("▌ ", "dim"), ("Talks", "italic green")],
        ),
        ('See <a href="https://example.org/">here</a>.', [("here", "underline")]),
        ("🏟🏟 <b>Київ 🏟</b> 🏟", [("Київ 🏟", "bold")]),
        ("<b>1</b> 2 <b>3</b>", [("1", "bold"), ("3", "bold")]),
        ("[red]plain[/red] :smile:", []),
    ],
)
def test_styles_lie_where_telegram_has_them(html: str, styles: list[tuple[str, str]]) -> None:
    assert styled(painted_html(html, [])) == styles


def test_a_style_that_we_do_not_use_is_shown_as_plain_text() -> None:
    text = painted_html("<code>1 &lt; 2</code>", [])
    assert text.plain == "1 < 2"
    assert not any(style for _, style in styled(text))


def test_buttons_stand_under_the_message_numbered_to_be_tapped() -> None:
    text = painted_html("Did you <b>mean</b>", ["[Where?]", "None of these"])
    assert text.plain == "Did you mean\n  [1] [Where?]\n  [2] None of these"


def test_html_that_telegram_refuses_is_not_painted() -> None:
    with pytest.raises(ValueError, match="Unclosed start tag"):
        painted_html("<b", [])


# What an FAQ may hold: no control characters.
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)


@given(PRINTABLE, PRINTABLE, PRINTABLE)
@settings(max_examples=100, deadline=None)
def test_any_text_is_painted_as_it_is(before: str, bold: str, after: str) -> None:
    plain = [part.translate({60: "‹", 38: "+"}) for part in (before, bold, after)]
    text = painted_html(f"{plain[0]}<b>{plain[1]}</b>{plain[2]}", [])
    assert text.plain == "".join(plain)
    assert styled(text) == ([(plain[1], "bold")] if plain[1] else [])


def test_nothing_in_a_text_is_taken_for_markup_of_the_terminal() -> None:
    out = io.StringIO()
    Console(file=out, soft_wrap=True).print(painted_html("[bold]a[/bold]", ["[b]"]))
    assert out.getvalue() == "[bold]a[/bold]\n  [1] [b]\n"
