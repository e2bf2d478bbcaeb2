"""Options that more than one command has."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

FaqPath = Annotated[Path, typer.Option(help="The FAQ file.")]
DEFAULT_FAQ = Path("faq.yaml")


class Language(StrEnum):
    EN = "en"
    UK = "uk"
    RU = "ru"
