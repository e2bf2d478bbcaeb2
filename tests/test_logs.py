"""The log: one line a record, whatever is in it, and no token in any."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import logs
from bot.logs import OneLine, Sparing, redact
from tests import root_logger
from tests.conftest import ROOT

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
FORMAT = OneLine("%(levelname)s %(message)s")


@pytest.fixture
def own_logs() -> Iterator[None]:
    with root_logger.lent():
        yield


def record(message: str, *arguments: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return FORMAT.format(logging.LogRecord("bot", 20, "", 1, message, arguments, info))


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        f"The token `{TOKEN}` was rejected by the server.",
        f"ExtBot[token={TOKEN}]",
        f"{{'token': '{TOKEN}'}}",
        f"x{TOKEN}y {TOKEN}",
        f"TELEGRAM_TOKEN={TOKEN}",
    ],
)
def test_a_token_is_struck_out_wherever_it_stands(text: str) -> None:
    assert "[token]" in redact(text)
    assert "AAHdqTcv" not in redact(text)
    assert "110201543" not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "update 110201543: at work as @abu_dhabi_talks_bot",
        "faq.yaml:12:5: entry russia-territory-uncaptured, answer: is missing",
        "2026-11-23 22:04:25,123 INFO bot.intake: next try in 1 s",
        "http://127.0.0.1:8081/healthz",
    ],
)
def test_what_is_no_token_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("postgresql://bot:p%40ss@db/bot", "postgresql://bot:[password]@db/bot"),
        (
            "(postgresql+asyncpg://bot:a:b@c@db:5432/bot)",
            "(postgresql+asyncpg://bot:[password]@db:5432/bot)",
        ),
        ("https://:x@h", "https://:[password]@h"),
        ("http://h:80/a@b", "http://h:80/a@b"),
        ("https://bot@h/", "https://bot@h/"),
    ],
)
def test_a_password_in_a_url_is_struck_out(text: str, redacted: str) -> None:
    assert redact(text) == redacted


def test_given_secrets_are_struck_out_whole() -> None:
    assert redact("a hunter22 b hunter2 c", ["hunter2", "hunter22"]) == "a [secret] b [secret] c"


@given(st.text(), st.from_regex(r"[0-9]{8,10}:[A-Za-z0-9_-]{35}", fullmatch=True), st.text())
@settings(max_examples=100, deadline=None)
def test_no_token_gets_through_in_any_surroundings(before: str, token: str, after: str) -> None:
    assert token.partition(":")[2] not in redact(f"{before}{token}{after}")


@given(st.text() | st.text("\n\r\t\v\f\x00\x1b\x85\x9b\u2028\u2029ab"))
@settings(max_examples=200, deadline=None)
def test_a_record_is_one_line_and_moves_no_cursor(text: str) -> None:
    line = record("%s", text)
    assert line.splitlines() == [line]
    assert not any(ord(it) < 32 or 127 <= ord(it) < 160 for it in line)


def test_control_characters_are_shown_and_all_else_stays() -> None:
    assert record("a\nb\r\x1b[2J\x9b\u2028c\td „ї“ 🏟") == (
        "INFO a\\nb\\r\\x1b[2J\\x9b\\u2028c\\td „ї“ 🏟"
    )


def test_a_traceback_is_part_of_the_line_without_the_token() -> None:
    try:
        raise ValueError(f"The token `{TOKEN}`\nwas rejected")
    except ValueError as error:
        line = record("update %s failed", 7, error=error)
    assert line.startswith("INFO update 7 failed\\nTraceback (most recent call last):\\n")
    assert line.endswith("ValueError: The token `[token]`\\nwas rejected")
    assert "\n" not in line


@pytest.mark.usefixtures("own_logs")
def test_records_go_to_standard_error_from_the_level_that_is_set(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("INFO")
    logger = logging.getLogger("bot.somewhere")
    logger.debug("a detail")
    logger.info("at work with %s", TOKEN)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO bot.somewhere: at work with [token]\n")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("own_logs")
@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_libraries_that_log_every_request_are_quiet_below_warnings(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG")
    logging.getLogger(f"{name}.some_part").info("POST https://api.telegram.org/bot%s/x", TOKEN)
    logging.getLogger(f"{name}.some_part").warning("lost the connection")
    assert "lost the connection" in capsys.readouterr().err
    logs.set_up("DEBUG")
    logging.getLogger(name).info("POST")
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("own_logs")
def test_an_update_that_cannot_be_read_is_not_logged_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("DEBUG")
    logging.getLogger("telegram.Bot").critical("Error while parsing: what a person wrote")
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("own_logs")
def test_secrets_are_in_no_message_argument_or_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("DEBUG", ["canary-secret"])
    logger = logging.getLogger("bot")
    try:
        raise ValueError("with canary-secret")
    except ValueError:
        logger.exception("canary-secret %s %r", "canary-secret", {"x": ["canary-secret"]})
    logger.error("%s", Exception("canary-secret"))
    err = capsys.readouterr().err
    assert err.count("[secret]") >= 3
    assert "canary" not in err


@pytest.mark.usefixtures("own_logs")
class TestTooOften:
    def set_up(self) -> tuple[logging.Logger, list[float]]:
        """A logger, and the time by its clock."""
        time = [1000.0]
        handler = Sparing(lambda: time[0])
        handler.setFormatter(OneLine("%(message)s"))
        logging.basicConfig(level="INFO", handlers=[handler], force=True)
        return logging.getLogger("bot"), time

    def test_a_thousand_failures_a_second_are_few_lines(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        logger, time = self.set_up()
        for _ in range(10_000):
            logger.warning("the store is unavailable: %s", "down")
            time[0] += 0.001
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) <= 5 + 10
        assert lines[:5] == ["the store is unavailable: down"] * 5
        assert lines[-1] == "the store is unavailable: down (and 999 more from here)"

    def test_other_lines_are_not_held_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        logger, _ = self.set_up()
        for _ in range(100):
            logger.warning("one")
        logger.warning("another")
        assert capsys.readouterr().err.splitlines() == ["one"] * 5 + ["another"]

    def test_each_handler_gets_the_record_as_it_was(self, caplog: pytest.LogCaptureFixture) -> None:
        logger, time = self.set_up()
        logger.addHandler(caplog.handler)
        try:
            for _ in range(8):
                logger.warning("one %s", 1)
                time[0] += 0.2
        finally:
            logger.removeHandler(caplog.handler)
        assert {record.getMessage() for record in caplog.records} == {"one 1"}


WRITER = """
import logging, sys
from bot import logs
logs.set_up("INFO")
for number in range(20):
    logging.getLogger(f"bot.{number}").warning("x" * 9999)
if sys.argv[1] == "close":
    sys.stderr.close()
    logging.getLogger("bot").warning("x")
print("still here", flush=True)
"""


@pytest.mark.parametrize("stderr", ["/dev/full", "nobody", "close"])
def test_a_log_that_cannot_be_written_ends_nothing(stderr: str) -> None:
    read, write = os.pipe()
    os.close(read)
    if stderr != "nobody":
        os.close(write)
        write = os.open("/dev/full" if stderr == "/dev/full" else os.devnull, os.O_WRONLY)
    done = subprocess.run(
        [sys.executable, "-c", WRITER, stderr],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=write,
        timeout=30,
        check=False,
    )
    os.close(write)
    assert done.stdout == b"still here\n"


@pytest.mark.usefixtures("own_logs")
def test_setting_up_twice_writes_a_record_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    logs.set_up("INFO")
    logging.getLogger("bot").warning("once")
    assert capsys.readouterr().err.count("once") == 1
