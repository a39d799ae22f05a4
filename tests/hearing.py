"""Every statement that goes to a database: SQLAlchemy's, and those that go to the driver."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bot.db import prepared

Hear = Callable[[Connection, str, Any], None]
"""Told a statement, over which connection it goes, and the values that it is given."""


@contextmanager
def heard(where: Engine | Connection, hear: Hear) -> Iterator[None]:
    """Tells of each statement of the block, before it runs."""
    run = prepared._run

    def look(connection: Connection, _cursor: object, text: str, values: Any, *_: object) -> None:
        hear(connection, text, values)

    def run_heard(connection: Connection, text: str, values: Any) -> list[Any]:
        hear(connection, text, values)
        return run(connection, text, values)

    event.listen(where, "before_cursor_execute", look)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prepared, "_run", run_heard)
            yield
    finally:
        event.remove(where, "before_cursor_execute", look)
