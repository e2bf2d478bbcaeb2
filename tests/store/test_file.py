"""Where the file of an SQLite store lies: on a network its locks may not hold, which is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.file import MOUNTS, StoreFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "on the net" / "data" / "bot.db"


def warned(path: Path, mounts: Path, caplog: pytest.LogCaptureFixture) -> bool:
    file = StoreFile(path, mounts)
    file.take()
    file.give_back()
    return "lies on a network" in caplog.text


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["ext4"], False),
        (["nfs4"], True),
        (["cifs"], True),
        (["nfs4", "ext4"], False),
        (["ext4", "nfs"], True),
    ],
    ids=["a disk", "NFS", "CIFS", "a disk over NFS", "NFS over a disk"],
)
def test_one_on_a_network_is_told(
    kinds: list[str], told: bool, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mounts, at = tmp_path / "mounts", str(path.parent.parent).replace(" ", r"\040")
    lines = ["/dev/vda / ext4 rw 0 0", *(f"host:/x {at} {kind} rw 0 0" for kind in kinds)]
    mounts.write_text("\n".join([*lines, "host:/y /elsewhere nfs rw 0 0", ""]))
    assert warned(path, mounts, caplog) is told


def test_where_nobody_tells_nothing_is_told(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert not warned(path, tmp_path / "no such file", caplog)
    (tmp_path / "empty").touch()
    assert not warned(path, tmp_path / "empty", caplog)


def test_the_system_lists_its_mounts(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = StoreFile(path)
    file.take()
    assert bool(file._file_system()) is MOUNTS.exists()
    file.give_back()
