"""What all commands share: the shell, the settings, the help."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import WHERE, bot, imported, process


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


def test_help_names_every_command() -> None:
    text = bot("--help").stdout
    for command in ("run", "playground", "ask", "check", "evaluate", "misses"):
        assert f"  {command} " in text


def test_help_shows_the_form_of_a_labelled_question_whole() -> None:
    text = " ".join(bot("evaluate", "--help").stdout.split())
    assert '{"q", "lang", "kind", "gold": [entry ids]}' in text


@pytest.mark.parametrize("command", [["ask", WHERE], ["check"]], ids=lambda it: it[0])
def test_an_editors_command_waits_for_nothing_that_only_the_bot_in_service_needs(
    command: list[str],
) -> None:
    found = imported(*command)
    assert "bot.loading" in found
    assert not found & {
        "aiohttp", "asyncio", "httpx", "prometheus_client", "pydantic_settings", "sqlalchemy",
        "starlette", "telegram", "uvicorn", "uvloop", "bot.settings", "bot.app",
    }  # fmt: skip


def test_a_mistyped_command_is_shown_what_may_have_been_meant() -> None:
    result = bot("chek")
    assert result.exit_code == 2
    assert "Did you mean 'check'?" in result.stderr
