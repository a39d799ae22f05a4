"""Whoever is erased, in whatever order: totals of four or more stay, and no trace of anybody."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import metadata
from bot.domain.coaching.benchmarks import FEWEST_PEOPLE
from bot.services.forgetting import forget_person
from tests.services.months_of_entries import add_entries, an_entry
from tests.services.team_totals import CALLS, CUSTOMERS, MEETINGS, NOW, PEOPLE, a_team_of, in_all
from tests.teams import WORKSPACE, TeamRows

DAYS = [NOW.date() - timedelta(days=days) for days in (0, 2, 8, 30, 60)]
"""In this week, the last one and months ago; in two quarters."""
NAMES = (CALLS, CUSTOMERS, MEETINGS)
Entry = tuple[str, str, date, int]
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(NAMES), st.sampled_from(DAYS), st.integers(0, 9)
    ),
    min_size=6,
    max_size=60,
)
Totals = Mapping[tuple[str, date], Decimal]


def totals_of(session: Session, team: TeamRows) -> Totals:
    """By indicator and period, of every period that holds one of the days."""
    playbook = team.playbook(session)
    starts = {
        (name, playbook.period(team.indicator(session, name), day).start)
        for name in NAMES
        for day in DAYS
    }
    return {(name, start): in_all(session, team, name, start) for name, start in starts}


def behind(session: Session, team: TeamRows, logged: list[Entry]) -> Mapping[tuple[str, date], int]:
    """How many people had something in each of them."""
    playbook = team.playbook(session)
    who = {
        (name, playbook.period(team.indicator(session, name), day).start, user)
        for user, name, day, amount in logged
        if amount
    }
    counted = [(name, start) for name, start, _ in who]
    return {each: counted.count(each) for each in counted}


def summed(session: Session, team: TeamRows, logged: list[Entry]) -> Totals:
    """The same totals, added up here."""
    playbook = team.playbook(session)
    found: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for _, name, day, amount in logged:
        found[name, playbook.period(team.indicator(session, name), day).start] += amount
    return found


def row(team: TeamRows, number: int, entry: Entry) -> dict[str, Any]:
    user, name, day, amount = entry
    words = {"account": f"Acme of {user}", "note": f"said by {user}"}
    return an_entry(team, user, name, day, amount, dedupe_key=f"{user}-{number}", **words)


def traces(session: Session, users: list[str]) -> list[str]:
    """Rows of any table that say anything of these people: ids, names, notes, keys."""
    rows = (
        f"{table.name}: {row!r}"
        for table in metadata.sorted_tables
        for row in session.connection.execute(select(table))
    )
    return [said for said in rows if any(user in said for user in users)]


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ENTRIES, st.permutations(PEOPLE), st.integers(1, len(PEOPLE)))
def test_a_total_of_four_or_more_stays_whoever_is_erased(
    session: Session, logged: list[Entry], order: list[str], number: int
) -> None:
    """One of fewer is what those who are left had; nothing says who was there."""
    session, erased = Session(session.connection), order[:number]
    with session.connection.begin_nested() as attempt:
        team = a_team_of(session, PEOPLE)
        add_entries(session, [row(team, *each) for each in enumerate(logged)])
        people = behind(session, team, logged)
        for user in erased:
            forget_person(session, WORKSPACE, user, NOW)
        left = [entry for entry in logged if entry[0] not in erased]
        before, alone = summed(session, team, logged), summed(session, team, left)
        for which, total in totals_of(session, team).items():
            stays = people.get(which, 0) >= FEWEST_PEOPLE
            assert total == (before if stays else alone)[which], which
        assert traces(session, erased) == []
        assert traces(session, order[number:]) or number == len(PEOPLE)
        attempt.rollback()
