"""Commands that are imported when they run, so that `pacesetter --help` answers at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from bot.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command is defined ("module:attribute"), and its line in the list of commands."""

    target: str
    summary: str


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for.

    `later` are the names of commands that are announced and not there yet: each says so.
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, Lazy], later: frozenset[str] = frozenset(), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._lazy = lazy
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._later:
            return _announced(cmd_name)
        known = self._lazy.get(cmd_name)
        if known is None:
            return None
        module, _, attribute = known.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.summary) for name, each in self._lazy.items()])


def _announced(name: str) -> click.Command:
    def refuse() -> None:
        raise Refusal(f"`pacesetter {name}` isn't there yet; `pacesetter --help` lists what is.")

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=refuse, context_settings=anything, hidden=True)
