"""What makes an FAQ right beyond its shape: each rule is a question asked of the whole document.

A rule gives the path and the sentence of every breach. Rules read whatever is of the right kind and
pass over the rest, so they can be asked of a file that has mistakes of shape too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias

from bot import article
from bot.faq import ENGLISH, LANGUAGES
from bot.loading.shape import GENERAL, SHORT_LIMIT
from bot.loading.tree import KEY, Document, Path, Tree
from bot.text import stems, words, words_of

Breaches: TypeAlias = Iterator[tuple[Path, str]]

_BANNED = (
    (
        re.compile(r"\b(?:currently|now|today|recently|last month)\b", re.I),
        "write the date instead",
    ),
    (
        re.compile(r"\b(?:claimed|admitted|refused|slammed|so-called)\b", re.I),
        "use a neutral verb: said, stated, rejected",
    ),
)
_QUOTED = re.compile('["“„«][^"“”„«»]*["”»]')

TOPICS = 50
"""Topics at most: each is a button under one message, and Telegram takes 100 of them."""

_PLACES: tuple[tuple[str, ...], ...] = tuple(
    () if language == ENGLISH else (language,) for language in LANGUAGES
)
"""Where an entry keeps its texts, language by language."""


def breaches(document: Document) -> Breaches:
    for rule in (_ids, _questions, _topics, _aliases, _others, _speakers, _wording, _shorts):
        yield from rule(document)


def text_of(map: dict[str, Tree], key: str) -> str:
    """What is written there: empty if it is nothing, or no text."""
    value = map.get(key)
    return value.strip() if isinstance(value, str) else ""


def nearest(name: str, known: Iterable[Any]) -> str:
    """The known name that may have been meant, as the end of a sentence."""
    near = get_close_matches(name[:40], [it for it in known if isinstance(it, str)], 1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _repeats(document: Document, forms: Sequence[tuple[Path, str]]) -> Breaches:
    """Whatever has the same form as something that stands further up."""
    if len({form for _, form in forms}) == len(forms):
        return
    first: dict[str, int] = {}
    for path, form in sorted(forms, key=lambda item: document.mark(item[0])):
        if form in first:
            yield path, f"stands on line {first[form]} already; change or remove one of them"
        first.setdefault(form, document.mark(path)[0])


def _ids(document: Document) -> Breaches:
    return _repeats(document, [*document.texts("entries", int, "id")])


def _questions(document: Document) -> Breaches:
    for place in _PLACES:
        asked = [
            *document.texts("entries", int, *place, "question"),
            *document.texts("entries", int, *place, "phrasings", int),
        ]
        asked = [(path, text) for path, text in asked if text.strip()]
        read = words_of([text for _, text in asked])
        forms = [(path, " ".join(it)) for (path, _), it in zip(asked, read, strict=True)]
        for path, _ in (item for item in forms if not item[1]):
            yield path, "holds no letter and no digit, so nobody can ask it"
        yield from _repeats(document, [item for item in forms if item[1]])


def _topics(document: Document) -> Breaches:
    titles = document.data.get("topics")
    used: dict[str, Path] = {}
    for path, entry in document.maps("entries", int):
        topic = text_of({"topic": GENERAL, **entry}, "topic")
        used.setdefault(topic, (*path, "topic"))
        if topic and isinstance(titles, dict) and topic not in titles:
            told = f'"{topic}" is not under topics: at the top of the file'
            yield (*path, "topic"), told + nearest(topic, titles)
    for path in list(used.values())[TOPICS:]:
        yield path, f"is one topic too many: people choose among {TOPICS} at most; join some"
    for topic in titles if isinstance(titles, dict) else ():
        if topic not in used:
            yield ("topics", topic, KEY), "no entry has this topic; remove it"


def _aliases(document: Document) -> Breaches:
    names = document.texts("aliases", int, int)
    return _repeats(document, [(path, article.fold(name).casefold()) for path, name in names])


def _others(document: Document) -> Breaches:
    known = {text for _, text in document.texts("entries", int, "id")}
    for path, entry in document.maps("entries", int):
        other = text_of(entry, "other")
        if "says" in entry and "other" not in entry:
            yield (*path, "other"), "is missing; with says: goes the id of the other side's entry"
        elif other and (other not in known or other == entry.get("id")):
            near = nearest(other, known - {entry.get("id")})
            yield (*path, "other"), f'"{other}" is not the id of another entry{near}'


def known_parties(saying: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Those of whom more than one entry says something, and whatever has other names."""
    return frozenset((*names, *(says for says, times in Counter(saying).items() if times > 1)))


def mistaken_party(says: str, known: Collection[str]) -> str:
    """What to tell of a party that is not known, but called nearly as one that is."""
    near = "" if says in known else nearest(says, known)
    return f'"{says}" is in no other says:, nor in aliases:{near}' if near else ""


def _speakers(document: Document) -> Breaches:
    known = known_parties(
        (text_of(entry, "says") for _, entry in document.maps("entries", int)),
        (name for _, name in document.texts("aliases", int, int)),
    )
    groups = [names for _, names in document.values("aliases", int) if isinstance(names, list)]
    for path, entry in document.maps("entries", int):
        says, answer = text_of(entry, "says"), text_of(entry, "answer")
        if says and answer:
            opening = article.first_sentence(answer)
            names = [says, *(name for group in groups if says in group for name in group)]
            if not any(_named(name, opening) for name in names if isinstance(name, str)):
                if mistaken := mistaken_party(says, known):
                    yield (*path, "says"), mistaken
                else:
                    told = f'the first sentence must name who says so: "{says}"'
                    yield (*path, "answer"), told


def _named(name: str, sentence: str) -> bool:
    """Whether every word of the name opens a word of the sentence: Ukraine is in Ukrainian."""
    said, wanted = words(sentence), stems(words(name))
    return bool(wanted) and all(any(_opens(stem, word) for word in said) for stem in wanted)


def _opens(stem: str, word: str) -> bool:
    return word == stem or (len(stem) > 3 and word.startswith(stem))


def _wording(document: Document) -> Breaches:
    for key in ("answer", "short"):
        for path, text in document.texts("entries", int, key):
            for banned, advice in _BANNED:
                for word in dict.fromkeys(banned.findall(_QUOTED.sub("", text))):
                    yield path, f'says "{word}"; {advice}'


def _shorts(document: Document) -> Breaches:
    for place in _PLACES:
        for path, text in document.texts("entries", int, *place, "answer"):
            short = (*path[:-1], "short")
            if text.strip() and short not in document.marks:
                length = len(article.first_sentence(text))
                if length > SHORT_LIMIT:
                    over = f"has a first sentence of {length} characters, over {SHORT_LIMIT}"
                    yield path, f"{over}; write short: for groups"
