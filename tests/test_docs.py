"""What the README says is so: its dialogues, its example, its commands, settings and numbers."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.answering import Answerer
from bot.cli import app
from bot.faq import Faq
from bot.loading import open_file, schema
from bot.playground.acts import Acts, Looks
from bot.playground.markup import parse_html
from bot.playground.play import PORT
from bot.policy import Policy
from bot.reading import read
from bot.replies import Replies
from bot.review import warnings
from bot.settings import Settings
from tests.conftest import ROOT
from tests.faq_files import ARTICLE, GOOD
from tests.folders import write
from tests.test_broken_files import SLIPS

README = (ROOT / "README.md").read_text("utf-8")
EDITING = (ROOT / "docs/editing.md").read_text("utf-8")
GROUP: Any = typer.main.get_command(app)
COMMANDS = {name: GROUP.get_command(None, name) for name in GROUP.list_commands(None)}


def section(heading: str, text: str = README) -> str:
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def dialogues() -> list[tuple[str, str]]:
    """What is asked in the README, and what the bot replies there, buttons last."""
    told = []
    for block in section("A dialogue").strip().split("\n\n"):
        asked, _, reply = re.sub(r"(?m)^> ?", "", block).partition("\n\n")
        told.append((asked.removeprefix("**You:** "), reply.replace("**", "")))
    return told


@pytest.mark.parametrize(("query", "reply"), dialogues(), ids=lambda text: text[:30])
def test_the_readme_shows_what_the_bot_replies(
    query: str, reply: str, answerer: Answerer, replies: Replies
) -> None:
    said = replies.render(answerer.answer(query))
    text, _ = parse_html(said.html)
    labels = " ".join(f"[{button.label}]" for button in said.buttons)
    assert [*filter(None, text.split("\n")), labels] == reply.split("\n\n")


def test_the_readme_names_every_command_and_every_option() -> None:
    table = section("Run it")
    for name, command in COMMANDS.items():
        row = next(line for line in table.splitlines() if f"`python -m bot {name}" in line)
        options = {opt for p in command.params for opt in p.opts if opt.startswith("--")}
        assert {f"`{option}`" for option in options - {"--help"}} <= set(re.findall("`[^`]+`", row))


def test_the_readme_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", section("Settings"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_example_of_an_entry_is_the_form_of_the_file(faq: Faq) -> None:
    example = re.search(r"```yaml\n(.+?)```", section("An entry", EDITING), re.DOTALL)
    assert example
    (entry,) = yaml.safe_load(example[1])
    real = faq.entries[entry["id"]]
    assert entry["question"] == real.text("en").question
    assert " ".join(entry["answer"].split()) == real.text("en").answer
    assert all(real.quotes[0].text.startswith(quote["text"]) for quote in entry["quotes"])
    assert (entry["says"], entry["other"]) == (real.says, real.other)


def test_the_guide_for_editors_tells_of_every_key_of_an_entry() -> None:
    told = set(re.findall(r"`(\w+)[`:]", EDITING))
    assert schema()["$defs"]["EntryShape"]["properties"].keys() <= told


def test_what_the_guide_for_editors_shows_may_stand_in_the_file(tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.+?)```", EDITING, re.DOTALL)
    _, corrected, source = map(textwrap.dedent, shown)
    text = GOOD.replace("topics:", textwrap.indent(source, "  ") + "topics:")
    text = re.sub("    corrected: .*\n", textwrap.indent(corrected, "    "), text)
    path = write(tmp_path, text)
    (tmp_path / "seeds/bridge.txt").write_text("The bridge is closed.", "utf-8")
    faq = read(path)
    assert faq.sources["council-on-bridge"].url == "https://example.org/bridge"
    correction = faq.entries["russia-donbas"].corrected
    assert correction
    assert correction.note in corrected


def test_what_the_guide_says_that_check_says_it_does_say() -> None:
    table = section("When `check` complains", EDITING)
    cut = GOOD.replace("What does Russia demand?", "What does Russia demand # and why?")
    cut = cut.replace("переговори почалися", "переговоры начались, и это всё, что известно")
    warned = warnings(open_file(cut, read=lambda _: ARTICLE))
    said = "\n".join([*(sentence for _, sentence in SLIPS.values()), *map(str, warned)])
    for told in re.findall(r"(?m)^\| ([^|`]+?) \|", table)[1:]:
        assert re.search(re.escape(told).replace("…", ".+"), said), told


def test_the_readme_tells_the_thresholds_in_use() -> None:
    policy = Policy()
    assert f"From {policy.answer:g} the first candidate is the answer" in README
    assert f"From {policy.suggest:g} the likeliest questions" in README


def named_tests() -> list[str]:
    """The tests that a document names as what holds a promise."""
    told = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    return sorted(set(re.findall(r"`(tests/[a-z_/]+\.py(?:::\w+)?)`", told)))


@pytest.mark.parametrize("named", named_tests())
def test_a_test_that_a_document_names_is_there(named: str) -> None:
    path, _, name = named.partition("::")
    assert (ROOT / path).is_file()
    assert re.search(rf"(?:def|class) {name}\b", (ROOT / path).read_text("utf-8"))


def test_the_procfile_starts_commands_that_exist() -> None:
    started = re.findall(r"python -m bot (\w+)", (ROOT / "Procfile").read_text())
    assert started
    assert set(started) <= set(COMMANDS)


def test_the_scripts_of_the_readme_do_what_people_can() -> None:
    names = set(re.findall(r"8081/people/(\w+)", README))
    assert names
    assert all(hasattr(Acts, name) or hasattr(Looks, name) for name in names - {"events"})


def test_the_readme_tells_the_port_of_the_page() -> None:
    assert f"http://127.0.0.1:{PORT}" in README


def test_nothing_in_the_project_names_a_package_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile"):
        assert "://" not in (ROOT / name).read_text()


def test_every_test_that_the_docs_name_exists() -> None:
    for path in (ROOT / "docs").glob("*.md"):
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", path.read_text("utf-8"))
        for file, name in named:
            text = (ROOT / file).read_text("utf-8")
            assert re.search(rf"(?:def|class) {name}\b", text), f"{path.name}: {file}::{name}"
