"""A team's totals outlive whoever is erased, where four or more stand behind them (design §6)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import entries, kept_totals, memberships
from bot.domain.quantities import ZERO
from bot.domain.reports.digests import Digest
from bot.services import retaining
from bot.services.digesting import digest_of_last_week
from bot.services.forgetting import forget_person, forget_workspace
from bot.services.homes import home_of
from tests.services.team_totals import (
    CALLS,
    CUSTOMERS,
    LAST_TUESDAY,
    MEETINGS,
    NOW,
    PEOPLE,
    a_team_of,
    each_logs,
    in_all,
)
from tests.teams import MORGAN, WORKSPACE, TeamRows

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


def forget(session: Session, *users: str) -> None:
    for user in users:
        forget_person(session, WORKSPACE, user, NOW)


def digest(session: Session, team: TeamRows) -> Digest:
    return digest_of_last_week(session, team.playbook(session), NOW)


def two_weeks(session: Session, team: TeamRows, users: tuple[str, ...]) -> None:
    """Everybody meets, calls and wins customers, in two weeks."""
    for day, meetings in ((LAST_TUESDAY, 4), (LAST_TUESDAY - A_WEEK, 6)):
        each_logs(session, team, users, MEETINGS, meetings, day)
        each_logs(session, team, users, CALLS, 30, day)
        each_logs(session, team, users, CUSTOMERS, 2, day)


@pytest.mark.parametrize("people", [4, 5])
def test_what_four_or_more_had_stays_as_it_was(session: Session, people: int) -> None:
    team = a_team_of(session, PEOPLE[:people])
    two_weeks(session, team, PEOPLE[:people])
    before = digest(session, team)
    forget(session, PEOPLE[1])
    after = digest(session, team)
    assert after.results == before.results
    assert after.results[0].actual == 4 * people
    assert after.trend == before.trend
    assert before.trend is not None
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 4 * people
    assert PEOPLE[1] not in {rep.user_id for rep in after.reps}


def test_where_three_stand_behind_it_the_share_goes_with_the_person(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:5])
    two_weeks(session, team, PEOPLE[:3])
    forget(session, PEOPLE[0])
    [result] = digest(session, team).results
    assert result.actual == 8
    assert result.target == 48
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 8
    assert session.connection.execute(select(kept_totals)).all() == []


def test_each_period_of_each_indicator_is_decided_for_itself(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:5])
    each_logs(session, team, PEOPLE[:5], MEETINGS, 2)
    each_logs(session, team, PEOPLE[:3], MEETINGS, 2, LAST_TUESDAY - A_WEEK)
    each_logs(session, team, PEOPLE[:4], CALLS, 2, LAST_TUESDAY - A_DAY)
    each_logs(session, team, PEOPLE[:1], CALLS, 2, LAST_TUESDAY)
    forget(session, PEOPLE[0])
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 10
    assert in_all(session, team, MEETINGS, LAST_TUESDAY - A_WEEK) == 4
    assert in_all(session, team, CALLS, LAST_TUESDAY) == 10  # four in the week


def test_who_was_erased_before_goes_on_standing_behind_it(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:4])
    two_weeks(session, team, PEOPLE[:4])
    before = digest(session, team)
    forget(session, PEOPLE[0], PEOPLE[1])
    assert digest(session, team).results == before.results
    forget(session, PEOPLE[2], PEOPLE[3])
    [result] = digest(session, team).results
    assert result == before.results[0]
    people = select(kept_totals.c.people).where(kept_totals.c.people > 0).distinct()
    assert session.connection.scalars(people).all() == [4]


def test_what_fewer_than_four_are_left_behind_goes_with_the_next(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:4])
    each_logs(session, team, PEOPLE[:4], MEETINGS, 2)
    forget(session, PEOPLE[0])
    undone = update(entries).where(entries.c.person_id == team.people[PEOPLE[1]])
    session.connection.execute(undone.values(undone_at=NOW))
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 6
    forget(session, PEOPLE[2])
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 2
    assert session.connection.execute(select(kept_totals)).all() == []


def test_nothing_is_kept_of_who_had_left_the_team_before(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:6])
    two_weeks(session, team, PEOPLE[:6])
    left = update(memberships).where(memberships.c.person_id == team.people[PEOPLE[0]])
    session.connection.execute(left.values(left_on=NOW.date()))
    renew_revision(session.connection, team.team_id)
    before = digest(session, team)
    forget(session, PEOPLE[0])
    assert digest(session, team).results == before.results
    assert session.connection.execute(select(kept_totals)).all() == []


def test_what_was_undone_and_what_counts_nothing_stands_behind_nothing(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:5])
    each_logs(session, team, PEOPLE[:5], CUSTOMERS, 1)
    whose = entries.c.person_id == team.people[PEOPLE[3]]
    session.connection.execute(update(entries).where(whose).values(undone_at=NOW))
    lost = entries.c.person_id == team.people[PEOPLE[4]]
    session.connection.execute(update(entries).where(lost).values(quantity=ZERO))
    forget(session, PEOPLE[0])
    assert in_all(session, team, CUSTOMERS, LAST_TUESDAY) == 2


def test_a_target_is_kept_for_the_days_until_the_erasing(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:4])
    two_weeks(session, team, PEOPLE[:4])
    forget(session, PEOPLE[0])
    [result] = digest(session, team).results
    assert result.target == 48
    later = digest_of_last_week(session, team.playbook(session), NOW + A_WEEK).results[0]
    assert later.target == 36 + 7  # 40 of the quarter's 66 weekdays are over by 25 November
    assert later.actual == result.actual


def test_entries_of_days_to_come_are_kept_without_a_target(session: Session) -> None:
    team, day = a_team_of(session, PEOPLE[:4]), NOW.date() + 10 * A_WEEK
    each_logs(session, team, PEOPLE[:4], CUSTOMERS, 2, day)
    forget(session, PEOPLE[0])
    rows = select(kept_totals.c.local_date, kept_totals.c.quantity, kept_totals.c.target)
    assert {tuple(row) for row in session.connection.execute(rows)} == {
        (day, 2, 0),
        (date(2027, 1, 1), 0, 0),  # how many stand behind it
    }
    assert in_all(session, team, CUSTOMERS, NOW.date()) == 0


def test_home_shows_its_manager_the_same_total(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:5])
    two_weeks(session, team, PEOPLE[:5])
    before = home_of(session, WORKSPACE, MORGAN, NOW).teams[0]
    forget(session, PEOPLE[0])
    assert home_of(session, WORKSPACE, MORGAN, NOW).teams[0].results == before.results


def test_what_is_imported_again_counts_as_any_entry(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:5])
    each_logs(session, team, PEOPLE[:4], MEETINGS, 2)
    forget(session, PEOPLE[0])
    each_logs(session, team, PEOPLE[1:2], MEETINGS, 3)
    assert in_all(session, team, MEETINGS, LAST_TUESDAY) == 11


def test_it_goes_with_the_workspace(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:4])
    two_weeks(session, team, PEOPLE[:4])
    forget(session, PEOPLE[0])
    assert session.connection.execute(select(kept_totals)).all()
    assert forget_workspace(session, WORKSPACE)["kept_totals"] > 0
    assert session.connection.execute(select(kept_totals)).all() == []


def test_it_is_kept_no_longer_than_the_workspace_keeps_entries(session: Session) -> None:
    team = a_team_of(session, PEOPLE[:4])
    two_weeks(session, team, PEOPLE[:4])
    forget(session, PEOPLE[0])
    while retaining.forget_history(session, LAST_TUESDAY):
        pass
    left = select(kept_totals.c.local_date).distinct()
    assert session.connection.scalars(left).all() == [LAST_TUESDAY, NOW.date() + A_DAY]
