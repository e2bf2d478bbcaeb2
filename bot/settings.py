"""Everything that the operator may set: the one reader of the environment and of `.env`."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{20,}")

TELEGRAMS_PORTS = {443, 80, 88, 8443}
"""Where Telegram brings updates to (core.telegram.org/bots/api#setwebhook)."""

WEBHOOK_PATH = "/telegram"

DEFAULT_PORT = 8080
"""Where a webhook is listened for; behind whatever ends TLS."""

NOBODY = {1087968824, 777000, 136817688}
"""Whom messages are from that come of no person: anonymous admins, Telegram's own, channels."""


def _matching(pattern: str) -> AfterValidator:
    """The whole secret has to be so."""

    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError
        return value

    return AfterValidator(check)


def _bot_api_url(url: AnyHttpUrl) -> AnyHttpUrl:
    """The token is in every request, so over the network it has to be encrypted."""
    if url.scheme != "https" and not _is_loopback(url):
        raise ValueError
    return url


def _webhook_url(url: AnyHttpUrl, info: ValidationInfo) -> AnyHttpUrl:
    """With no path of its own it gets ours. A Bot API server on this machine brings updates
    anywhere; Telegram only to HTTPS, and to some ports."""
    api = info.data.get("bot_api_url")
    local = api and _is_loopback(api) and _is_loopback(url)
    public = url.scheme == "https" and url.port in TELEGRAMS_PORTS
    # Whoever sees the address, such as the log of a proxy, must not see the token.
    token = info.data.get("telegram_token")
    held = token is not None and token.get_secret_value().partition(":")[2] in str(url)
    if not (local or public) or url.username or held or TOKEN.search(str(url)):
        raise ValueError
    return AnyHttpUrl(str(url).removesuffix("/") + WEBHOOK_PATH) if url.path == "/" else url


def _webhook_secret(secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    """A webhook without one would be anybody's."""
    if secret is None and info.data.get("webhook_url", "wrong, but set"):
        raise ValueError
    return secret


def _database_url(url: SecretStr) -> SecretStr:
    """Some hosts write `postgres`, which the driver does not know."""
    return SecretStr(re.sub("^postgres://", "postgresql://", url.get_secret_value()))


def _host(value: str) -> str:
    return str(ipaddress.ip_address("127.0.0.1" if value == "localhost" else value))


def _ids(value: Any) -> Any:
    return re.split(r"[,\s]+", value.strip(", ")) if isinstance(value, str) else value


def _person(id: int) -> int:
    if id <= 0 or id in NOBODY:
        raise ValueError
    return id


def _is_loopback(url: AnyHttpUrl) -> bool:
    host = (url.host or "").strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """One field a setting, named as in the environment, in lower case.

    A field's description says what its value has to be; it is shown when it is not.
    """

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    telegram_token: Annotated[SecretStr, _matching(TOKEN.pattern)] | None = Field(
        default=None, description="the token that @BotFather gave, digits:letters"
    )
    bot_api_url: Annotated[AnyHttpUrl, AfterValidator(_bot_api_url)] = Field(
        default=AnyHttpUrl("https://api.telegram.org"),
        description="the address of a Bot API server, https://..., or http://... on this machine",
    )
    webhook_url: Annotated[AnyHttpUrl, AfterValidator(_webhook_url)] | None = Field(
        default=None,
        description="where Telegram brings updates, https://... on port 443, 80, 88 or 8443, "
        "with no token in it",
    )
    webhook_secret: Annotated[
        Annotated[SecretStr, _matching("[A-Za-z0-9_-]{32,256}")] | None,
        AfterValidator(_webhook_secret),
    ] = Field(
        default=None,
        validate_default=True,
        description="32 to 256 of A-Z a-z 0-9 _ -, and set if WEBHOOK_URL is",
    )
    host: Annotated[str, AfterValidator(_host)] = Field(
        default="0.0.0.0", description="the IP address to listen on"
    )
    port: int | None = Field(
        default=None, ge=1, le=65535, description="the port to listen on, 1 to 65535"
    )
    metrics_token: Annotated[SecretStr, _matching("[!-~]{16,}")] | None = Field(
        default=None, description="at least 16 letters, digits or signs, with no blanks"
    )
    database_url: Annotated[
        SecretStr,
        _matching("sqlite:///.+|postgres(ql)?://.+"),
        AfterValidator(_database_url),
    ] = Field(
        default=SecretStr("sqlite:///data/bot.db"),
        description="the database, sqlite:///path or postgresql://user:password@host/database",
    )
    admin_ids: Annotated[
        tuple[Annotated[int, AfterValidator(_person)], ...], NoDecode, BeforeValidator(_ids)
    ] = Field(
        default=(),
        description="the numbers of people's accounts, with commas; no names, groups or channels",
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

    @property
    def port_to_serve(self) -> int | None:
        """A webhook needs one; without a webhook it is for health and metrics, if set."""
        return self.port or (DEFAULT_PORT if self.webhook_url else None)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may hold."""
        held = self.telegram_token, self.webhook_secret, self.metrics_token
        password = urlsplit(self.database_url.get_secret_value()).password or ""
        told = [secret.get_secret_value() for secret in held if secret]
        return tuple(filter(None, [*told, password, unquote(password)]))


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
