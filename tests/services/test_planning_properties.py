"""Planning is level-triggered (design §4): how often and when it runs changes nothing that is said.

Whatever is logged and whenever the planner looks, it plans nothing twice; and a day looked at
minute by minute hears what a day looked at once, before it ends, hears.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.db.engine import for_writing, make_engine
from bot.db.session import Session, TeamPlaybooks
from tests.services.logging_entries import log
from tests.services.ticking import SENT, plan, planned, tick
from tests.teams import INDICATORS, RepRow, TeamRows, a_team

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
BEFORE_SIX, SIX = timedelta(hours=17, minutes=59), timedelta(hours=18)
WESTERN = ("Europe/London", "America/St_Johns", "America/New_York", "America/Los_Angeles")
EASTERN = ("Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe", "Europe/Athens")
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Entry:
    """Something that a rep logs, `minute` minutes into the day (before it, where negative)."""

    rep: int
    name: str
    quantity: int
    minute: int


def entries(first: int, last: int) -> st.SearchStrategy[list[Entry]]:
    """Entries from one minute to another, in the order in which they come in."""
    entry = st.builds(
        Entry,
        rep=st.integers(0, 2),
        name=st.sampled_from([row.name for row in INDICATORS]),
        quantity=st.sampled_from((1, 2, 3, 5, 8, 12, 20)),  # steps, targets and beyond
        minute=st.integers(first, last),
    )
    return st.lists(entry, max_size=12).map(lambda made: sorted(made, key=lambda e: e.minute))


zones = st.lists(st.sampled_from(WESTERN + EASTERN), min_size=1, max_size=3)
western = st.lists(st.sampled_from(WESTERN), min_size=1, max_size=3)
days = st.integers(0, 4)
minutes = st.lists(st.integers(0, 17 * 60 + 58), max_size=30).map(sorted)
BEFORE = entries(-3 * 24 * 60, 0)
THROUGHOUT = entries(-3 * 24 * 60, 18 * 60)


@contextmanager
def world(url: str, places: Sequence[str]) -> Iterator[tuple[Session, TeamRows]]:
    """Team West with a rep in each place, for one run."""
    engine = make_engine(url)
    reps = tuple(RepRow(f"U{n}", f"Rep {n}", zone) for n, zone in enumerate(places))
    with engine.connect() as connection, for_writing(connection).begin() as transaction:
        session = Session(connection, TeamPlaybooks())
        yield session, a_team(connection, reps=reps)
        transaction.rollback()
    engine.dispose()


def live(
    session: Session,
    team: TeamRows,
    start: datetime,
    logged: Sequence[Entry],
    ticks: Sequence[datetime],
) -> dict[str, str]:
    """What came of every occasion when all this is logged and the planner looks at these times."""
    outcomes: dict[str, str] = {}
    todo = list(logged)
    for now in ticks:
        while todo and start + todo[0].minute * A_MINUTE <= now:
            entry = todo.pop(0)
            user = f"U{entry.rep % len(team.people.keys() - {'U01MORGAN'})}"
            log(
                session,
                team,
                entry.name,
                entry.quantity,
                start + entry.minute * A_MINUTE,
                user=user,
            )
        fresh = tick(session, team, now)
        assert not fresh.keys() & outcomes.keys()
        outcomes |= fresh
    return outcomes


def a_day(
    url: str, places: Sequence[str], start: datetime, logged: Sequence[Entry], looks: Sequence[int]
) -> tuple[dict[str, str], dict[str, tuple[str, str | None]]]:
    """What came of every occasion of a day, and what the ledger knows of it then; the planner looks
    as the day begins and ends, and at these minutes besides."""
    times = (0 * A_DAY, *(each * A_MINUTE for each in looks), BEFORE_SIX, SIX)
    with world(url, places) as (session, team):
        outcomes = live(session, team, start, logged, [start + each for each in times])
        return outcomes, planned(session)


def sent(outcomes: dict[str, str]) -> set[str]:
    return {key for key, what in outcomes.items() if what == SENT}


@given(places=zones, day=days, logged=THROUGHOUT, looks=minutes)
@FEW
def test_planning_twice_plans_nothing_new(
    sqlite_url: str, places: list[str], day: int, logged: list[Entry], looks: list[int]
) -> None:
    start = MONDAY + day * A_DAY
    with world(sqlite_url, places) as (session, team):
        live(session, team, start, logged, [start])
        for look in looks:
            now = start + look * A_MINUTE
            plan(session, team, now)
            before = planned(session)
            assert plan(session, team, now) == []
            assert planned(session) == before


@given(places=western, day=days, logged=BEFORE, looks=minutes)
@example(places=list(WESTERN[:3]), day=2, logged=[], looks=list(range(0, 17 * 60 + 58, 5)))
@FEW
def test_minute_by_minute_and_once_at_the_days_end_the_same_is_sent(
    sqlite_url: str, places: list[str], day: int, logged: list[Entry], looks: list[int]
) -> None:
    start = MONDAY + day * A_DAY
    at_many_times, _ = a_day(sqlite_url, places, start, logged, looks)
    at_the_end, _ = a_day(sqlite_url, places, start, logged, [])
    assert sent(at_many_times) == sent(at_the_end)


@given(places=zones, day=days, logged=THROUGHOUT, looks=minutes)
@FEW
def test_what_is_logged_meanwhile_only_saves_nudges(
    sqlite_url: str, places: list[str], day: int, logged: list[Entry], looks: list[int]
) -> None:
    """Looking once says nothing that looking often doesn't; what it leaves out has its reason."""
    start = MONDAY + day * A_DAY
    often, _ = a_day(sqlite_url, places, start, logged, looks)
    once, known = a_day(sqlite_url, places, start, logged, [])
    assert sent(once) <= sent(often)
    for key in sent(often) - sent(once):
        assert key.startswith("nudge:"), key
        assert key not in known or known[key] == ("dropped", "the day was over")


def test_a_whole_day_minute_by_minute_sends_each_message_once(sqlite_url: str) -> None:
    start = MONDAY + 2 * A_DAY
    ticks = [start + n * A_MINUTE for n in range(18 * 60 + 1)]
    with world(sqlite_url, ["Europe/London"]) as (session, team):
        log(session, team, "First meetings", 5, start - A_DAY, user="U0")
        outcomes = live(session, team, start, [], ticks)
    today: date = start.date()
    assert outcomes == {
        f"nudge:U0:{today}": SENT,
        f"roundup:{team.team_id}:{today - A_DAY}": SENT,
        f"digest:{team.team_id}:U01MORGAN:2026-11-16": SENT,
    }
