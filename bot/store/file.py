"""The file of an SQLite store: whose it is, and whether it is still there."""

from __future__ import annotations

import fcntl
import logging
import re
import stat
from pathlib import Path
from typing import IO

from bot.errors import BotError

logger = logging.getLogger(__name__)

MOUNTS = Path("/proc/self/mounts")
ON_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs"}
"""File systems on which SQLite's locks do not hold, or not always (sqlite.org/faq.html#q5)."""


class StoreFile:
    """Owned by one process, from `take` to `give_back`; the system frees it if that is killed.

    `mounts` is where Linux lists what lies where; elsewhere there is none, and nothing is told.
    """

    def __init__(self, path: Path, mounts: Path = MOUNTS) -> None:
        self.path = path
        self._mounts = mounts
        self._lock: IO[bytes] | None = None
        self._identity: tuple[int, int] | None = None

    def take(self) -> None:
        """Makes the folder. Raises BotError if another process has the file."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # A file of its own: closing the store's would free SQLite's own locks on it.
            lock = self.path.with_name(f"{self.path.name}.lock").open("wb")
        except OSError as error:
            raise BotError(f"DATABASE_URL: {self.path}: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise BotError(f"DATABASE_URL: another process works on {self.path}") from None
        self._lock = lock
        if (kind := self._file_system()) in ON_NETWORK:
            logger.warning(
                "%s lies on a network (%s), where SQLite's locks may not hold and the store may be "
                "damaged: move it to a disk of this machine, or use PostgreSQL",
                *(self.path, kind),
            )

    def give_back(self) -> None:
        if self._lock:
            self._lock.close()
        self._lock = self._identity = None

    def trouble(self) -> str:
        """Why nothing that is written would be found again; empty if it would.

        From the first call on it has to be the same file: SQLite writes on, without an error, into
        one that was deleted.
        """
        try:
            found = self.path.stat()
        except OSError as error:
            return f"{self.path}: {error.strerror}"
        identity = found.st_dev, found.st_ino
        self._identity = self._identity or identity
        if identity != self._identity:
            return f"{self.path} was replaced"
        return "" if found.st_mode & stat.S_IWUSR else f"{self.path} is read-only"

    def _file_system(self) -> str:
        """Its kind, such as "ext4"; nothing if nobody tells."""
        try:
            lines = self._mounts.read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        # What is mounted later hides what was there.
        kinds = {_unescaped(at): kind for _, at, kind, *_ in map(str.split, lines)}
        return next((kinds[str(at)] for at in self.path.resolve().parents if str(at) in kinds), "")

    def wal_bytes(self) -> int:
        wal = self.path.with_name(f"{self.path.name}-wal")
        try:
            return wal.stat().st_size
        except FileNotFoundError:
            return 0


def _unescaped(place: str) -> str:
    r"""A blank in the path of a mount is written as \040."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place)
