"""If-then plans: kept or not is told to the rep alone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.nudging.plans_kept import PlanMade, PlansKept, plans_kept
from bot.services.digesting import digest_of_last_week
from bot.services.plans_kept import kept_by
from bot.services.reminding import plan_reminder
from bot.slack.messages.digest import digest_message
from bot.slack.messages.reminder import plans_words
from tests.services.logging_entries import log
from tests.teams import RILEY, SAM, TeamRows

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
CALLS = "Prospecting calls"
FIVE = 5


def reminded(session: Session, west: TeamRows, morning: datetime, user: str = RILEY) -> datetime:
    """A plan for ten o'clock London, whose reminder went out; when that was."""
    calls = west.indicator(session, CALLS)
    at = time(10) if user == RILEY else time(5)
    plan_reminder(session, west.standing(session, user), calls, at, morning)
    session.connection.execute(update(deliveries).values(state="sent"))
    return morning + timedelta(hours=2)


def kept(session: Session, west: TeamRows, now: datetime, user: str = RILEY) -> PlansKept | None:
    return kept_by(session, west.rep(session, user), now)


def test_an_entry_after_the_reminder_keeps_a_plan_and_one_before_does_not(
    session: Session, west: TeamRows
) -> None:
    first = reminded(session, west, MONDAY)
    log(session, west, CALLS, 5, first + timedelta(hours=3))
    second = reminded(session, west, MONDAY + timedelta(days=1))
    log(session, west, CALLS, 5, second - timedelta(hours=1))
    assert kept(session, west, MONDAY + timedelta(days=2)) == PlansKept(1, 2)


def test_a_late_entry_for_the_day_keeps_it_and_another_behaviour_does_not(
    session: Session, west: TeamRows
) -> None:
    for days in range(2):
        reminded(session, west, MONDAY + timedelta(days=days))
    log(session, west, CALLS, 5, MONDAY + timedelta(days=2), day=date(2026, 11, 16))
    log(session, west, "First meetings", 5, MONDAY + timedelta(days=1, hours=4))
    assert kept(session, west, MONDAY + timedelta(days=2)) == PlansKept(1, 2)


def test_todays_plan_is_not_broken_before_the_day_is_over_where_the_rep_is(
    session: Session, west: TeamRows
) -> None:
    for days in range(3):
        reminded(session, west, MONDAY + timedelta(days=days), SAM)
    evening_there = datetime(2026, 11, 19, 4, tzinfo=UTC)
    assert kept(session, west, evening_there, SAM) == PlansKept(0, 2)
    assert kept(session, west, evening_there + timedelta(hours=2), SAM) == PlansKept(0, 3)


def test_one_plan_says_nothing_and_what_was_undone_keeps_none(
    session: Session, west: TeamRows
) -> None:
    reminded(session, west, MONDAY)
    assert kept(session, west, MONDAY + timedelta(days=1)) is None


def test_only_the_last_five_count() -> None:
    days = [date(2026, 11, 20) - timedelta(days=number) for number in range(8)]
    made = [PlanMade(7, day, datetime.combine(day, time(10), UTC)) for day in days]
    recorded = {(7, each.day): each.due_at for each in made[4:]}
    assert plans_kept(made, recorded, date(2026, 11, 21)) == PlansKept(1, FIVE)


def test_the_digest_says_nothing_of_it(session: Session, west: TeamRows) -> None:
    for days in range(3):
        reminded(session, west, MONDAY + timedelta(days=days))
    book = west.playbook(session)
    told = digest_message(digest_of_last_week(session, book, MONDAY + timedelta(days=8)))
    assert "plan" not in str(told).casefold().replace("territory plan", "")


@pytest.mark.parametrize(
    "plans, says",
    [
        (PlansKept(3, 4), "You kept 3 of your last 4 plans."),
        (PlansKept(4, 4), "Saying when works for you"),
        (PlansKept(1, 4), "a smaller one"),
    ],
)
def test_it_is_said_kindly(plans: PlansKept, says: str) -> None:
    assert says in plans_words(plans)
