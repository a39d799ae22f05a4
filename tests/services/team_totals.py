"""A team of several reps, and what they had in all, also those who were erased since."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.db.queries.entries.totals import span_of, totals
from bot.db.session import Session
from bot.services.kept_totals import kept_totals
from tests.services.months_of_entries import add_entries, an_entry
from tests.teams import INDICATORS, RepRow, TeamRows, a_team

PEOPLE = tuple(f"U0N{n}" for n in range(6))
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
"""A Wednesday."""
LAST_TUESDAY = date(2026, 11, 17)
MEETINGS, CUSTOMERS, CALLS = "First meetings", "New customers", "Prospecting calls"
LISTED = (INDICATORS[0], INDICATORS[2], INDICATORS[3])
"""New customers (12 a quarter), first meetings (5 a week), prospecting calls (20 a day)."""


def a_team_of(session: Session, people: Iterable[str]) -> TeamRows:
    """Team North, with a channel and a manager."""
    reps = [RepRow(user, user.title()) for user in people]
    return a_team(session.connection, "North", reps=reps, listed=LISTED)


def each_logs(
    session: Session,
    team: TeamRows,
    users: Iterable[str],
    name: str,
    amount: int,
    day: date = LAST_TUESDAY,
) -> None:
    """The same of everybody, for one date."""
    add_entries(session, [an_entry(team, user, name, day, amount) for user in users])


def in_all(session: Session, team: TeamRows, name: str, day: date) -> Decimal:
    """The team's total of the period that holds the day, as whatever shows one adds it up."""
    playbook, indicator = team.playbook(session), team.indicator(session, name)
    span = span_of(playbook.period(indicator, day))
    people = {rep.id for rep in playbook.reps}
    sums = totals(session.connection, people, {indicator.id}, {span}, NOW)
    kept = kept_totals(session, playbook, span, NOW).within(indicator.id, *span)
    return sum((sums.of(each, indicator.id, span) for each in people), kept.quantity)
