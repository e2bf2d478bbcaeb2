"""What is folded away and what is kept, in whatever script and spelling a text comes."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import (
    NORMAL_LIMIT,
    RAW_LIMIT,
    bare,
    is_cyrillic,
    normalise,
    stem,
    stems,
    words,
    words_of,
    written,
)
from tests.texts import ANY_TEXT, DISGUISES, WORST


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        pytest.param("  Who \n\t CAME? ", "who came?", id="case and blanks"),
        pytest.param("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul", id="Turkish i"),
        pytest.param("Straße STRASSE", "strasse strasse", id="sharp s"),
        pytest.param("ΛΌΓΟΣ λόγος", "λογοσ λογοσ", id="final sigma and accents"),
        pytest.param("café cafe\u0301", "cafe cafe", id="composed and decomposed"),
        pytest.param("ﬁne ① ㎏", "fine 1 kg", id="compatibility forms"),
        pytest.param("ᴬ ϒ", "a υ", id="compatibility forms of capitals"),
        pytest.param("мой мои\u0306 мои", "мой мой мои", id="й is a letter of its own"),
        pytest.param("її і\u0308ї ії", "її її ії", id="ї is a letter of its own"),
        pytest.param("Ещё еще", "еще еще", id="ё is written е as often as not"),
        pytest.param("ПОДІЯ", "подія", id="Ukrainian і"),
        pytest.param("i\u0308 и\u0308 о\u0306", "i и о", id="other letters' marks"),
        pytest.param("don't don’t donʼt don`t don＇t", "dont " * 4 + "dont", id="apostrophes"),
        pytest.param("п'ять п’ять пʼять", "пять пять пять", id="Ukrainian apostrophes"),
        pytest.param("a\u200bb\u00adc\u202ed\ufe0fe\ufeff", "abcde", id="invisible characters"),
        pytest.param("a\u00a0b\u3000c\u2009d", "a b c d", id="blanks of all kinds"),
        pytest.param("40% or 40 per cent", "40 percent or 40 per cent", id="percent sign"),
        pytest.param("\ud800 x", "\ud800 x", id="a lone surrogate"),
        pytest.param("\u200b" * 4000 + "who", "who", id="many invisible characters"),
        pytest.param("\n " * 2000 + "who", "who", id="many blanks"),
        pytest.param(
            "".join(c + "\u0301" * 12 for c in "abc " * 75), ("abc " * 75)[:-1], id="zalgo"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_bare_letters_keep_their_case_and_their_apostrophes() -> None:
    assert bare("Zele\u0301nskyy’s Ru\u00adbio") == "Zelenskyy’s Rubio"
    assert bare("И\u0306орданія, Росси\u0301я, І\u0308жак") == "Йорданія, Россия, Їжак"


@given(st.text(st.sampled_from(string.printable + "«»“”„—–’ʼабвеийёіїєґщьАБВЕИЙЁІЇЄҐЩЬ")))
def test_plain_letters_are_folded_in_a_shorter_way_that_leads_to_the_same(text: str) -> None:
    assert normalise(text + "e") == normalise(text + "é")
    assert bare(text + "e") == bare(text + "é")


@given(st.lists(ANY_TEXT | st.text("aBZ ’%-_1") | st.text("сЫїё ’%-_1", max_size=400)))
def test_many_texts_have_the_same_words_as_each_alone(texts: list[str]) -> None:
    assert [*words_of(texts)] == [*map(words, texts)]


@given(ANY_TEXT)
def test_normalising_is_idempotent_and_never_above_its_cap(text: str) -> None:
    normal = normalise(text)
    assert normalise(normal) == normal
    assert len(normal) <= NORMAL_LIMIT
    assert normal == normal.strip()


@given(ANY_TEXT)
def test_canonically_equal_texts_are_one(text: str) -> None:
    assert normalise(unicodedata.normalize("NFC", text)) == normalise(text)
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


def test_the_cut_comes_after_what_grows() -> None:
    grown = normalise("\ufdfa" * 40)
    assert NORMAL_LIMIT - 8 < len(grown) <= NORMAL_LIMIT


def test_a_cut_between_words_leaves_no_blank() -> None:
    assert normalise("a" * (NORMAL_LIMIT - 1) + " b") == "a" * (NORMAL_LIMIT - 1)


def test_what_is_left_out_does_not_use_up_the_cap() -> None:
    assert normalise("\u200b" * (RAW_LIMIT - 3) + "who") == "who"


def test_nothing_is_read_beyond_the_longest_message() -> None:
    assert normalise("\u200b" * RAW_LIMIT + "who") == ""


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_message_has_few_words(text: str) -> None:
    assert sum(map(len, words(text))) <= NORMAL_LIMIT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Who's there, at 10:30?", ["whos", "there", "at", "10", "30"], id="marks"),
        pytest.param("son-in-law snake_case", ["son", "in", "law", "snake", "case"], id="joints"),
        pytest.param("Wіtkоff", ["witkoff"], id="Cyrillic letters in a Latin word"),
        pytest.param("WНАТ DОЕS RUSSІА SАУ", ["what", "does", "russia", "say"], id="capitals"),
        pytest.param("роsіtіоn", ["position"], id="more Cyrillic letters than Latin ones"),
        pytest.param("ruѕѕiа", ["russia"], id="look-alikes that no language of ours has"),
        pytest.param("Аге the talks over", ["are", "the", "talks", "over"], id="a whole word"),
        pytest.param("Kиїв", ["киив"], id="a Latin letter in a Cyrillic word"),
        pytest.param("Who rules Kиїв", ["who", "rules", "киив"], id="the same in a Latin text"),
        pytest.param("Віткофф ґанок єнот", ["виткоф", "ганок", "енот"], id="Ukrainian letters"),
        pytest.param("сыграть объект этаж", ["сиграт", "обект", "етаж"], id="Russian letters"),
        pytest.param("переговори переговоры", ["переговори"] * 2, id="one word, two languages"),
        pytest.param("Россія аллея ааа", ["росия", "алея", "ааа"], id="doubled consonants"),
        pytest.param("Крім Окрім Крим Крым", ["окрим"] * 2 + ["крим"] * 2, id="besides, Crimea"),
        pytest.param("Кріму окрім", ["криму", "окрим"], id="besides as a whole word"),
        pytest.param("дiskо", ["дiskо"], id="a word of both scripts"),
        pytest.param("де був Tpaмп", ["де", "був", "трамп"], id="half of a Cyrillic word"),
        pytest.param("що каже CBO", ["що", "каже", "сво"], id="a whole word in a Cyrillic text"),
        pytest.param("ор no", ["op", "no"], id="as many letters of each"),
        pytest.param("Who rules Донбас", ["who", "rules", "донбас"], id="a true Cyrillic word"),
        pytest.param("Хто такий Witkoff", ["хто", "такий", "witkoff"], id="a true Latin word"),
        pytest.param("?!… 😀 \u200b", [], id="nothing to read"),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == tuple(found)


def test_a_text_as_it_is_written_keeps_the_letters_of_its_language() -> None:
    assert written("Чи є мiр? Были бы объекты, Зеленський") == (
        "чи є мір были бы объекты зеленський".split()
    )


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_no_disguise_changes_the_words(disguise: Callable[[str], str]) -> None:
    question = "What's Ukraine's position on Donbas, and why is it Europe's, too?"
    assert words(disguise(question)) == words(question)


@given(ANY_TEXT)
def test_words_are_normalised_and_hold_no_blanks(text: str) -> None:
    for word in words(text):
        assert word
        assert word.split() == [word]
        assert normalise(word) == word


@pytest.mark.parametrize(
    ("forms", "stemmed"),
    [
        pytest.param("negotiate negotiating negotiated", {"negoti"}, id="English"),
        pytest.param("переговоры переговоров переговорами", {"переговор"}, id="Russian"),
        pytest.param("переговори переговорів переговорам", {"переговор"}, id="Ukrainian"),
        pytest.param("Закінчилася закінчились закінчив", {"закинч"}, id="reflexive verbs"),
        pytest.param("Зеленський Зеленского зеленским", {"зеленск"}, id="names, in both"),
        pytest.param("він ООН", {"вин", "оон"}, id="three letters stay"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str, stemmed: set[str]) -> None:
    assert set(stems(words(forms))) == stemmed


def test_stems_stand_in_the_order_of_the_words() -> None:
    assert stems(("talks", "переговоры", "held")) == (stem("talks"), stem("переговоры"), "held")


def test_a_word_with_one_cyrillic_letter_is_cyrillic() -> None:
    assert is_cyrillic("київ")
    assert is_cyrillic("ґ")
    assert not is_cyrillic("kyiv")
