"""An FAQ file as editors break it: told where, and what to do; the bot serves the last good one.

One slip each, with the sentence whole. `test_loading_mistakes` has every kind of mistake.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.library import Library, Refused, edition
from bot.loading import events
from bot.reading import read
from tests.faq_files import GOOD, told
from tests.folders import write

Slip = Callable[[str], str | bytes]


def write_instead(old: str, new: str) -> Slip:
    assert old in GOOD
    return lambda text: text.replace(old, new, 1)


QUESTION = "question: In which hotel?"
RUSSIA = "question: What does Russia demand?"
PHRASINGS = 'phrasings: [what city?, "talks: venue"]'
ANSWER = "answer: The article of 4 February 2026 names no hotel."
YAML = "not readable as YAML: "
ID = "may hold 1 to 40 characters, each one of a-z, 0-9 and -"
ENDED = f"{YAML}the text in quote marks ended before this: is a comma missing, or "
EMPTY = "is empty; write something, or remove it; a text that starts with # needs double quotes"

SLIPS: dict[str, tuple[Slip, str]] = {
    # Blanks, dashes, colons
    "a tab instead of blanks": (
        write_instead(f"    {QUESTION}", f"\t{QUESTION}"),
        "39:1: byte 1442 is a tab; write blanks instead",
    ),
    "one blank too many": (
        write_instead(f"    {QUESTION}", f"     {QUESTION}"),
        f"39:6: {YAML}this key does not fit below what stands above: it is indented too far, or "
        "what stands above lacks a colon or a quote mark",
    ),
    "one blank too few": (
        write_instead(f"    {QUESTION}", f"   {QUESTION}"),
        f'39:4: {YAML}a list goes on here: start its next entry with "- ", or put the key exactly '
        "below the keys of its entry",
    ),
    "no blank after the dash": (
        write_instead("- id: hotel", "-id: hotel"),
        f'36:3: {YAML}a list goes on here: start its next entry with "- ", or put the key exactly '
        "below the keys of its entry",
    ),
    "phrasings with no blank after the dash": (
        write_instead(PHRASINGS, "phrasings:\n      -what city?\n      -which town?"),
        "13:7: entry where, phrasings: must be a list, not text; put each on a line of its own, "
        'after "- "',
    ),
    "phrasings in one line with commas": (
        write_instead(PHRASINGS, "phrasings: what city?, which town?"),
        "12:16: entry where, phrasings: must be a list, not text; put each on a line of its own, "
        'after "- "',
    ),
    "no colon": (
        write_instead(QUESTION, "question In which hotel?"),
        f'39:5: {YAML}this is no "key: value"; is the colon or the indent wrong?',
    ),
    "no colon after the first key": (
        write_instead("- id: hotel", "- id hotel"),
        f"37:5: {YAML}this key does not fit below what stands above: it is indented too far, or "
        "what stands above lacks a colon or a quote mark",
    ),
    "no blank after the colon": (
        write_instead(QUESTION, "question:In which hotel?"),
        f'39:5: {YAML}this is no "key: value"; is the colon or the indent wrong?',
    ),
    "a colon in the text": (
        write_instead("answer: The article", "answer: Note: the article"),
        f"40:17: {YAML}a text with a colon and a blank in it needs double quotes",
    ),
    "a second line that is not indented": (
        write_instead(ANSWER, ANSWER.replace(" names", "\nnames")),
        f'41:1: {YAML}this is no "key: value"; is the colon or the indent wrong?',
    ),
    "a bullet from a word processor": (
        write_instead("- id: hotel", "• id: hotel"),
        f"36:3: {YAML}this only looks like a dash; type it anew",
    ),
    "a blank from a web page": (
        write_instead(QUESTION, "question:\u00a0In which hotel?"),
        f"39:14: {YAML}this only looks like a blank; type it anew",
    ),
    "a blank from a web page after the dash": (
        write_instead(PHRASINGS, 'phrasings:\n      - where\n      -\u00a0"what city?"'),
        f"14:8: {YAML}this only looks like a blank; type it anew",
    ),
    # Quote marks and brackets
    "a quote mark that is never closed": (
        write_instead(QUESTION, 'question: "In which hotel?'),
        f"39:15: {YAML}the quote mark that opens here is never closed",
    ),
    "a quote mark that runs on to the next one": (
        write_instead(RUSSIA, 'question: "What does Russia demand?'),
        f"22:15: {YAML}the quote mark that opens here is closed on line 33 only; close it where "
        "the text ends",
    ),
    "a quote mark that is never closed in one of several phrasings": (
        write_instead(PHRASINGS, 'phrasings:\n      - "what city?\n      - "talks: venue"'),
        f"13:9: {YAML}the quote mark that opens here is closed on line 14 only; close it where "
        "the text ends",
    ),
    "an apostrophe inside single quotes in a phrasing": (
        write_instead(PHRASINGS, "phrasings:\n      - 'what's the city?'\n      - where"),
        f"13:15: {ENDED}'' for a quote mark inside?",
    ),
    "quote marks inside quote marks": (
        write_instead(QUESTION, 'question: "In the "best" hotel?"'),
        f'39:24: {ENDED}\\" for a quote mark inside?',
    ),
    "an apostrophe inside single quotes": (
        write_instead("'have \"rejected\" this demand'", "'rejected the parties' demand'"),
        f"33:59: {ENDED}'' for a quote mark inside?",
    ),
    "an answer that starts with a quotation": (
        write_instead(ANSWER, 'answer: "Nothing" is said of hotels on 4 February 2026.'),
        f'40:23: {ENDED}\\" for a quote mark inside?',
    ),
    "curly quotes around a text": (
        write_instead('"talks: venue"', "“talks: venue”"),
        "12:29: entry where, phrasings 2: must be text, not keys; does it need double quotes "
        "around it?",
    ),
    "a bracket that is not closed": (
        write_instead(PHRASINGS, PHRASINGS[:-1]),
        f"12:16: {YAML}the bracket that opens here is not closed, or lacks a comma",
    ),
    "a comma in a quote in brackets": (
        write_instead("insists … cede Donbas.}", "insists that Ukraine, cede Donbas.}"),
        "25:65: entry russia-donbas, quotes 1, cede Donbas.: is no known key; known are source, "
        "text, section; a text with a comma needs double quotes",
    ),
    "a text that starts with #": (
        write_instead(QUESTION, "question: #1 hotel?"),
        f"39:14: entry hotel, question: {EMPTY}",
    ),
    "a text that starts with a dash": (
        write_instead(QUESTION, "question: - in which hotel?"),
        f"39:15: {YAML}a text that starts with this sign needs double quotes",
    ),
    "a text that starts with >": (
        write_instead(QUESTION, "question: > in which hotel?"),
        f"39:17: {YAML}a text that starts with | or > needs double quotes",
    ),
    # How the file was saved
    "letters in Latin-1": (
        lambda text: text.replace("In which hotel?", "Für Gäste?").encode("latin-1", "replace"),
        "39:16: byte 1373 is not UTF-8; save the file as UTF-8",
    ),
    "UTF-16, as a word processor saves": (
        lambda text: text.encode("utf-16"),
        "1:1: byte 1 says UTF-16 or UTF-32; save the file as UTF-8",
    ),
    "a byte order mark and Windows' line ends, with a mistake": (
        lambda text: codecs.BOM_UTF8 + text.replace(ANSWER, "").replace("\n", "\r\n").encode(),
        "36:5: entry hotel, answer: is missing",
    ),
    "two versions that git could not join": (
        write_instead(
            f"    {QUESTION}",
            f"<<<<<<< HEAD\n    {QUESTION}\n=======\n    {QUESTION}\n>>>>>>> b",
        ),
        '39:1: the line "<<<<<<<" is a mark of a git conflict: keep one of the two versions, and '
        "remove the lines <<<<<<<, ======= and >>>>>>>",
    ),
    "half of the file": (
        lambda text: text[: text.index(ANSWER) + 3],
        f'40:5: {YAML}this is no "key: value"; is the colon or the indent wrong?',
    ),
    "nothing": (lambda _: "", "1:1: the file is empty; bring back the version before"),
    # What it says
    "no answer": (write_instead(f"    {ANSWER}\n", ""), "36:5: entry hotel, answer: is missing"),
    "a key with a letter wrong": (
        write_instead("    phrasings:", "    phrasing:"),
        '12:5: entry where, phrasing: is no known key; did you mean "phrasings"?',
    ),
    "an id that another entry has": (
        write_instead("id: hotel", "id: where"),
        "36:9: entry where, id: stands on line 9 already; change or remove one of them",
    ),
    "an id with a blank": (
        write_instead("id: hotel", "id: the hotel"),
        f"36:9: entry the hotel, id: {ID}; it holds ' '",
    ),
    "an id with a Cyrillic letter": (
        write_instead("id: hotel", "id: hоtel"),
        f"36:9: entry hоtel, id: {ID}; it holds CYRILLIC SMALL LETTER O",
    ),
    "an id that is too long": (
        write_instead("id: hotel", f"id: {'hotel-' * 7}"),
        f"36:9: entry {'hotel-' * 7}, id: {ID}",
    ),
    "a question that is too long": (
        write_instead("In which hotel?", "In which " + "fine " * 40 + "hotel?"),
        "39:15: entry hotel, question: has 215 characters; at most 200 fit: shorten it",
    ),
    "a phrasing that another entry has": (
        write_instead("[what city?", "[what does russia demand"),
        "22:15: entry russia-donbas, question: stands on line 12 already; change or remove one of "
        "them",
    ),
    "yes for true": (
        write_instead("unknown: true", "unknown: yes"),
        "38:14: entry hotel, unknown: must be true or false, in small letters",
    ),
    "a date as people write it": (
        write_instead("published: 2026-02-04", "published: 4.2.2026"),
        "2:63: sources, talks, published: must be a day of the calendar, such as 2026-02-04",
    ),
    "a topic that is not there": (
        write_instead("topic: positions", "topic: position"),
        '21:12: entry russia-donbas, topic: "position" is not under topics: at the top of the '
        'file; did you mean "positions"?',
    ),
    "a source that is not there": (
        write_instead("{source: talks, text: Talks", "{source: talk, text: Talks"),
        '15:18: entry where, quotes 1, source: "talk" is not under sources: at the top of the '
        'file; did you mean "talks"?',
    ),
    "another side that is not there": (
        write_instead("other: ukraine-donbas", "other: ukraine-donbass"),
        '27:12: entry russia-donbas, other: "ukraine-donbass" is not the id of another entry; did '
        'you mean "ukraine-donbas"?',
    ),
    "a quote from memory": (
        write_instead("text: Talks began in", "text: The talks have begun in"),
        "15:31: entry where, quotes 1, text: does not stand word for word in the source, which "
        'says: "Talks began in Abu Dhabi on 4 February 2026."',
    ),
    "a quote of two pieces in the wrong order": (
        write_instead("Russia insists … cede Donbas.", "cede Donbas. … Russia insists"),
        "25:36: entry russia-donbas, quotes 1, text: joins pieces that stand in another order; "
        "make two quotes of them",
    ),
    "a quote of two pieces from two sections": (
        write_instead("Russia insists … cede Donbas.", "Russia insists … last two days."),
        "25:36: entry russia-donbas, quotes 1, text: joins pieces that stand in different "
        "sections; make two quotes of them",
    ),
    "a quote of two pieces, one of them from memory": (
        write_instead("Russia insists … cede Donbas.", "Russia insists … give up Donbas."),
        "25:36: entry russia-donbas, quotes 1, text: does not stand word for word in the source, "
        'which says: "Russia insists that Ukraine cede Donbas."',
    ),
    "a quote under another heading": (
        write_instead("section: Who wants what?", "section: When and where"),
        "33:76: entry ukraine-donbas, quotes 1, section: is not where the quote stands: write "
        '"Who wants what?"',
    ),
    "a day that moves": (
        write_instead("On 4 February 2026 the talks began", "The talks are now"),
        '13:13: entry where, answer: says "now"; write the date instead',
    ),
}


@pytest.mark.parametrize(("slip", "sentence"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_told_where_it_is_and_what_to_do(slip: Slip, sentence: str) -> None:
    assert told(slip(GOOD)) == [sentence]


@pytest.mark.parametrize(("slip", "sentence"), SLIPS.values(), ids=list(SLIPS))
def test_pyyamls_own_parser_leads_to_the_same_sentence(
    slip: Slip, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PARSER", events.SlowLoader)
    assert told(slip(GOOD)) == [sentence]


def test_an_entry_without_its_dash_is_told_at_each_key_that_comes_again() -> None:
    again = 'remove one of them, or start a new entry with "- "'
    assert told(GOOD.replace("  - id: hotel", "    id: hotel")) == [
        f'36:5: "id" stands here again, first on line 29; {again}',
        f'37:5: "topic" stands here again, first on line 30; {again}',
        f'39:5: "question" stands here again, first on line 31; {again}',
        f'40:5: "answer" stands here again, first on line 32; {again}',
    ]


def test_no_is_an_id_like_any_other(tmp_path: Path) -> None:
    assert "no" in read(write(tmp_path, GOOD.replace("id: hotel", "id: no"))).entries


async def test_the_bot_goes_on_from_the_last_good_file_whatever_becomes_of_it(
    tmp_path: Path,
) -> None:
    path = write(tmp_path)
    issue = partial(edition, today=lambda: date(2026, 11, 24))
    library = Library(path, issue, interval=0.001)
    first, watch = library.edition, library.watch()
    for slip, sentence in SLIPS.values():
        broken = slip(GOOD)
        path.write_bytes(broken.encode() if isinstance(broken, str) else broken)
        news = await anext(watch)
        assert isinstance(news, Refused)
        assert [str(problem) for problem in news.problems] == [f"{path}:{sentence}"]
        assert library.edition is first
    with pytest.raises(FaqError):
        read(path)
