"""What people, machines and mischief type."""

from __future__ import annotations

import itertools
import string
import unicodedata
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from bot.loading.decoding import STRAY

ANY_TEXT = st.text(
    st.characters()
    | st.characters(categories=["Cs"])
    | st.sampled_from(" ?.,;'%aeiWhoйїіёßİıς\u0301\u0306\u0308\u200b\u00ad\ufdfa"),
    max_size=400,
)
"""Any string that Python can hold, lone surrogates included."""

CHARACTERS = st.characters(codec="utf-8").filter(lambda it: not STRAY.match(it) and it != "\n")
LINES = st.text(CHARACTERS | st.sampled_from("<>&\"'/b"), min_size=1, max_size=60).filter(
    lambda line: line == line.strip()
)
"""One line of a text, as the loader lets it through."""


def _cut(text: str) -> str:
    assert len(text) >= 4096
    return text[:4096]


_NONSENSE = ["".join(letters) for letters in itertools.product("bqzxj", string.ascii_lowercase * 2)]

WORST: Mapping[str, str] = {
    "emoji": _cut("😀" * 4096),
    "blanks": _cut(" " * 4096),
    "one letter": _cut("a" * 4096),
    "one letter words": _cut("a b " * 1024),
    "a letter that grows 18-fold": _cut("\ufdfa" * 4096),
    "accents on one letter": _cut("i" + "\u0301" * 4095),
    "questions that never end": _cut("who and what; " * 400),
    "full stops": _cut(". " * 2048),
    "mistyped words": _cut(" ".join(f"zele{a}nsk{a}" for a in _NONSENSE * 3)),
    "short questions of unknown words": _cut("? ".join(f"{a}qv {a}xw" for a in _NONSENSE * 4)),
    "percent signs": _cut("%" * 4096),
    "lone surrogates": _cut("\ud800" * 4096),
    "look-alikes of both scripts": _cut("аa " * 1366),
}
"""Of the longest message that Telegram delivers, what may cost the most to read."""

_LOOK_ALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")

DISGUISES: Mapping[str, Callable[[str], str]] = {
    "zero-width spaces between letters": "\u200b".join,
    "soft hyphens between letters": "\u00ad".join,
    "zero-width joiners between letters": "\u200d".join,
    "variation selectors": "\ufe0f".join,
    "a right-to-left override": lambda text: "\u202e" + text,
    "a byte order mark": lambda text: "\ufeff" + text,
    "full width": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text
    ),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "many blanks": lambda text: f"\n {text} \t".replace(" ", "  "),
    "accents, composed": lambda text: unicodedata.normalize("NFC", _accented(text)),
    "accents, decomposed": lambda text: unicodedata.normalize("NFD", _accented(text)),
    "look-alike letters": lambda text: text.translate(_LOOK_ALIKES),
    "one look-alike letter a word": lambda text: " ".join(
        word.replace("e", "е", 1) for word in text.split(" ")
    ),
    "capital letters": str.upper,
    "small letters": str.lower,
    "Turkish dots": lambda text: text.replace("i", "ı").replace("I", "İ"),
    "typographic apostrophes": lambda text: text.replace("'", "’"),
    "modifier apostrophes": lambda text: text.replace("'", "ʼ"),
}
"""Ways to write a question that look the same to a person, or nearly so."""


def _accented(text: str) -> str:
    return "".join(c + "\u0301" if c in "aeiouy" else c for c in text)
