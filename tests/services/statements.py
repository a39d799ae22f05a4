"""Every statement that a session runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.db.session import Session
from tests.hearing import heard


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements of the block, in order."""
    seen: list[str] = []
    with heard(session.connection, lambda _connection, text, _values: seen.append(text)):
        yield seen
