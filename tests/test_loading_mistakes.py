"""Mistakes in faq.yaml that do not stop it from being read: each is told, with its place."""

from __future__ import annotations

import json

import pytest

from bot.errors import FaqError
from bot.loading import events, load
from tests.faq_files import GOOD, changed, load_with_article, problems, told

LONG = "x" * 1501
SOURCES = GOOD[: GOOD.index("topics:")]
LONG_SENTENCE = "The talks " + "went on and " * 25 + "ended."

CASES = {
    # Keys and kinds
    "the same key twice in an entry": (
        "says: Russia\n",
        "says: Russia\n    says: Ukraine\n",
        '27:5: "says" stands here again, first on line 26',
    ),
    "the same key twice at the top": (
        "aliases:",
        "topics:",
        '6:1: "topics" stands here again, first on line 3',
    ),
    "the same key twice in brackets": (
        "{source: talks, text: Talks",
        "{source: talks, source: talks, text: Talks",
        '15:25: "source" stands here again, first on line 15',
    ),
    "a key twice, one of them with nothing": (
        "says: Russia\n",
        "says: Russia\n    says:\n",
        '27:5: "says" stands here again, first on line 26',
    ),
    "a list for a key": ("topics:", "[a, b]: c\ntopics:", "3:1: a key must be text"),
    "nothing for a key": ("topics:", "~: c\ntopics:", "3:1: a key must be text"),
    "a second document": (
        "entries:",
        "---\nentries:",
        "8:1: a second document starts here; remove the ---",
    ),
    "a typing error in a key": (
        "    answer: On",
        "    anwser: On",
        '13:5: entry where, anwser: is no known key; did you mean "answer"?',
    ),
    "a typing error in a translation": (
        "      short: В",
        "      shrt: В",
        '19:7: entry where, uk, shrt: is no known key; did you mean "short"?',
    ),
    "a key like none": (
        "note: The",
        "zzz: The",
        "28:35: entry russia-donbas, corrected, zzz: is no known key; known are date, note",
    ),
    "a key that YAML 1.1 takes for false": (
        "    says: Russia",
        "    NO: Russia",
        "26:5: entry russia-donbas, NO: is no known key; known are",
    ),
    "a merge key": (
        "    says: Russia",
        "    <<: {says: Russia}",
        "26:5: entry russia-donbas, <<: is no known key; known are",
    ),
    "an unknown key at the top": (
        "aliases:",
        "alias:",
        '6:1: alias: is no known key; did you mean "aliases"?',
    ),
    "no answer": ("    answer: On 4", "    short: On 4", "9:5: entry where, answer: is missing"),
    "no id": ("id: where\n    ", "", "9:5: entry 1, id: is missing"),
    "no entries": ("entries:", "aliases2:", "1:1: entries: is missing"),
    "an empty list of entries": (
        GOOD[GOOD.index("entries:") :],
        "entries: []",
        "8:10: entries: must hold at least 1, not 0",
    ),
    "an entry that is text": ("entries:", "entries:\n  - text", "9:5: entry 1: must hold keys"),
    "a list for the answer": (
        "answer: On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "answer: [On, 4]",
        "13:13: entry where, answer: must be text, not a list",
    ),
    "keys for the answer": (
        "answer: On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "answer: {a: b}",
        "13:13: entry where, answer: must be text, not keys",
    ),
    "text for a list": (
        "phrasings: [what city?,",
        "phrasings: what city? #",
        "12:16: entry where, phrasings: must be a list, not text",
    ),
    "text for sources": (SOURCES, "sources: x\n", "1:10: sources: must hold keys, not text"),
    "text for a quote": (
        "- {source: talks, text: Talks began in Abu Dhabi}",
        "- Talks",
        "15:9: entry where, quotes 1: must hold keys, not text",
    ),
    "an empty answer": (
        "answer: On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "answer:",
        "13:12: entry where, answer: is empty; write something, or remove it",
    ),
    "a blank answer": (
        "answer: On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "answer: '  '",
        "13:13: entry where, answer: is empty; write a text",
    ),
    "null for a phrasing": (
        "[what city?",
        "[null",
        "12:17: entry where, phrasings 1: is empty; write something, or remove it",
    ),
    "a blank question": (
        "question: In which hotel?",
        'question: " "',
        "39:15: entry hotel, question: is empty; write a text",
    ),
    "null for an optional text": (
        "says: Russia",
        "says: ~",
        "26:11: entry russia-donbas, says: is empty; write something, or remove it",
    ),
    "an invisible character by an escape": (
        "note: The first version named no day.",
        r'note: "\x07"',
        "28:41: U+0007 is no character for a text; remove its escape",
    ),
    # Lengths and forms
    "a long answer": (
        "answer: The article of",
        f"answer: Short. {LONG}",
        "40:13: entry hotel, answer: has 1540 characters; at most 1200 fit",
    ),
    "a long question": (
        "question: In which hotel?",
        f"question: {LONG[:201]}",
        "39:15: entry hotel, question: has 201 characters; at most 200 fit",
    ),
    "three quotes": (
        "quotes: [{source: talks, text: Russia insists … cede Donbas.}]",
        "quotes: [{source: talks, text: cede}, {source: talks, text: cede}, "
        "{source: talks, text: cede}]",
        "25:13: entry russia-donbas, quotes: may hold 2 at most, not 3",
    ),
    "a question over two lines": (
        "question: In which hotel?",
        "question: |\n      In which\n      hotel?",
        "39:15: entry hotel, question: must stand on one line",
    ),
    "an id with a capital letter": (
        "id: hotel",
        "id: Hotel",
        "36:9: entry Hotel, id: may hold 1 to 40 characters, each one of a-z, 0-9 and -",
    ),
    "a long id": (
        "id: hotel",
        f"id: {'h' * 41}",
        f"36:9: entry {'h' * 41}, id: may hold 1 to 40 characters, each one of a-z, 0-9 and -",
    ),
    "a bad id of a source": (
        "  talks: {title",
        "  The talks: {title",
        "2:3: sources, The talks: may hold 1 to 40 characters, each one of a-z, 0-9 and -",
    ),
    "yes for true": ("unknown: true", "unknown: yes", "38:14: entry hotel, unknown: must be true"),
    "a list for true": ("unknown: true", "unknown: [true]", "38:14: entry hotel, unknown: must be"),
    "a day that never was": (
        "published: 2026-02-04",
        "published: 2026-02-30",
        "2:63: sources, talks, published: must be a day of the calendar, such as 2026-02-04",
    ),
    "a day written otherwise": (
        "date: 2026-02-05",
        "date: 5 February 2026",
        "28:23: entry russia-donbas, corrected, date: must be a day of the calendar",
    ),
    "a day as a list": (
        "date: 2026-02-05",
        "date: [2026]",
        "28:23: entry russia-donbas, corrected, date: must be a day of the calendar",
    ),
    # What holds between entries
    "one id twice": ("id: hotel", "id: where", "36:9: entry where, id: stands on line 9 already"),
    "one question twice": (
        "question: In which hotel?",
        "question: where ARE the talks held",
        "39:15: entry hotel, question: stands on line 11 already",
    ),
    "a phrasing that is a question elsewhere": (
        '"talks: venue"',
        "What does Ukraine answer",
        "31:15: entry ukraine-donbas, question: stands on line 12 already",
    ),
    "a phrasing twice in one entry": (
        '"talks: venue"',
        "What city",
        "12:29: entry where, phrasings 2: stands on line 12 already",
    ),
    "a translated question twice": (
        "    answer: The article of",
        "    uk: {question: Де відбуваються переговори, answer: Так.}\n    answer: The article of",
        "40:20: entry hotel, uk, question: stands on line 17 already",
    ),
    "a question of signs alone": (
        "question: In which hotel?",
        'question: "?!"',
        "39:15: entry hotel, question: holds no letter and no digit, so nobody can ask it",
    ),
    "a topic that has no title": (
        "topic: positions",
        "topic: position",
        '21:12: entry russia-donbas, topic: "position" is not under topics: at the top',
    ),
    "the general topic without a title": (
        "    topic: positions\n",
        "",
        '20:5: entry russia-donbas, topic: "general" is not under topics: at the top of the file',
    ),
    "a topic without entries": (
        "aliases:",
        "  outlook: {title: Outlook}\naliases:",
        "6:3: topics, outlook: no entry has this topic; remove it",
    ),
    "an alias of two names": (
        "Віткофф]\n",
        "Віткофф]\n  - [Steve, WITKOFF]\n",
        "8:13: aliases 2 2: stands on line 7 already",
    ),
    "an alias of one name": (
        "Віткофф]\n",
        "Віткофф]\n  - [Steve]\n",
        "8:5: aliases 2: must hold at least 2, not 1",
    ),
    "no other side": (
        "    other: ukraine-donbas\n",
        "",
        "20:5: entry russia-donbas, other: is missing; with says: goes the id of the other side's",
    ),
    "another side that does not exist": (
        "other: ukraine-donbas",
        "other: ukraine",
        '27:12: entry russia-donbas, other: "ukraine" is not the id of another entry',
    ),
    "an entry that is its own other side": (
        "other: ukraine-donbas",
        "other: russia-donbas",
        '27:12: entry russia-donbas, other: "russia-donbas" is not the id of another entry',
    ),
    "a speaker who is not named at once": (
        "2026, Russia insisted on Donbas.",
        "2026, one side insisted on Donbas. It was Russia.",
        '23:13: entry russia-donbas, answer: the first sentence must name who says so: "Russia"',
    ),
    "a speaker without a name": (
        "says: Russia",
        'says: "?"',
        '23:13: entry russia-donbas, answer: the first sentence must name who says so: "?"',
    ),
    "a date that moves": (
        "answer: On 4 February 2026 the",
        "answer: Last month and Now the",
        '13:13: entry where, answer: says "Now"; write the date instead',
    ),
    "a loaded verb": (
        "short: Russia insisted",
        "short: Russia claimed",
        '24:12: entry russia-donbas, short: says "claimed"; use a neutral verb: said, stated',
    ),
    "a first sentence too long for groups": (
        "answer: The article of",
        f"answer: {LONG_SENTENCE} The article of",
        f"40:13: entry hotel, answer: has a first sentence of {len(LONG_SENTENCE)} characters, "
        "over 250; write short: for groups",
    ),
    # Proofs
    "an answer without a quote": (
        "    quotes: [{source: talks, text: Russia insists … cede Donbas.}]\n",
        "",
        "20:5: entry russia-donbas, quotes: is missing; quote the source, or write unknown: true",
    ),
    "an answer with an empty list of quotes": (
        "quotes: [{source: talks, text: Russia insists … cede Donbas.}]",
        "quotes: []",
        "25:13: entry russia-donbas, quotes: is missing; quote the source, or write unknown: true",
    ),
    "a source that does not exist": (
        "{source: talks, text: Talks",
        "{source: article, text: Talks",
        '15:18: entry where, quotes 1, source: "article" is not under sources: at the top',
    ),
    "quotes without any sources": (
        SOURCES,
        "",
        '13:18: entry where, quotes 1, source: "talks" is not under sources: at the top',
    ),
    "a misquote": (
        "text: Talks began in Abu Dhabi",
        "text: The talks began in Abu Dhabi",
        "15:31: entry where, quotes 1, text: does not stand word for word in the source, "
        'which says: "Talks began in Abu Dhabi on 4 February 2026."',
    ),
    "a wrong section": (
        "section: Who wants what?",
        "section: When and where",
        '33:76: entry ukraine-donbas, quotes 1, section: is not where the quote stands: write "Who',
    ),
}


@pytest.mark.parametrize(("old", "new", "problem"), CASES.values(), ids=list(CASES))
def test_a_mistake_is_told_with_its_place(old: str, new: str, problem: str) -> None:
    assert any(line.startswith(problem) for line in told(changed(old, new))), told(
        changed(old, new)
    )


def test_a_speaker_who_is_misspelt_is_told_where_he_is_named() -> None:
    text = changed("says: Russia", "says: Rusia").replace("- [Wit", "- [Russia, РФ]\n  - [Wit")
    assert told(text) == [
        '27:11: entry russia-donbas, says: "Rusia" is in no other says:, nor in aliases:; did you '
        'mean "Russia"?'
    ]


@pytest.mark.parametrize(("old", "new", "problem"), CASES.values(), ids=list(CASES))
def test_both_parsers_find_the_same_mistakes(
    old: str, new: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = told(changed(old, new))
    monkeypatch.setattr(events, "PARSER", events.SlowLoader)
    assert told(changed(old, new)) == fast


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("published: 2026-02-04", "published: yesterday")
        .replace("id: russia-donbas", "id: where")
        .replace("    topic: positions\n    question: What does R", "    question: What does R")
        .replace("answer: The article of 4 February 2026", "anwser: It")
    )
    assert [(problem.line, problem.column) for problem in problems(text)] == [
        (2, 63),  # published
        (20, 5),  # no topic
        (20, 9),  # the id again
        (34, 12),  # other is no id
        (35, 5),  # no answer
        (39, 5),  # but an unknown key
    ]


def test_a_problem_is_no_longer_than_a_screen() -> None:
    (problem,) = problems(changed("id: hotel", f"id: {'h' * 100_000}"))
    assert len(problem.message) == 600


# Sources


def test_a_source_that_cannot_be_read_is_told_with_the_reason() -> None:
    def missing(path: str) -> str:
        raise FileNotFoundError(2, "No such file or directory", path)

    with pytest.raises(FaqError) as raised:
        load(GOOD, name="content/faq.yaml", read=missing)
    assert str(raised.value) == (
        "content/faq.yaml:2:35: sources, talks, file: "
        "seeds/talks.txt cannot be read: No such file or directory"
    )


def test_a_source_that_is_not_utf_8_is_told_with_the_byte() -> None:
    with pytest.raises(FaqError, match=r"2:35: .* byte 3 of seeds/talks.txt is not UTF-8"):
        load(GOOD, read=lambda path: b"ab\xff".decode())


@pytest.mark.parametrize(
    "file",
    ["/etc/passwd", "../secret", "seeds/../../x", ".env", "seeds/.env", "C:\\x", "c:/x", "a//b"],
)
def test_a_source_outside_the_folder_is_not_even_read(file: str) -> None:
    (line,) = told(changed("seeds/talks.txt", f"'{file}'"))
    assert line.startswith("2:35: sources, talks, file: must be a path inside the folder")


@pytest.mark.parametrize("url", ["null", "~", "Null", "NULL", ""])
def test_a_source_may_have_no_address(url: str) -> None:
    text = changed("url: null}", f"\n    url: {url}\n  }}")
    assert load_with_article(text) == load_with_article(GOOD)


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org:8080/a?b=c#d", "https://приклад.укр/"]
)
def test_a_source_may_have_a_web_address(url: str) -> None:
    assert load_with_article(changed("null", f"'{url}'")).sources["talks"].url == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://user?id=1",
        "http://user:pw@example.org/",
        "http://user@example.org",
        "http://a\\@b",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https://",
        "https:///path",
        "https://a b",
        "https://a/b c",
        "https://a/\nb",
        "null",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    (line,) = told(changed("null", json.dumps(url)))
    assert line.startswith("2:80: sources, talks, url: must be an address that starts with https:")


def test_the_first_misquotes_are_shown_what_the_source_says_and_the_rest_only_their_place() -> None:
    entry = (
        "  - {{id: e{n}, topic: place, question: Q{n}?, answer: A., "
        "quotes: [{{source: talks, text: Talks end}}]}}\n"
    )
    lines = told(GOOD + "".join(entry.format(n=n) for n in range(25)))
    assert ["which says" in line for line in lines] == [True] * 20 + [False] * 5


def test_a_misquote_of_an_empty_source_is_a_misquote() -> None:
    with pytest.raises(FaqError, match="does not stand word for word in the source\n"):
        load(GOOD, read=lambda path: "")


# Words of an answer


@pytest.mark.parametrize(
    ("says", "opening"),
    [
        ("Russia", "RUSSIA said so."),
        ("Ukraine", "Ukrainian officials said so."),
        ("Ukraine", "“No,” said Ukraine. Then more."),
        ("Witkoff", "Mr. Wittkoff said so."),
        ("United States", "The United States said so."),
    ],
)
def test_a_speaker_may_be_named_by_a_form_of_the_name_or_by_an_alias(
    says: str, opening: str
) -> None:
    text = changed("says: Russia", f"says: {says}")
    text = text.replace("As of 4 February 2026, Russia insisted on Donbas.", opening)
    assert load_with_article(text).entries["russia-donbas"].says == says


def test_a_short_name_is_not_found_inside_other_words() -> None:
    text = changed("says: Russia", "says: US").replace("2026, Russia insisted", "2026, use of it")
    (line,) = told(text)
    assert line.startswith("23:13: entry russia-donbas, answer: the first sentence must name")


def test_words_in_quote_marks_are_the_sources_own() -> None:
    text = changed("names no hotel.", 'said “now” and "currently" and «so-called».')
    assert load_with_article(text)
    assert told(text.replace("“now”", "now"))


def test_only_english_is_searched_for_english_words() -> None:
    assert load_with_article(changed("short: В Абу-Дабі.", "short: now"))


def test_a_phrase_may_stand_once_in_each_language() -> None:
    text = changed('"talks: venue"', "Де відбуваються переговори?")
    assert load_with_article(text)
