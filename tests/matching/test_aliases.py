"""One name for many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.aliases import Aliases
from bot.text import words

ALIASES = Aliases(
    [
        ["America", "US", "United States", "United States of America", "США"],
        ["Abu Dhabi", "Abudhabi", "Абу-Дабі"],
        ["son in law", "son-in-law"],
        ["Kushner", "Trump's son-in-law"],
        ["Trump", "Donald", "Трамп"],
        ["Umerov", "Умеров"],
        ["Zelenskyy", "Зеленський"],
        ["Gaza", "Газа"],
        ["China", "Китай"],
    ]
)


@pytest.mark.parametrize(
    ("query", "replaced"),
    [
        pytest.param("Who speaks for the US?", "who speaks for the america", id="a short name"),
        pytest.param("що кажуть США", "що кажуть america", id="another script"),
        pytest.param("America first", "america first", id="the first name stands"),
        pytest.param("talks in Abudhabi", "talks in abu dhabi", id="one word for two"),
        pytest.param("Абу Дабі", "abu dhabi", id="two words for two"),
        pytest.param("the United States of America", "the america", id="the longest name wins"),
        pytest.param("United States of Europe", "america of europe", id="else the next"),
        pytest.param("Trump’s son in law, Donald", "kushner trump", id="names within names"),
        pytest.param("the United nations", "the united nations", id="half a name is none"),
        pytest.param("united", "united", id="a query that is shorter than a name"),
        pytest.param("US US", "america america", id="each occurrence"),
        pytest.param("the bus", "the bus", id="whole words only"),
        pytest.param("що дали Трампові", "що дали trump", id="another case of a name"),
        pytest.param("что сказал Умерову", "что сказал umerov", id="one of a name with an ending"),
        pytest.param("сколько умерло", "сколько умерло", id="another word with its stem"),
        pytest.param("що дали Зеленському", "що дали zelenskyy", id="of one like an adjective"),
        pytest.param("зелень", "зелень", id="what begins like it"),
        pytest.param("Газа без газу", "gaza без газу", id="a short name, as it is listed only"),
        pytest.param("Китаю про кита", "china про кита", id="never without an ending"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_name_is_replaced_by_the_first_of_its_group(query: str, replaced: str) -> None:
    assert ALIASES.replace(words(query)) == words(replaced)


def test_a_name_of_two_groups_means_the_first_group() -> None:
    aliases = Aliases([["Kyiv", "capital"], ["Moscow", "capital"]])
    assert aliases.replace(["capital"]) == ("kyiv",)


def test_a_name_without_a_word_is_passed_over() -> None:
    aliases = Aliases([["???", "Kyiv", "Kiev"], ["…"], []])
    assert aliases.replace(["kiev"]) == ("kyiv",)
    assert set(aliases.names) == {("kyiv",), ("kiev",)}


def test_names_are_those_of_all_groups_as_words() -> None:
    assert {("america",), ("us",), ("abu", "dhabi"), ("son", "in", "law")} <= set(ALIASES.names)


@given(st.lists(st.sampled_from("us united states of america abu dhabi the trump donald".split())))
def test_replacing_is_idempotent(query: list[str]) -> None:
    once = ALIASES.replace(query)
    assert ALIASES.replace(once) == once


@given(st.lists(st.text(min_size=1, max_size=3), max_size=5))
def test_without_aliases_a_query_stays_as_it_is(query: list[str]) -> None:
    assert Aliases([]).replace(query) == tuple(query)


def test_any_form_of_a_name_is_known() -> None:
    assert "us" in ALIASES
    assert "трампа" in ALIASES
    assert "трамвай" not in ALIASES
