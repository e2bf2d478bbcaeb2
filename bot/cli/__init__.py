"""The command line: one file a command, imported only when it is called.

What goes wrong comes out as plain lines and an exit code: 1 when the answer is no, 2 when the
command could not be carried out.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from bot.cli.errors import plain_errors

COMMANDS = ("run", "playground", "ask", "check", "evaluate", "misses")
"""Each is a module of this package, and the function of that name in it."""


class Commands(TyperGroup):
    """Knows the commands by name: `ask` need not wait for what the others import, nor hold it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"commands": dict.fromkeys(COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            return None
        command = _typer()
        command.command()(getattr(import_module(f"bot.cli.{cmd_name}"), cmd_name))
        return typer.main.get_command(command)


def _typer(**settings: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        # Plain help: square brackets in it are square brackets.
        rich_markup_mode=None,
        **settings,
    )


app = _typer(
    cls=Commands, help="Answers questions about the Abu Dhabi talks from a curated, sourced FAQ."
)


def main() -> None:
    # Whatever bytes come in, and whatever is echoed of them, no stream gives up on them.
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    app()


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """With no command: `run` if TELEGRAM_TOKEN is set, else `playground`."""
    if context.invoked_subcommand is None:
        from bot.settings import read_settings

        with plain_errors():
            settings = read_settings()
            command = "run" if settings.telegram_token else "playground"
            import_module(f"bot.cli.{command}").start(settings)
