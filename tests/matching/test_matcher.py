"""Ranking: which entry, how sure, and always the same for the same."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.faq import Faq
from bot.matching import Candidate, Matcher, is_common
from bot.matching.block import GROUP, GROUPS
from tests.matching.oracle import SlowMatcher
from tests.texts import ANY_TEXT, WORST

PHRASINGS: Mapping[str, Sequence[str]] = {
    "where": ["Where are the talks held?", "venue of the talks", "which city hosts them"],
    "mediator": ["Who mediates?", "who is the mediator of the talks", "role of the UAE"],
    "territory": ["What does Russia demand on territory?", "Donbas", "which land must be ceded"],
    "army": ["How large may the army be?", "limits on Ukraine's armed forces"],
    "poll": ["What do Ukrainians think?", "opinion poll in Ukraine", "how many would cede land"],
    "hotel": ["In which hotel are the delegations?", "name of the hotel"],
}
ALIASES = [["Emirates", "UAE", "United Arab Emirates"], ["Donbas", "Donetsk and Luhansk"]]
MATCHER = Matcher(PHRASINGS, aliases=ALIASES)


def first(query: str, matcher: Matcher = MATCHER) -> Candidate:
    return matcher.rank(query)[0]


@pytest.mark.parametrize(
    ("query", "id"),
    [
        pytest.param("Where are the talks held?", "where", id="a stored phrasing"),
        pytest.param("so where is it that they hold talks", "where", id="other words around"),
        pytest.param("wher ar the tallks hedl", "where", id="typos"),
        pytest.param("donetsk and luhansk", "territory", id="an alias of a stored name"),
        pytest.param("United Arab Emirates", "mediator", id="an alias for a stored alias"),
        pytest.param("ARMED FORCES", "army", id="another case"),
        pytest.param("hotels", "hotel", id="another form of a word"),
        pytest.param("mediators' talks role", "mediator", id="no order"),
    ],
)
def test_the_entry_that_is_meant_comes_first(query: str, id: str) -> None:
    assert first(query).id == id


@pytest.mark.parametrize("id", PHRASINGS)
def test_a_stored_phrasing_is_surely_its_own(id: str) -> None:
    for phrasing in PHRASINGS[id]:
        assert first(phrasing).id == id
        assert first(phrasing).phrasing == phrasing
        assert first(phrasing).score > 90


def test_the_phrasing_is_the_nearest_of_the_entry() -> None:
    assert first("the venue").phrasing == "venue of the talks"
    assert first("which city").phrasing == "which city hosts them"


def test_a_query_about_something_else_scores_low() -> None:
    assert first("how do I bake sourdough bread").score < 5
    assert first("qwrtp zxcv").score < 5


def test_unfamiliar_words_lower_the_score() -> None:
    clean = first("which city hosts them").score
    assert first("which city hosts the fencing championships of schools").score < clean / 2


def test_a_query_is_read_as_the_faq_writes_it() -> None:
    assert MATCHER.read("Who medates fr teh UAE?") == ("who", "mediates", "fr", "the", "emirates")


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("Donbas", True, id="of a phrasing"),
        pytest.param("DONBASS", True, id="mistyped"),
        pytest.param("Luhansk", True, id="of an alias"),
        pytest.param("Ukraine’s", True, id="with an apostrophe"),
        pytest.param("Bakhmut", False, id="of none"),
        pytest.param("talks-Bakhmut", False, id="half of none"),
    ],
)
def test_words_that_the_matcher_knows(word: str, known: bool) -> None:
    assert MATCHER.knows(word) is known


@pytest.mark.parametrize(
    ("word", "known"),
    [
        pytest.param("market", True, id="an everyday word"),
        pytest.param("Merkel", False, id="a name that is like one"),
        pytest.param("Marja", True, id="a mistyped name, though a common one"),
        pytest.param("Trumo", True, id="a mistyped alias"),
        pytest.param("Lula", False, id="a name that is like a word that is not common"),
        pytest.param("Зеленьський", True, id="in letters that tell of no names"),
    ],
)
def test_a_name_is_taken_for_no_mistyped_word_but_a_name(word: str, known: bool) -> None:
    phrasings = {"a": ["the market of Maria", "what does Trump say", "the lull", "і Зеленський"]}
    matcher = Matcher(phrasings, aliases=[["Trump"]], names=["maria"])
    assert matcher.knows(word) is known
    assert all(map(is_common, ("market", "maria", "trump")))


def test_how_typical_a_query_is_of_the_phrasings() -> None:
    donbas, home, none = (
        MATCHER.ranking(MATCHER.read(query)).typical for query in ("is Donbas it", "is it home", "")
    )
    assert donbas > home > none == 0
    assert MATCHER.ranking(MATCHER.read("is Donbas Donbas it")).typical == donbas
    assert Matcher({}).ranking(("talks",)).typical == 0


@pytest.mark.parametrize("query", ["", " ", "?!", "😀", "\u200b"])
def test_a_query_without_words_has_no_candidates(query: str) -> None:
    assert MATCHER.rank(query) == []


SCRIPTS = Matcher(
    {
        "start": ["When did the talks start?", "Коли почалися переговори?", "когда начало"],
        "who": ["Who takes part?", "Хто бере участь у переговорах?", "кто участвует"],
        "land": ["What does Russia demand?", "Чого вимагає Росія?", "что требует россия"],
    },
    aliases=[["Russia", "Росія", "Россия"]],
)


@pytest.mark.parametrize(
    ("query", "id", "phrasing"),
    [
        pytest.param("start of the talks", "start", "When did the talks start?", id="Latin"),
        pytest.param("початок переговорів", "start", "Коли почалися переговори?", id="Ukrainian"),
        pytest.param("когда началось", "start", "когда начало", id="Russian"),
        pytest.param("что вимагае росия", "land", "Чого вимагає Росія?", id="a mixture of both"),
        pytest.param("чого хоче Russia", "land", "Чого вимагає Росія?", id="a name in Latin"),
        pytest.param("demand of Росія", "land", "What does Russia demand?", id="in Cyrillic"),
        pytest.param("koly peregovory", "start", "Коли почалися переговори?", id="transliterated"),
        pytest.param("kto uchastvuet", "who", "кто участвует", id="transliterated Russian"),
    ],
)
def test_a_query_is_compared_with_phrasings_in_its_own_script(
    query: str, id: str, phrasing: str
) -> None:
    assert (first(query, SCRIPTS).id, first(query, SCRIPTS).phrasing) == (id, phrasing)


def test_phrasings_in_one_script_change_no_score_in_the_other() -> None:
    latin = Matcher({"start": ["When did the talks start?"], "who": ["Who takes part?"]})
    both = Matcher(
        {
            "start": ["When did the talks start?", "Коли почалися переговори?"],
            "who": ["Who takes part?", "Хто бере участь?"],
        }
    )
    assert both.rank("when do talks start") == latin.rank("when do talks start")


def test_stored_phrasings_are_read_as_queries_are() -> None:
    assert SCRIPTS.phrasings()["land"] == [
        SCRIPTS.read(phrasing)
        for phrasing in ("What does Russia demand?", "Чого вимагає Росія?", "что требует россия")
    ]


def test_top_k_is_how_many_candidates_there_are_at_most() -> None:
    everyone = MATCHER.rank("talks of the army in Ukraine", top_k=100)
    assert len(everyone) > 2
    assert MATCHER.rank("talks of the army in Ukraine", top_k=2) == everyone[:2]
    assert MATCHER.rank("talks of the army in Ukraine") == everyone[:5]


def test_no_more_entries_come_into_question_than_groups_are_found() -> None:
    many = Matcher({f"e{n:02}": [f"thing number {n}"] for n in range(GROUPS + 8)})
    assert len(many.rank("thing", top_k=100)) == GROUPS


def test_an_entry_of_many_phrasings_is_found_by_any_of_them() -> None:
    stored = [f"{a} the {b}" for a in ASKING for b in WORDS]
    matcher = Matcher({"many": stored, "one": ["who takes part"]})
    assert len(stored) > 3 * GROUP
    for phrasing in stored[::7]:
        assert first(phrasing, matcher).id == "many"
        assert first(phrasing, matcher).phrasing == phrasing
    assert first("who took part", matcher).id == "one"


@given(ANY_TEXT)
def test_a_ranking_of_any_string_is_sorted_and_without_repeats(text: str) -> None:
    ranked = MATCHER.rank(text, top_k=6)
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)
    assert len({c.id for c in ranked}) == len(ranked)
    for candidate in ranked:
        assert 0 <= candidate.score <= 100
        assert candidate.phrasing in PHRASINGS[candidate.id]


@settings(max_examples=25)
@given(st.permutations(list(PHRASINGS)), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_phrasings_changes_no_answer_and_no_score(
    ids: list[str], random: Random
) -> None:
    shuffled = {id: random.sample(PHRASINGS[id], len(PHRASINGS[id])) for id in ids}
    other = Matcher(shuffled, aliases=ALIASES)
    for query in ("who mediates the talks", "land", "uae hotel", "cede Donbas?", "zzz"):
        assert other.rank(query, top_k=6) == MATCHER.rank(query, top_k=6)


def test_of_two_entries_with_equal_scores_the_first_by_id_comes_first() -> None:
    same = ["Where are they?", "the place"]
    twins = Matcher({"b": same, "a": same, "c": ["Who came?"]}).rank("where is the place")
    assert [c.id for c in twins[:2]] == ["a", "b"]
    assert twins[0].score == pytest.approx(twins[1].score)


def test_a_phrasing_written_twice_counts_once() -> None:
    doubled = {id: [*stored, *stored] for id, stored in PHRASINGS.items()}
    again = Matcher(doubled, aliases=ALIASES)
    assert again.rank("hotel of the talks") == MATCHER.rank("hotel of the talks")


def test_of_kin_the_likeliest_speaks_for_all() -> None:
    stored = {
        "demands": ["What does Russia demand?"],
        "demand-land": ["What land does Russia demand?"],
    }
    query = "land that Russia demands"
    alone = {c.id: c.score for c in Matcher(stored).rank(query)}
    kin = {"demands": ["demand-land"], "demand-land": ["demands"]}
    together = {c.id: c.score for c in Matcher(stored, kin=kin).rank(query)}
    assert together["demand-land"] > alone["demand-land"] + 1
    assert together["demands"] == pytest.approx(alone["demands"])


def test_kin_are_weighed_as_the_slow_matcher_weighs_them() -> None:
    kin = {"where": ["hotel", "mediator"], "hotel": ["where"], "army": ["poll"]}
    everyone = {id: list(PHRASINGS) for id in PHRASINGS}
    for relations in (kin, everyone):
        fast, slow = Matcher(PHRASINGS, kin=relations), SlowMatcher(PHRASINGS, kin=relations)
        for query in QUERIES:
            agree(fast, slow, query)


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param({}, id="no entries"),
        pytest.param({"a": []}, id="no phrasings"),
        pytest.param({"a": ["?!", ""]}, id="no words"),
    ],
)
def test_with_nothing_stored_there_are_no_candidates(stored: dict[str, list[str]]) -> None:
    assert Matcher(stored).rank("who came") == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_three_entries_or_fewer_all_come_into_question(number: int) -> None:
    few = dict(list(PHRASINGS.items())[:number])
    assert len(Matcher(few).rank("Where are the talks held?")) == number
    agree(Matcher(few), SlowMatcher(few), "Where are the talks held?")


def test_what_has_no_words_is_passed_over() -> None:
    padded = {"0": ["???"], **PHRASINGS, "where": [*PHRASINGS["where"], "…"], "z": []}
    matcher = Matcher(padded, aliases=ALIASES, kin={"where": ["0", "z"]})
    for query in ("where", "zzz", "hotel"):
        assert matcher.rank(query, top_k=9) == MATCHER.rank(query, top_k=9)


def test_one_entry_is_enough() -> None:
    lonely = Matcher({"only": ["Who came?"]})
    assert first("who came", lonely).score > 90
    assert first("sourdough", lonely).score < 5


ASKING = "who what when where why how whose which".split()
WORDS = "army border city deal east front gas house island judge king law map night oil".split()

QUERIES = (
    "who mediates the talks",
    "which hotel hosts the mediator",
    "how many would cede land in Ukraine",
    "armed forces of Ukraine",
    "Russia",
    "role of whatever in the sourdough",
    "talks talks talks",
)


def agree(matcher: Matcher, slow: SlowMatcher, query: str) -> None:
    scores = slow.scores(query)
    ranked = matcher.rank(query, top_k=GROUPS)
    assert {c.id: c.score for c in ranked} == pytest.approx(scores, abs=0.05)


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_slow_and_obvious_matcher(query: str) -> None:
    agree(Matcher(PHRASINGS), SlowMatcher(PHRASINGS), query)


def test_the_slow_matcher_agrees_on_entries_of_our_own(faq: Faq) -> None:
    some = [entry for entry in faq.entries.values() if not entry.unknown][:6]
    # Of one script, because the slow matcher knows no blocks.
    stored = {entry.id: entry.text("en").phrasings for entry in some}
    fast, slow = Matcher(stored), SlowMatcher(stored)
    for phrasings in stored.values():
        for query in (phrasings[-1], " ".join(phrasings[0].split()[-3:])):
            agree(fast, slow, " ".join(fast.read(query)))


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_message_is_ranked_in_time(text: str) -> None:
    start = time.process_time()
    MATCHER.rank(text)
    assert time.process_time() - start < 1
