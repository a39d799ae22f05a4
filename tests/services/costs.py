"""What something costs on SQLite, counted: statements and steps of its machine, not seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bot.db.session import Session

STEP: Final = 10


@dataclass
class Cost:
    """What SQLite did: whole statements, and steps of its machine in tens."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    def count(self) -> int:
        self.steps += STEP
        return 0


@contextmanager
def counted(session: Session) -> Iterator[Cost]:
    """What is done inside."""
    cost = Cost()
    raw: Any = session.connection.connection.dbapi_connection
    raw.set_trace_callback(cost.statements.append)
    raw.set_progress_handler(cost.count, STEP)
    yield cost
    raw.set_trace_callback(None)
    raw.set_progress_handler(None, 0)
