"""Every statement that a session runs: SQLAlchemy's, and those that go to the driver directly."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.db import prepared
from bot.db.session import Session


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements of the block, in order."""
    seen: list[str] = []
    run = prepared._run

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    def run_noted(connection: Any, text: str, arguments: Any) -> list[tuple[Any, ...]]:
        seen.append(text)
        return run(connection, text, arguments)

    event.listen(session.connection, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "_run", run_noted)
        yield seen
    event.remove(session.connection, "before_cursor_execute", note)
