"""What the database couldn't or mustn't do, in the words that its user will read."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.domain.errors import NotSaved, Refusal

_INSUFFICIENT_PRIVILEGE = "42501"
"""PostgreSQL's code (its manual, appendix A)."""
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


@contextmanager
def missing_rights_told() -> Iterator[None]:
    """Raises `Refusal` where the role may not make what a schema needs."""
    try:
        yield
    except ProgrammingError as failure:
        if getattr(failure.orig, "sqlstate", None) != _INSUFFICIENT_PRIVILEGE:
            raise
        detail = str(failure.orig).strip().splitlines()[0]
        raise Refusal(
            f"The database's role lacks a right ({detail}): use one that may create schemas and "
            "tables there, such as the database's owner. Nothing was changed."
        ) from failure
