"""Every fixed text that the bot says, by language: the Fluent files in `bot/locales/`.

Texts come back plain; whoever makes HTML of them escapes them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib import resources

from babel import Locale, localedata
from babel.dates import format_date, format_timedelta
from fluent.runtime import FluentBundle, FluentResource

from bot.faq import ENGLISH, LANGUAGES

PARTS = ("date_fields", "decimal_formats", "months", "number_symbols", "plural_form")
"""What dates, ages and numbers take of all that Babel knows of a language."""


class Wording:
    """The fixed texts in one language; in English where nobody has translated them."""

    def __init__(self, language: str) -> None:
        self.language = language if language in available() else ENGLISH

    def text(self, name: str, /, **arguments: str | int) -> str:
        """The text `name`, filled in. A name or argument that is missing is a programmer's error:
        KeyError."""
        texts = bundle(self.language)
        pattern = texts.get_message(name).value
        formatted, errors = texts.format_pattern(pattern, arguments) if pattern else ("", [])
        if errors:
            raise KeyError(name, errors)
        return str(formatted)

    def day(self, day: date) -> str:
        """A date in words: "4 February 2026"."""
        return str(format_date(day, "d MMMM y", locale=locale(self.language)))

    def short_day(self, day: date) -> str:
        """A date, short: "4 Feb 2026"."""
        return str(format_date(day, "d MMM y", locale=locale(self.language)))

    def age(self, age: timedelta) -> str:
        """How long ago something was, in whole units: "9 months ago"."""
        unit = next(unit for unit in (365, 30, 7, 1) if age.days >= unit or unit == 1)
        days = age.days // unit * unit
        # By default Babel says "1 year" from 85 % of a year on.
        known = locale(self.language)
        return str(
            format_timedelta(-timedelta(days), threshold=1, add_direction=True, locale=known)
        )


@cache
def available() -> tuple[str, ...]:
    """The languages that have a file, English first."""
    folder = resources.files("bot.locales")
    return tuple(lang for lang in LANGUAGES if folder.joinpath(f"{lang}.ftl").is_file())


@cache
def locale(language: str) -> Locale:
    """Babel's, without what nobody asks it for, such as the names of all currencies. As Babel loads
    it, with what it knows of all languages, three take 6 MB."""
    root, known = localedata.load("root"), localedata.load(language, merge_inherited=False)
    own = {part: known[part] for part in PARTS}
    known.clear()  # This is Babel's own copy.
    known.update({part: root[part] for part in (*PARTS, "unit_patterns")})
    localedata.merge(known, own)
    return Locale(language)


@cache
def bundle(language: str) -> FluentBundle:
    """The texts of a language's file, read once: it is a part of the code, like a module."""
    file = resources.files("bot.locales").joinpath(f"{language}.ftl")
    locale(language)  # FluentBundle takes it from Babel's cache.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle
