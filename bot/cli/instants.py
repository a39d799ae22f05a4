"""INSTANT on the command line: ISO 8601 with an offset (interface.md)."""

from datetime import UTC, datetime
from typing import Any

import click


class InstantType(click.ParamType[datetime]):
    """Reads `2026-11-23T09:00:00+00:00`, also with a trailing Z, as an aware UTC datetime.

    Without an offset it is refused, as wrong usage (exit code 2): 9 o'clock where? And so is one
    centuries away, from which no weeks can be counted back or on.
    """

    name = "INSTANT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        instant = value if isinstance(value, datetime) else self._parsed(value, param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value!r} has no offset: write it like {_EXAMPLE}.", param, ctx)
        if instant.year not in _YEARS:
            span = f"{_YEARS.start} to {_YEARS.stop - 1}"
            self.fail(f"{value!r} is too far away: take one of the years {span}.", param, ctx)
        return instant.astimezone(UTC)

    def _parsed(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no instant: write it like {_EXAMPLE}.", param, ctx)


_YEARS = range(2000, 2101)
_EXAMPLE = "2026-11-23T09:00:00+00:00"
INSTANT = InstantType()
