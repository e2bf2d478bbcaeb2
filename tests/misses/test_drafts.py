"""What is drafted can be pasted: `check` takes phrasings, and no entry without answer."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml

from bot.answering import Abstain, Answerer
from bot.errors import FaqError
from bot.faq import Faq
from bot.loading import load
from bot.misses import Kind, Miss
from bot.misses.drafts import MOST, Drafts
from bot.misses.grouping import grouped
from tests.conftest import ROOT
from tests.faq_files import GOOD, changed, load_with_article

FILE = (ROOT / "faq.yaml").read_text("utf-8")
DAY = date(2026, 11, 24)
NO, NOT = Kind.NO_MATCH, Kind.NOT_ASKED

FAR = ("borscht recipe with beetroot please", "recipe for borscht with beetroot")

SMALL = load_with_article(GOOD)
OF_SMALL = Answerer(SMALL)


def drafted(faq: Faq, answerer: Answerer, *misses: Miss) -> str:
    return "\n".join(Drafts(faq, answerer).lines(grouped(misses, answerer)))


def of_small(*misses: Miss) -> str:
    return drafted(SMALL, OF_SMALL, *misses)


def missed(*texts: str) -> list[Miss]:
    return [Miss(DAY, NO, text) for text in texts]


def entries(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(text)["entries"]
    return found


def loaded(text: str) -> Faq:
    return load(text, read=lambda path: (ROOT / path).read_text("utf-8"))


class TestNear:
    def test_phrasings_stand_under_the_nearest_entry(self) -> None:
        text = of_small(*missed("who eats borscht at the talks"))
        assert entries(text) == [{"id": "where", "phrasings": ["who eats borscht at the talks"]}]
        assert (
            "    # Where are the talks held?\n    # no match: 1; last on 2026-11-24; near: where"
            in text
        )

    def test_so_do_those_that_come_not_so_near_that_the_bot_would_say_so(self) -> None:
        assert isinstance(decision := OF_SMALL.answer("where is the park"), Abstain)
        assert decision.nearest is None
        assert entries(of_small(*missed("where is the park"))) == [
            {"id": "where", "phrasings": ["where is the park"]}
        ]

    def test_those_in_another_language_stand_with_the_translation(self) -> None:
        asked = ("відбуваються дива", "де борщ і переговори тоді")
        assert entries(of_small(*missed(*asked))) == [
            {"id": "where", "uk": {"phrasings": [*asked]}}
        ]

    def test_without_a_translation_they_stand_with_the_english_ones(self) -> None:
        book = load_with_article(changed("In which hotel?", "In which hotel is Witkoff?"))
        assert entries(drafted(book, Answerer(book), *missed("Віткофф борщ"))) == [
            {"id": "hotel", "phrasings": ["Віткофф борщ"]}
        ]


class TestNew:
    def test_a_draft_is_refused_until_it_has_an_answer(self, faq: Faq, answerer: Answerer) -> None:
        draft = drafted(faq, answerer, *missed(*FAR)).split("entries:\n", 1)[1]
        pasted = f"{FILE}\n{draft}\n"
        with pytest.raises(FaqError) as refused:
            loaded(pasted)
        (problem,) = refused.value.problems
        assert problem.message.startswith("entry new-1, answer: is empty; write something")
        assert "answer:" in pasted.splitlines()[problem.line - 1]
        said = "answer: The article of 4 February 2026 does not say who cooks."
        new = loaded(re.sub("answer:  #.*", said, pasted)).entries["new-1"]
        assert new.phrasings == FAR
        assert len(new.quotes) == 2

    def test_its_quotes_are_the_likeliest_sentences_word_for_word(self) -> None:
        (new,) = entries(of_small(*missed("why the Donbas")))
        assert new == {
            "id": "new-1",
            "topic": "place",
            "question": "why the Donbas",
            "answer": None,
            "quotes": [
                {"source": "talks", "text": "Russia insists that Ukraine cede Donbas."},
                {"source": "talks", "text": "The talks last two days."},
            ],
        }

    def test_a_question_in_another_language_is_left_to_the_editor(self) -> None:
        (new,) = entries(of_small(*missed("чий це борщ")))
        assert (new["question"], new["phrasings"]) == (None, ["чий це борщ"])
        assert new["quotes"] == [{"source": "talks", "text": "Talks began in Abu Dhabi"}]

    def test_where_nothing_comes_near_there_is_still_a_topic(self) -> None:
        text = of_small(*missed("[link]"))
        (new,) = entries(text)
        assert (new["topic"], "quotes" in new) == ("place", False)
        assert "near: nothing" in text


@pytest.mark.parametrize(
    ("miss", "comment"),
    [
        pytest.param(
            Miss(DAY, NO, "did [name] come"), "did [name] come", id="a name is struck out"
        ),
        pytest.param(
            Miss(DAY, NOT, "talks: venue", "where"), "talks: venue", id="it is stored already"
        ),
        pytest.param(Miss(DAY, NO, "chef " * 50 + "!"), "chef " * 50 + "!", id="it is too long"),
    ],
)
def test_what_the_file_cannot_take_stands_there_as_a_comment(miss: Miss, comment: str) -> None:
    text = of_small(miss)
    (new,) = entries(text)
    assert "phrasings" not in new
    assert new["question"] is None
    assert f'      # - "{comment}"' in text.splitlines()


def test_a_refused_entry_is_named_and_nothing_is_put_under_it() -> None:
    text = of_small(Miss(DAY, NOT, "what city?", "where"))
    assert "; not where" in text
    assert "where" not in {entry["id"] for entry in entries(text)}


def test_not_every_one_of_a_flood_is_proposed() -> None:
    flood = missed(
        *(f"chef of the kitchen in the palace serves borscht number {n}" for n in range(MOST + 10))
    )
    (new,) = entries(of_small(*flood))
    assert len(new["phrasings"]) == MOST


@pytest.mark.parametrize("misses", [[], [Miss(DAY, NOT, "", "where")]], ids=["nothing", "no words"])
def test_without_a_question_there_is_nothing_to_paste(misses: list[Miss]) -> None:
    assert entries(of_small(*misses)) == []


@pytest.mark.parametrize(
    "text", ['a "quoted" chef: #1', "- chef", "chef’s\\table", "шеф 😀", "yes"]
)
def test_whatever_was_written_comes_out_of_the_yaml_as_it_was(text: str) -> None:
    (new,) = entries(of_small(*missed(text)))
    assert text in (new["question"], *new.get("phrasings", ()))
