"""Planning heals, doubles nothing and costs the same for every team (design §4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine, delete

from bot.db.engine import for_writing
from bot.db.session import Session, TeamPlaybooks
from bot.db.tables import deliveries
from bot.domain.teams import TeamPlaybook
from bot.services import ledger
from bot.services.planning import plan_teams
from bot.services.pruning import forget_deliveries
from tests.patience import PATIENCE_S
from tests.services.logging_entries import log
from tests.services.statements import statements
from tests.services.ticking import SENT, plan, planned, settle, tick
from tests.teams import ALEX, INDICATORS, RILEY, SAM, RepRow, TeamRows, a_team

NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
T = TypeVar("T")


def in_transaction(engine: Engine, work: Callable[[Session], T]) -> T:
    with engine.connect() as connection, for_writing(connection).begin():
        return work(Session(connection, TeamPlaybooks()))


def big(session: Session, reps: int) -> TeamRows:
    zones = ("Europe/London", "Europe/Berlin", "Africa/Lagos")
    rows = tuple(RepRow(f"U{n:05}", f"Rep {n}", zones[n % 3]) for n in range(reps))
    return a_team(session.connection, "Big", reps=rows)


def statements_of_a_week(session: Session, reps: int) -> list[int]:
    """How many statements each day's planning takes in a team of that size, all of it ignored."""
    team = big(session, reps)
    log(session, team, "First meetings", 5, NINE - A_DAY, user="U00000")
    found = []
    for day in range(-1, 6):
        plan(session, team, NINE + day * A_DAY)  # the playbook is loaded, the nudges are there
        settle(session, team, NINE + day * A_DAY)
        with statements(session) as seen:
            plan(session, team, NINE + day * A_DAY + 10 * AN_HOUR)
            plan(session, team, NINE + day * A_DAY + 24 * AN_HOUR)
        found.append(len(seen))
    return found


def test_planning_costs_the_same_statements_whatever_the_number_of_reps(engine: Engine) -> None:
    def count(reps: int) -> list[int]:
        with engine.connect() as connection, for_writing(connection).begin() as transaction:
            found = statements_of_a_week(Session(connection, TeamPlaybooks()), reps)
            transaction.rollback()
        return found

    few = count(5)
    assert few == count(60)
    assert max(few) <= 2 * 15


def test_many_teams_are_planned_as_each_alone(session: Session) -> None:
    teams = [
        a_team(session.connection, f"Team {n}", reps=(RepRow(f"U{n}A", "A"), RepRow(f"U{n}B", "B")))
        for n in range(4)
    ]
    log(session, teams[1], "First meetings", 5, NINE - A_DAY, user="U1A")
    playbooks = [team.playbook(session) for team in teams]
    for hours in (-24, 0, 24, 5 * 24):
        now = NINE + hours * AN_HOUR
        with session.connection.begin_nested() as apart:
            alone = [new for each in playbooks for new in plan_teams(session, [each], now)]
            apart.rollback()
        assert alone
        assert set(map(repr, plan_teams(session, playbooks, now))) == set(map(repr, alone))


def test_more_teams_at_once_cost_no_more_statements(session: Session) -> None:
    teams = [
        a_team(session.connection, f"Team {n}", reps=(RepRow(f"U{n}", "A"),)) for n in range(9)
    ]
    playbooks = [team.playbook(session) for team in teams]

    def count(some: list[TeamPlaybook], now: datetime) -> int:
        with statements(session) as seen:
            assert len(plan_teams(session, some, now)) == len(some)
        return len(seen)

    friday = NINE + 2 * A_DAY
    assert count(playbooks[:1], friday) == count(playbooks[1:], friday) <= 15


def test_teams_that_share_a_channel_share_its_five_posts_a_day(session: Session) -> None:
    teams = [
        a_team(session.connection, f"Team {n}", reps=(RepRow(f"U{n}", "A"),), channel="C01ALL")
        for n in range(2)
    ]
    for n, team in enumerate(teams):
        for name in ("First meetings", "Prospecting calls", "Opportunities"):
            log(session, team, name, 1000, NINE, user=f"U{n}")
    session.connection.execute(delete(deliveries))  # as if nothing had been planned at once
    playbooks = [team.playbook(session) for team in teams]
    new = plan_teams(session, playbooks, NINE + A_MINUTE)
    single = [each for each in new if each.key.startswith("celebration:")]
    assert 0 < len(single) <= 5 - len(teams)  # each team keeps a place for its round-up


@pytest.mark.parametrize("planners", [2, 5])
def test_planners_at_once_double_nothing(engine: Engine, planners: int) -> None:
    team = in_transaction(engine, lambda session: big(session, 20))
    in_transaction(
        engine, lambda session: log(session, team, "First meetings", 5, NINE, user="U00003")
    )
    evening = NINE + 9 * AN_HOUR
    ready = Barrier(planners)

    def run(_number: int) -> list[str]:
        ready.wait(timeout=PATIENCE_S)
        return in_transaction(engine, lambda session: plan(session, team, evening))

    with ThreadPoolExecutor(planners) as threads:
        found = [key for keys in threads.map(run, range(planners)) for key in keys]
    assert len(found) == len(set(found))
    assert set(found) == set(in_transaction(engine, planned))
    assert {key.split(":")[0] for key in found} == {"nudge", "roundup"}


def test_a_nights_outage_heals_with_the_next_tick(session: Session, west: TeamRows) -> None:
    tick(session, west, NINE - A_DAY)
    log(session, west, "First meetings", 5, NINE - A_DAY + AN_HOUR)  # then the process dies
    wednesday = date(2026, 11, 25)
    assert tick(session, west, NINE + AN_HOUR) == {
        f"nudge:{ALEX}:{wednesday}": SENT,
        f"nudge:{RILEY}:{wednesday}": SENT,
        f"roundup:{west.team_id}:{wednesday - A_DAY}": SENT,
    }


def test_a_weekends_outage_heals_with_the_next_tick(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, NINE - A_DAY)
    monday = NINE + 5 * A_DAY
    outcomes = tick(session, west, monday)
    assert outcomes[f"digest:{west.team_id}:U01MORGAN:2026-11-23"] == SENT
    assert outcomes[f"recap:{west.team_id}:2026-11-23"] == SENT


def test_planned_but_not_sent_it_is_sent_by_the_next_tick(session: Session, west: TeamRows) -> None:
    keys = plan(session, west, NINE)
    assert plan(session, west, NINE + A_MINUTE) == []
    assert set(settle(session, west, NINE + A_MINUTE)) == set(keys)


def test_after_days_of_outage_one_round_up_tells_what_each_days_would_have(
    session: Session, west: TeamRows
) -> None:
    """What may differ: one post instead of three, and no nudges for days that are over."""
    for day, (user, name) in enumerate(
        ((RILEY, "First meetings"), (SAM, "Opportunities"), (ALEX, "First meetings"))
    ):
        log(session, west, name, 5, NINE + (day - 2) * A_DAY, user=user)
    evenings = [NINE + 9 * AN_HOUR + (day - 2) * A_DAY for day in range(3)]
    with session.connection.begin_nested() as daily:
        each = [key for now in evenings for key in plan(session, west, now) if "roundup" in key]
        told = [milestone for key in each for milestone in milestones_told(session, west, key)]
        daily.rollback()
    (once,) = [key for key in plan(session, west, evenings[-1]) if "roundup" in key]
    assert len(each) == 3
    assert sorted(milestones_told(session, west, once)) == sorted(told)


def milestones_told(session: Session, team: TeamRows, key: str) -> list[str]:
    found = ledger.find(session, team.workspace_id, key)
    assert found is not None
    told = found.occasion.payload["milestones"]
    assert isinstance(told, list)
    return told


def test_asked_about_the_past_after_a_later_tick_it_plans_that_past_alone(
    session: Session, west: TeamRows
) -> None:
    tick(session, west, NINE)
    yesterday = date(2026, 11, 24)
    keys = [key for key in tick(session, west, NINE - A_DAY) if key.startswith("nudge:")]
    assert keys == [f"nudge:{ALEX}:{yesterday}", f"nudge:{RILEY}:{yesterday}"]
    assert tick(session, west, NINE) == {}


def test_what_the_ledger_has_forgotten_is_not_planned_again(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 5, NINE - A_DAY)
    evening = NINE + 9 * AN_HOUR
    assert {each.split(":")[0] for each in tick(session, west, evening)} >= {"nudge", "roundup"}
    assert forget_deliveries(session, evening + A_MINUTE)
    after_a_start = Session(session.connection, TeamPlaybooks())
    assert tick(after_a_start, west, evening) == {}
    assert tick(after_a_start, west, evening + A_DAY)


def test_a_team_of_nobody_is_planned_too(session: Session) -> None:
    empty = a_team(session.connection, "Empty", reps=(), listed=INDICATORS)
    assert plan(session, empty, NINE) == []


def test_a_team_that_counts_nothing_yet_is_planned_too(session: Session) -> None:
    new = a_team(session.connection, "New", managers=(), listed=())
    assert plan(session, new, NINE) == []
