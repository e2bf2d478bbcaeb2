"""`ask`: what outside checks rely on, and what Telegram would show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.answering import Answerer
from bot.playground.markup import parse_html
from bot.policy import Policy
from tests.cli.command_line import RUSSIA, WHERE, asked, bot, process
from tests.faq_files import changed
from tests.folders import write


def test_ask_shows_what_telegram_would_show() -> None:
    result = bot("ask", WHERE)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:6] == [
        "Where are the talks held?",
        "",
        "On 4 February 2026 the talks began in Abu Dhabi. Nothing else is known.",
        "",
        "▌ Talks began in Abu Dhabi",
        "Source: The talks",
    ]
    assert lines[6].startswith("Reported 4 Feb 2026")
    assert lines[7:] == ["  [1] Not what I asked", ""]


def test_ask_shows_each_reply_of_a_batch_apart() -> None:
    result = bot("ask", input="thanks\nhello\n")
    assert result.stdout == (
        "You are welcome.\n"
        "  [1] All topics\n"
        "\n"
        "Hello. What do you want to know about the Abu Dhabi talks?\n"
        "  [1] All topics\n"
        "\n"
    )


def test_json_tells_the_decision_its_proof_and_the_message() -> None:
    (told,) = asked(WHERE)
    assert list(told) == ["query", "decision", "entry", "also", "candidates", "html", "buttons"]
    assert told["query"] == WHERE
    assert told["decision"] == "answer"
    assert told["entry"] == {
        "id": "where",
        "unknown": False,
        "quotes": ["Talks began in Abu Dhabi"],
    }
    assert told["also"] == []
    assert told["candidates"][0]["id"] == "where"
    assert told["buttons"] == [["Not what I asked"]]
    assert parse_html(told["html"])[0].startswith("Where are the talks held?\n\nOn 4 February")


def test_json_candidates_come_best_first_with_scores_of_0_to_100() -> None:
    (told,) = asked(WHERE)
    scores = [candidate["score"] for candidate in told["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    for candidate in told["candidates"]:
        assert candidate.keys() == {"id", "unknown", "quotes", "score"}


def test_json_of_a_second_answer() -> None:
    (told,) = asked(f"{WHERE} {RUSSIA}")
    assert {told["entry"]["id"], *(entry["id"] for entry in told["also"])} == {
        "where",
        "russia-donbas",
    }
    assert told["also"][0].keys() == {"id", "unknown", "quotes"}


def test_json_of_a_known_unknown() -> None:
    (told,) = asked("In which hotel?")
    assert told["decision"] == "answer"
    assert told["entry"] == {"id": "hotel", "unknown": True, "quotes": []}


@pytest.mark.parametrize("query", ["who will win the football", "", "?!", "x" * 301, "hello"])
def test_json_of_no_answer(query: str) -> None:
    (told,) = asked(query)
    assert told["query"] == query
    assert told["decision"] == "abstain"
    assert told["entry"] is None
    assert told["also"] == []
    assert ["All topics"] in told["buttons"]


def test_json_of_did_you_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    never_sure = Policy(answer=100.1)
    monkeypatch.setattr("bot.cli.ask.Answerer", lambda book: Answerer(book, never_sure))
    (told,) = asked(WHERE)
    assert told["decision"] == "suggest"
    assert told["entry"] is None
    assert told["candidates"][0]["id"] == "where"
    assert told["buttons"][0] == [WHERE]
    assert told["buttons"][-1] == ["None of these"]


def test_a_batch_gives_one_object_a_line_in_order_blank_lines_too() -> None:
    queries = [WHERE, "", "  ", "a\u2028b\u2029c\x85d\x0be\x1cf", RUSSIA]
    told = asked(input="\n".join(queries))
    assert [it["query"] for it in told] == queries
    assert [it["decision"] for it in told] == ["answer", *["abstain"] * 3, "answer"]


def test_an_empty_batch_gives_nothing() -> None:
    assert asked(input="") == []


def test_why_tells_candidates_scores_phrasings_rule_and_link(folder: Path) -> None:
    write(folder, changed("what city?", '"[red]what city?"'))
    why = bot("ask", "what city?", "--why").stdout.partition("Not what I asked\n\n")[2]
    lines = why.splitlines()
    assert lines[0].startswith("Answer, because the first candidate ")
    assert lines[1].split(maxsplit=2)[1:] == ["where", "(nearest phrasing: [red]what city?)"]
    assert 0 <= float(lines[1].split()[0]) <= 100
    assert "Link: t.me/<bot>?start=q_where" in lines


def test_why_of_no_answer_has_no_link() -> None:
    why = bot("ask", "hello", "--why").stdout
    assert "Abstain, because " in why
    assert "t.me" not in why


def test_the_language_is_the_questions_own_unless_it_is_set() -> None:
    def title(*arguments: str) -> str:
        return parse_html(asked(*arguments)[0]["html"])[0].splitlines()[0]

    assert title("Де відбуваються переговори?") == "Де відбуваються переговори?"
    assert title("Де відбуваються переговори?", "--lang", "en") == WHERE
    assert title(WHERE, "--lang", "uk") == "Де відбуваються переговори?"


def test_another_language_is_refused() -> None:
    result = bot("ask", WHERE, "--lang", "de")
    assert result.exit_code == 2
    assert "'de'" in result.stderr


def test_ask_reads_the_faq_that_it_is_told_to(folder: Path) -> None:
    write(folder / "other", changed("id: where", "id: venue"))
    assert asked(WHERE, "--faq", "other/faq.yaml")[0]["entry"]["id"] == "venue"


@pytest.mark.parametrize("command", [["ask", "hi"], ["evaluate", "labelled.jsonl"]])
def test_a_command_without_a_usable_faq_says_why_and_exits_2(
    command: list[str], folder: Path
) -> None:
    write(folder, changed("    answer: On 4", "    short: On 4"))
    result = bot(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "faq.yaml:9:5: entry where, answer: is missing\n"
    (folder / "faq.yaml").unlink()
    result = bot(*command)
    assert result.exit_code == 2
    assert result.stderr == "faq.yaml:1:1: cannot be read: No such file or directory\n"


def test_any_bytes_may_come_in_by_a_pipe() -> None:
    done = process("ask", "--json", input=b"caf\xe9 \xff\n\n\x00\r\nWhere are the talks held?")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [it["query"] for it in told] == ["caf\ufffd \ufffd", "", "\x00", WHERE]
    assert told[3]["entry"]["id"] == "where"


def test_any_bytes_may_come_in_as_an_argument_wherever_output_goes() -> None:
    done = process("ask", "--json", b"\xff \xd0\x94", environment={"LC_ALL": "C"})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["decision"] == "abstain"


def test_ask_does_not_care_for_the_encoding_of_the_terminal() -> None:
    done = process("ask", WHERE, "--lang", "uk", environment={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "Де відбуваються переговори?" in done.stdout.decode()
