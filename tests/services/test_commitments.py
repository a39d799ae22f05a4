"""What was agreed: reminded of once, at its owner's nudge time on the day, whatever the zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from bot.db.session import Session
from bot.db.tables import people, teams, time_off
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.ledger.occasions import Moot, OccasionKind
from bot.domain.talks.one_to_one_forms import BY_MANAGER, BY_REP
from bot.services import ledger
from bot.services.agreements import due_commitments, due_facts, open_commitments
from bot.services.forgetting import forget_person
from bot.services.one_to_ones.committing import settle
from bot.services.planning import plan_teams
from tests.services.one_to_one_rows import NOON, agreed, caller
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, TeamRows

FRIDAY = date(2026, 11, 20)


def due(session: Session, west: TeamRows, now: datetime) -> list[str]:
    return [each.key for each in due_commitments(session, west.playbook(session), now)]


@pytest.mark.parametrize(
    "rep, who, at",
    [
        (RILEY, BY_REP, datetime(2026, 11, 20, 9, tzinfo=UTC)),
        (SAM, BY_REP, datetime(2026, 11, 20, 14, tzinfo=UTC)),
        (ALEX, BY_REP, datetime(2026, 11, 20, 3, 30, tzinfo=UTC)),
        (SAM, BY_MANAGER, datetime(2026, 11, 20, 9, tzinfo=UTC)),
    ],
)
def test_its_owner_is_reminded_at_the_own_nudge_time(
    session: Session, west: TeamRows, rep: str, who: str, at: datetime
) -> None:
    made = agreed(session, due=FRIDAY, rep=rep, who=who)
    assert due(session, west, at - timedelta(minutes=1)) == []
    assert due(session, west, at) == [f"commitment:{made}:2026-11-20"]
    (found,) = due_commitments(session, west.playbook(session), at)
    assert found.recipient == (rep if who == BY_REP else MORGAN)


@pytest.mark.parametrize(
    "day, at",
    [
        (date(2026, 3, 27), datetime(2026, 3, 27, 9, tzinfo=UTC)),  # the Friday before DST
        (date(2026, 3, 30), datetime(2026, 3, 30, 8, tzinfo=UTC)),  # and the Monday after
        (date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC)),
    ],
)
def test_the_clock_of_its_owner_decides_when_it_changes(
    session: Session, west: TeamRows, day: date, at: datetime
) -> None:
    made = agreed(session, due=day, now=at - timedelta(days=2))
    assert due(session, west, at - timedelta(minutes=1)) == []
    assert due(session, west, at) == [f"commitment:{made}:{day}"]


def test_it_is_planned_once_and_gone_by_midnight(session: Session, west: TeamRows) -> None:
    agreed(session, due=FRIDAY)
    nine = datetime(2026, 11, 20, 9, tzinfo=UTC)
    book = west.playbook(session)
    first = [each for each in plan_teams(session, [book], nine) if ":2026-11-20" in each.key]
    assert OccasionKind.COMMITMENT in {each.kind for each in first}
    again = plan_teams(session, [book], nine + timedelta(minutes=1))
    assert OccasionKind.COMMITMENT not in {each.kind for each in again}


def test_after_its_day_nothing_is_sent_late(session: Session, west: TeamRows) -> None:
    agreed(session, due=FRIDAY)
    assert due(session, west, datetime(2026, 11, 21, 0, 1, tzinfo=UTC)) == []


def test_nobody_is_reminded_on_a_day_off(session: Session, west: TeamRows) -> None:
    """What is due on a Sunday, or on Riley's Friday off, is said on the last workday before."""
    made = agreed(session, due=date(2026, 11, 22))
    away = {"starts_on": FRIDAY, "ends_on": FRIDAY, "source": "slack"}
    whose = {"workspace_id": WORKSPACE, "person_id": west.people[RILEY]}
    session.connection.execute(insert(time_off).values(**whose, **away))
    session.connection.execute(update(teams).values(revision="away"))
    assert due(session, west, datetime(2026, 11, 20, 9, tzinfo=UTC)) == []
    key = f"commitment:{made}:2026-11-22"
    assert due(session, west, datetime(2026, 11, 19, 9, tzinfo=UTC)) == [key]


def test_what_is_agreed_after_the_nudge_time_of_its_day_needs_no_reminder(
    session: Session, west: TeamRows
) -> None:
    agreed(session, due=NOON.date())
    assert due(session, west, NOON + timedelta(hours=1)) == []


def test_what_is_done_is_neither_reminded_of_nor_open(session: Session, west: TeamRows) -> None:
    made = agreed(session, due=FRIDAY)
    nine = datetime(2026, 11, 20, 9, tzinfo=UTC)
    (occasion,) = due_commitments(session, west.playbook(session), nine)
    ledger.add(session, [occasion], nine)
    settle(session, caller(RILEY), made, done=True, now=nine)
    found = ledger.find(session, WORKSPACE, occasion.key)
    assert found is not None
    with pytest.raises(Moot, match="done already"):
        due_facts(session, west.playbook(session), found)
    assert open_commitments(session, west.rep(session)) == ()


def test_settling_twice_changes_nothing_and_it_can_be_opened_again(
    session: Session, west: TeamRows
) -> None:
    made = agreed(session)
    said = [settle(session, caller(RILEY), made, done=True, now=NOON) for _ in range(2)]
    assert [each.changed for each in said] == [True, False]
    assert settle(session, caller(MORGAN), made, done=False, now=NOON).commitment.done_at is None


def test_a_manager_who_no_longer_leads_the_team_is_not_reminded(
    session: Session, west: TeamRows
) -> None:
    agreed(session, due=FRIDAY, who=BY_MANAGER)
    forget_person(session, WORKSPACE, MORGAN, NOON)
    assert due(session, west, datetime(2026, 11, 20, 9, tzinfo=UTC)) == []


def test_a_forged_id_settles_nothing(session: Session, west: TeamRows) -> None:
    with pytest.raises(Refusal, match="record"):
        settle(session, caller(RILEY), 10**17, done=True, now=NOON)


def test_a_rep_settles_the_own_part_only(session: Session, west: TeamRows) -> None:
    made = agreed(session, who=BY_MANAGER)
    with pytest.raises(NotPermitted):
        settle(session, caller(RILEY), made, done=True, now=NOON)


def test_a_rep_with_an_own_nudge_time_is_reminded_then(session: Session, west: TeamRows) -> None:
    made = agreed(session, due=FRIDAY)
    own = update(people).where(people.c.user_id == RILEY).values(nudge_at=time(14))
    session.connection.execute(own)
    session.connection.execute(update(teams).values(revision="own"))
    assert due(session, west, datetime(2026, 11, 20, 13, tzinfo=UTC)) == []
    key = f"commitment:{made}:2026-11-20"
    assert due(session, west, datetime(2026, 11, 20, 14, tzinfo=UTC)) == [key]
