"""Mistyped words, brought back to words that the FAQ knows.

The only module that knows RapidFuzz. It sees single words, never a whole message: RapidFuzz holds
the interpreter's lock for a whole call and has no bound on time (RapidFuzz#430).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.frequent import UNLISTED, Words
from bot.language import is_listed
from bot.matching.background import ENGLISH, common_words
from bot.text import is_cyrillic

SHORTEST, SHORTEST_CYRILLIC = 2, 3
"""Letters that a word needs to be repaired. Two tell enough of an English one, for the commonest is
meant, and that is nearly always right; of Ukrainian and Russian ones too many are alike."""

ONE_EDIT_UP_TO = 5
"""Letters up to which a word may hold one edit; longer ones may hold two."""

SHORTEST_CUT = 5
"""Letters from which an unknown word may be a known one that was cut off ("negot")."""

SHORTEST_RUN = 10
"""Letters from which an unknown word may be several written as one ("whomediates")."""

LONGEST_PART = 20
"""Letters of the longest of them."""

FORM_LETTERS, FORM_LETTERS_OF_NAME, FORM_ENDING = 4, 6, 3
"""Forms of a word, and of a name, begin with as many of the same letters, and with all but as many
of the last: "умерла" is none of "Умеров"."""

COMMONER = 250
"""Centibels by which a known word has to be the commoner one at large, for a common English word to
be that one, mistyped ("te", "si", "nd"): people write it some three hundred times as often."""

UNLIKE = 12
"""How many times as often a word that has not the same letters as the mistyped one occurs in the
texts, to be as likely; and once more, if it has not even all of these."""

LAST = "\U0010ffff"
"""A letter after all others."""

_Index = dict[tuple[str, int], list[str]]
"""Words by one of their letters and their length."""


class Spelling:
    """Repairs words towards a vocabulary: the words of `texts` and of `names`; `is_name` tells
    of a word whether it is a form of one of these.

    Words written as one ("cometo") are parted, words parted ("don bas") are joined, as the texts
    have them. Names written as one are recognised even when mistyped ("abudabi").
    """

    def __init__(
        self,
        texts: Iterable[Sequence[str]],
        names: Iterable[Sequence[str]] = (),
        is_name: Callable[[str], bool] = lambda _: False,
    ) -> None:
        texts, names = list(texts), list(names)
        self._is_name = is_name
        # How often each word occurs in the texts; one of a name perhaps never.
        self._known = Counter(dict.fromkeys(chain(*names), 0))
        self._known.update(chain.from_iterable(texts))
        pairs = {*chain.from_iterable(map(pairwise, chain(texts, names)))}
        self._pairs = Words(map(" ".join, pairs))
        self._common = common_words(ENGLISH)
        self._by_initial: _Index = defaultdict(list)
        self._by_second: _Index = defaultdict(list)
        targets = {*self._known, *(a + b for name in names for a, b in pairwise(name))}
        self._targets = sorted(word for word in targets if len(word) >= SHORTEST)
        for word in self._targets:
            self._by_initial[word[0], len(word)].append(word)
            self._by_second[word[1], len(word)].append(word)
        rarities = self._common.of(self._targets)
        common = rarities.argsort(kind="stable")[: (rarities <= UNLISTED - COMMONER).sum()]
        self._by_rarity = [self._targets[at] for at in common.tolist()]

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def repair(self, query: Sequence[str]) -> tuple[str, ...]:
        """`query` with each unknown word replaced by the known one that is likely to be meant."""
        if self._known.keys() >= set(query):
            return tuple(query)
        repaired: list[str] = []
        at = 0
        while at < len(query):
            pair = "".join(query[at : at + 2])
            if pair in self._known and not self._known.keys() >= set(query[at : at + 2]):
                repaired.append(pair)
                at += 2
            else:
                repaired += self._repair_word(query[at])
                at += 1
        return tuple(repaired)

    def _repair_word(self, word: str) -> tuple[str, ...]:
        in_cyrillic = is_cyrillic(word)
        shortest = SHORTEST_CYRILLIC if in_cyrillic else SHORTEST
        if word in self._known or len(word) < shortest or not word.isalpha():
            return (word,)
        # Common words are hardly ever mistyped ones, nor several written as one ("island"). But
        # Ukrainian and Russian ones may be another form of a known one: the FAQ seldom has all.
        if word in self._common:
            return self._far_commoner(word) or (word,)
        if in_cyrillic and is_listed(word):
            form = self._nearest(word) or self._cut_off(word) or ()
            letters = FORM_LETTERS_OF_NAME if any(map(self._is_name, form)) else FORM_LETTERS
            return form if _are_forms(word, "".join(form), letters) else (word,)
        found = self._pair(word) or self._nearest(word) or self._cut_off(word) or self._parted(word)
        return found or (word,)

    def _meaning(self, word: str) -> tuple[str, ...]:
        """A known word, or a name's two words written as one."""
        return (word,) if word in self._known else self._pair(word)

    def _pair(self, word: str) -> tuple[str, ...]:
        """The two words that the texts have side by side and `word` as one; none if it is no such.

        Pairs are not kept by how they would be written, which would take 4 MB.
        """
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            known = first in self._known and second in self._known
            if known and f"{first} {second}" in self._pairs:
                return first, second
        return ()

    def _nearest(self, word: str) -> tuple[str, ...] | None:
        """The fewest edits away; among equals the likeliest, then by alphabet.

        The first letter is seldom the mistyped one: words are looked for that begin with it, or
        with the second, as if the first were added or swapped; and, one edit away, those that go on
        as if it were wrong or left out.
        """
        edits = 1 if len(word) <= ONE_EDIT_UP_TO else 2
        near = [
            (distance, -self._likelihood(word, target), target)
            for words, cutoff in ((self._by_initial, edits), (self._by_second, 1))
            for target, distance, _ in process.extract(
                word,
                _of_length(words, {word[0], word[1]}, len(word), cutoff),
                scorer=OSA.distance,
                score_cutoff=cutoff,
                limit=None,
            )
        ]
        return self._meaning(min(near)[-1]) if near else None

    def _far_commoner(self, word: str) -> tuple[str, ...] | None:
        """The likeliest of the known words that are so much commoner at large, if `word` is one
        with a letter left out or two swapped. Others may be meant: "tom" is not "to"."""
        limit = self._common.get(word) - COMMONER
        commoner = self._by_rarity[: bisect_right(self._by_rarity, limit, key=self._common.get)]
        near = [
            target
            for target, _, _ in process.extract(
                word, commoner, scorer=OSA.distance, score_cutoff=1, limit=None
            )
            if len(target) > len(word) or sorted(target) == sorted(word)
        ]
        return self._meaning(max(near, key=partial(self._likelihood, word))) if near else None

    def _likelihood(self, word: str, target: str) -> float:
        """By how often the texts have `target`; a name that they have not counts as half a time.

        Letters are rather left out than put in the place of others: "whn" is "when", not "who".
        """
        unlike = (set(word) != set(target)) + (not set(word) <= set(target))
        often = self._known[target] or 0.5
        return often / float(UNLIKE**unlike)

    def _cut_off(self, word: str) -> tuple[str, ...] | None:
        """The shortest known word that begins so."""
        if len(word) < SHORTEST_CUT:
            return None
        first, after = bisect_left(self._targets, word), bisect_left(self._targets, word + LAST)
        longer = self._targets[first:after]
        return self._meaning(min(longer, key=lambda known: (len(known), known))) if longer else None

    def _parted(self, word: str) -> tuple[str, ...] | None:
        """The fewest known words that, written as one, give `word`."""
        if len(word) < SHORTEST_RUN:
            return None
        # The best way to write the first n letters, for each n.
        ways: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            found = [
                (*way, word[start:end])
                for start in range(max(0, end - LONGEST_PART), end)
                if (way := ways[start]) is not None and word[start:end] in self._known
            ]
            ways.append(min(found, key=len, default=None))
        return ways[-1]


def _of_length(words: _Index, letters: Iterable[str], length: int, cutoff: int) -> list[str]:
    """The words under any of `letters` whose length differs by `cutoff` at most."""
    lengths = range(length - cutoff, length + cutoff + 1)
    return [word for letter in letters for n in lengths for word in words.get((letter, n), ())]


def _are_forms(word: str, other: str, letters: int) -> bool:
    same = max(letters, len(word) - FORM_ENDING)
    return word[:same] == other[:same]
