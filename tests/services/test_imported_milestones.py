"""Milestones of imported entries: found in the histories, posted only while they are news."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.db.queries.feats.milestones import held_by
from bot.db.session import Session
from bot.db.tables import entries, milestones
from bot.domain.milestones import Milestone, MilestoneKind
from bot.services.celebrations.celebrating import celebrate_imported, due_celebrations
from tests.services.logging_entries import log
from tests.teams import ALEX, RILEY, SAM, TeamRows

_row = count(1)
MONDAY = date(2026, 11, 23)
EVENING = datetime(2026, 11, 25, 18, tzinfo=UTC)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def put(
    session: Session, west: TeamRows, name: str, amount: int, day: date, user: str = RILEY
) -> None:
    session.connection.execute(
        insert(entries).values(
            workspace_id=west.workspace_id,
            person_id=west.people[user],
            indicator_id=west.indicators[name],
            quantity=Decimal(amount),
            local_date=day,
            occurred_at=west.rep(session, user).calendar.instant_of(day, time.min),
            recorded_at=datetime(2027, 1, 1, tzinfo=UTC),
            source="import",
            dedupe_key=f"import:{next(_row)}",
        )
    )


def look(session: Session, west: TeamRows) -> int:
    return celebrate_imported(session, west.playbook(session), west.people.values())


def held(session: Session, west: TeamRows) -> Sequence[Milestone]:
    return held_by(session.connection, west.playbook(session), west.people[RILEY])


def test_an_imported_milestone_was_reached_when_its_entry_occurred(
    session: Session, west: TeamRows
) -> None:
    put(session, west, "First meetings", 4, MONDAY)
    put(session, west, "First meetings", 1, MONDAY + A_DAY)
    put(session, west, "First meetings", 1, MONDAY + 2 * A_DAY)
    assert look(session, west) == 2
    assert look(session, west) == 0
    (target,) = [each for each in held(session, west) if each.kind is MilestoneKind.TARGET]
    assert target.reached_on == MONDAY + A_DAY
    assert target.reached_at == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_day_of_an_import_has_its_celebrations_and_round_up(
    session: Session, west: TeamRows
) -> None:
    put(session, west, "First meetings", 5, MONDAY + 2 * A_DAY)
    put(session, west, "New customers", 12, MONDAY + 2 * A_DAY)
    look(session, west)
    due = due_celebrations(session, west.playbook(session), EVENING)
    assert [each.key.partition(":")[0] for each in due] == ["celebration", "roundup"]


def test_imported_history_is_written_down_and_never_posted(
    session: Session, west: TeamRows
) -> None:
    for weeks in range(1, 60):
        put(session, west, "First meetings", 5, MONDAY - weeks * A_WEEK)
    look(session, west)
    streaks = {each.threshold for each in held(session, west) if each.kind.value == "streak"}
    assert streaks == {3, 5, 10, 20, 50}
    assert due_celebrations(session, west.playbook(session), EVENING) == ()


def test_what_is_still_to_come_is_not_said(session: Session, west: TeamRows) -> None:
    put(session, west, "New customers", 12, MONDAY + 3 * A_DAY)
    look(session, west)
    assert due_celebrations(session, west.playbook(session), EVENING) == ()


def test_a_team_is_celebrated_for_what_came_in_by_a_file(session: Session, west: TeamRows) -> None:
    for user, amount in ((RILEY, 12), (SAM, 12), (ALEX, 12)):
        put(session, west, "First meetings", 5, MONDAY, user)
        put(session, west, "New customers", amount, MONDAY, user)
    look(session, west)
    teams = {(each.kind.value, each.threshold) for each in held(session, west) if not each.user_id}
    assert teams == {("team_target", None), *(("team_result", n) for n in (50, 90, 100))}


_NAMES = ("First meetings", "Prospecting calls", "Opportunities", "New customers", "Territory plan")
_LOGGED = st.lists(
    st.tuples(
        st.sampled_from(_NAMES),
        st.integers(1, 30),
        st.integers(0, 40),
        st.sampled_from([RILEY, SAM]),
    ),
    max_size=25,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(logged=_LOGGED)
def test_a_file_reaches_what_typing_the_same_would_have_reached(
    session: Session, west: TeamRows, logged: list[tuple[str, int, int, str]]
) -> None:
    """Typed day by day, as a rep does, at the end of each day."""
    with session.connection.begin_nested() as nested:
        for name, amount, days, user in sorted(logged, key=lambda each: each[2]):
            now = datetime(2026, 10, 5, 17, tzinfo=UTC) + days * A_DAY
            log(session, west, name, amount, now, user=user)
        typed = _keys(session)
        session.connection.execute(milestones.delete())
        look(session, west)
        assert _keys(session) == typed
        nested.rollback()


def _keys(session: Session) -> set[str]:
    return set(session.connection.scalars(milestones.select().with_only_columns(milestones.c.key)))
