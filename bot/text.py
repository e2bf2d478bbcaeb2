"""One form for all ways of writing the same thing: normalised text, words, stems.

Phrasings and queries go through the same functions, so whatever is folded away here (case, accents,
look-alike letters, invisible characters) can never part a question from its answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np
import Stemmer

RAW_LIMIT = 4096
"""Code points of a raw text that are looked at: the longest message that Telegram delivers."""

NORMAL_LIMIT = 320
"""Code points of a normalised text: more than a query may have (`answering.QUERY_LIMIT`). NFKC can
grow a text 18-fold, so the cut comes after it."""

FOLDED_LIMIT = 3 * NORMAL_LIMIT
"""Code points that are folded, of those that are neither blank nor dropped anyway: three times as
many as are kept, for some fold to nothing, and several to one."""

# Invisible: soft hyphen, zero-width and joining marks, direction marks, variation selectors.
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_APOSTROPHE = re.compile("['`´ʹʻʼʽˈ‘’‛′＇]")
_BREVE, _DIAERESIS = "\u0306", "\u0308"
_DROPPED = re.compile(
    # An accent stays only where it makes another letter: Cyrillic и + breve (й), і + diaeresis (ї).
    rf"(?<![иИ]){_BREVE}|(?<![іІ]){_DIAERESIS}|[\u0300-\u0305\u0307\u0309-\u036f{_INVISIBLE}]"
)
# In these letters there is nothing to fold away but case, apostrophes and ё.
_CYRILLIC_LETTERS = "а-яА-ЯёЁіїєґІЇЄҐ"
_PLAIN = re.compile(rf"[\x00-\x7f«»“”„—–’ʼ{_CYRILLIC_LETTERS}]*")
# Of one script, in one line, and with no %.
_PLAIN_LINE = re.compile(f"[ -$&-~«»“”„—–’ʼ]*|[ -$&-@«»“”„—–’ʼ{_CYRILLIC_LETTERS}]*")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яіїєґ]")

# Letters that look alike on a screen in one of their cases, Latin to Cyrillic and back; after
# Unicode's confusables.txt.
_TO_CYRILLIC = str.maketrans("abcehikmoptxy", "авсенікмортху")
_TO_LATIN = str.maketrans("авсенікмортхупгѕј", "abcehikmoptxynrsj")

# Ukrainian and Russian letters that stand for each other: in words that both languages have, in a
# mixture of the two, and where a telephone's keyboard lacks one of them.
_SLAVIC = tuple(zip("іїыэєґьъ", ("и", "и", "и", "е", "е", "г", "", ""), strict=True))
# "Besides" in Ukrainian: with і and и made one it would be Crimea, so a synonym takes its place.
_BESIDES = re.compile(r"\bкрім\b")
_DOUBLED = frozenset("бвгджзклмнпрстфхцчшщ")


def normalise(text: str) -> str:
    """`text` folded to the form in which texts are compared: at most `NORMAL_LIMIT` code points.

    Compatibility forms, case, accents, apostrophes, invisible characters and runs of white space
    are folded away. Idempotent; total for any string, lone surrogates included.
    """
    text = text[:RAW_LIMIT]
    if len(text) > FOLDED_LIMIT:
        text = " ".join(_DROPPED.sub("", _APOSTROPHE.sub("", text)).split())[:FOLDED_LIMIT]
    folded = _fold(text).replace("%", " percent ")
    return " ".join(folded.split())[:NORMAL_LIMIT].rstrip()


def _fold(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return _APOSTROPHE.sub("", text.lower().replace("ё", "е"))
    # Twice, as Unicode's toNFKC_Casefold does: folding case can bring up what decomposes again.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return bare(_APOSTROPHE.sub("", text))


def bare(text: str) -> str:
    """`text` in plain letters: no accents, nothing invisible; its case is kept."""
    if _PLAIN.fullmatch(text):
        return text.replace("ё", "е").replace("Ё", "Е")
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFKD", text)))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, normalised, in order; each written in one script."""
    return tuple(as_one_language(" ".join(written(text))).split())


def words_of(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of each text: of thousands in a third of the time, for plain ones are folded at
    once."""
    plain = [len(text) <= NORMAL_LIMIT and bool(_PLAIN_LINE.fullmatch(text)) for text in texts]
    lines = iter(as_one_language(_fold("\n".join(compress(texts, plain)))).split("\n"))
    for text, is_plain in zip(texts, plain, strict=True):
        yield tuple(_WORD.findall(next(lines))) if is_plain else words(text)


def written(text: str) -> list[str]:
    """The same, with each language's own letters still apart."""
    normal = normalise(text)
    found = _WORD.findall(normal)
    if normal.isascii() or not _LATIN.search(normal):
        return found
    latin, cyrillic = scripts(normal)
    return [_one_script(word, latin >= cyrillic) for word in found]


def scripts(normal: str) -> tuple[int, int]:
    """How many letters of a normalised text are Latin, and how many Cyrillic."""
    return len(_LATIN.findall(normal)), len(_CYRILLIC.findall(normal))


def as_one_language(text: str) -> str:
    """Normalised text with Ukrainian and Russian letters that stand for each other made one."""
    if text.isascii():
        return text
    if "крім" in text:
        text = _BESIDES.sub("окрім", text)
    # Faster than to translate: few of them are ever there.
    for letter, meant in _SLAVIC:
        text = text.replace(letter, meant)
    return _undoubled(text)


def _undoubled(text: str) -> str:
    """`text` with each consonant once where it stands several times in a row. (A regular expression
    takes seven times as long for the words of a language.)"""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    same = (points[1:] == points[:-1]).nonzero()[0].tolist()
    if not (again := [at for at in same if text[at] in _DOUBLED]):
        return text
    return np.delete(points, again).tobytes().decode("utf-32-le", "surrogatepass")


def _one_script(word: str, mostly_latin: bool) -> str:
    """`word` in the script of the text if all its letters can be meant so, else in the other."""
    readings = ((_TO_LATIN, _CYRILLIC), (_TO_CYRILLIC, _LATIN))
    for table, foreign in readings if mostly_latin else reversed(readings):
        read = word.translate(table)
        if not foreign.search(read):
            return read
    return word


def is_cyrillic(word: str) -> bool:
    return not word.isascii() and _CYRILLIC.search(word) is not None


# It would remember words, which may be what people wrote.
_ENGLISH = Stemmer.Stemmer("english", maxCacheSize=0)

_REFLEXIVE = re.compile(r"(?<=[аеиоуюялвт])ся$|(?<=л[аио])с$")
_ENDINGS = """а я о е и у ю й ам ям ом ем ами ями ах ях ив ев ов ей ий ой ею ою ию ия ие ии иям
    иях иями ови еви ая яя ое ее ого его ому ему им их ими ую юю ост ости остю остей
    остями остя ення ения ениям ением енням нням ть ти т л ла ло ли в ет ит ут ют ат ят
    ает ают уе уют ует ае ете ите еш иш ал ала али ало ил ила или ило ав ати ити увати
    ювати увала ували овали овал""".split()
_ENDING = re.compile(rf"(?<=\w{{3}})(?:{'|'.join(_ENDINGS)})$")


def stem(word: str) -> str:
    """The stem of one word of `words`: by Snowball (Porter 2); in Cyrillic script what is left
    without the commonest Ukrainian and Russian endings, so that both languages' forms meet."""
    if is_cyrillic(word):
        return _ENDING.sub("", _REFLEXIVE.sub("", word))
    stemmed: str = _ENGLISH.stemWord(word)
    return stemmed


def stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))
