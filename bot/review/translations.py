"""Translations that are missing, that were made of an English text which is no more, and texts in
another language than the one they stand for.

A translation carries `of:`, the mark of the English text that it says the same as. `accepted`
writes the marks, once somebody has compared the two: quoted, for one of digits alone is a number to
the editors that know YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.faq import ENGLISH, LANGUAGES, Faq
from bot.language import language_of
from bot.loading import File
from bot.loading.tree import KEY, Path

_OF = re.compile(r"""["']?of["']?\s*:\s*["']?\w+["']?""")
_NAMES = {"en": "English", "uk": "Ukrainian", "ru": "Russian"}


def warnings(faq: Faq) -> Iterator[tuple[Path, str]]:
    """Of the languages that the file has: who writes in one alone need not hear of others."""
    used = {language for entry in faq.entries.values() for language in entry.texts}
    others = [language for language in LANGUAGES[1:] if language in used]
    for place, entry in enumerate(faq.entries.values()):
        for language in others:
            path: Path = ("entries", place)
            if language not in entry.texts:
                yield path, f"has no {language}: whoever asks in {_NAMES[language]} reads English"
            elif not entry.texts[language].phrasings:
                yield (*path, language), "has no phrasings: nothing but its question is understood"
        for language, text in entry.texts.items():
            if (found := language_of(text.answer)) and found != language:
                path = ("entries", place, *([] if language == ENGLISH else [language]), "answer")
                yield path, f"seems to be {_NAMES[found]}, where {_NAMES[language]} belongs"
    for path, _ in _stale(faq):
        yield path, "may differ from the English text; compare them, then accept the translations"


def waiting(faq: Faq) -> list[str]:
    """The translations that nobody has compared with today's English, such as "where uk"."""
    ids = [*faq.entries]
    return [f"{ids[place]} {language}" for (_, place, language), _ in _stale(faq)]


def accepted(text: str, file: File) -> str:
    """`text`, which `file` was read from, with the mark of today's English in each translation."""
    lines = text.split("\n")
    places = file.document.marks
    # From the end on, so that the places before stay what they are.
    for path, mark in sorted(_stale(file.faq), key=lambda it: places[it[0]], reverse=True):
        if (*path, "of") in places:
            line, column = places[(*path, "of", KEY)]
            kept, old = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            lines[line - 1] = kept + _OF.sub(f'of: "{mark}"', old, count=1)
            continue
        line, column = min(at for key, at in places.items() if _is_key_of(path, key))
        before, first = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        between = ", " if before.strip() else f"\n{before}"
        lines[line - 1] = f'{before}of: "{mark}"{between}{first}'
    return "\n".join(lines)


def _is_key_of(path: Path, key: Path) -> bool:
    return key[:-2] == path and key[-1] == KEY


def _stale(faq: Faq) -> Iterator[tuple[tuple[str, int, str], str]]:
    """The translations of another English text than today's, and the mark of today's."""
    for place, entry in enumerate(faq.entries.values()):
        mark = entry.texts[ENGLISH].mark
        for language, text in entry.texts.items():
            if language != ENGLISH and text.of != mark:
                yield ("entries", place, language), mark
