"""Quiet days drawn at random, and the account of nudges that they make possible (design §2.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db.session import Session
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.nudging.quiet_days import DRAWN, NUDGES_BEFORE, is_drawn
from bot.services.own_account import nudge_account, nudge_days
from tests.services.logging_entries import log
from tests.services.ticking import SENT, planned, tick
from tests.teams import RILEY, IndicatorRow, RepRow, TeamRows, a_team

NINE = datetime(2026, 7, 6, 9, tzinfo=UTC)
CALLS = (
    IndicatorRow("New customers", "customers", "quarter", 12),
    IndicatorRow("Calls", "calls", "quarter", 660, "New customers"),
    IndicatorRow("Demos", "demos", "quarter", 66, "New customers"),
)
A_DAY = timedelta(days=1)


@pytest.fixture
def solo(session: Session) -> TeamRows:
    """Riley alone, behind on every day of the quarter."""
    reps = (RepRow(RILEY, "Riley", "UTC"),)
    return a_team(session.connection, "Solo", reps=reps, managers=(), listed=CALLS, channel=None)


def worked(session: Session, team: TeamRows, days: int) -> dict[date, str]:
    """So many days on which Riley logs a call in the evening; what became of each nudge."""
    outcomes: dict[date, str] = {}
    for number in range(days):
        now = NINE + number * A_DAY
        found = tick(session, team, now + timedelta(minutes=1))
        outcomes |= {date.fromisoformat(key[-10:]): became for key, became in found.items()}
        log(session, team, "Calls", 1, now + timedelta(hours=8))
    return outcomes


def test_the_first_twenty_come_and_then_one_in_eight_is_left_out(
    session: Session, solo: TeamRows
) -> None:
    outcomes = worked(session, solo, 84)
    days = sorted(outcomes)
    assert {outcomes[day] for day in days[:NUDGES_BEFORE]} == {SENT}
    rep = solo.rep(session)
    drawn = [day for day in days[NUDGES_BEFORE:] if is_drawn(RILEY, rep.calendar, day)]
    assert drawn
    assert {day for day in days if outcomes[day] == DRAWN} == set(drawn)
    assert planned(session)[f"nudge:{RILEY}:{drawn[0]}"] == ("dropped", DRAWN)


def test_the_account_knows_what_was_sent_acted_on_and_drawn(
    session: Session, solo: TeamRows
) -> None:
    outcomes = worked(session, solo, 82)
    drawn = [day for day, became in outcomes.items() if became == DRAWN]
    week = period_of(PeriodKind.WEEK, drawn[-1])
    account = nudge_account(session, solo.playbook(session), week, NINE + 90 * A_DAY)
    of_week = [became for day, became in outcomes.items() if week.start <= day <= week.end]
    assert account.sent == account.acted_on == of_week.count(SENT)
    assert account.quiet == of_week.count(DRAWN)
    assert account.drawn == len(drawn)
    assert account.effect is None  # too little data, with so few quiet days


def test_only_what_a_nudge_named_counts_as_acted_on_and_only_afterwards(
    session: Session, solo: TeamRows
) -> None:
    log(session, solo, "Calls", 1, NINE - timedelta(hours=1))
    tick(session, solo, NINE)
    log(session, solo, "New customers", 1, NINE + timedelta(hours=1))
    until = NINE + 10 * A_DAY
    [day] = nudge_days(session, solo.playbook(session), until)
    ids = solo.indicators
    assert day.named == {ids["Calls"], ids["Demos"]}
    assert (day.sent, day.in_trial, day.done) == (True, False, frozenset())
    log(session, solo, "Demos", 1, NINE + timedelta(hours=2))
    log(session, solo, "Calls", 1, NINE + A_DAY)
    [day] = nudge_days(session, solo.playbook(session), until)
    assert day.done == {ids["Demos"]}


def test_quiet_days_are_neither_sent_nor_ignored(session: Session, solo: TeamRows) -> None:
    outcomes = worked(session, solo, 82)
    drawn = next(day for day, became in outcomes.items() if became == DRAWN)
    after = next(day for day in sorted(outcomes) if day > drawn)
    assert outcomes[after] == SENT
