"""The hot path's statements: written in Core, compiled once, run by the driver itself.

SQLAlchemy spends 25 to 40 µs on each execution, whatever the statement; the driver about 5. Only
for statements whose text never changes: no IN of any length, nothing that a type adds to the SQL.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

_Convert = Callable[[Any], Any]


class Prepared:
    """A SELECT, or an INSERT with RETURNING, for any number of executions."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an INSERT is to write."""
        self._statement: Any = statement
        self._columns = columns
        self._ready: dict[str, _Ready] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows that it gives for these values.

        Raises SQLAlchemy's OperationalError and InterfaceError as `Connection.execute` does; their
        texts don't quote the values.
        """
        ready = self._ready.get(connection.dialect.name)
        if ready is None:
            ready = self._ready[connection.dialect.name] = self._prepare(connection.dialect)
        return ready.converted(_run(connection, ready.text, ready.arguments(values)))

    def _prepare(self, dialect: Dialect) -> "_Ready":
        made = self._statement.compile(dialect=dialect, column_keys=self._columns)
        converters = (_result(column.type, dialect) for column in self._statement.exported_columns)
        return _Ready(
            text=str(made),
            binds=tuple((name, _bind(bound, dialect)) for name, bound in made.binds.items()),
            order=None if made.positiontup is None else tuple(made.positiontup),
            results=tuple((n, each) for n, each in enumerate(converters) if each is not None),
        )


def run_text(connection: Connection, text: str) -> None:
    """Runs a statement without values or results, such as SAVEPOINT."""
    _run(connection, text, ())


@dataclass(frozen=True, slots=True)
class _Ready:
    """SQL with its values' names; `order` where the driver wants them one after the other."""

    text: str
    binds: tuple[tuple[str, "_Bind"], ...]
    order: tuple[str, ...] | None
    results: tuple[tuple[int, _Convert], ...]

    def arguments(self, values: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        named = {name: bind(values) for name, bind in self.binds}
        return named if self.order is None else tuple([named[name] for name in self.order])

    def converted(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [self._converted(row) for row in rows] if self.results else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        changed = list(row)
        for at, convert in self.results:
            changed[at] = convert(changed[at])
        return tuple(changed)


_Bind = Callable[[Mapping[str, Any]], Any]


def _bind(bound: BindParameter[Any], dialect: Dialect) -> _Bind:
    """How a value gets from its Python form into the driver's; a constant is converted now."""
    convert = bound.type.dialect_impl(dialect).bind_processor(dialect)
    key = bound.key
    if not bound.required:
        constant = bound.value if convert is None else convert(bound.value)
        return lambda _values: constant
    if convert is None:
        return lambda values: values[key]
    return lambda values: convert(values[key])


def _result(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _run(connection: Connection, text: str, arguments: Any) -> list[tuple[Any, ...]]:
    dbapi = connection.dialect.loaded_dbapi
    try:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, arguments)
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            cursor.close()
    except dbapi.OperationalError as error:
        raise OperationalError(text, None, error) from error
    except dbapi.InterfaceError as error:
        raise InterfaceError(text, None, error) from error
