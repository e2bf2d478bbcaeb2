"""Files: what was sent once is kept under an id, and can be fetched again."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.playground.errors import ApiError, Rule
from bot.playground.fields import Json, Upload

_MOST_BYTES_TO_FETCH = 20 << 20


@dataclass(slots=True)
class Files:
    """All files there are, by id."""

    _files: dict[str, Upload] = field(default_factory=dict)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def get_file(self, file_id: str = "") -> Json:
        if not file_id:
            raise ApiError(Rule.FILE_NOT_SPECIFIED)
        file = self._files.get(file_id)
        if not file:
            raise ApiError(Rule.FILE_UNKNOWN)
        if len(file.content) > _MOST_BYTES_TO_FETCH:
            raise ApiError(Rule.FILE_BIG)
        return _facts(file_id, file) | {"file_path": f"documents/{file_id}"}

    def fetch(self, path: str) -> bytes | None:
        """The content of the file at this `file_path`."""
        file = self._files.get(path.removeprefix("documents/"))
        return file.content if file else None

    def document(self, file: Upload | str | None) -> Mapping[str, Json]:
        """A file that is sent, or one known by its id that is sent again, as a Document."""
        if not file:
            raise ApiError(Rule.DOCUMENT_MISSING)
        file_id = file if isinstance(file, str) else self._keep(file)
        kept = self._files.get(file_id)
        if not kept:
            raise ApiError(Rule.FILE_IDENTIFIER)
        return _facts(file_id, kept) | {"file_name": kept.name}

    def _keep(self, file: Upload) -> str:
        if not file.content:
            raise ApiError(Rule.FILE_EMPTY)
        file_id = f"file-{next(self._ids)}"
        self._files[file_id] = file
        return file_id


def _facts(file_id: str, file: Upload) -> dict[str, Json]:
    return {
        "file_id": file_id,
        "file_unique_id": f"unique-{file_id}",
        "file_size": len(file.content),
    }
