"""Statements that the driver runs itself give what SQLAlchemy would give."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import OperationalError

from bot.db.engine import make_engine
from bot.db.prepared import Prepared, run_text
from bot.db.queries.entries.totals import Span, totals
from bot.db.session import Session
from bot.db.tables import entries, workspaces
from tests.services.logging_entries import log
from tests.teams import RILEY, TeamRows

pytest_plugins = ["tests.sessions"]

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ENTRIES = select(entries.c.quantity, entries.c.occurred_at, entries.c.local_date).where(
    entries.c.person_id == bindparam("person"), entries.c.occurred_at <= bindparam("until")
)


def test_values_go_in_and_come_out_as_with_sqlalchemy(session: Session, west: TeamRows) -> None:
    log(session, west, "Prospecting calls", "2.5", NOON)
    in_kolkata = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    values = {"person": west.people[RILEY], "until": in_kolkata}
    plain = [tuple(row) for row in session.connection.execute(ENTRIES, values)]
    assert Prepared(ENTRIES).rows(session.connection, values) == plain
    assert plain == [(Decimal("2.5"), NOON, NOON.date())]


def test_sums_of_one_few_and_many_indicators_agree(session: Session, west: TeamRows) -> None:
    names = ("Prospecting calls", "First meetings", "Opportunities")
    for number, name in enumerate(names, 1):
        log(session, west, name, number, NOON)
        log(session, west, name, 10, NOON, day=NOON.date() - timedelta(days=7))
    week, both = Span(NOON.date(), NOON.date()), Span(NOON.date() - timedelta(9), NOON.date())
    riley, some = west.people[RILEY], [west.indicators[name] for name in names]
    for asked in (some[:1], some, list(west.indicators.values())):
        sums = totals(session.connection, {riley}, asked, {week, both}, NOON)
        others = totals(session.connection, {riley, riley + 1}, asked, {week, both}, NOON)
        assert sums.amounts == others.amounts
        assert len(sums.amounts) == 2 * min(3, len(asked))


def test_an_error_of_the_driver_keeps_its_name_and_quotes_no_value(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    statement = Prepared(select(workspaces.c.id).where(workspaces.c.id == bindparam("id")))
    with engine.connect() as connection, connection.begin():
        assert statement.rows(connection, {"id": "a secret"}) == []
        connection.execute(text("DROP TABLE workspaces"))
        with pytest.raises(OperationalError) as caught:
            statement.rows(connection, {"id": "a secret"})
    assert "no such table" in str(caught.value)
    assert "a secret" not in str(caught.value)
    engine.dispose()


def test_a_statement_with_a_value_of_its_own_is_refused(session: Session) -> None:
    statement = Prepared(select(entries.c.id).where(entries.c.note == "fixed"))
    with pytest.raises(TypeError, match="value of its own"):
        statement.rows(session.connection, {})


def test_text_runs_without_values(session: Session) -> None:
    run_text(session.connection, "SAVEPOINT here")
    run_text(session.connection, "RELEASE here")
