"""An article's plain text: its headings, its sentences, and where a quote stands.

One line is one paragraph. A heading is a line of its own that holds a single short clause and does
not end as running text does; what stands before the first heading has the heading "".

Quotes are held against the article word for word. Only what typing and typesetting change without
changing a word is folded away: runs of white space, and the shapes of quote marks. An ellipsis in
a quote joins two exact pieces, in their order, within one section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]

HEADING_LIMIT = 100
"""Code points of the longest heading: news style keeps them under 70."""

_TYPOGRAPHY = str.maketrans({**dict.fromkeys("’‘ʼ", "'"), **dict.fromkeys("“”„«»", '"')})
_ELLIPSIS = re.compile(r"\.\.\.|…")
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+")
_RUNNING_TEXT = re.compile(r"[.!…,;:][\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov)\.\s+$")


@dataclass(frozen=True, slots=True)
class Section:
    """The sentences under one heading, as the article writes them; `folded` for comparing."""

    heading: str
    sentences: tuple[str, ...]
    folded: tuple[str, ...] = field(repr=False)


def sections(text: str) -> tuple[Section, ...]:
    """The article cut at its headings. A heading with nothing under it has no sentences."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in filter(None, map(str.strip, text.splitlines())):
        if _is_heading(line):
            found.append((line, []))
        else:
            found[-1][1].extend(sentences(line))
    return tuple(
        Section(heading, tuple(under), tuple(map(fold, under)))
        for heading, under in found
        if heading or under
    )


def _is_heading(line: str) -> bool:
    short = len(line) <= HEADING_LIMIT and not _RUNNING_TEXT.search(line)
    return short and len(sentences(line)) == 1


def sentences(paragraph: str) -> tuple[str, ...]:
    """A paragraph's sentences, verbatim. Initials and titles (`J. D. Vance`, `Gen.`) end none."""
    ends = [
        stop.end()
        for stop in _STOP.finditer(paragraph)
        if not paragraph[stop.end() : stop.end() + 1].islower()
        and not _ABBREVIATED.search(paragraph, max(0, stop.start() - 5), stop.end())
    ]
    pieces = (paragraph[a:b] for a, b in zip([0, *ends], [*ends, len(paragraph)], strict=True))
    return tuple(filter(None, map(str.strip, pieces)))


def first_sentence(text: str) -> str:
    """The first sentence of the first paragraph of a text that is not blank."""
    return sentences(text.strip().splitlines()[0])[0]


def fold(text: str) -> str:
    """`text` with straight quote marks and single blanks, and otherwise as it was."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def headings_over(article: Iterable[Section], quote: str) -> tuple[str, ...]:
    """The headings of all sections where `quote` stands verbatim: none for a misquote."""
    return tuple(section.heading for section in article if _spans(section, quote))


def pieces(quote: str) -> tuple[str, ...]:
    """What ellipses join in `quote`, which stands in one piece or in those."""
    return tuple(filter(None, map(str.strip, _ELLIPSIS.split(quote))))


def nearest(article: Iterable[Section], quote: str) -> str:
    """The sentence that shares the most words with a misquote."""
    wanted = set(fold(quote).casefold().split())
    every = (sentence for section in article for sentence in section.sentences)
    return max(every, key=lambda it: len(wanted & set(fold(it).casefold().split())), default="")


def unquoted(article: Iterable[Section], quotes: Sequence[str]) -> tuple[str, ...]:
    """The sentences that no quote touches, in their order."""
    return tuple(sentence for section in article for sentence in _unquoted_in(section, quotes))


def _unquoted_in(section: Section, quotes: Sequence[str]) -> Iterator[str]:
    quoted = [span for quote in quotes for span in _spans(section, quote)]
    start = 0
    for sentence, folded in zip(section.sentences, section.folded, strict=True):
        end = start + len(folded)
        if not any(first < end and start < last for first, last in quoted):
            yield sentence
        start = end + 1


def _spans(section: Section, quote: str) -> tuple[Span, ...]:
    """Where the quote's pieces stand in the section's folded text: empty if any does not."""
    body = " ".join(section.folded)
    whole = fold(quote)
    return _in_order(body, [whole]) or _in_order(body, pieces(whole))


def _in_order(body: str, pieces: Iterable[str]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for piece in filter(None, map(str.strip, pieces)):
        start = _find(body, piece, spans[-1][1] if spans else 0)
        if start < 0:
            return ()
        spans.append((start, start + len(piece)))
    return tuple(spans)


def _find(body: str, piece: str, start: int) -> int:
    """Where `piece` first stands as whole words, -1 if nowhere: "rain" is not in "Ukraine"."""
    at = body.find(piece, start)
    while at >= 0 and (_inside_word(body, at) or _inside_word(body, at + len(piece))):
        at = body.find(piece, at + 1)
    return at


def _inside_word(body: str, at: int) -> bool:
    return 0 < at < len(body) and body[at - 1 : at + 1].isalnum()
