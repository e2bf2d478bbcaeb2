"""Aliases that are everyday words: wherever one stands in a question, the name would be heard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.faq import LANGUAGES, Faq
from bot.frequent import frequent_words
from bot.loading.tree import Path
from bot.questions import telling
from bot.text import words

COMMONEST = 1_000
"""Words of each language that are taken for everyday ones."""


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    """The first of a group is what the others mean: it changes nothing."""
    for place, group in enumerate(faq.aliases):
        for number, alias in enumerate(group[1:], 1):
            if _is_everyday(alias):
                told = f'"{alias}" is an everyday word: where it stands, {group[0]} would be heard'
                yield ("aliases", place, number), f"{told}; remove it"


def _is_everyday(alias: str) -> bool:
    """A common word with a capital is a name: States, Київ; and so is US. But no WHO: a question
    is typed in small letters, too."""
    said = words(alias)
    return bool(said) and (not telling(said) or alias in _commonest())


@cache
def _commonest() -> frozenset[str]:
    """They are in small letters."""
    return frozenset(word for code in LANGUAGES for word in frequent_words(code, COMMONEST))
