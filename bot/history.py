"""The FAQ file as git had it."""

from __future__ import annotations

import subprocess
from pathlib import Path


def committed(path: Path) -> bytes | None:
    """The content of the last commit; None where there is none, or no git."""
    try:
        done = subprocess.run(
            ["git", "show", f"HEAD:./{path.name}"],
            cwd=path.parent,
            capture_output=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
