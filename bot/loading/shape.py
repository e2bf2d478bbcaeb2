"""What an FAQ file may hold: keys, kinds and lengths, as pydantic's models.

The JSON Schema that editors complete by (`bot/faq.schema.json`) is made of the same models.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

SHORT_LIMIT, ASK_LIMIT, QUOTE_LIMIT = 250, 200, 600
"""Characters of a short answer, of a way to ask, and of a quote."""
QUOTES = 2
GENERAL = "general"
"""The topic of an entry that names none."""

ID = "^[a-z0-9-]{1,40}$"
_ONE_LINE = "^[^\\n]*$"
_URL = r"^https?://[^\s/?#@\\]+([/?#]\S*)?$"
_FILE = r"^[^./\\:\n][^/\\:\n]*(/[^./\\:\n][^/\\:\n]*)*$"
_MARK = "^[0-9a-f]{8}$"
PATTERNS = {
    ID: "may hold 1 to 40 characters, each one of a-z, 0-9 and -",
    _ONE_LINE: "must stand on one line",
    _MARK: "is written by check --accept-translations; remove it",
    _URL: "must be an address that starts with https:// or http:// and holds no password",
    _FILE: "must be a path inside the folder, such as seeds/article.txt",
}


def _text(limit: int, pattern: str | None = _ONE_LINE) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=limit, pattern=pattern)


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "must be a day of the calendar, such as 2026-02-04")


def _truth(value: object) -> bool:
    if value not in ("true", "false"):
        raise PydanticCustomError("truth", "must be true or false, in small letters")
    return value == "true"


Id = Annotated[str, StringConstraints(pattern=ID)]
Day = Annotated[date, BeforeValidator(_day)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Ask = Annotated[str, _text(ASK_LIMIT)]
Name = Annotated[str, _text(60)]


class _Shape(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True
    )


class SourceShape(_Shape):
    """An article that answers rest on."""

    title: Annotated[str, _text(150)]
    file: Annotated[str, _text(200, _FILE)]
    """Its plain text, UTF-8, as a path from the folder of the FAQ file. One line, one paragraph."""
    published: Day
    url: Annotated[str, _text(1000, _URL)] | None = Field(
        default=None, json_schema_extra={"type": ["string", "null"]}
    )
    """Where readers find it; the name of the source is linked to it."""


class QuoteShape(_Shape):
    source: Id
    """The id of the source, as under `sources`."""
    text: Annotated[str, _text(QUOTE_LIMIT, None)]
    """Words of the source, exactly. "…" joins two pieces of one section."""
    section: Annotated[str, StringConstraints(strip_whitespace=True, max_length=150)] | None = None
    """The heading they stand under. Found by itself; if written, it is checked."""


class CorrectionShape(_Shape):
    """An answer that was wrong and has been put right, openly."""

    date: Day
    note: Annotated[str, _text(300)]


class TextShape(_Shape):
    """What an entry says in one language."""

    question: Ask
    """As shown in bold above the answer."""
    phrasings: Annotated[list[Ask], Field(max_length=200)] = []
    """Further ways to ask for the same."""
    answer: Annotated[str, _text(1200, None)]
    """Dated, and naming who said it. Plain text: HTML is shown as it is written."""
    short: Annotated[str, _text(SHORT_LIMIT)] | None = None
    """The answer in one sentence, for groups; else its first sentence."""


class TranslationShape(TextShape):
    """What an entry says in another language than English."""

    of: Annotated[str, StringConstraints(pattern=_MARK)] | None = None
    """Which English text it says the same as: `check --accept-translations` writes this."""


class EntryShape(TextShape):
    """One thing the bot can answer, or knows that the sources do not say."""

    id: Id
    """Stands in permalinks: never change it once it is published."""
    topic: Id = GENERAL
    unknown: Truth = False
    """true: the sources do not say this, and the answer says so."""
    quotes: Annotated[list[QuoteShape], Field(max_length=QUOTES)] = []
    """What proves the answer; required unless `unknown`."""
    says: Annotated[str, _text(40)] | None = None
    """The side whose claim this is; its name stands in the answer's first sentence."""
    other: Id | None = None
    """The id of the entry with the other side's answer; required with `says`."""
    corrected: CorrectionShape | None = None
    uk: TranslationShape | None = None
    ru: TranslationShape | None = None


class TopicShape(_Shape):
    """The title of a topic, in each language."""

    title: Annotated[str, _text(40)]
    uk: Annotated[str, _text(40)] | None = None
    ru: Annotated[str, _text(40)] | None = None


class FileShape(_Shape):
    """A curated FAQ: every answer with its proof."""

    sources: dict[Id, SourceShape] = {}
    topics: dict[Id, TopicShape] | None = None
    """Titles of the topics. If written, every topic must be in it."""
    aliases: Annotated[
        list[Annotated[list[Name], Field(min_length=2, max_length=50)]], Field(max_length=1000)
    ] = []
    """Groups of names, any of which means the first. For matching only."""
    entries: Annotated[list[EntryShape], Field(min_length=1, max_length=10_000)]


class _EditorSchema(GenerateJsonSchema):
    """A key that may be absent may not be null; and an editor should not be offered defaults."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schema() -> dict[str, Any]:
    """The JSON Schema of an FAQ file."""
    made = FileShape.model_json_schema(schema_generator=_EditorSchema)
    return {"$schema": _EditorSchema.schema_dialect, **made}
