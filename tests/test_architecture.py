"""The floors and the waterline of `bot/__init__.py` hold, whatever way an import is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

PACKAGE = Path(bot.__file__).parent
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem[0] != "_"
)

LONGEST = 250
"""Lines of a module from which it is asked whether it is still one idea."""

ALLOWED_TO_BE_LONGER = {"playground/markup.py"}
"""One grammar, in the order of td's own parser."""

FORBIDDEN_ABOVE_WATER = {
    "telegram", "os", "pathlib", "asyncio", "logging", "time", "socket", "subprocess", "threading",
    "http", "httpx", "aiohttp", "starlette", "uvicorn", "prometheus_client", "sqlalchemy",
    "pydantic_settings", "sqlite3", "tempfile", "shutil", "sys", "random",
}  # fmt: skip


def floors() -> dict[str, int]:
    """The floor of each module or package, as the map says."""
    found: dict[str, int] = {}
    floor = -1
    for line in (bot.__doc__ or "").splitlines():
        if match := re.match(r"(?:floor (\d+))?\s+([a-z_]+)/?\s{2,}", line):
            floor = int(match[1]) if match[1] else floor
            found[match[2]] = floor
    return found


FLOORS = floors()
WATERLINE = 5


def part(path: Path) -> str:
    """The module or package of the map that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The full name of everything that a file imports, wherever the statement stands."""
    package = ["bot", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_the_map_names_every_module_and_no_other() -> None:
    present = {part(path) for path in MODULES} - {"locales"}
    assert set(FLOORS) == present


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_floors_below(path: Path) -> None:
    own = part(path)
    if own == "locales":
        assert not list(imports(path))
        return
    for name in imports(path):
        match name.split("."):
            case ["bot", other, *_] if other not in (own, "locales"):
                # Inside the top floor the command line starts the playground.
                beside = (own, other) == ("cli", "playground")
                assert FLOORS[other] < FLOORS[own] or beside, f"{own} imports {name}"
            case ["bot"]:
                pytest.fail(f"{own} imports the whole package")


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if FLOORS.get(part(path), 9) < WATERLINE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_core_knows_nothing_of_the_world(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports(path)}
    assert not outside & FORBIDDEN_ABOVE_WATER
    source = path.read_text("utf-8")
    assert not re.search(
        r"\b(?:open|input|print)\(|\b(?:now|today|utcnow)\(\)|\basync def\b", source
    )


def test_only_the_settings_and_one_switch_touch_the_environment() -> None:
    users = [path.name for path in MODULES if "os" in {n.split(".")[0] for n in imports(path)}]
    assert users == ["app.py"]


def test_no_module_has_outgrown_one_idea() -> None:
    long = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if len(path.read_text("utf-8").splitlines()) > LONGEST
    }
    assert long <= ALLOWED_TO_BE_LONGER


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_except_catches_everything(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            assert not caught & {"Exception", "BaseException"}
