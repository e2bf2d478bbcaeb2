"""What was committed last is found, and nothing is no mistake."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.history import committed


def git(folder: Path, *arguments: str) -> None:
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *author, *arguments], check=True, capture_output=True)


def test_the_last_commit_is_found_wherever_the_file_lies(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    path = folder / "faq.yaml"
    path.write_bytes("Київ\r\n".encode())
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    path.write_text("later")
    assert committed(path) == "Київ\r\n".encode()


def test_a_file_without_history_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text("new")
    assert committed(path) is None
    assert committed(tmp_path / "none" / "faq.yaml") is None
    git(tmp_path, "init")
    assert committed(path) is None
    monkeypatch.setenv("PATH", "")
    assert committed(path) is None
