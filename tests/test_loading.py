"""faq.yaml as it is loaded: what is taken as written, and what is refused, where and why."""

from __future__ import annotations

import codecs
import json
import re
import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.errors import FaqError
from bot.faq import Correction, Quote, Source, Text
from bot.loading import decoding, events, load, schema
from bot.loading.rules import TOPICS
from tests.faq_files import ARTICLE, GOOD, changed, load_with_article, problems, told

ROOT = Path(__file__).parent.parent
FAQ = load_with_article(GOOD)
PARSERS = [yaml.CSafeLoader, events.SlowLoader]


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runs with libyaml's parser, and again with PyYAML's own."""
    monkeypatch.setattr(events, "PARSER", request.param)


# What a good file gives


def test_a_source_comes_with_its_text() -> None:
    assert FAQ.sources == {
        "talks": Source("talks", "The talks", "seeds/talks.txt", date(2026, 2, 4), None, ARTICLE)
    }


def test_entries_keep_the_order_of_the_file() -> None:
    assert list(FAQ.entries) == ["where", "russia-donbas", "ukraine-donbas", "hotel"]
    assert list(FAQ.topics) == ["place", "positions"]


def test_an_entry_holds_what_its_editor_wrote() -> None:
    entry = FAQ.entries["russia-donbas"]
    assert entry.texts == {
        "en": Text(
            "What does Russia demand?",
            "As of 4 February 2026, Russia insisted on Donbas.",
            "Russia insisted on Donbas.",
        )
    }
    assert (entry.topic, entry.says, entry.other) == ("positions", "Russia", "ukraine-donbas")
    assert entry.corrected == Correction(date(2026, 2, 5), "The first version named no day.")
    assert not entry.unknown
    assert FAQ.entries["hotel"].unknown
    assert FAQ.aliases == (("Witkoff", "Wittkoff", "Віткофф"),)


def test_the_short_answer_is_the_first_sentence_unless_it_is_written() -> None:
    texts = FAQ.entries["where"].texts
    assert texts["en"].short == "On 4 February 2026 the talks began in Abu Dhabi."
    assert texts["uk"].short == "В Абу-Дабі."


def test_a_quote_gets_the_section_it_stands_in() -> None:
    assert FAQ.entries["where"].quotes == (Quote("talks", "Talks began in Abu Dhabi", ""),)
    assert FAQ.entries["russia-donbas"].quotes[0].section == "Who wants what?"


def test_without_the_sources_quotes_and_sections_are_taken_as_written() -> None:
    entries = load(changed("Talks began in", "Nobody wrote this in")).entries
    assert entries["where"].quotes[0].section == ""
    assert entries["ukraine-donbas"].quotes[0].section == "Who wants what?"


def test_topics_without_titles_are_titled_by_their_ids() -> None:
    untitled = GOOD[: GOOD.index("topics:")] + GOOD[GOOD.index("aliases:") :]
    faq = load(untitled.replace("    topic: place\n", "").replace("positions", "what-they-want"))
    assert faq.topics == {"general": {"en": "General"}, "what-they-want": {"en": "What they want"}}


def test_more_topics_than_a_message_has_room_for_are_refused() -> None:
    entries = [
        f"  - {{id: e{at}, topic: t{at}, unknown: true, question: Who {at}?, answer: Not known.}}\n"
        for at in range(TOPICS + 1)
    ]
    load("entries:\n" + "".join(entries[:TOPICS]))
    assert told("entries:\n" + "".join(entries)) == [
        "52:22: entry e50, topic: is one topic too many: people choose among 50 at most; join some"
    ]


def test_the_smallest_file_is_one_known_unknown() -> None:
    faq = load("entries: [{id: a, unknown: true, question: Who?, answer: Not known.}]")
    assert faq.entries["a"].text("en") == Text("Who?", "Not known.", "Not known.")
    assert (faq.sources, faq.aliases) == ({}, ())


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "scalar",
    [
        *("no", "yes", "on", "NO", "True", "1.10", "010", "12:30", "1_000", "0x1F", ".inf", "-1"),
        *("2024-01-01", "2024-02-30", "=", "<<", "who?!", "a?b", "nullable", "'~'", '"null"'),
    ],
)
def test_every_scalar_is_text_as_written(scalar: str) -> None:
    text = changed("[what city?", f"[{scalar}").replace("The first version named no day.", scalar)
    if scalar in ("=", "<<", "'~'"):  # which are texts, but no way to ask
        text = text.replace(f"[{scalar}", "[what city?")
    entries = load_with_article(text).entries
    assert entries["russia-donbas"].corrected == Correction(date(2026, 2, 5), scalar.strip("'\""))


@pytest.mark.parametrize(
    "answer",
    [
        *("<b>bold", "<p>x</p>", "<script>alert(1)</script>", "a&nbsp;b", "a < b", "<b><i>x</b>"),
        *("[x](javascript:alert)", "tg://user?id=1"),
    ],
)
def test_markup_and_links_in_an_answer_are_plain_text(answer: str) -> None:
    text = changed("names no hotel.", f"names {answer}")
    assert load_with_article(text).entries["hotel"].text("en").answer.endswith(f"names {answer}")


def test_paragraphs_of_an_answer_stay() -> None:
    text = changed("answer: The article of", "answer: |\n      First.\n\n      Second of")
    assert "First.\n\nSecond of" in load_with_article(text).entries["hotel"].text("en").answer


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(GOOD.encode(), id="bytes"),
        pytest.param(codecs.BOM_UTF8 + GOOD.encode(), id="a byte order mark"),
        pytest.param("\ufeff" + GOOD, id="a byte order mark in a str"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(GOOD.replace("\n", "\r"), id="CR"),
        pytest.param(GOOD.replace("\n", "\r\n", 9).replace("\n  -", "\r  -"), id="mixed"),
        pytest.param(f"# ?!\n--- # %\n{GOOD}...\n# end", id="one document with its marks"),
    ],
)
def test_line_ends_and_byte_order_mark_make_no_difference(raw: str | bytes) -> None:
    assert load_with_article(raw) == FAQ


# What cannot be read


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (GOOD.encode("utf-16"), "1:1: byte 1 says UTF-16 or UTF-32; save the file as UTF-8"),
        (GOOD.encode("utf-32"), "1:1: byte 1 says UTF-16 or UTF-32; save the file as UTF-8"),
        (b"\0\0\xfe\xff", "1:1: byte 1 says UTF-16 or UTF-32; save the file as UTF-8"),
        (GOOD.encode("utf-16-le"), "1:2: byte 2 is zero: the file is damaged, or not UTF-8; "),
        (GOOD.encode("utf-16-be"), "1:1: byte 1 is zero: the file is damaged, or not UTF-8; "),
        ("a:\r\n  б: ж".encode("cp1251"), "2:3: byte 7 is not UTF-8; save the file as UTF-8"),
        ("a:\n  б: ж".encode("koi8-r"), "2:3: byte 6 is not UTF-8; save the file as UTF-8"),
        (codecs.BOM_UTF8 + b"ab\xff", "1:3: byte 6 is not UTF-8; save the file as UTF-8"),
        ("é: ж".encode()[:-1], "1:4: byte 5 is not UTF-8; save the file as UTF-8"),
        (codecs.BOM_UTF8 + "жa\n\0\0".encode(), "2:1: byte 8 is zero: the file is damaged, or"),
        ("a: \ud800", "1:4: byte 4 is not UTF-8"),
        ("a:\n\tb: c", "2:1: byte 4 is a tab; write blanks instead"),
        ("a: x\u2028y", "1:5: byte 5 is a stray U+2028; delete it"),
        ("a: x\u0085y", "1:5: byte 5 is a stray U+0085; delete it"),
        ("a: x\ay", "1:5: byte 5 is a stray U+0007; delete it"),
        ("a: \ufeffy", "1:4: byte 4 is a stray U+FEFF; delete it"),
        ("a: \ufdd0", "1:4: byte 4 is a stray U+FDD0; delete it"),
        ("a: b\n<<<<<<< HEAD\nc: d", '2:1: the line "<<<<<<<" is a mark of a git conflict'),
        ("a: b\n=======\nc: d", '2:1: the line "=======" is a mark of a git conflict'),
        ("a: b\n>>>>>>> x", '2:1: the line ">>>>>>>" is a mark of a git conflict'),
        ("%YAML 2.0\n---\na: b", '1:1: the line "%" is a YAML directive'),
        ("%TAG ! x\n---\na: b", '1:1: the line "%" is a YAML directive'),
        ("", "1:1: the file is empty"),
        ("# only a comment\n", "1:1: the file is empty"),
        ("\n---\n", "3:1: the file must hold keys, such as entries:"),
        ("text", "1:1: the file must hold keys, such as entries:"),
        ("# x\n- a\n- b", "2:1: the file must hold keys, such as entries:"),
        ("*a", "1:1: the file must hold keys, such as entries:"),
        ("#" * (decoding.MAX_BYTES + 1), "1:1: the file is larger than 16 MiB"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else repr(value[:8]),
)
@pytest.mark.usefixtures("parser")
def test_what_is_no_clean_text_is_refused_with_its_place(raw: str | bytes, problem: str) -> None:
    (only,) = told(raw)
    assert only.startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c", "1:5: not readable as YAML: a text with a colon and a blank in it needs"),
        ("a: @x", "1:4: not readable as YAML: a text that starts with this sign needs double"),
        ("a: `x", "1:4: not readable as YAML: a text that starts with this sign needs double"),
        ("a: %x", "1:4: not readable as YAML: a text that starts with this sign needs double"),
        ("a: **bold** x", "1:4: not readable as YAML: a text that starts with * needs double"),
        ("a: & b", "1:4: not readable as YAML: a text that starts with & needs double quotes"),
        ("a: !<b", "1:4: not readable as YAML: a text that starts with ! needs double quotes"),
        ('a: b\nc: "d\ne: f', "2:4: not readable as YAML: the quote mark that opens here is never"),
        ("a: b\nc\nd: e", '2:1: not readable as YAML: this is no "key: value"; is the colon'),
        ("a: {b: c\nd: e", "1:4: not readable as YAML: the bracket that opens here is not closed"),
        ('a: "b" c', "1:8: not readable as YAML: the text in quote marks ended before this"),
        ("a:\n  - b\n c: d", "3:2: not readable as YAML: this does not follow from what stands"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_slip_of_syntax_is_told_in_plain_words(text: str, problem: str, parser: None) -> None:
    (only,) = told(text)
    assert only.startswith(problem)


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 100_000,
        "- " * 50_000,
        "{a: " * 50_000,
        "? " * 50_000,
        "[a, " * 50_000,
        "\n".join(" " * depth + "a:" for depth in range(1000)),
    ],
    ids=lambda bomb: repr(bomb[:6]),
)
def test_deep_nesting_is_refused_before_it_can_hurt(bomb: str, parser: None) -> None:
    (problem,) = problems(bomb)
    assert problem.message.startswith("more than 16 levels deep")


def test_sixteen_levels_are_not_too_deep(parser: None) -> None:
    assert not any("levels" in line for line in told("a: " + "[" * 15 + "]" * 15))


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch, parser: None) -> None:
    monkeypatch.setattr(events, "MAX_EVENTS", 100)
    assert told(f"a: [{'b,' * 100}]") == ["1:197: the file holds too many values; split it"]


def test_an_escape_beyond_unicode_is_refused_by_either_parser(parser: None) -> None:
    (problem,) = problems('a: b\nc: "\\U00110000"')
    assert "escape" in problem.message
    assert problem.line in (1, 2)


BOMB = "entries:\n- &a0 [lol, lol]\n" + "".join(
    f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 31)
)


def test_a_bomb_of_aliases_is_refused_at_once_and_without_memory(parser: None) -> None:
    tracemalloc.start()
    start = time.perf_counter()
    assert "a text that starts with & or * or ! needs double quotes" in told(BOMB)[0]
    assert time.perf_counter() - start < 1
    assert tracemalloc.get_traced_memory()[1] < 32 * 2**20
    tracemalloc.stop()


# What is refused, together with everything else that is wrong

SIGNS = "a text that starts with & or * or ! needs double quotes"
TOUCHED = "/tmp/pwn"


@pytest.mark.parametrize(
    ("value", "column"),
    [
        (f'!!python/object/apply:os.system ["touch {TOUCHED}"]', 15),
        ("!!python/name:os.system", 15),
        ("!foo bar", 15),
        ("!!binary aGVsbG8=", 15),
        ("!!set {a, b}", 15),
        ("!!int ''", 15),
        ("!!bool maybe", 15),
        ("!!timestamp x", 15),
        ("! x", 15),
        ("&a x", 15),
        ("&a [*a]", 15),
        ("&x {b: *x}", 15),
        ("*nope", 15),
        ("{<<: *nope}", 20),
    ],
)
def test_tags_anchors_and_aliases_are_refused(value: str, column: int, parser: None) -> None:
    text = changed("question: What does Russia demand?", f"question: {value}")
    assert f"22:{column}: {SIGNS}" in told(text)
    assert not Path(TOUCHED).exists()


# Load, and whatever else may come


def many(entries: int) -> str:
    entry = (
        "  - id: entry-{n}\n    question: What of number {n}?\n"
        "    phrasings: [number {n} please, tell me about number {n}]\n"
        "    answer: As of 4 February 2026, this was said of number {n}.\n"
        "    quotes: [{{source: talks, text: Talks began in Abu Dhabi}}]\n"
    )
    sources = GOOD[: GOOD.index("topics:")]
    return sources + "entries:\n" + "".join(entry.format(n=n) for n in range(entries))


def test_ten_thousand_entries_load_in_time() -> None:
    text = many(10_000)
    assert len(text) > 2 * 2**20
    start = time.perf_counter()
    assert len(load_with_article(text).entries) == 10_000
    # 1.5 s on a quiet machine; coverage and neighbours take their part.
    assert time.perf_counter() - start < 20


def test_more_entries_are_refused() -> None:
    entry = "- {id: a, unknown: true, question: Q, answer: A}\n"
    lines = told("entries:\n" + entry * 10_001)
    assert lines[0] == "2:1: entries: may hold 10000 at most, not 10001"


PIECES = [
    *"\n :-[]{}'\"|>&*!%@`#,?~\\/01aБ\t\r\0\u2028\ufeff",
    *(": ", "- ", "\n\n", "---\n", "...\n", "<<: ", "? ", "|2\n", "!!int ", "&a ", "*a "),
    *("\\x", "\\ud800", "\\U0011"),
]


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """GOOD, spoilt in up to eight places: something put in, taken out, or doubled."""
    text = GOOD
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 30))
        middle = draw(st.sampled_from([*PIECES, "", text[start:end] * 2]))
        text = text[:start] + middle + text[draw(st.sampled_from([start, end])) :]
    return text


@given(st.one_of(mutations(), st.text(), st.binary(), mutations().map(str.encode)))
@settings(max_examples=300, deadline=None)
def test_any_file_is_accepted_or_refused_with_places_in_it(raw: str | bytes) -> None:
    lines = len(raw) + 1
    for problem in problems(raw):
        assert 1 <= problem.line <= lines
        assert 1 <= problem.column <= lines


@given(mutations())
@example(changed("what city?", "what ? city\u00a0?, who- ?, so?!"))
@settings(max_examples=150, deadline=None)
def test_what_libyaml_takes_pyyamls_own_parser_takes_alike(text: str) -> None:
    assume(not re.search(r"^ *\?", text.replace("\r", "\n"), re.MULTILINE))
    try:
        fast = load(text)
    except FaqError:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "PARSER", events.SlowLoader)
        assert load(text) == fast


# The schema


def test_the_schema_that_editors_use_is_made_of_the_models_that_check_the_file() -> None:
    """To renew it, write what `made` is here to bot/faq.schema.json."""
    made = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    assert (ROOT / "bot/faq.schema.json").read_text("utf-8") == made


def test_the_schema_knows_every_key_of_a_good_file() -> None:
    good, entry_shape = yaml.load(GOOD, yaml.CBaseLoader), schema()["$defs"]["EntryShape"]
    assert set(good) == set(schema()["properties"])
    assert set().union(*good["entries"]) | {"ru"} == set(entry_shape["properties"])
    assert all(set(entry_shape["required"]) <= set(entry) for entry in good["entries"])
