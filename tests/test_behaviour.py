"""docs/behaviour.md: every promise is held by a test, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from bot.faq import LANGUAGES, Faq
from bot.replies import Button, Replies
from tests.conftest import ROOT

TEXT = (ROOT / "docs/behaviour.md").read_text("utf-8")
ROWS = {
    row[1]: re.findall(r"`(tests/[^`]+)`", row[2])
    for row in re.finditer(r"^\| ([A-D]\d+) \|.+\|(.+)\|$", TEXT, re.MULTILINE)
}
PROMISES = [
    *(f"A{n}" for n in range(1, 21)),
    *(f"B{n}" for n in range(1, 12)),
    *(f"C{n}" for n in range(9, 13)),
    "D4",
    "D7",
]


def named(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[str, ast.stmt]]:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return ((node.name, node) for node in tree.body if isinstance(node, kinds))


def exists(test: str) -> bool:
    """Is there a file, and in it a class or function, of this name?"""
    path, *names = test.split("::")
    file = ROOT / path
    if not names or not file.is_file():
        return file.is_file()
    node: ast.stmt | ast.Module | None = ast.parse(file.read_text("utf-8"))
    for name in names:
        inside = isinstance(node, ast.Module | ast.ClassDef)
        node = dict(named(node)).get(name) if inside else None  # type: ignore[arg-type]
    return node is not None


def test_every_promise_has_a_row_and_every_row_a_test() -> None:
    assert list(ROWS) == PROMISES
    assert [id for id, tests in ROWS.items() if not tests] == []


@pytest.mark.parametrize("test", sorted({test for tests in ROWS.values() for test in tests}))
def test_each_test_that_is_named_exists(test: str) -> None:
    assert exists(test)


@pytest.mark.parametrize(
    "test",
    [
        "tests/test_nothing.py",
        "tests/test_behaviour.py::test_nothing",
        "tests/test_behaviour.py::exists::test_nothing",
        "tests/test_app.py::TestOneReply::test_nothing",
    ],
)
def test_a_test_that_does_not_exist_is_noticed(test: str) -> None:
    assert not exists(test)


def labels(faq: Faq, replies: Replies) -> Iterator[str]:
    def all_of(*groups: tuple[Button, ...]) -> Iterator[str]:
        return (button.label for group in groups for button in group)

    for language in LANGUAGES:
        yield from all_of(replies.start(language).buttons, replies.topics(language).buttons)
        for id in faq.entries:
            reply = replies.entry(id, language)
            assert reply is not None
            yield from all_of(reply.buttons)
        for topic in faq.topics:
            page = replies.topic(topic, 1, language)
            assert page is not None
            yield from all_of(page.buttons)


def test_labels_are_words(faq: Faq, replies: Replies) -> None:
    """Nothing that a screen reader spells out, no figures of how sure we are."""
    odd = [label for label in labels(faq, replies) if re.search(r"[^\w\s,.?!:;'’“”«»()…–-]", label)]
    assert odd == []
    assert [label for label in labels(faq, replies) if not re.match(r"\w.*\w", label)] == []
