"""The command line: what outside checks rely on, and plain words where something is wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.answering import Answerer
from bot.cli import app
from bot.playground import play
from bot.playground.markup import parse_html
from bot.playground.telegram import TOKEN, Telegram
from bot.policy import Policy
from bot.settings import Settings
from tests import root_logger
from tests.chaos.process import free_port
from tests.faq_files import GOOD, changed
from tests.folders import write

ROOT = Path(__file__).parent.parent
WHERE = "Where are the talks held?"
RUSSIA = "What does Russia demand?"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder with a small FAQ, in which nothing is set."""
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with root_logger.lent():
        yield tmp_path


def bot(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=input)


def asked(*arguments: str, input: str | None = None) -> list[dict[str, Any]]:
    result = bot("ask", "--json", *arguments, input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def process(
    *arguments: str | bytes, input: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """`python -m bot` as from a shell."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=input,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        timeout=30,
        check=False,
    )


# ask


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
    monkeypatch.setattr("bot.cli.Answerer", lambda book: Answerer(book, never_sure))
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


# check


def test_check_of_a_good_file_tells_what_to_look_at_again_and_sums_up() -> None:
    result = bot("check")
    assert result.exit_code == 0
    *warnings, summary = result.stdout.splitlines()
    assert warnings[-1] == (
        "seeds/talks.txt:7:1: warning: no entry quotes: The talks last two days."
    )
    assert all(": warning: " in line for line in warnings)
    assert summary == (
        f"faq.yaml: {len(warnings)} warnings. 3 answers, 1 known unknown, 7 ways to ask."
    )


def test_a_strict_check_takes_a_warning_for_a_mistake(folder: Path) -> None:
    assert bot("check", "--strict").exit_code == 1
    write(folder, "entries: [{id: a, unknown: true, question: Who?, answer: Not known.}]")
    result = bot("check", "--strict")
    assert result.exit_code == 0
    assert result.stdout == "faq.yaml: no problems. 0 answers, 1 known unknown, 1 way to ask.\n"


def test_check_annotates_for_github(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    assert bot("check", "--format", "github").stdout.startswith(
        "::error file=faq.yaml,line=36,col="
    )
    write(folder)
    assert "::warning file=faq.yaml,line=" in bot("check", "--format", "github").stdout


def test_check_shows_the_place_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    write(folder, changed("id: hotel", "id: Hotel"))
    assert "│   - id: Hotel" in bot("check").stdout
    assert "│" not in bot("check", "--format", "plain").stdout
    assert "cannot be read" in bot("check", "none.yaml").stdout


def test_check_misses_an_id_that_was_committed(folder: Path) -> None:
    def git(*arguments: str) -> None:
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    write(folder, changed("id: hotel", "id: hotels"))
    assert 'the id "hotel" is gone' in bot("check").stdout


def test_translations_are_accepted_in_the_file(folder: Path) -> None:
    (folder / "faq.yaml").write_bytes(GOOD.encode().replace(b"\n", b"\r\n"))
    stale = "may differ from the English text"
    assert stale in bot("check").stdout
    assert stale not in bot("check", "--accept-translations").stdout
    assert stale not in bot("check").stdout
    written = (folder / "faq.yaml").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == GOOD.count("\n") + 1


def test_of_a_broken_file_no_translation_is_accepted(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    before = (folder / "faq.yaml").read_bytes()
    assert bot("check", "--accept-translations").exit_code == 1
    assert (folder / "faq.yaml").read_bytes() == before


def test_check_tells_every_mistake_with_its_place_and_exits_1(folder: Path) -> None:
    broken = changed("id: hotel", "id: Hotel").replace("text: Talks began", "text: Talks ended")
    write(folder / "other", broken)
    result = bot("check", "other/faq.yaml")
    assert result.exit_code == 1
    first, second, summary = result.stdout.splitlines()
    assert re.match(r"other/faq.yaml:15:\d+: entry where, quotes 1, text: does not stand ", first)
    assert re.match(r"other/faq.yaml:36:\d+: .*id: may hold ", second)
    assert summary == "other/faq.yaml: 2 problems"
    assert result.stderr == ""


def test_check_counts_one_problem_as_one(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    assert bot("check").stdout.splitlines()[-1] == "faq.yaml: 1 problem"


def test_a_token_in_the_wrong_place_is_not_echoed() -> None:
    result = bot("check", TOKEN)
    assert result.exit_code == 1
    assert result.stdout.startswith("[token]:1:1: cannot be read: No such file or directory\n")


def test_a_file_that_is_not_there_is_a_problem() -> None:
    result = bot("check", "none.yaml")
    assert result.exit_code == 1
    assert result.stdout == (
        "none.yaml:1:1: cannot be read: No such file or directory\nnone.yaml: 1 problem\n"
    )


# evaluate

LABELLED = [
    {"q": WHERE, "lang": "en", "kind": "direct", "gold": ["where"]},
    {"q": RUSSIA, "lang": "en", "kind": "direct", "gold": ["ukraine-donbas"]},
    {"q": "In which hotel?", "lang": "en", "kind": "near", "gold": []},
    {"q": "Де відбуваються переговори?", "lang": "uk", "kind": "direct", "gold": ["where"]},
]


@pytest.fixture
def labelled(folder: Path) -> str:
    rows = "\n".join(json.dumps(row, ensure_ascii=False) for row in LABELLED)
    (folder / "labelled.jsonl").write_text(rows + "\n", "utf-8")
    return "labelled.jsonl"


def sums(result: Result) -> str:
    """The line of the report that sums it up."""
    return next(line for line in result.stdout.splitlines() if line.startswith("right "))


def test_evaluate_counts_outcomes_by_language_and_kind(labelled: str) -> None:
    result = bot("evaluate", labelled)
    assert result.exit_code == 0
    table = [line.split() for line in result.stdout.splitlines()[:5]]
    assert table[0][:3] == ["n", "right", "wrong"]
    assert table[1:4] == [
        ["en", "direct", "2", "1", "1"],
        ["en", "near", "1", "1"],
        ["uk", "direct", "1", "1"],
    ]
    assert sums(result) == "right  66.7 %, precision  66.7 %, false answers  0.0 %"


def test_evaluate_shows_what_the_threshold_trades_and_which_is_in_use(labelled: str) -> None:
    parts = bot("evaluate", labelled).stdout.split("\n\n")
    heading, *traded = parts[2].splitlines()
    assert heading.startswith("Had the score ")
    thresholds = [float(line.partition(":")[0]) for line in traded]
    assert thresholds == sorted(thresholds)
    assert len(thresholds) >= 3
    (in_use,) = (line for line in traded if line.endswith("(in use)"))
    assert "right  66.7 %" in in_use


def test_evaluate_shows_what_was_taken_for_what(labelled: str) -> None:
    parts = bot("evaluate", labelled).stdout.split("\n\n")
    assert parts[1] == "en: ukraine-donbas was meant, russia-donbas was answered: 1"


def test_evaluate_draws_the_trade_off(labelled: str, folder: Path) -> None:
    assert bot("evaluate", labelled, "--plot", "curve.png").exit_code == 0
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_library_that_draws_evaluate_says_so(
    labelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = bot("evaluate", labelled, "--plot", "curve.png")
    assert result.exit_code == 2
    assert result.stderr == "--plot needs matplotlib: pip install matplotlib\n"


def test_evaluate_may_look_at_one_language(labelled: str) -> None:
    result = bot("evaluate", labelled, "--lang", "uk")
    assert sums(result).startswith("right 100.0 %")
    assert "en direct" not in result.stdout


def test_gold_may_be_numbers_of_sentences(folder: Path) -> None:
    sentences = [
        {"n": 1, "text": "Talks began in Abu Dhabi on 4 February 2026."},
        {"n": 2, "text": "Russia insists that Ukraine cede Donbas."},
    ]
    rows = [(WHERE, [1]), (RUSSIA, [1, 2]), ("What does Ukraine answer?", [2])]
    (folder / "sentences.json").write_text(json.dumps(sentences))
    (folder / "labelled.jsonl").write_text(
        "\n".join(json.dumps({"q": q, "lang": "en", "kind": "k", "gold": g}) for q, g in rows)
    )
    result = bot("evaluate", "labelled.jsonl", "--sentences", "sentences.json")
    assert result.exit_code == 0
    assert sums(result).startswith("right  66.7 %, precision  66.7 %")


@pytest.mark.parametrize(("right", "precision", "code"), [(50, 50, 0), (50, 51, 1), (51, 50, 1)])
def test_evaluate_exits_1_below_the_recorded_level(
    right: int, precision: int, code: int, labelled: str, folder: Path
) -> None:
    level = f"{{right: {right}, precision: {precision}, false_answers: 0}}"
    (folder / "levels.yaml").write_text(f"{labelled}: {{en: {level}, uk: {level}, ru: {level}}}")
    result = bot("evaluate", labelled)
    assert result.exit_code == code
    assert ("en: below the recorded level: right " in result.stdout) == bool(code)
    assert "uk: below" not in result.stdout


def test_a_wrong_line_is_told_by_file_and_line(labelled: str, folder: Path) -> None:
    with (folder / labelled).open("a") as file:
        file.write("\n{}\n")
    result = bot("evaluate", labelled)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("labelled.jsonl:6: is not ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["none.jsonl"], ["labelled.jsonl", "--sentences", "none.json"]],
    ids=["labelled", "sentences"],
)
def test_evaluate_without_a_file_that_it_needs_exits_2(arguments: list[str], labelled: str) -> None:
    result = bot("evaluate", *arguments)
    assert result.exit_code == 2
    assert "cannot be read: No such file" in result.stderr


def test_evaluate_asks_for_the_sentences_that_numbers_are_of(folder: Path) -> None:
    row = {"q": WHERE, "lang": "en", "kind": "direct", "gold": [1]}
    (folder / "numbers.jsonl").write_text(json.dumps(row))
    result = bot("evaluate", "numbers.jsonl")
    assert result.exit_code == 2
    assert "numbers.jsonl: gold are sentence numbers" in result.stderr


# run, playground, and neither


def test_run_without_a_token_says_where_to_get_one_and_exits_2() -> None:
    result = bot("run")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "TELEGRAM_TOKEN: must be set; @BotFather gives one\n"


def test_the_exit_code_and_the_plain_message_reach_the_shell() -> None:
    done = process("run")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr == b"TELEGRAM_TOKEN: must be set; @BotFather gives one\n"


def test_the_package_run_as_a_program_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bot", "ask", "thanks"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bot", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("You are welcome.")


@pytest.mark.parametrize(
    "command", [["run"], ["playground"], []], ids=["run", "playground", "none"]
)
def test_wrong_settings_are_told_all_at_once_by_name_and_exit_2(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "hunter2")
    (folder / ".env").write_text("LOG_LEVEL=hunter2\n")
    result = bot(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "TELEGRAM_TOKEN",
        "LOG_LEVEL",
    ]
    assert "hunter2" not in result.output


@pytest.fixture
def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The FAQ lies where only FAQ_PATH tells."""
    write(folder / "other")
    (folder / "faq.yaml").unlink()
    monkeypatch.setenv("FAQ_PATH", "other/faq.yaml")


class Browser:
    """A browser with windows, whose person asks a question and ends the playground."""

    def __init__(self) -> None:
        self.seen = ""

    def open(self, url: str) -> None:
        try:
            with httpx.Client(base_url=url, timeout=10.0) as client:
                (person, *_) = client.get("/people/people").json()
                client.post("/people/send", json={"person": person["id"], "text": WHERE})
                while "Abu Dhabi" not in self.seen:
                    self.seen = client.get(f"/people/messages?chat={person['id']}").text
        finally:
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("command", [["playground", "--port", "0"], []], ids=["playground", "none"])
def test_without_a_token_the_bot_can_be_tried_in_the_browser(
    command: list[str], elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    result = bot(*command)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("The bot is at http://127.0.0.1:")
    assert "On 4 February 2026 the talks began in Abu Dhabi." in browser.seen
    assert WHERE not in result.output


@pytest.mark.parametrize(("option", "opened"), [([], True), (["--no-browser"], False)])
def test_the_browser_can_be_left_out(
    option: list[str], opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    async def only_open(*_: object, opened: Callable[[str], None], **__: object) -> None:
        opened("http://127.0.0.1:8081")

    monkeypatch.setattr(play, "play", only_open)
    monkeypatch.setattr(play, "open_page", pages.append)
    result = bot("playground", *option)
    assert "http://127.0.0.1:8081" in result.stdout
    assert bool(pages) is opened


def test_ctrl_c_ends_the_playground_as_if_nothing_were_wrong(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "playground", "--no-browser", "--port", "0"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        address = re.search(r"http://[\d.]+:\d+", running.stdout.readline())
        assert address
        assert httpx.get(address[0]).status_code == 200
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_told_and_exits_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = bot("playground", "--port", str(port))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--port {port}: ")


class Server(HTTPServer):
    """The Bot API over HTTP; when the bot has nothing left to do, it is told to stop."""

    def __init__(self, telegram: Telegram, stop_by: signal.Signals) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.telegram, self.stop_by = telegram, stop_by
        self.loop = asyncio.new_event_loop()

    def is_done(self) -> bool:
        """Has everybody got as many messages as they sent?"""
        people = self.telegram.people.values()
        return all(2 * len(person.received) == len(person.messages) for person in people)

    def answer(self, path: str, params: dict[str, str]) -> tuple[int, bytes]:
        token, method = path.removeprefix("/bot").split("/")
        waits = method == "getUpdates" and params.get("timeout") != "0"
        call = self.telegram.call(method, params | ({"timeout": "0"} if waits else {}), token=token)
        answer = self.loop.run_until_complete(call)
        if waits and answer.ok and not answer.result:
            if self.is_done():
                os.kill(os.getpid(), self.stop_by)
            time.sleep(0.05)
        return answer.status, answer.content


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status, content = self.server.answer(self.path, dict(parse_qsl(form)))
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def served(telegram: Telegram, stop_by: signal.Signals) -> Iterator[str]:
    with Server(telegram, stop_by) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.loop.close()


@pytest.mark.parametrize("command", [["run"], []], ids=["run", "none"])
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_with_a_token_the_bot_runs_against_the_server_that_is_set_until_told_to_stop(
    command: list[str], told: signal.Signals, elsewhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram = Telegram()
    olena, petro = telegram.person("Olena"), telegram.person("Petro")
    olena.send(WHERE)
    petro.send("/privacy")
    with served(telegram, told) as url:
        monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_API_URL", url)
        monkeypatch.setenv("OPERATOR", "Olena, @olena")
        monkeypatch.setenv("LOG_LEVEL", "DEBUG")
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port := free_port()))
        result = bot(*command)
    assert result.exit_code == 0, result.output
    (answer,), (privacy,) = olena.received, petro.received
    assert answer.text.startswith(f"{WHERE}\n\nOn 4 February 2026")
    assert privacy.text.endswith("This bot is run by Olena, @olena.")
    assert "at work as @playground_bot" in result.stderr
    assert f"listening on port {port}" in result.stderr
    assert TOKEN.partition(":")[2] not in result.output


async def test_told_to_stop_twice_it_ends_on_the_spot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def work(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await stop.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.1)

    ended: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", ended.append)
    await cli._until_told_to_stop(work, lambda: 3)
    assert ended == [signal.SIGTERM]
    assert capsys.readouterr().err == "stopped in the midst of 3 updates\n"


def test_a_token_that_telegram_does_not_know_is_told_without_showing_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    with served(Telegram(), signal.SIGINT) as url:
        monkeypatch.setenv("BOT_API_URL", url)
        result = bot("run")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == ("TELEGRAM_TOKEN: Telegram does not accept this token")
    assert "AAHdqTcv" not in result.output


def test_help_names_every_command() -> None:
    text = bot("--help").stdout
    for command in ("run", "playground", "ask", "check", "evaluate"):
        assert f"  {command} " in text


def test_help_shows_the_form_of_a_labelled_question_whole() -> None:
    text = " ".join(bot("evaluate", "--help").stdout.split())
    assert '{"q", "lang", "kind", "gold": [entry ids]}' in text
