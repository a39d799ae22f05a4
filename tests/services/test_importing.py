"""Importing activities: all or nothing, and once."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, insert, select, update

from bot.db.engine import for_writing
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session
from bot.db.tables import entries, indicators, memberships, milestones
from bot.domain.activities import ActivityRow, RowProblem
from bot.services.importing import FileRefused, Imported, preview, stage
from tests.services.activity_rows import NOW, a_row, all_entries, imported, imported_apart
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, TeamRows, a_person, a_team


@pytest.fixture
def session(session: Session) -> Session:
    """One that reaches everywhere: a file may name any workspace."""
    enter(session.connection, EVERYWHERE)
    return session


def sentences(session: Session, *rows: ActivityRow) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        stage(session, rows)
    return [str(problem) for problem in refused.value.problems]


def test_a_row_becomes_an_entry(session: Session, west: TeamRows) -> None:
    row = a_row(quantity="2.5", account="Acme", note="met the CFO", external_id="crm-1")
    assert imported(session, row) == Imported(1, 0, milestones=1)
    (entry,) = all_entries(session.connection)
    assert (entry.person_id, entry.indicator_id) == (
        west.people[RILEY],
        west.indicators["First meetings"],
    )
    assert (entry.quantity, entry.local_date) == (Decimal("2.5"), date(2026, 11, 20))
    assert entry.occurred_at == datetime(2026, 11, 20, tzinfo=UTC)
    assert (entry.recorded_at, entry.source) == (NOW, "import")
    assert (entry.account, entry.note, entry.external_id) == ("Acme", "met the CFO", "crm-1")
    assert entry.undone_at is None


def test_a_date_is_the_reps_own(session: Session, west: TeamRows) -> None:
    imported(session, a_row(user=SAM), a_row(3, user=ALEX, occurred_on="2026-11-20T20:00:00+00:00"))
    sam, alex = all_entries(session.connection)
    assert sam.occurred_at == datetime(2026, 11, 20, 5, tzinfo=UTC)  # New York's midnight
    assert alex.local_date == date(2026, 11, 21)  # past midnight in Kolkata


@pytest.mark.parametrize("name", ["first meetings", "FM", " First  MEETINGS ", "meeting"])
def test_names_and_aliases_are_found_whatever_the_case(
    session: Session, west: TeamRows, name: str
) -> None:
    imported(session, a_row(behaviour=name))
    assert all_entries(session.connection)[0].indicator_id == west.indicators["First meetings"]


def test_results_and_retired_behaviours_are_found_too(session: Session, west: TeamRows) -> None:
    session.connection.execute(
        update(indicators)
        .where(indicators.c.name == "Territory plan")
        .values(retired_on=date(2026, 11, 1))
    )
    rows = a_row(behaviour="revenue", quantity="4200.50"), a_row(3, behaviour="territory plan")
    assert imported(session, *rows).imported == 2


def test_somebody_who_left_keeps_a_history(session: Session, west: TeamRows) -> None:
    session.connection.execute(update(memberships).values(left_on=date(2026, 11, 21)))
    assert imported(session, a_row()).imported == 1


def test_the_same_external_id_is_imported_once(session: Session, west: TeamRows) -> None:
    first, second = a_row(external_id="a"), a_row(3, external_id="b")
    assert imported(session, first).imported == 1
    came = imported(session, first, second)
    assert (came.imported, came.duplicates) == (1, 1)
    assert len(all_entries(session.connection)) == 2


def test_an_id_twice_in_a_file_counts_once_if_it_says_the_same(
    session: Session, west: TeamRows
) -> None:
    came = imported(session, a_row(external_id="a"), a_row(3, external_id="a"))
    assert (came.imported, came.duplicates) == (1, 1)


def test_an_id_twice_in_a_file_with_other_contents_is_refused(
    session: Session, west: TeamRows
) -> None:
    rows = a_row(external_id="a"), a_row(3, external_id="a"), a_row(4, external_id="a", note="x")
    assert sentences(session, *rows) == [
        'line 4, column `external_id`: "a" stands on line 2 too, with other contents'
    ]


def test_rows_without_an_id_count_each_and_once(session: Session, west: TeamRows) -> None:
    twice = a_row(), a_row(3)
    assert imported(session, *twice).imported == 2
    came = imported(session, *twice, a_row(4), a_row(5, note="other"))
    assert (came.imported, came.duplicates) == (2, 2)


def test_ids_are_each_workspaces_own(session: Session, west: TeamRows) -> None:
    a_team(session.connection, workspace_id="T02OTHER")
    rows = a_row(external_id="a"), a_row(3, external_id="a", workspace="T02OTHER")
    assert imported(session, *rows).imported == 2


def test_what_was_taken_back_is_imported_so(session: Session, west: TeamRows) -> None:
    imported(session, a_row(undone_at="2026-11-21T09:00:00+00:00"))
    assert all_entries(session.connection)[0].undone_at == datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "cells, sentence",
    [
        ({"workspace": "T9"}, 'column `workspace`: "T9" is unknown'),
        ({"user": "U99"}, 'column `user`: "U99" is nobody we know'),
        ({"user": MORGAN}, f'column `user`: "{MORGAN}" is a rep of no team'),
        ({"behaviour": "Frst meetings"}, "did you mean First meetings?"),
        ({"behaviour": "zzz"}, "this rep's team has New customers, Revenue"),
        ({"quantity": "abc"}, 'column `quantity`: "abc" is not a number; write it like 5 or 2.5'),
        ({"quantity": "0"}, "column `quantity`"),
        ({"occurred_on": "yesterday"}, "column `occurred_on`"),
        ({"undone_at": "yes"}, "column `undone_at`"),
        ({"note": "x" * 1001}, "column `note`"),
        ({"account": "x" * 201}, "column `account`"),
        ({"external_id": "x" * 191}, "column `external_id`"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    session: Session, west: TeamRows, cells: dict[str, str], sentence: str
) -> None:
    (told,) = sentences(session, a_row(17, **cells))
    assert told.startswith("line 17, column")
    assert sentence in told


def test_everything_wrong_in_a_row_is_told_at_once(session: Session, west: TeamRows) -> None:
    told = sentences(
        session, a_row(behaviour="zzz", quantity="x", occurred_on="x", note="y" * 1001)
    )
    assert len(told) == 4


def test_twenty_problems_are_listed_and_the_rest_counted(session: Session, west: TeamRows) -> None:
    rows = [a_row(line, quantity="x") for line in range(2, 334)]
    with pytest.raises(FileRefused) as refused:
        stage(session, rows)
    assert (len(refused.value.problems), refused.value.more) == (20, 312)
    assert refused.value.sentence.endswith("and 312 more\nNothing was imported.")


def test_one_wrong_row_keeps_all_others_out(engine: Engine) -> None:
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)
    rows = [a_row(), RowProblem(3, None, "has 2 cells")]
    with engine.connect() as connection:
        with pytest.raises(FileRefused):
            imported_apart(connection, rows)
        assert all_entries(connection) == []


def test_a_preview_tells_the_same_and_changes_nothing(session: Session, west: TeamRows) -> None:
    imported(session, a_row(external_id="a"))
    staged = stage(session, [a_row(external_id="a"), a_row(3, external_id="b"), a_row(4)])
    assert preview(session, staged) == Imported(2, 1)
    assert len(all_entries(session.connection)) == 1


def test_others_may_write_while_a_file_is_checked(engine: Engine) -> None:
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)

    def interrupted() -> Iterator[ActivityRow]:
        yield a_row()
        with engine.connect() as other, for_writing(other).begin():
            a_person(other, "U09NEW")
        yield a_row(3)

    with engine.connect() as connection:
        assert imported_apart(connection, interrupted()).imported == 2


def test_imported_entries_reach_milestones(session: Session, west: TeamRows) -> None:
    came = imported(session, *(a_row(line) for line in range(2, 7)))
    kinds = set(session.connection.scalars(select(milestones.c.kind)))
    assert came.milestones == session.connection.scalar(select(func.count(milestones.c.id)))
    assert {"first_entry", "target"} <= kinds


def test_entries_made_here_are_known_when_they_come_back(session: Session, west: TeamRows) -> None:
    session.connection.execute(
        insert(entries).values(
            workspace_id=WORKSPACE,
            person_id=west.people[RILEY],
            indicator_id=west.indicators["First meetings"],
            quantity=Decimal(1),
            local_date=date(2026, 11, 20),
            occurred_at=NOW,
            recorded_at=NOW,
            source="slack",
            dedupe_key="trigger:0",
        )
    )
    assert imported(session, a_row(external_id="pacesetter:trigger:0")).duplicates == 1


def test_a_long_file_is_never_held_in_memory(engine: Engine) -> None:
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)

    def peak(rows: int) -> int:
        gc.collect()
        tracemalloc.start()
        with engine.connect() as connection, connection.begin():
            note = "n" * 200
            stage(Session(connection), (a_row(i, note=f"{i}{note}") for i in range(2, rows + 2)))
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    peak(100)  # what is loaded once
    assert peak(24_000) < 1.5 * peak(8_000)
