"""The hot path's statements: written in Core, compiled once, run by the driver itself.

SQLAlchemy spends 25 to 40 µs on each execution, whatever the statement; the driver about 5. Only
for statements whose text never changes: no IN of any length, nothing that a type adds to the SQL.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, Dialect
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from bot.db.apart import OWN, Ties, require_own
from bot.db.turns import turn_to_give

_Convert = Callable[[Any], Any]
_Bind = tuple[str, str, _Convert | None]
"""A bound parameter's name in the SQL, its key among the values, and its conversion."""


class Prepared:
    """A SELECT, or an INSERT with RETURNING, for any number of executions."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an INSERT is to write."""
        self._statement: Any = statement
        self._columns = columns
        self._ready: dict[type, _Ready] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows that it gives for these values.

        Raises SQLAlchemy's OperationalError and InterfaceError as `Connection.execute` does; their
        texts don't quote the values.
        """
        compiler = connection.dialect.statement_compiler  # another one where it ties to a workspace
        ready = self._ready.get(compiler)
        if ready is None:
            ready = self._ready[compiler] = self._prepare(connection.dialect)
        if ready.is_tied:
            own = connection.get_execution_options()["reach"]
            require_own(own, [values[key] for key in ready.compared])
            values = {**values, OWN: own}
        return ready.converted(_run(connection, ready.text, ready.arguments(values)))

    def _prepare(self, dialect: Dialect) -> "_Ready":
        made = self._statement.compile(dialect=dialect, column_keys=self._columns)
        converters = (_result(column.type, dialect) for column in self._statement.exported_columns)
        order = made.binds if made.positiontup is None else made.positiontup
        return _Ready(
            text=str(made),
            binds=tuple(_bind(name, made, dialect) for name in order),
            results=tuple((n, each) for n, each in enumerate(converters) if each is not None),
            is_ordered=made.positiontup is not None,
            is_tied=isinstance(made, Ties),
            compared=tuple(made.binds[name].key for name in getattr(made, "compared", ())),
        )


def run_text(connection: Connection, text: str) -> None:
    """Runs a statement without values or results, such as SAVEPOINT."""
    _run(connection, text, ())


def run_values(connection: Connection, text: str, values: Sequence[Any]) -> None:
    """Runs a statement in the driver's own SQL, with values and without results."""
    _run(connection, text, values)


@dataclass(frozen=True, slots=True)
class _Ready:
    """SQL and how its values become arguments, by name or, where `is_ordered`, one by one."""

    text: str
    binds: tuple[_Bind, ...]
    results: tuple[tuple[int, _Convert], ...]
    is_ordered: bool
    is_tied: bool
    compared: tuple[str, ...]

    def arguments(self, values: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        given = [
            values[key] if convert is None else convert(values[key])
            for _name, key, convert in self.binds
        ]
        if self.is_ordered:
            return tuple(given)
        return {
            name: value for (name, _key, _convert), value in zip(self.binds, given, strict=True)
        }

    def converted(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [self._converted(row) for row in rows] if self.results else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        changed = list(row)
        for at, convert in self.results:
            changed[at] = convert(changed[at])
        return tuple(changed)


def _bind(name: str, made: SQLCompiler, dialect: Dialect) -> _Bind:
    """How a value gets from its Python form into the driver's."""
    bound = made.binds[name]
    if not bound.required:
        raise TypeError(f"{bound.key} has a value of its own: write it into the statement")
    if dialect.name == "sqlite" and isinstance(bound.type, Date):
        return name, bound.key, date.isoformat  # what SQLAlchemy writes, five times as fast
    return name, bound.key, bound.type.dialect_impl(dialect).bind_processor(dialect)


def _result(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _run(connection: Connection, text: str, arguments: Any) -> list[tuple[Any, ...]]:
    turn = turn_to_give()
    if turn is not None:
        return turn.ask(text, arguments)
    dbapi = connection.dialect.loaded_dbapi
    raw: Any = connection.connection.dbapi_connection
    try:
        cursor = raw.execute(text, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
    except dbapi.OperationalError as error:
        raise OperationalError(text, None, error) from error
    except dbapi.InterfaceError as error:
        raise InterfaceError(text, None, error) from error
    return rows
