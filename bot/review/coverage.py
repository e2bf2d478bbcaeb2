"""The sentences of the sources that no entry quotes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Problem
from bot.faq import Faq, coverage


def warnings(faq: Faq) -> Iterator[Problem]:
    for id, sentences in coverage(faq).items():
        source = faq.sources[id]
        for sentence in sentences:
            # A sentence stands whole in a line: a line of a source is a paragraph.
            start = source.text.index(sentence)
            line = source.text.count("\n", 0, start) + 1
            column = start - source.text.rfind("\n", 0, start)
            yield Problem(source.file, line, column, f"no entry quotes: {sentence}", warning=True)
