"""A small FAQ on disk."""

from __future__ import annotations

from pathlib import Path

from tests.faq_files import ARTICLE, GOOD


def write(folder: Path, faq: str = GOOD) -> Path:
    """The FAQ file in `folder`, its article beside it."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "seeds" / "talks.txt").write_text(ARTICLE, "utf-8")
    (folder / "faq.yaml").write_text(faq, "utf-8")
    return folder / "faq.yaml"
