"""What tells of a person is struck out of a text before it is kept.

Struck out are links and addresses, @names, long numbers, the writer's own names, and names: words
that are written as names, or introduced as one ("my name is ..."), and that the FAQ does not know.
So whoever the article speaks of stays readable, and so does a capitalised word that is one of a
language's commonest, unless it stands beside another name. A stranger's name in small letters
passes; nothing can tell it from any other word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import reduce

import regex

from bot.matching import is_common
from bot.text import words

LIMIT = 300
"""Characters of a text that are kept: those of the longest query that is looked up."""

ADDRESS, NAME, NUMBER = "[link]", "[name]", "[number]"
MARKS = (ADDRESS, NAME, NUMBER)
"""What stands where something was struck out."""

LONG_NUMBER = 5
"""Digits in a row from which a number may be somebody's, unless it is a round one: years and
percentages have fewer, and how large an army may be is told in thousands."""

LONG_SPACED_NUMBER = 7
"""The same for digits with blanks, dots, dashes or brackets between them, as in telephone numbers;
dates and spans of years have more, and stay."""

TITLED, TITLE_WORDS = 0.6, 6
"""Share of capitalised words, of at least so many, from which two neighbours are no name: it is A
Title Like This."""

Knows = Callable[[str], bool]
Span = tuple[int, int]

_LINK = regex.compile(
    r"(?i)(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)\S*[^\s.,?!)»”\"]|\S+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)+/\S*|\b(?:[\w-]+\.)+(?:com|org|net|info|io|me|gov|edu|ua|ru|eu|uk|de"
    r"|укр|рф)\b"
)
_AT_NAME = regex.compile(r"(?<!\w)@\w+")
_NUMBER = regex.compile(r"[+(]{0,2}\d(?:[ ().\p{Pd}/]{0,2}\d)*")
_DATE = regex.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}"
    r"|(?:19|20)\d\d ?\p{Pd} ?(?:19|20)\d\d"
)
_WORD = r"\p{L}[\p{L}\p{M}'’ʼ-]*"
_CAPITALISED = regex.compile(rf"(?<!\w)(?=\p{{Lu}}){_WORD}(?: +(?=\p{{Lu}}){_WORD})*")
_INTRODUCED = regex.compile(
    rf"(?i)(?<!\w)(?:my name is|call me|мене зв[аиу]ть?|мене звуть|мене звати|мо[єе] ім['’ʼ]я"
    rf"|меня зовут|зовут меня|звати мене|мо[её] имя)\W+({_WORD}(?: {_WORD})?)"
)
_CALLED = regex.compile(
    rf"(?<!\w)(?:[Ii] am|[Ii]['’ʼ]?m|[Tt]his is|[Яя]|[Цц]е|[Ээ]то)\W+((?=\p{{Lu}}){_WORD})"
)
_BEGINNING = regex.compile(r"(?:^|(?<!\b\p{Lu}\p{L}{0,2})\.|[?!…:;])[\s\"“„«'(]*$")
_AGAIN = regex.compile(rf"{regex.escape(NAME)}(?:\W+{regex.escape(NAME)})+")


def redacted(text: str, knows: Knows, own_names: Collection[str] = ()) -> str:
    """`text` on one line, without what tells of a person, in at most `LIMIT` characters.

    `knows` tells whether the FAQ holds a word; `own_names` are those of whoever wrote the text.
    Total for any string.
    """
    text = _legible(text)
    text = str(_AT_NAME.sub(NAME, _LINK.sub(ADDRESS, text)))
    text = str(_NUMBER.sub(lambda number: _number(number[0]), text))
    named = (
        *_own(text, knows, own_names),
        *_introduced(text, knows),
        *_written_as_names(text, knows),
    )
    return str(_AGAIN.sub(NAME, _without(text, named)))[:LIMIT]


def unmarked(text: str) -> str:
    """What is left of a redacted text, to be looked up."""
    return " ".join(reduce(lambda left, mark: left.replace(mark, " "), MARKS, text).split())


def _without(text: str, spans: Iterable[Span]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            pieces += [text[done:start], NAME]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _legible(text: str) -> str:
    """Every character can be seen, and stored: no half of one, no control, nothing invisible."""
    composed = unicodedata.normalize("NFKC", text)
    seen = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in composed)
    return " ".join("".join(c for c in seen if unicodedata.category(c) not in ("Cf", "Cs")).split())


def _number(written: str) -> str:
    runs = regex.findall(r"\d+", written)
    spaced = len("".join(runs)) >= LONG_SPACED_NUMBER and not _DATE.fullmatch(written)
    long = any(len(run) >= LONG_NUMBER and not run.endswith("000") for run in runs)
    return NUMBER if spaced or long else written


def _own(text: str, knows: Knows, names: Collection[str]) -> Iterator[Span]:
    for name in set(" ".join(names).split()):
        if len(name) < 2 or _is_known(name, knows):
            continue
        for found in regex.finditer(rf"(?i)(?<!\w){regex.escape(name)}(?!\w)", text):
            # Somebody may call themselves by an everyday word.
            if not (found[0].islower() and _is_common(name)):
                yield found.span()


def _introduced(text: str, knows: Knows) -> Iterator[Span]:
    for found in (*_INTRODUCED.finditer(text), *_CALLED.finditer(text)):
        for number, word in enumerate(regex.finditer(_WORD, found[1])):
            said = word[0]
            named = number == 0 or said[0].isupper() or not _is_common(said)
            if named and not _is_known(said, knows):
                yield found.start(1) + word.start(), found.start(1) + word.end()


def _written_as_names(text: str, knows: Knows) -> Iterator[Span]:
    initials = [word[0] for word in regex.findall(_WORD, text)]
    if text.isupper():
        return
    capitals = sum(map(str.isupper, initials))
    titled = len(initials) >= TITLE_WORDS and capitals > TITLED * len(initials)
    for run in _CAPITALISED.finditer(text):
        begins = bool(_BEGINNING.search(text[: run.start()]))
        yield from _names_in(run, knows, begins=begins, titled=titled)


def _names_in(run: regex.Match[str], knows: Knows, *, begins: bool, titled: bool) -> Iterator[Span]:
    """The words of a run of capitalised ones that are names. What begins a sentence would be
    capitalised anyway: it is a name only if the next word is."""
    found = list(regex.finditer(_WORD, run[0]))
    strange = [not _is_known(word[0], knows) for word in found]
    if begins and _is_common(found[0][0]):
        strange[0] = False
    for at, word in enumerate(found):
        beside = not titled and any(strange[max(at - 1, 0) : at] + strange[at + 1 : at + 2])
        first = begins and at == 0
        if strange[at] and (beside or not (first or _is_common(word[0]))):
            yield run.start() + word.start(), run.start() + word.end()


def _is_known(word: str, knows: Knows) -> bool:
    return all(map(knows, words(_bare(word))))


def _is_common(word: str) -> bool:
    return all(map(is_common, words(_bare(word))))


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")
