"""Most cases are td's own (test/message_entities.cpp, TEST(MessageEntities, parse_html))."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.entities import Entity, part, units
from bot.playground.markup import MarkupError, parse_html

BROKEN_TEXT = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("a\0b", "Text must not contain null bytes"),
        ("&#57311;", BROKEN_TEXT),
        ("&#xDFDF", BROKEN_TEXT),
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i ", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("<i    aba", 'Unclosed start tag "i" at byte offset 0'),
        ("<i    aba  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ("<a href=telegram.org", "Unclosed start tag at byte offset 0"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;>", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_broken_markup_is_refused_in_the_words_of_td(markup: str, problem: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse_html(markup)
    assert str(refused.value) == problem


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("", "", ()),
        ("➡️ ➡️", "➡️ ➡️", ()),
        (
            "&ge;&lt;&gt;&amp;&quot;&laquo;&raquo;&#12345678;",
            '&ge;<>&"&laquo;&raquo;&#12345678;',
            (),
        ),
        ("&#x41;&#66;&#67 &", "ABC &", ()),
        ("&#0;&#x10ffff;&#00000065;&#1114110;", "&#0;&#x10ffff;&#00000065;\U0010fffe", ()),
        ("&ltx&Lt;", "&ltx&Lt;", ()),
        *(
            (f"➡️ ➡️<{tag}>➡️ ➡️</{tag}>", "➡️ ➡️➡️ ➡️", (Entity(kind, 5, 5),))
            for tag, kind in {
                "i": "italic",
                "EM": "italic",
                "b": "bold",
                "strong": "bold",
                "u": "underline",
                "ins": "underline",
                "s": "strikethrough",
                "strike": "strikethrough",
                "del": "strikethrough",
                "tg-spoiler": "spoiler",
                "blockquote": "blockquote",
            }.items()
        ),
        (
            "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
            "🏟 🏟🏟 ><🏟",
            (Entity("italic", 5, 7), Entity("bold", 9, 3)),
        ),
        ("🏟<i    aba  =  '&lt;&gt;&quot;'>a</>", "🏟a", (Entity("italic", 2, 1),)),
        ('🏟<i    aba  =  "&lt;&x&quot;">a</i  >', "🏟a", (Entity("italic", 2, 1),)),
        ("<i aba  =  190azAz-.   >a</    >", "a", (Entity("italic", 0, 1),)),
        ("🏟<b></b>", "🏟", ()),
        ("<i>\t</i>", "\t", (Entity("italic", 0, 1),)),
        ('<span class = "tg-spoiler">a</span>', "a", (Entity("spoiler", 0, 1),)),
        ("<a href=telegram.org>\r</a>", "\r", (Entity("text_link", 0, 1, "http://telegram.org/"),)),
        (
            "<a   href=  'telegram.org?&lt;'   > </a>",
            " ",
            (Entity("text_link", 0, 1, "http://telegram.org/?<"),),
        ),
        (
            "<a>telegram.org</a>",
            "telegram.org",
            (Entity("text_link", 0, 12, "http://telegram.org/"),),
        ),
        ("<a>telegram.org </a>", "telegram.org ", ()),
        ("<a href='happ://add'>x</a>", "x", ()),
        ("🏟 🏟&lt;<pre  >🏟 🏟&lt;</>", "🏟 🏟<🏟 🏟<", (Entity("pre", 6, 6),)),
        (
            "<pre><code>a</code></pre>",
            "a",
            (Entity("pre", 0, 1), Entity("code", 0, 1)),
        ),
        (
            '<pre><code class="language-fift">a</></>',
            "a",
            (Entity("pre", 0, 1, language="fift"),),
        ),
        (
            '<code class="language-fift"><pre>a</></>',
            "a",
            (Entity("pre", 0, 1, language="fift"),),
        ),
        (
            '<pre><code class="language-fift">a</> </>',
            "a ",
            (Entity("pre", 0, 2), Entity("code", 0, 1)),
        ),
        (
            "<code><i><b> </b></i></code><i><b><code> </code></b></i>",
            "  ",
            (
                Entity("code", 0, 1),
                Entity("bold", 0, 1),
                Entity("italic", 0, 1),
                Entity("code", 1, 1),
                Entity("bold", 1, 1),
                Entity("italic", 1, 1),
            ),
        ),
        (
            '🏟<b><tg-emoji emoji-id="1">🏟</tg-emoji>1</b>',
            "🏟🏟1",
            (Entity("bold", 2, 3), Entity("custom_emoji", 2, 2, custom_emoji_id="1")),
        ),
        *(
            (f"<blockquote   {word}>a</>", "a", (Entity("expandable_blockquote", 0, 1),))
            for word in ("expandable", "expandable   asd", "expandable=false")
        ),
    ],
)
def test_markup_becomes_text_and_entities(
    markup: str, text: str, entities: tuple[Entity, ...]
) -> None:
    assert parse_html(markup) == (text, entities)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_is_escaped_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, ())


@settings(deadline=None)
@given(st.text(), st.text(min_size=1), st.text())
def test_an_entity_stands_over_what_its_tag_held(before: str, inside: str, after: str) -> None:
    escaped = [html.escape(text.replace("\0", " ")) for text in (before, inside, after)]
    text, entities = parse_html("{}<b>{}</b>{}".format(*escaped).replace("&#x27;", "'"))
    assert part(text, entities[0]) == inside.replace("\0", " ")
    assert entities[0].offset == units(before)


@settings(deadline=None)
@given(st.text("<>/abi =\"'&;#x4-pre 🏟", max_size=30))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except MarkupError:
        return
    assert all(0 <= entity.offset < entity.end <= units(text) for entity in entities)
