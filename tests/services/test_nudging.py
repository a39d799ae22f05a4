"""Nudges, rule by rule (design §2.5), through the real ledger."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import memberships, people, teams
from bot.domain.days.calendar import DateRange
from bot.domain.ledger.occasions import Delivery, Moot
from bot.domain.nudging.nudges import NudgeFacts
from bot.services import ledger, snoozing, time_off
from bot.services.nudging import nudge_facts
from tests.services.logging_entries import log
from tests.services.own_settings import pause
from tests.services.ticking import SENT, plan, planned, settle, tick
from tests.teams import (
    ALEX,
    INDICATORS,
    RILEY,
    SAM,
    IndicatorRow,
    RepRow,
    TeamRows,
    a_target,
    a_team,
)

WEDNESDAY = date(2026, 11, 25)
NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""Riley's (London); Alex's (Kolkata) was at 03:30, Sam's (New York) will be at 14:00."""
SIX = datetime(2026, 11, 25, 18, tzinfo=UTC)
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CALLS = (
    IndicatorRow("New customers", "customers", "quarter", 12),
    IndicatorRow("Calls", "calls", "quarter", 660, "New customers"),
)
"""Of 66 workdays from October on, each asks for ten calls."""


@pytest.fixture
def solo(session: Session) -> TeamRows:
    """Riley alone, with calls to make."""
    return a_team(
        session.connection, "Solo", reps=(RepRow(RILEY, "Riley"),), managers=(), listed=CALLS
    )


def nudge(user: str = RILEY, day: date = WEDNESDAY) -> str:
    return f"nudge:{user}:{day}"


def nudges(outcomes: dict[str, str]) -> dict[str, str]:
    return {key: what for key, what in outcomes.items() if key.startswith("nudge:")}


def change(session: Session, team: TeamRows, user: str = RILEY, **values: object) -> None:
    """Sets columns of a person's row, as the bot's commands and Slack's events do."""
    whose = people.c.id == team.people[user]
    session.connection.execute(update(people).where(whose).values(**values))
    renew_revision(session.connection, team.team_id)


def delivery(session: Session, team: TeamRows, key: str) -> Delivery:
    found = ledger.find(session, team.workspace_id, key)
    assert found is not None
    return found


def facts(session: Session, team: TeamRows, now: datetime, user: str = RILEY) -> NudgeFacts:
    day = team.rep(session, user).today(now)
    found = delivery(session, team, nudge(user, day))
    return nudge_facts(session, team.playbook(session), found, now)


def test_one_nudge_per_rep_and_local_workday(session: Session, solo: TeamRows) -> None:
    found = [nudges(tick(session, solo, NINE + AN_HOUR * n)) for n in range(24)]
    assert found == [{nudge(): SENT}] + [{}] * 23
    assert nudges(tick(session, solo, NINE + A_DAY)) == {nudge(day=WEDNESDAY + A_DAY): SENT}


def test_a_nudge_comes_at_nine_where_the_rep_is(session: Session, west: TeamRows) -> None:
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    came = {
        key: at
        for at in (midnight + timedelta(minutes=30 * n) for n in range(48))
        for key, what in nudges(tick(session, west, at)).items()
        if what == SENT
    }
    assert came == {
        nudge(ALEX): datetime(2026, 11, 25, 3, 30, tzinfo=UTC),
        nudge(RILEY): NINE,
        nudge(SAM): datetime(2026, 11, 25, 14, 0, tzinfo=UTC),
    }


def test_a_rep_may_have_a_nudge_time_of_ones_own(session: Session, solo: TeamRows) -> None:
    change(session, solo, nudge_at=time(11, 15))
    due = NINE + timedelta(hours=2, minutes=15)
    assert nudges(tick(session, solo, due - A_MINUTE)) == {}
    assert nudges(tick(session, solo, due)) == {nudge(): SENT}
    assert delivery(session, solo, nudge()).occasion.expires_at == SIX


def test_a_nudge_time_after_the_days_end_leaves_until_midnight(
    session: Session, solo: TeamRows
) -> None:
    change(session, solo, nudge_at=time(20))
    assert nudges(tick(session, solo, SIX)) == {}
    assert nudges(tick(session, solo, SIX + 5 * AN_HOUR)) == {nudge(): SENT}
    assert delivery(session, solo, nudge()).occasion.expires_at == SIX + 6 * AN_HOUR


def test_no_nudge_where_nothing_is_behind(session: Session, solo: TeamRows) -> None:
    log(session, solo, "Calls", 390, NINE - AN_HOUR)  # 39 workdays are gone
    assert nudges(tick(session, solo, NINE)) == {}


def test_no_nudge_on_the_first_day_of_a_period(session: Session) -> None:
    weekly = a_team(session.connection, "Weekly", listed=INDICATORS[:3])
    monday = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert nudges(tick(session, weekly, monday)) == {}
    assert len(nudges(tick(session, weekly, monday + A_DAY))) == 3


def test_results_are_never_nudged(session: Session) -> None:
    results = a_team(session.connection, "Results", listed=INDICATORS[:2])
    assert nudges(tick(session, results, NINE)) == {}


def test_a_nudge_names_three_behaviours_worst_first(session: Session, west: TeamRows) -> None:
    log(session, west, "Prospecting calls", 35, NINE - A_DAY)  # 5 of 40 short, on pace no more
    log(session, west, "First meetings", 1, NINE - A_DAY)  # 1 of 2
    log(session, west, "Selling time", 1, NINE - A_DAY)  # 7 of 8
    plan(session, west, NINE)
    named = [gap.indicator.name for gap in facts(session, west, NINE).gaps]
    assert named == ["Territory plan", "Opportunities", "Selling time"]


def test_no_nudge_for_who_is_away(session: Session, west: TeamRows) -> None:
    time_off.add(session, west.standing(session), RILEY, DateRange(WEDNESDAY, WEDNESDAY), NINE)
    assert nudges(tick(session, west, NINE)) == {nudge(ALEX): SENT}


def test_no_nudge_on_a_public_holiday_of_the_team(session: Session) -> None:
    south = a_team(session.connection, "South", listed=CALLS, holidays="US")
    thanksgiving = NINE + A_DAY
    assert nudges(tick(session, south, thanksgiving + 6 * AN_HOUR)) == {}
    assert len(nudges(tick(session, south, thanksgiving + A_DAY))) == 2


def test_no_nudge_while_snoozed(session: Session, solo: TeamRows) -> None:
    friday = WEDNESDAY + 2 * A_DAY
    snoozing.snooze_until(session, solo.standing(session), friday, NINE - AN_HOUR)
    assert nudges(tick(session, solo, NINE)) == {}
    assert nudges(tick(session, solo, NINE + A_DAY)) == {}
    assert nudges(tick(session, solo, NINE + 2 * A_DAY)) == {nudge(day=friday): SENT}


def test_no_nudge_while_paused(session: Session, solo: TeamRows) -> None:
    pause(session, NINE - AN_HOUR)
    assert nudges(tick(session, solo, NINE)) == {}
    snoozing.resume(session, solo.standing(session))
    assert nudges(tick(session, solo, NINE + A_DAY)) == {nudge(day=WEDNESDAY + A_DAY): SENT}


def test_no_nudge_for_who_is_done_for_the_day(session: Session, solo: TeamRows) -> None:
    # 0 of 390 so far: 660 over the 27 workdays left ask for 25 today.
    log(session, solo, "Calls", 24, NINE - AN_HOUR)
    plan(session, solo, NINE)
    (calls,) = facts(session, solo, NINE).gaps
    assert calls.ask_this_morning == 25
    log(session, solo, "Calls", 1, NINE)
    with pytest.raises(Moot, match="caught up"):
        facts(session, solo, NINE)
    log(session, solo, "Calls", 1, NINE + A_DAY)  # a new day asks anew
    assert len(nudges(tick(session, solo, NINE + A_DAY))) == 2


@pytest.mark.parametrize("column", ["leaves_on", "left_on"])
def test_no_nudge_for_who_has_left(session: Session, west: TeamRows, column: str) -> None:
    _leave(session, west, column)
    assert nudges(tick(session, west, NINE)) == {nudge(ALEX): SENT}


@pytest.mark.parametrize("column", ["leaves_on", "left_on"])
def test_who_leaves_while_a_nudge_waits_is_not_nudged(
    session: Session, west: TeamRows, column: str
) -> None:
    plan(session, west, NINE)
    _leave(session, west, column)
    outcomes = settle(session, west, NINE)
    assert outcomes[nudge()] in {"no longer in the team", "not at work that day"}
    assert outcomes[nudge(ALEX)] == SENT


def _leave(session: Session, team: TeamRows, column: str) -> None:
    whose = memberships.c.person_id == team.people[RILEY]
    values = {column: WEDNESDAY - A_DAY}
    session.connection.execute(update(memberships).where(whose).values(**values))
    renew_revision(session.connection, team.team_id)


def test_planned_late_it_is_still_sent_before_the_day_ends(
    session: Session, solo: TeamRows
) -> None:
    assert nudges(tick(session, solo, SIX - A_MINUTE)) == {nudge(): SENT}


def test_planned_after_the_days_end_it_is_dropped_with_its_reason(
    session: Session, solo: TeamRows
) -> None:
    assert nudges(tick(session, solo, SIX)) == {nudge(): "the day was over"}
    assert planned(session)[nudge()] == ("dropped", "the day was over")


def test_the_day_ends_where_the_rep_is(session: Session, west: TeamRows) -> None:
    assert nudges(tick(session, west, SIX)) == {
        nudge(ALEX): "the day was over",
        nudge(RILEY): "the day was over",
        nudge(SAM): SENT,
    }


def test_a_team_may_end_its_day_earlier(session: Session, solo: TeamRows) -> None:
    session.connection.execute(update(teams).values(day_ends_at=time(16)))
    renew_revision(session.connection, solo.team_id)
    assert nudges(tick(session, solo, SIX - 2 * AN_HOUR)) == {nudge(): "the day was over"}


def test_nothing_that_fell_due_before_the_team_was_set_up_is_planned(session: Session) -> None:
    new = a_team(session.connection, "New", created_at=NINE + A_MINUTE)
    assert nudges(tick(session, new, NINE + AN_HOUR)) == {}
    assert nudges(tick(session, new, NINE + 5 * AN_HOUR)) == {nudge(SAM): SENT}
    assert nudge(day=WEDNESDAY + A_DAY) in tick(session, new, NINE + A_DAY)


def test_asked_about_a_time_before_the_team_was_set_up_it_is_planned(session: Session) -> None:
    new = a_team(session.connection, "New", created_at=NINE + A_DAY)
    assert nudges(tick(session, new, NINE)) == {nudge(): SENT, nudge(ALEX): SENT}


def test_caught_up_before_it_is_sent_it_is_dropped_with_its_reason(
    session: Session, solo: TeamRows
) -> None:
    plan(session, solo, NINE)
    log(session, solo, "Calls", 390, NINE)
    assert nudges(settle(session, solo, NINE + A_MINUTE)) == {nudge(): "caught up"}


def test_snoozed_before_it_is_sent_it_is_dropped_with_its_reason(
    session: Session, solo: TeamRows
) -> None:
    plan(session, solo, NINE)
    snoozing.snooze_until(session, solo.standing(session), WEDNESDAY + A_DAY, NINE)
    assert nudges(settle(session, solo, NINE + A_MINUTE)) == {nudge(): "asked for quiet"}


def test_a_nudge_says_how_things_stand_when_it_is_sent(session: Session, solo: TeamRows) -> None:
    plan(session, solo, NINE)
    log(session, solo, "Calls", 7, NINE)
    (calls,) = facts(session, solo, NINE + A_MINUTE).gaps
    assert calls.actual == calls.today_actual == 7


def test_what_was_retired_is_not_named(session: Session, solo: TeamRows) -> None:
    a_target(session.connection, solo, "Calls", 1, "quarter", since=date(2026, 10, 1))
    renew_revision(session.connection, solo.team_id)
    log(session, solo, "Calls", 1, NINE - A_DAY)
    assert nudges(tick(session, solo, NINE)) == {}
