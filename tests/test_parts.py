"""Messages that are too long come in parts: whole, balanced, and with no character cut."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import plain
from bot.parts import LIMIT, parts, without_tags
from bot.playground.markup import parse_html

FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇺🇦"
LETTER = "e\u0301\u0323"

texts = st.lists(
    st.sampled_from([FAMILY, FLAG, LETTER, "a", "б", "\n", " ", "&", "<", '"', "é", "👍🏽"])
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=60,
).map("".join)
marked_up = st.recursive(
    texts.map(plain),
    lambda inner: st.lists(
        st.builds(
            lambda tag, html: f"<{tag}>{html}</{tag.split()[0]}>",
            st.sampled_from(["b", "i", "blockquote expandable", 'a href="https://x.org/?a&amp;b"']),
            inner,
        )
        | inner,
        max_size=4,
    ).map("".join),
    max_leaves=8,
)


def clusters(text: str) -> list[str]:
    return [match[0] for match in regex.finditer(r"\X", text)]


def fits(text: str, limit: int) -> bool:
    return len(text) <= limit and len(text.encode("utf-16-le", "surrogatepass")) // 2 <= limit


def test_a_short_message_is_one_part() -> None:
    html = 'a <b>b</b> &amp; <a href="https://x.org">c</a>'
    assert parts(html) == [html]


def test_an_answer_of_10_000_characters() -> None:
    unit = f"<i>{LETTER}</i>{FAMILY}{FLAG} &lt;x&gt; "
    html = f"<b>{unit * 400}<i>{'x' * 100}</i></b>" + "<blockquote>" + "слово " * 1000
    html += "</blockquote>"
    told = parts(html)
    shown = [parse_html(part)[0] for part in told]
    assert len(without_tags(html)) > 10_000
    assert all(fits(text, LIMIT) for text in shown)
    assert "".join(shown) == without_tags(html)
    assert sum(map(len, map(clusters, shown))) == len(clusters(without_tags(html)))


def test_parts_end_after_a_line_or_else_after_a_word() -> None:
    assert parts("ab\ncd ef", limit=6) == ["ab\n", "cd ef"]
    assert parts("ab cd ef", limit=6) == ["ab cd ", "ef"]
    assert parts("abcdefgh", limit=6) == ["abcdef", "gh"]
    assert parts(" abcdefgh", limit=6) == [" abcde", "fgh"]


def test_tags_are_closed_and_opened_again() -> None:
    html = '<a href="https://x.org"><b>abcd</b>ef</a>'
    assert parts(html, limit=3) == [
        '<a href="https://x.org"><b>abc</b></a>',
        '<a href="https://x.org"><b>d</b>ef</a>',
    ]


@pytest.mark.parametrize(("whole", "length"), [(FAMILY, 11), (FLAG, 4), (LETTER, 3), ("&amp;", 1)])
def test_what_looks_like_one_character_is_not_cut(whole: str, length: int) -> None:
    told = parts(whole * 5, limit=length * 2)
    assert told == [whole * 2, whole * 2, whole]


def test_tags_that_do_not_fit_together_are_no_crash() -> None:
    assert "".join(parts("</b>a</b><i>bcdef", limit=3)) == "</b>a</b><i>bc</i><i>def</i>"


def test_an_accent_is_not_cut_from_its_letter_by_a_tag() -> None:
    assert parts("a<b>e</b>\u0301\u0301", limit=3) == ["a<b></b>", "<b>e</b>\u0301\u0301"]


def test_a_letter_under_thousands_of_accents_is_cut_all_the_same() -> None:
    told = parts("e" + "\u0301" * 9000)
    assert [len(part) for part in told] == [4096, 4096, 809]


@given(marked_up, st.integers(11, 40))
def test_joined_they_are_the_whole(html: str, limit: int) -> None:
    told = [parse_html(part)[0] for part in parts(html, limit)]
    seen = without_tags(html)
    assert parse_html(html)[0] == seen
    assert all(fits(text, limit) for text in told)
    assert all(text.strip() for text in told)
    assert "".join("".join(told).split()) == "".join(seen.split())


@given(texts, st.integers(25, 40))
def test_no_cluster_is_cut(text: str, limit: int) -> None:
    starts = {0}
    for cluster in clusters(text):
        starts.add(max(starts) + len(cluster))
    at = 0
    for part in parts(plain(text), limit):
        shown = without_tags(part)
        at = text.index(shown, at)
        if max(map(len, clusters(text)), default=0) * 2 <= limit:
            assert at in starts
        at += len(shown)
