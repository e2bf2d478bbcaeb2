"""Which mistyped words are repaired, to what, and which are left as they are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.language import is_listed
from bot.matching.background import is_common
from bot.matching.spelling import (
    ONE_EDIT_UP_TO,
    SHORTEST,
    SHORTEST_CYRILLIC,
    Spelling,
)
from bot.text import words

TEXTS = [
    text.split()
    for text in (
        "where did they come to",
        "zelenskyy and rubio",
        "what does putin demand",
        "donbas territory",
        "negotiators negotiate",
        "kushner umerov",
        "who holds pokrovsk",
        "як просуваються переговори",
    )
]
NAMES = [["abu", "dhabi"], ["witkoff"], ["uae"]]
SPELLING = Spelling(TEXTS, NAMES)
KNOWN = sorted({word for text in TEXTS + NAMES for word in text})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("putn", "putin", id="a letter dropped"),
        pytest.param("puttin", "putin", id="a letter doubled"),
        pytest.param("ptuin", "putin", id="two letters swapped"),
        pytest.param("zelinsky", "zelenskyy", id="two edits in a long word"),
        pytest.param("pttn", "pttn", id="two edits in a short word"),
        pytest.param("zilinski", "zilinski", id="three edits"),
        pytest.param("kutin", "putin", id="another first letter"),
        pytest.param("kuttin", "kuttin", id="another first letter and one edit more"),
        pytest.param("utin", "putin", id="without its first letter"),
        pytest.param("vushner", "kushner", id="another first letter of a long word"),
        pytest.param("elenskyy", "zelenskyy", id="a long word without its first letter"),
        pytest.param("elensky", "elensky", id="the same and one edit more"),
        pytest.param("dputin", "putin", id="a letter before the first of a long word"),
        pytest.param("iwtkoff", "witkoff", id="the first two letters of a long word swapped"),
        pytest.param("uptin", "putin", id="the first two letters of a short word swapped"),
        pytest.param("territry", "territory", id="a known word nearby"),
        pytest.param("переговри", "переговори", id="Ukrainian"),
        pytest.param("tq", "to", id="a letter of two"),
        pytest.param("x", "x", id="too short to tell"),
        pytest.param("ая", "ая", id="too short to tell in Cyrillic letters"),
        pytest.param("uaae", "uae", id="the shortest that is repaired to"),
        pytest.param("wher3", "wher3", id="a word with a digit"),
        pytest.param("demanded", "demanded", id="a common word is meant"),
        pytest.param("hat", "hat", id="a common word beside one that is little commoner"),
        pytest.param("nd", "and", id="one beside one that is written a thousand times as often"),
        pytest.param("ot", "to", id="such a one with its letters swapped"),
        pytest.param("tom", "tom", id="one with a letter more"),
        pytest.param("ann", "ann", id="one with another letter"),
        pytest.param("negot", "negotiate", id="a word cut off means the shortest"),
        pytest.param("dhab", "dhabi", id="a short word cut off by one letter"),
        pytest.param("pokr", "pokr", id="cut off too short"),
        pytest.param("qwertyuiop", "qwertyuiop", id="a word like no other"),
        pytest.param("cometo", "come to", id="two words written as one"),
        pytest.param("cometoo", "cometoo", id="the same, mistyped"),
        pytest.param("abudhabi", "abu dhabi", id="a name written as one word"),
        pytest.param("abudhbi", "abu dhabi", id="the same, mistyped"),
        pytest.param("abudh", "abu dhabi", id="the same, cut off"),
        pytest.param("don bas", "donbas", id="one word written as two"),
        pytest.param("abu dhabi", "abu dhabi", id="two words that are known as two"),
        pytest.param("whatdoes putin demnd", "what does putin demand", id="word by word"),
        pytest.param("whodoesputindemand", "who does putin demand", id="many words written as one"),
        pytest.param("whodoesputinx", "whodoesputinx", id="many words and one that is not known"),
        pytest.param("donbas" * 40, "donbas " * 40, id="the same word over and over"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_repair(typed: str, meant: str) -> None:
    assert SPELLING.repair(typed.split()) == tuple(meant.split())


@pytest.mark.parametrize(
    ("known", "typed", "meant"),
    [
        pytest.param("lorrev lorrew", "lorev", "lorrev", id="fewer edits"),
        pytest.param("stanko satno", "stanno", "stanko", id="fewer edits, even by another letter"),
        pytest.param("zairbo zarbo", "zarrbo", "zarbo", id="a doubled letter, not another"),
        pytest.param("zarbi zarboks", "zarbks", "zarboks", id="a letter left out, not changed"),
        pytest.param("zarbok zarbik", "zarbek", "zarbik", id="else the first by the alphabet"),
        pytest.param("zarbokaaaa zarbokist", "zarbok", "zarbokist", id="cut off: the shortest"),
        pytest.param("zarbokian zarbokist", "zarbok", "zarbokian", id="cut off: alphabet too"),
    ],
)
def test_of_several_words_that_are_near(known: str, typed: str, meant: str) -> None:
    assert Spelling([known.split()]).repair([typed]) == (meant,)
    assert Spelling([[word] for word in reversed(known.split())]).repair([typed]) == (meant,)


def test_of_words_equally_near_the_commonest_in_the_texts_is_meant() -> None:
    texts = ["zarbik", "zarbok now", "why zarbok"]
    assert Spelling([text.split() for text in texts]).repair(["zarbek"]) == ("zarbok",)


def test_a_word_with_the_same_letters_is_meant_unless_another_is_a_dozen_times_commoner() -> None:
    texts = [["zarbokk"], *[["zarbokh"]] * 11]
    assert Spelling(texts).repair(["zarbok"]) == ("zarbokk",)
    assert Spelling([*texts, *[["zarbokh"]] * 2]).repair(["zarbok"]) == ("zarbokh",)


def test_a_name_is_meant_if_it_is_written_as_one_far_commoner_word() -> None:
    assert is_common("te")
    assert Spelling([], [["t", "he"]]).repair(["te"]) == ("t", "he")


def test_a_common_word_is_one_that_is_written_four_hundred_times_as_often() -> None:
    assert is_common("wo")
    assert Spelling([["who"]]).repair(["wo"]) == ("who",)


def test_of_several_that_are_far_commoner_the_likeliest_is_meant() -> None:
    assert is_common("ot")
    assert Spelling([["to"], *[["not"]] * 11]).repair(["ot"]) == ("to",)
    assert Spelling([["to"], *[["not"]] * 13]).repair(["ot"]) == ("not",)


def test_a_name_counts_as_if_the_texts_had_it_half_a_time() -> None:
    assert Spelling([["zarbokh"]] * 5, [["zarbokk"]]).repair(["zarbok"]) == ("zarbokk",)
    assert Spelling([["zarbokh"]] * 7, [["zarbokk"]]).repair(["zarbok"]) == ("zarbokh",)


@pytest.mark.parametrize("two", ["is land", "про мову", "по другу"])
def test_a_common_word_is_never_taken_for_two(two: str) -> None:
    one = two.replace(" ", "")
    assert is_common(one)
    assert Spelling([two.split()]).repair([one]) == (one,)


def test_a_known_word_is_meant_even_if_it_could_be_two() -> None:
    spelling = Spelling([["zarb", "okian"], ["zarbokian"]])
    assert spelling.repair(["zarbokian"]) == ("zarbokian",)
    assert spelling.repair(["zarbbokian"]) == ("zarbokian",)
    assert spelling.repair(["zarb", "okian"]) == ("zarb", "okian")


def test_nothing_is_repaired_towards_no_words() -> None:
    assert Spelling([]).repair(["zelensky"]) == ("zelensky",)


def test_a_known_word_is_one_of_the_texts_or_names() -> None:
    assert "donbas" in SPELLING
    assert "dhabi" in SPELLING
    assert "abudhabi" not in SPELLING
    assert "yesterday" not in SPELLING


def edits(a: str, b: str) -> int:
    """Optimal string alignment by the textbook: the last letters are kept, changed, dropped, added
    or swapped with those before them."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            costs = [
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            ]
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
                costs.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(costs)
    return table[len(a), len(b)]


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """A known word with up to three letters changed, dropped, added or swapped."""
    word = draw(st.sampled_from(KNOWN))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(word)))
        letter = draw(st.sampled_from("aeknzдо"))
        rest = word[at:]
        word = word[:at] + draw(
            st.sampled_from([letter + rest, letter + rest[1:], rest[1:], rest[1::-1] + rest[2:]])
        )
    return word


@given(mistyped())
def test_a_repaired_word_is_the_nearest_that_is_known(word: str) -> None:
    assume(word not in KNOWN and len(word) >= SHORTEST_CYRILLIC)
    assume(not is_common(word) and not is_listed(word))
    allowed = 1 if len(word) <= ONE_EDIT_UP_TO else 2
    targets = [known for known in (*KNOWN, "abudhabi") if len(known) >= SHORTEST]
    near = {target: edits(word, target) for target in targets}
    same_start = [n for target, n in near.items() if target[0] == word[0] and n <= allowed]
    repaired = "".join(SPELLING.repair([word]))
    if repaired == word:
        assert not same_start
    elif near.get(repaired, 9) <= allowed:
        assert near[repaired] <= min(same_start, default=allowed)
    else:
        assert not same_start
        assert repaired.startswith(word)


@given(st.permutations(TEXTS), mistyped())
def test_the_order_of_the_texts_changes_nothing(texts: list[list[str]], word: str) -> None:
    assert Spelling(texts, NAMES).repair([word]) == SPELLING.repair([word])


@given(st.lists(st.sampled_from(KNOWN)))
def test_words_that_are_known_are_left_as_they_are(query: list[str]) -> None:
    assert SPELLING.repair(query) == tuple(query)


FORMS = Spelling(
    [words("Київ відкинув вимоги росіян")],
    [("умеров",), ("украинци",), ("макрон",), ("зеленский",)],
    {"умеров", "украинци", "макрон", "зеленский"}.__contains__,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("выдвинул", "выдвинул", id="another common word"),
        pytest.param("вимогам", "вимоги", id="another form of a known one"),
        pytest.param("видкинувв", "відкинув", id="no common word"),
        pytest.param("рост", "рост", id="a short one"),
        pytest.param("украинец", "украинци", id="a form of a name"),
        pytest.param("умерла", "умерла", id="a common word that begins like a name"),
        pytest.param("зеленими", "зеленими", id="one with five letters of it"),
        pytest.param("макарони", "макарони", id="one that is like a name"),
    ],
)
def test_a_common_word_of_many_forms_is_only_taken_for_one_of_them(typed: str, meant: str) -> None:
    assert FORMS.repair(words(typed)) == words(meant)
