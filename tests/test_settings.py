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

SECRET = "canary-secret-0123456789_ABCDEFGHIJ"

WRONG = {
    "TELEGRAM_TOKEN": [
        "hunter2-hunter2-hunter2-hunter2",
        "110201543:too-short",
        "bot" + TOKEN,
        TOKEN + "\n",
        TOKEN + " ",
    ],
    "BOT_API_URL": [
        "hunter2",
        "api.telegram.org",
        "ftp://hunter2.org",
        "https://",
        "http://api.telegram.org",
        "http://127.0.0.1.hunter2.org",
        "http://10.0.0.1:8081",
    ],
    "WEBHOOK_URL": [
        "hunter2",
        "http://hunter2.org",
        "https://hunter2.org:8080/telegram",
        "https://hunter2@hunter2.org/telegram",
        f"https://hunter2.org/{TOKEN}",
        f"https://hunter2.org/bot{TOKEN}/x",
        "http://127.0.0.1/telegram",
        "http://127.0.0.1:8080",
    ],
    "WEBHOOK_SECRET": ["hunter2", "x" * 31, "x" * 257, "hunter2." * 8, "ї" * 40, "x" * 40 + "\n"],
    "HOST": ["hunter2", "0.0.0", "hunter2.org"],
    "PORT": ["hunter2", "0", "65536", "-1", "80.5"],
    "METRICS_TOKEN": ["hunter2", "hunter2 hunter2 hunter2", "ї" * 40],
    "DATABASE_URL": ["hunter2", "mysql://u:hunter2@h/d", "sqlite://", "sqlite:///", "bot.db"],
    "ADMIN_IDS": [
        "hunter2",
        "@hunter2",
        "0",
        "-100123",
        "1087968824",
        "777000",
        "5, 136817688",
        "5.5",
    ],
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
    assert settings.database_url.get_secret_value() == "sqlite:///data/bot.db"
    assert (settings.host, settings.port, settings.port_to_serve) == ("0.0.0.0", None, None)
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert settings.admin_ids == ()
    assert settings.secrets == ()


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
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv(name, value)
    (line,) = refusal()
    assert line.startswith(f"{name}: must be ")
    assert not any(secret in line for secret in ("hunter2", "110201543", "AAHdq", "too-short"))


def test_each_setting_is_wrong_in_turn() -> None:
    """All but FAQ_PATH: a path is right or wrong by what lies there (`cli/test_run.py`)."""
    assert {*WRONG, "FAQ_PATH"} == {name.upper() for name in Settings.model_fields}


def test_a_wrong_setting_in_dotenv_is_told_the_same_way(folder: Path) -> None:
    (folder / ".env").write_text("LOG_LEVEL=hunter2\n")
    assert refusal() == ["LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR"]


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, values in WRONG.items():
        monkeypatch.setenv(name, values[-1])
    assert sorted(line.partition(":")[0] for line in refusal()) == sorted(WRONG)


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


class TestTheWebhook:
    def set(self, monkeypatch: pytest.MonkeyPatch, url: str, **more: str) -> Settings:
        for name, value in {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, **more}.items():
            monkeypatch.setenv(name, value)
        return read_settings()

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://bot.example.org", "https://bot.example.org/telegram"),
            ("https://bot.example.org/", "https://bot.example.org/telegram"),
            ("https://bot.example.org:8443/", "https://bot.example.org:8443/telegram"),
            ("https://example.org/bots/talks", "https://example.org/bots/talks"),
        ],
    )
    def test_it_has_a_path_of_its_own_or_ours(
        self, monkeypatch: pytest.MonkeyPatch, url: str, address: str
    ) -> None:
        assert str(self.set(monkeypatch, url).webhook_url) == address

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
    def test_a_bot_api_server_on_this_machine_may_bring_updates_anywhere_on_it(
        self, monkeypatch: pytest.MonkeyPatch, host: str
    ) -> None:
        settings = self.set(monkeypatch, f"http://{host}:5000/x", BOT_API_URL=f"http://{host}:8081")
        assert str(settings.webhook_url) == f"http://{host}:5000/x"

    def test_but_not_over_the_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
        monkeypatch.setenv("BOT_API_URL", "http://localhost:8081")
        monkeypatch.setenv("WEBHOOK_URL", "http://hunter2.org:5000/x")
        assert [line.partition(":")[0] for line in refusal()] == ["WEBHOOK_URL"]

    @pytest.mark.parametrize("url", ["https://bot.example.org", "http://bot.example.org"])
    def test_it_needs_a_secret(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("WEBHOOK_URL", url)
        assert (
            "WEBHOOK_SECRET: must be 32 to 256 of A-Z a-z 0-9 _ -, and set if WEBHOOK_URL is"
            in (refusal())
        )

    @pytest.mark.parametrize("part", [TOKEN, TOKEN.partition(":")[2]])
    def test_the_token_is_in_no_part_of_it(
        self, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
        monkeypatch.setenv("WEBHOOK_URL", f"https://bot.example.org/{part}")
        assert [line.partition(":")[0] for line in refusal()] == ["WEBHOOK_URL"]

    def test_it_is_listened_for_even_if_no_port_is_set(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self.set(monkeypatch, "https://bot.example.org").port_to_serve == 8080
        assert self.set(monkeypatch, "https://bot.example.org", PORT="9000").port_to_serve == 9000


@pytest.mark.parametrize(
    ("given", "ids"), [("5", (5,)), ("5,6", (5, 6)), (" 5, 6 7 ,", (5, 6, 7)), ("", ())]
)
def test_admins_are_listed_with_commas(
    monkeypatch: pytest.MonkeyPatch, given: str, ids: tuple[int, ...]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", given)
    assert read_settings().admin_ids == ids


@pytest.mark.parametrize(
    ("given", "host"), [("localhost", "127.0.0.1"), ("::", "::"), ("10.0.0.1", "10.0.0.1")]
)
def test_a_host_is_an_address(monkeypatch: pytest.MonkeyPatch, given: str, host: str) -> None:
    monkeypatch.setenv("HOST", given)
    assert read_settings().host == host


def test_a_database_is_named_as_its_host_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://bot:p%40ss@db/bot")
    settings = read_settings()
    assert settings.database_url.get_secret_value() == "postgresql://bot:p%40ss@db/bot"
    assert "p%40ss" not in f"{settings!r} {settings}"


def test_what_no_log_may_hold_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_TOKEN": TOKEN,
        "WEBHOOK_SECRET": SECRET,
        "METRICS_TOKEN": "let-me-see-the-metrics",
        "DATABASE_URL": "postgresql://bot:p%40ss@db/bot",
    }.items():
        monkeypatch.setenv(name, value)
    assert read_settings().secrets == (TOKEN, SECRET, "let-me-see-the-metrics", "p%40ss", "p@ss")
