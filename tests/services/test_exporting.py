"""Exports, and that what was exported imports as it was."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from bot.db.session import Session
from bot.db.tables import deliveries, entries
from bot.domain.activities import ActivityRow
from bot.domain.errors import Refusal
from bot.files.activities import read_activities
from bot.files.tables import write_csv
from bot.services.exporting import COLUMNS, What, exported
from tests.reaching import reaching
from tests.services.activity_rows import NOW, a_row, all_entries, imported
from tests.teams import ALEX, RILEY, SAM, WORKSPACE, TeamRows, a_team

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
# Hypothesis takes bounds without a zone.
FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001
ROWS = st.lists(
    st.builds(
        a_row,
        user=st.sampled_from([RILEY, SAM, ALEX]),
        behaviour=st.sampled_from(["fm", "call", "Selling time", "Revenue"]),
        quantity=st.sampled_from(["1", "2.5", "0.01"]),
        occurred_on=st.one_of(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat),
            st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(datetime.isoformat),
        ),
        account=TEXT,
        note=st.one_of(TEXT, st.builds("{}{}".format, st.sampled_from("=+-@\t\r'"), TEXT)),
        undone_at=st.sampled_from(["", "2026-11-21T09:00:00+00:00"]),
    ),
    max_size=6,
)
KEPT = (
    "workspace_id person_id indicator_id quantity local_date occurred_at account note external_id "
    "dedupe_key undone_at"
).split()


def records(session: Session, what: What, **extent: Any) -> list[dict[str, Any]]:
    rows = exported(session, what, **extent)
    return [dict(zip(COLUMNS[what], row, strict=True)) for row in rows]


def as_file(session: Session) -> bytes:
    out = StringIO(newline="")
    write_csv(out, COLUMNS[What.ACTIVITIES], exported(session, What.ACTIVITIES))
    return out.getvalue().encode()


def reread(content: bytes) -> list[ActivityRow]:
    rows = list(read_activities(BytesIO(content)))
    assert all(isinstance(row, ActivityRow) for row in rows)
    return [row for row in rows if isinstance(row, ActivityRow)]


def kept(session: Session) -> list[Sequence[Any]]:
    rows = all_entries(session.connection)
    return [tuple(getattr(row, name) for name in KEPT) for row in rows]


def test_activities_have_the_columns_of_the_interface() -> None:
    assert ",".join(COLUMNS[What.ACTIVITIES]) == (
        "workspace,user,behaviour,quantity,occurred_on,account,note,external_id,"
        "id,source,recorded_at,undone_at"
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS)
def test_what_was_exported_imports_as_it_was(
    session: Session, west: TeamRows, rows: list[ActivityRow]
) -> None:
    session.connection.execute(delete(entries))
    imported(session, *(row._replace(line=n, external_id="") for n, row in enumerate(rows, 2)))
    before, file = kept(session), reread(as_file(session))
    assert imported(session, *file).imported == 0
    session.connection.execute(delete(entries))
    imported(session, *file)
    assert kept(session) == before


def test_an_entry_made_here_is_the_same_elsewhere(session: Session, west: TeamRows) -> None:
    imported(session, a_row(note="met the CFO"))
    session.connection.execute(update(entries).values(dedupe_key="trigger:0", source="slack"))
    before, file = kept(session), reread(as_file(session))
    assert imported(session, *file).imported == 0
    session.connection.execute(delete(entries))
    imported(session, *file)
    assert kept(session) == before


def test_activities_are_of_behaviours_and_results_alike(session: Session, west: TeamRows) -> None:
    imported(session, a_row(), a_row(3, behaviour="Revenue", quantity="4200"))
    assert [each["behaviour"] for each in records(session, What.ACTIVITIES)] == [
        "First meetings",
        "Revenue",
    ]


def test_results_come_with_what_became_of_the_deal(session: Session, west: TeamRows) -> None:
    imported(session, a_row(), a_row(3, behaviour="New customers", quantity="0"))
    session.connection.execute(update(entries).values(outcome="lost", reason="price"))
    (lost,) = records(session, What.RESULTS)
    assert (lost["behaviour"], lost["outcome"], lost["reason"]) == (
        "New customers",
        "lost",
        "price",
    )


def test_since_and_until_are_local_dates_and_included(session: Session, west: TeamRows) -> None:
    days = ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22")
    imported(session, *(a_row(n, user=SAM, occurred_on=day) for n, day in enumerate(days, 2)))
    extent = {"since": date(2026, 11, 20), "until": date(2026, 11, 21)}
    found = records(session, What.ACTIVITIES, **extent)
    assert [each["occurred_on"] for each in found] == ["2026-11-20", "2026-11-21"]


def test_only_the_workspaces_asked_for_are_exported(session: Session, west: TeamRows) -> None:
    a_team(session.connection, workspace_id="T02OTHER")
    with reaching(session.connection):
        imported(session, a_row(), a_row(3, workspace="T02OTHER"))
        for workspaces, count in (((), 2), (("T02OTHER",), 1), ((WORKSPACE, "T02OTHER"), 2)):
            assert len(records(session, What.ACTIVITIES, workspaces=workspaces)) == count


def test_an_unknown_workspace_is_refused(session: Session, west: TeamRows) -> None:
    with pytest.raises(Refusal, match=r"There is no workspace T9\. There are: T01TEST\."):
        records(session, What.ACTIVITIES, workspaces=["T9"])


def test_milestones_are_exported(session: Session, west: TeamRows) -> None:
    imported(session, a_row())
    (first,) = records(session, What.MILESTONES)
    assert (first["kind"], first["user"], first["team"]) == ("first_entry", RILEY, "West")
    assert first["reached_on"] == date(2026, 11, 20)


def test_deliveries_are_dated_where_their_person_is(session: Session, west: TeamRows) -> None:
    for user in (RILEY, SAM):
        session.connection.execute(
            insert(deliveries).values(
                workspace_id=WORKSPACE,
                key=f"nudge:{user}",
                kind="nudge",
                team_id=west.team_id,
                person_id=west.people[user],
                recipient=user,
                payload={},
                due_at=datetime(2026, 11, 20, 2, tzinfo=UTC),  # the 19th in New York
                state="planned",
                created_at=NOW,
            )
        )
    found = records(session, What.DELIVERIES, since=date(2026, 11, 20))
    assert [each["recipient"] for each in found] == [RILEY]
