"""Everything that the operator may set: the one reader of the environment and of `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AnyHttpUrl, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{20,}")


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError
    return value


class Settings(BaseSettings):
    """One field a setting, named as in the environment, in lower case.

    A field's description says what its value has to be; it is shown when it is not.
    """

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        default=None, description="the token that @BotFather gave, digits:letters"
    )
    bot_api_url: AnyHttpUrl = Field(
        default=AnyHttpUrl("https://api.telegram.org"),
        description="the address of a Bot API server, https://...",
    )
    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///data/bot.db"),
        description="the store, sqlite:///path or postgresql://user:password@host/database",
    )
    faq_path: Path = Field(default=Path("faq.yaml"), description="the path of the FAQ file")
    operator: str = Field(
        default="",
        max_length=100,
        description="who runs the bot and how to reach them, at most 100 characters",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )


def read_settings() -> Settings:
    """The settings, or a SettingsError that names all wrong ones and never shows a value."""
    try:
        return Settings()
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f".env: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        wrong = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
        fields = Settings.model_fields
        lines = [f"{name.upper()}: must be {fields[name].description}" for name in wrong]
    raise SettingsError("\n".join(lines))
