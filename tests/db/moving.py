"""Two databases for tests of moving: a used SQLite and a PostgreSQL without tables."""

from sqlalchemy import Engine, Table, select

from bot.db.engine import for_writing, make_engine
from bot.db.tables import metadata
from tests.migrating import a_used_team

Rows = dict[str, list[tuple[object, ...]]]


def use(url: str) -> None:
    """Puts a row or more into every table."""
    engine = make_engine(url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_used_team(connection)
    engine.dispose()


def rows_of(url: str) -> Rows:
    """All rows as domain values, each table's in whatever order."""
    engine = make_engine(url)
    rows = {table.name: _rows(engine, table) for table in metadata.sorted_tables}
    engine.dispose()
    return rows


def _rows(engine: Engine, table: Table) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return sorted(map(tuple, connection.execute(select(table))), key=repr)
