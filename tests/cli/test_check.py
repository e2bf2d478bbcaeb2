"""`check`: every mistake and warning, as each reader wants it."""

from __future__ import annotations

import re
import subprocess
from codecs import BOM_UTF8
from errno import EBUSY, ENOSPC
from os import strerror
from pathlib import Path

import pytest

from bot.playground.telegram import TOKEN
from tests.cli.command_line import bot
from tests.faq_files import GOOD, changed
from tests.folders import write


def test_check_of_a_good_file_tells_what_to_look_at_again_and_sums_up() -> None:
    result = bot("check")
    assert result.exit_code == 0
    *warnings, summary = result.stdout.splitlines()
    assert warnings[-1] == (
        "seeds/talks.txt:7:1: warning: no entry quotes: The talks last two days."
    )
    assert all(": warning: " in line for line in warnings)
    assert summary == (
        f"faq.yaml: {len(warnings)} warnings. 3 answers, 1 known unknown, 7 ways to ask."
    )


def test_a_strict_check_takes_a_warning_for_a_mistake(folder: Path) -> None:
    assert bot("check", "--strict").exit_code == 1
    write(folder, "entries: [{id: a, unknown: true, question: Who?, answer: Not known.}]")
    result = bot("check", "--strict")
    assert result.exit_code == 0
    assert result.stdout == "faq.yaml: no problems. 0 answers, 1 known unknown, 1 way to ask.\n"


def test_check_annotates_for_github(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    assert bot("check", "--format", "github").stdout.startswith(
        "::error file=faq.yaml,line=36,col="
    )
    write(folder)
    assert "::warning file=faq.yaml,line=" in bot("check", "--format", "github").stdout


def test_check_shows_the_place_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    write(folder, changed("id: hotel", "id: Hotel"))
    assert "│   - id: Hotel" in bot("check").stdout
    assert "│" not in bot("check", "--format", "plain").stdout
    assert "cannot be read" in bot("check", "none.yaml").stdout


def test_check_misses_an_id_that_was_committed(folder: Path) -> None:
    def git(*arguments: str) -> None:
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    write(folder, changed("id: hotel", "id: hotels"))
    assert 'the id "hotel" is gone' in bot("check").stdout


def test_translations_are_accepted_in_the_file(folder: Path) -> None:
    (folder / "faq.yaml").write_bytes(GOOD.encode().replace(b"\n", b"\r\n"))
    stale = "may differ from the English text"
    assert stale in bot("check").stdout
    assert stale not in bot("check", "--accept-translations").stdout
    assert stale not in bot("check").stdout
    written = (folder / "faq.yaml").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == GOOD.count("\n") + 1


def test_it_is_told_which_translations_were_accepted() -> None:
    first, again = (bot("check", "--accept-translations").stdout.splitlines() for _ in range(2))
    assert first[0] == "accepted: where uk"
    assert again[0] == "accepted: nothing, for none was waiting"


def test_accepting_keeps_the_link_the_mode_and_the_byte_order_mark(folder: Path) -> None:
    link, target = folder / "faq.yaml", folder / "texts.yaml"
    target.write_bytes(BOM_UTF8 + GOOD.encode())
    target.chmod(0o640)
    link.unlink()
    link.symlink_to(target)
    assert bot("check", "--accept-translations").exit_code == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_bytes().startswith(BOM_UTF8 + b"sources:")
    assert b"      of: " in target.read_bytes()
    assert {it.name for it in folder.iterdir()} == {"faq.yaml", "texts.yaml", "seeds"}


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        pytest.param(EBUSY, 0, "", id="mounted by itself: written in place"),
        pytest.param(
            ENOSPC, 2, "faq.yaml cannot be written: No space left on device\n", id="a full disk"
        ),
    ],
)
def test_a_file_that_cannot_be_replaced_is_written_in_place_or_left_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: int, told: str
) -> None:
    def replace(self: Path, _: Path) -> None:
        raise OSError(number, strerror(number), str(self))

    monkeypatch.setattr(Path, "replace", replace)
    result = bot("check", "--accept-translations")
    assert (result.exit_code, result.stderr) == (code, told)
    assert ("      of: " in (folder / "faq.yaml").read_text("utf-8")) == (code == 0)


def test_of_a_broken_file_no_translation_is_accepted(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    before = (folder / "faq.yaml").read_bytes()
    assert bot("check", "--accept-translations").exit_code == 1
    assert (folder / "faq.yaml").read_bytes() == before


def test_check_tells_every_mistake_with_its_place_and_exits_1(folder: Path) -> None:
    broken = changed("id: hotel", "id: Hotel").replace("text: Talks began", "text: Talks ended")
    write(folder / "other", broken)
    result = bot("check", "other/faq.yaml")
    assert result.exit_code == 1
    first, second, summary = result.stdout.splitlines()
    assert re.match(r"other/faq.yaml:15:\d+: entry where, quotes 1, text: does not stand ", first)
    assert re.match(r"other/faq.yaml:36:\d+: .*id: may hold ", second)
    assert summary == "other/faq.yaml: 2 problems"
    assert result.stderr == ""


def test_check_counts_one_problem_as_one(folder: Path) -> None:
    write(folder, changed("id: hotel", "id: Hotel"))
    assert bot("check").stdout.splitlines()[-1] == "faq.yaml: 1 problem"


def test_a_token_in_the_wrong_place_is_not_echoed() -> None:
    result = bot("check", TOKEN)
    assert result.exit_code == 1
    assert result.stdout.startswith("[token]:1:1: cannot be read: No such file or directory\n")


def test_a_file_that_is_not_there_is_a_problem() -> None:
    result = bot("check", "none.yaml")
    assert result.exit_code == 1
    assert result.stdout == (
        "none.yaml:1:1: cannot be read: No such file or directory\nnone.yaml: 1 problem\n"
    )
