"""What is right in an FAQ file and worth another look, with its place."""

from __future__ import annotations

from collections.abc import Collection
from time import process_time

import pytest

from bot.loading import File, open_file
from bot.review import warnings
from tests.faq_files import ARTICLE, GOOD, changed

ALLIES = """\
  - id: allies
    topic: positions
    question: And the allies?
    answer: As of 4 February 2026, {answer}
    quotes: [{{source: talks, text: Russia insists}}]
"""


def opened(text: str, article: str = ARTICLE) -> File:
    return open_file(text, read=lambda _: article)


def told(text: str, *, published: Collection[str] = (), article: str = ARTICLE) -> list[str]:
    """The warnings, but for those that the small file gives, and for missing translations."""
    given = {str(it) for it in warnings(opened(GOOD))}
    found = map(str, warnings(opened(text, article), published=published))
    return [it for it in found if it not in given and "reads English" not in it]


def test_a_warning_has_its_place_and_says_that_it_is_one() -> None:
    first, *others = warnings(opened(GOOD))
    assert str(first) == (
        "faq.yaml:17:7: warning: entry where, uk: has no phrasings: nothing but its question is "
        "understood"
    )
    assert all(it.warning for it in others)
    assert others == [*sorted(others[:-2]), *others[-2:]]


ALREADY = "question: What does Russia demand?"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("question: What is Russia's demand #1?", True, id="a number"),
        pytest.param("question: What is demanded # by whom", True, id="or a remark"),
        pytest.param('question: "What is Russia\'s demand #1?"', False, id="between quote marks"),
        pytest.param("question: What is demand#1 of Russia?", False, id="no blank before it"),
        pytest.param(f"{ALREADY}\n    # a line of its own", False, id="a line of its own"),
        pytest.param(f"{ALREADY}\n    phrasings: [what land]  # more", False, id="behind a list"),
        pytest.param(f"{ALREADY}\n    phrasings:\n      - what land # two", True, id="in a list"),
        pytest.param("question: >-\n      What is Russia's demand #1?", False, id="a block"),
        pytest.param("question: What is\n      Russia's demand #1?", True, id="two lines"),
    ],
)
def test_a_text_that_a_number_sign_cuts_is_told(text: str, cut: bool) -> None:
    found = [it for it in told(changed(ALREADY, text)) if "ends before the #" in it]
    assert len(found) == cut
    assert all("entry russia-donbas" in it for it in found)


def test_a_comment_behind_a_key_word_is_one() -> None:
    assert told(changed("says: Russia\n", "says: Russia  # whose claim it is\n")) == []


def test_an_answer_says_of_when_it_is_in_each_language() -> None:
    undated = "As of 4 February 2026, Russia insisted"
    assert told(changed(undated, "Russia insisted")) == [
        "faq.yaml:23:13: warning: entry russia-donbas, answer: does not say of when it is: "
        '"4 February 2026"'
    ]
    found = [str(it) for it in warnings(opened(GOOD)) if "of when" in str(it)]
    places = [it.partition("entry ")[2].partition(":")[0] for it in found]
    assert {"where, uk, short", "russia-donbas, short"} <= {*places}


def test_a_day_may_be_kept_together_by_blanks_that_do_not_break() -> None:
    assert (
        told(changed("As of 4 February 2026, Russia", "As of 4\u00a0February\u00a02026, Russia"))
        == []
    )


def test_a_file_without_sources_has_no_day_to_tell() -> None:
    text = "entries: [{id: a, unknown: true, question: Who?, answer: Not known.}]"
    assert not [it for it in told(text) if "of when" in it]


@pytest.mark.parametrize(
    ("answer", "sides"),
    [
        ("Russia said that it had some.", 1),
        ("Ukraine rejected them.", 1),
        ("Russia and Ukraine rejected them.", 0),
        ("Russia came.", 0),
        ("according to the article, Russia said so.", 0),
    ],
)
def test_what_one_side_says_is_given_to_that_side(answer: str, sides: int) -> None:
    found = told(GOOD + ALLIES.format(answer=answer))
    assert sum("gives what one side says; if so, write says: " in it for it in found) == sides


def test_a_side_is_known_by_its_other_names() -> None:
    text = GOOD + ALLIES.format(answer="Muscovites said that they had some.")
    assert not told(text)
    assert told(text.replace("aliases:\n", "aliases:\n  - [Russia, Muscovites, Russian side]\n"))


@pytest.mark.parametrize(
    ("alias", "everyday"),
    [
        ("what", True),
        ("WHO", True),
        ("нет", True),
        ("people", True),
        ("of the", True),
        ("US", False),
        ("States", False),
        ("truce", False),
        ('"?"', False),
    ],
)
def test_an_alias_that_is_an_everyday_word_is_told(alias: str, everyday: bool) -> None:
    found = told(changed("Віткофф]", f"{alias}]"))
    expected = (
        f'faq.yaml:7:25: warning: aliases 1 3: "{alias}" is an everyday word: where it stands, '
        "Witkoff would be heard; remove it"
    )
    assert [it for it in found if "everyday" in it] == [expected] * everyday


def test_the_first_of_a_group_is_what_the_others_mean() -> None:
    assert not [it for it in told(changed("[Witkoff,", "[people, Witkoff,")) if "everyday" in it]


@pytest.mark.parametrize(
    ("says", "aliases", "warned"),
    [
        pytest.param("Ukrain", "", True, id="misspelt"),
        pytest.param("Ukrain", "[Ukraine, Ukrain]", False, id="another spelling that is known"),
        pytest.param("Ukrainian officials", "", False, id="like none"),
    ],
)
def test_a_party_called_nearly_as_another_is_told(says: str, aliases: str, warned: bool) -> None:
    ours = ALLIES.format(answer="Ukraine said no.\n    says: Ukraine\n    other: russia-donbas")
    text = changed("says: Ukraine", f"says: {says}") + ours + ours.replace("allies", "friends")
    text = text.replace("aliases:\n", f"aliases:\n  - {aliases}\n" if aliases else "aliases:\n")
    found = [it.partition("says: ")[2] for it in told(text) if ", says: " in it]
    expected = '"Ukrain" is in no other says:, nor in aliases:; did you mean "Ukraine"?'
    assert found == [expected] * warned


@pytest.mark.parametrize(
    ("other", "why"),
    [
        pytest.param("ukraine-donbas", None, id="another side's"),
        pytest.param("hotel", None, id="what the article does not say"),
        pytest.param("where", "is no side's: it has no says:, nor a quote in common", id="neutral"),
        pytest.param("allies", None, id="neutral, of the same words"),
        pytest.param("russia-army", "says what Russia says, too; name the entry of", id="its own"),
    ],
)
def test_the_other_side_is_another_side(other: str, why: str | None) -> None:
    army = ALLIES.format(answer="Russia said so.\n    says: Russia\n    other: ukraine-donbas")
    text = changed("other: ukraine-donbas", f"other: {other}") + army.replace(
        "allies", "russia-army"
    )
    found = [it for it in told(text + ALLIES.format(answer="they came.")) if "donbas, other" in it]
    assert [it.partition("russia-donbas, other: ")[2][:50] for it in found] == [
        f'"{other}" {why}'[:50]
    ] * bool(why)


@pytest.mark.parametrize(
    ("sentence", "lost"),
    [
        ("Neither side said that Russia insists on it.", "neither"),
        ("It is not true that Russia insists on it.", "not"),
        ("It is true that Russia insists on it.", None),
        ("Russia insists on it, not others.", None),
    ],
)
def test_a_quote_may_not_lose_the_not_before_it(sentence: str, lost: str | None) -> None:
    article = f"{ARTICLE}{sentence}\n".replace("Russia insists that", "Moscow says that")
    text = changed("text: Russia insists … cede Donbas.", "text: Russia insists on it")
    found = [it for it in told(text, article=article) if "leaves out" in it]
    expected = f'quotes 1, text: leaves out the "{lost}" that its sentence has before it'
    assert [it.partition("russia-donbas, ")[2] for it in found] == [expected] * bool(lost)


def test_an_id_that_is_gone_is_missed_and_its_new_name_is_guessed() -> None:
    found = told(GOOD, published=["where", "weather", "hotels"])
    assert [it.partition(":")[2] for it in found] == [
        '9:3: warning: entries: the id "weather" is gone: links and buttons with it open nothing '
        "any more",
        '36:9: warning: entry hotel, id: the id "hotels" is gone: links and buttons with it open '
        "nothing any more; is this its new name?",
    ]


def test_a_sentence_that_no_entry_quotes_is_told_with_its_place_in_the_article() -> None:
    found = [str(it) for it in warnings(opened(GOOD)) if it.file != "faq.yaml"]
    assert found == [
        "seeds/talks.txt:1:46: warning: no entry quotes: Mr. Witkoff’s team came.",
        "seeds/talks.txt:7:1: warning: no entry quotes: The talks last two days.",
    ]


def test_what_takes_a_second_for_a_thousand_entries_takes_no_minute() -> None:
    """Eight times the warnings take some eight times as long, not sixty-four."""

    def seconds(entries: int) -> float:
        entry = (
            "  - {{id: e{0}, unknown: true, topic: place, question: Q{0}?, answer: Not said.}}\n"
        )
        file = opened(GOOD + "".join(map(entry.format, range(entries))))
        start = process_time()
        assert len(warnings(file)) > entries
        return process_time() - start

    assert seconds(1600) < 30 * min(seconds(200) for _ in range(3))
