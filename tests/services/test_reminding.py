"""If-then plans: one reminder, at the rep's own time, once."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.db.session import Session
from bot.db.tables import deliveries, indicators, teams
from bot.domain.errors import Refusal
from bot.domain.ledger.occasions import DeliveryState, Moot
from bot.domain.nudging.reminders import PlanChange
from bot.services import ledger
from bot.services.reminding import Planned, plan_reminder, reminder_facts
from tests.teams import ALEX, SAM, TeamRows

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
CALLS = "Prospecting calls"


def planned(
    session: Session,
    west: TeamRows,
    user_id: str,
    at: time,
    day: date | None = None,
    quantity: Decimal | None = None,
) -> Planned:
    calls = west.indicator(session, CALLS)
    return plan_reminder(session, west.standing(session, user_id), calls, at, NOON, day, quantity)


def key(west: TeamRows, user_id: str, day: date, at: str) -> str:
    return f"reminder:{user_id}:{day}:{west.indicators[CALLS]}:{at}"


@pytest.mark.parametrize(
    "user_id, at, due",
    [
        (SAM, time(10), datetime(2026, 11, 18, 15, tzinfo=UTC)),
        (ALEX, time(18), datetime(2026, 11, 18, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_reminder_is_due_at_the_reps_local_time_and_gone_by_midnight(
    session: Session, west: TeamRows, user_id: str, at: time, due: datetime
) -> None:
    planned(session, west, user_id, at)
    found = ledger.find(
        session, west.workspace_id, key(west, user_id, date(2026, 11, 18), f"{at:%H:%M}")
    )
    assert found is not None
    assert found.occasion.due_at == due
    rep = west.rep(session, user_id)
    assert found.occasion.expires_at == rep.calendar.instant_of(date(2026, 11, 19), time(0))


def test_the_same_plan_twice_is_one(session: Session, west: TeamRows) -> None:
    assert planned(session, west, SAM, time(10)).change is PlanChange.NEW
    assert planned(session, west, SAM, time(10)).change is PlanChange.NONE


def test_a_plan_that_is_on_its_way_stays_as_it_was(session: Session, west: TeamRows) -> None:
    planned(session, west, SAM, time(10), quantity=Decimal(2))
    session.connection.execute(update(deliveries).values(state=DeliveryState.SENDING))
    again = planned(session, west, SAM, time(10), quantity=Decimal(10))
    assert (again.change, again.facts.quantity) == (PlanChange.NONE, Decimal(2))


def test_a_plan_may_be_for_tomorrow_but_not_for_next_year(session: Session, west: TeamRows) -> None:
    assert planned(session, west, SAM, time(6), date(2026, 11, 19)).facts.day == date(2026, 11, 19)
    with pytest.raises(Refusal, match="too far ahead"):
        planned(session, west, SAM, time(6), date(2027, 11, 19))


@pytest.mark.parametrize("at", [time(6), time(23, 59)])
def test_a_plan_may_be_for_the_31st_day_to_come_at_any_time(
    session: Session, west: TeamRows, at: time
) -> None:
    assert planned(session, west, SAM, at, date(2026, 12, 19)).facts.day == date(2026, 12, 19)
    with pytest.raises(Refusal, match="up to 31 days ahead"):
        planned(session, west, SAM, time(0), date(2026, 12, 20))


def test_a_time_that_has_passed_where_the_rep_is_is_refused(
    session: Session, west: TeamRows
) -> None:
    with pytest.raises(Refusal, match="17:00 has passed"):
        planned(session, west, ALEX, time(17))


def test_a_reminder_says_how_the_behaviour_stands_when_it_is_sent(
    session: Session, west: TeamRows
) -> None:
    planned(session, west, SAM, time(10))
    found = ledger.find(session, west.workspace_id, key(west, SAM, date(2026, 11, 18), "10:00"))
    assert found is not None
    facts = reminder_facts(session, west.playbook(session), found, found.occasion.due_at)
    assert (facts.at, facts.day) == (time(10), date(2026, 11, 18))
    assert facts.quantity == facts.progress.ask_today > Decimal(0)


def test_a_reminder_of_what_is_no_longer_counted_is_moot(session: Session, west: TeamRows) -> None:
    planned(session, west, SAM, time(10))
    found = ledger.find(session, west.workspace_id, key(west, SAM, date(2026, 11, 18), "10:00"))
    assert found is not None
    retired = update(indicators).where(indicators.c.name == CALLS)
    session.connection.execute(retired.values(retired_on=date(2026, 11, 18)))
    session.connection.execute(update(teams).values(revision="another"))
    with pytest.raises(Moot, match="no longer counted"):
        reminder_facts(session, west.playbook(session), found, NOON)
