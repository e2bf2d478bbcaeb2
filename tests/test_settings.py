"""The settings: read from the environment and from .env; wrong ones are named and never shown."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
"""The example token of Telegram's own documentation."""

WRONG = {
    "TELEGRAM_TOKEN": [
        "hunter2-hunter2-hunter2-hunter2",
        "110201543:too-short",
        "bot" + TOKEN,
        TOKEN + "\n",
        TOKEN + " ",
    ],
    "BOT_API_URL": ["hunter2", "api.telegram.org", "ftp://hunter2.org", "https://"],
    "OPERATOR": ["hunter2" * 15],
    "LOG_LEVEL": ["hunter2", "LOUD", "info"],
}
CASES = [(name, value) for name, values in WRONG.items() for value in values]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an environment that sets nothing of ours."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def refusal() -> list[str]:
    """What the operator is told, line by line."""
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return str(refused.value).splitlines()


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert settings.telegram_token is None
    assert str(settings.bot_api_url) == "https://api.telegram.org/"
    assert settings.faq_path == Path("faq.yaml")
    assert settings.operator == ""
    assert settings.log_level == "INFO"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_TOKEN": TOKEN,
        "BOT_API_URL": "http://localhost:8081",
        "FAQ_PATH": "/srv/faq.yaml",
        "OPERATOR": "Olena, @olena",
        "LOG_LEVEL": "DEBUG",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert str(settings.bot_api_url) == "http://localhost:8081/"
    assert settings.faq_path == Path("/srv/faq.yaml")
    assert settings.operator == "Olena, @olena"
    assert settings.log_level == "DEBUG"


def test_settings_come_from_dotenv_too_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(
        f'# made by hand\nTELEGRAM_TOKEN={TOKEN}\nOPERATOR="Олена"\nLOG_LEVEL=ERROR\nOTHERS=1\n',
        "utf-8",
    )
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    settings = read_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.operator == "Олена"
    assert settings.log_level == "WARNING"


@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{n}={v!r:.20}" for n, v in CASES])
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    (line,) = refusal()
    assert line.startswith(f"{name}: must be ")
    assert not any(secret in line for secret in ("hunter2", "110201543", "AAHdq", "too-short"))


def test_a_wrong_setting_in_dotenv_is_told_the_same_way(folder: Path) -> None:
    (folder / ".env").write_text("LOG_LEVEL=hunter2\n")
    assert refusal() == ["LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR"]


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, values in WRONG.items():
        monkeypatch.setenv(name, values[-1])
    assert [line.partition(":")[0] for line in refusal()] == list(WRONG)


def test_the_chain_of_errors_holds_no_value_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "hunter2")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_a_dotenv_in_another_encoding_is_told(folder: Path) -> None:
    (folder / ".env").write_text("OPERATOR=Олена", "utf-16")
    assert refusal() == [".env: is not UTF-8; save the file as UTF-8"]


def test_a_dotenv_that_cannot_be_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("OPERATOR=Olena")
    opened = builtins.open

    def locked(file: Any, *rest: Any, **more: Any) -> Any:
        if Path(file).name == ".env":
            raise PermissionError(13, "Permission denied", file)
        return opened(file, *rest, **more)

    monkeypatch.setattr(builtins, "open", locked)
    assert refusal() == [".env: cannot be read: Permission denied"]


def test_the_token_hides_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    settings = read_settings()
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()} {settings.telegram_token}"


def test_every_setting_says_what_it_has_to_be() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", "BOT_API_URL", "LOG_LEVEL"):
        monkeypatch.setenv(name, "")
    assert read_settings() == Settings()
