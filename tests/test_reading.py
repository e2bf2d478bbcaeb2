"""The FAQ on disk: read whole, or refused with the path that was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.reading import read
from tests.faq_files import GOOD, load_with_article
from tests.folders import write
from tests.test_library import BROKEN


def test_an_faq_is_read_with_the_sources_that_lie_beside_it(tmp_path: Path) -> None:
    assert read(write(tmp_path / "elsewhere")) == load_with_article(GOOD)


def test_mistakes_carry_the_path_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "other", BROKEN)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FaqError) as refused:
        read(Path("other/faq.yaml"))
    assert str(refused.value).startswith("other/faq.yaml:15:")


def test_a_source_that_is_missing_or_no_utf_8_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "seeds" / "talks.txt").write_bytes(b"\xff")
    with pytest.raises(FaqError, match=r"faq\.yaml:2:.*not UTF-8"):
        read(path)
    (tmp_path / "seeds" / "talks.txt").unlink()
    with pytest.raises(FaqError, match=r"faq\.yaml:2:.*cannot be read: No such file"):
        read(path)


def test_a_file_that_cannot_be_read_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(FaqError, match=r"none\.yaml:1:1: cannot be read: No such file"):
        read(tmp_path / "none.yaml")
    with pytest.raises(FaqError, match="cannot be read: Is a directory"):
        read(tmp_path)
