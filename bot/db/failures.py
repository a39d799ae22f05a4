"""What the database couldn't do, in the words that its user will read."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.domain.errors import NotSaved

_COULD_NOT_SAVE = (OperationalError, InterfaceError, NoConnectionLeft)


def told(failure: Exception) -> Exception:
    """The failure as `NotSaved`, if that is what it comes to; else as it is."""
    if not isinstance(failure, _COULD_NOT_SAVE):
        return failure
    not_saved = NotSaved()
    not_saved.__cause__ = failure
    return not_saved


@contextmanager
def failures_told() -> Iterator[None]:
    """Raises `NotSaved` for what the database could not do."""
    try:
        yield
    except _COULD_NOT_SAVE as failure:
        raise NotSaved from failure
