"""PostgreSQL keeps workspaces apart by itself, whatever a statement says (migration 0005)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from bot.db.engine import make_engine
from bot.db.reach import EVERYWHERE, enter, start_nowhere
from bot.db.session import Session, TeamPlaybooks
from bot.db.tables import metadata
from bot.services import workspaces
from bot.services.planning import plan_teams
from tests.hearing import heard
from tests.migrating import a_used_team
from tests.teams import WORKSPACE, a_team

OTHER = "T02OTHER"
FRIDAY = datetime(2026, 11, 20, 17, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    """As the running bot has it, on a database with two workspaces."""
    before = make_engine(postgresql_url)
    with before.begin() as connection:
        a_used_team(connection)
        a_team(connection, workspace_id=OTHER)
    before.dispose()
    engine = make_engine(postgresql_url)
    start_nowhere(engine)
    yield engine
    engine.dispose()


def seen(connection: Connection, table: str) -> int:
    """Rows of a table, asked for past everything that ties statements to a workspace."""
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())


def test_every_table_has_the_policy_and_its_owner_obeys_it_too(engine: Engine) -> None:
    with engine.begin() as connection:
        held = connection.execute(
            text(
                "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
                "WHERE relrowsecurity AND relforcerowsecurity AND polcmd = '*'"
            )
        ).scalars()
        assert set(held) == {table.name for table in metadata.sorted_tables}


def test_a_transaction_that_does_not_say_its_reach_sees_and_writes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            assert seen(connection, table.name) == 0, table.name
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.exec_driver_sql(
                "INSERT INTO workspaces (id, timezone, created_at) VALUES ('T03', 'UTC', now())"
            )


def test_one_workspaces_transaction_sees_no_row_of_another(engine: Engine) -> None:
    with engine.begin() as connection:
        enter(connection, OTHER)
        assert seen(connection, "people") == 4
        assert seen(connection, "workspaces") == 1
        assert seen(connection, "entries") == 0
        everybody = "UPDATE people SET name = 'Mine'"
        assert connection.exec_driver_sql(everybody).rowcount == 4
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.exec_driver_sql(
                "INSERT INTO people (workspace_id, user_id, created_at) "
                f"VALUES ('{WORKSPACE}', 'U9', now())"
            )


def test_the_reach_ends_with_its_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin():
            enter(connection, EVERYWHERE)
            assert seen(connection, "workspaces") == 2
        with connection.begin():
            assert seen(connection, "workspaces") == 0


def test_who_has_never_heard_of_it_still_sees_all(postgresql_url: str, engine: Engine) -> None:
    """The release before, beside this one (expand, then contract), and `psql`."""
    before = make_engine(postgresql_url)
    with before.begin() as connection:
        assert seen(connection, "workspaces") == 2
    before.dispose()


def planned(connection: Connection, now: datetime) -> int:
    """Whatever is due, as after a start; what was planned before has been sent."""
    session = Session(connection, TeamPlaybooks())
    connection.exec_driver_sql("UPDATE deliveries SET state = 'sent'")
    return sum(
        len(plan_teams(session, workspaces.playbooks_of(session, portion), now))
        for portion in workspaces.active_portions(session)
    )


def explained(connection: Connection, statement: str, values: Any) -> str:
    """How PostgreSQL would run it, by indexes wherever one will do: here all tables are small."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("SET LOCAL enable_seqscan = off")
    return "\n".join(step for (step,) in raw.execute(f"EXPLAIN {statement}", values))


def test_planning_finds_rows_by_indexes_and_asks_once_a_statement_whose_they_are(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        enter(connection, OTHER)
        for week in range(3):
            assert planned(connection, FRIDAY + week * A_WEEK)
        asked: list[tuple[str, Any]] = []
        with heard(connection, lambda _connection, *how: asked.append(how)):
            planned(connection, FRIDAY + 3 * A_WEEK)
        reads = [each for each in asked if each[0].startswith("SELECT")]
        plans = [explained(connection, *each) for each in reads]
    assert len(plans) >= 15
    for plan in plans:
        assert "Seq Scan" not in plan, plan
        assert "current_setting" not in plan, plan  # asked for each row
        assert "InitPlan" in plan, plan  # asked before the first
