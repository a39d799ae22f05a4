"""Recording when several do it at once, and in whatever order things are taken back (§2.4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from bot.db.engine import for_writing
from bot.db.session import Session, TeamPlaybooks
from bot.db.tables import entries
from bot.domain.entries import Origin, Recorded, Undone
from bot.domain.errors import Refusal
from bot.domain.grammar.requests import LoggedAmount, LogRequest
from bot.services import recording
from bot.services.scorecards import progress
from tests.patience import PATIENCE_S
from tests.teams import RILEY, TeamRows, a_team

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
TODAY = date(2026, 11, 25)
T = TypeVar("T")


def in_transaction(engine: Engine, work: Callable[[Session], T]) -> T:
    with engine.connect() as connection, for_writing(connection).begin():
        return work(Session(connection, TeamPlaybooks()))


def at_once(engine: Engine, work: Callable[[Session], T], times: int = 4) -> list[T]:
    """The same work in as many threads, which begin together."""
    ready = Barrier(times)

    def run(_number: int) -> T:
        ready.wait(timeout=PATIENCE_S)
        return in_transaction(engine, work)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def meetings(session: Session, team: TeamRows, amount: int) -> LogRequest:
    logged = LoggedAmount(team.indicator(session, "First meetings"), Decimal(amount))
    return LogRequest((logged,), TODAY)


def counted(session: Session, team: TeamRows) -> Decimal:
    indicator = team.indicator(session, "First meetings")
    scored = progress(session, team.playbook(session), (team.rep(session),), (indicator,), NOW)
    return scored[team.people[RILEY], indicator.id].actual


def test_the_same_trigger_twice_at_once_records_once(engine: Engine) -> None:
    team = in_transaction(engine, lambda session: a_team(session.connection))

    def log(session: Session) -> Recorded:
        request = meetings(session, team, 2)
        origin = Origin("slack", "trigger")
        return recording.record(session, team.standing(session), request, origin, NOW)

    answers = at_once(engine, log)
    assert sorted(answer.repeated for answer in answers) == [False, True, True, True]
    assert len({answer.entries for answer in answers}) == 1
    assert in_transaction(engine, lambda session: counted(session, team)) == 2


def test_an_edit_and_an_undo_at_once_count_the_entry_once_or_not_at_all(engine: Engine) -> None:
    team = in_transaction(engine, lambda session: a_team(session.connection))

    def log(session: Session) -> int:
        request, origin = meetings(session, team, 2), Origin("slack", "trigger")
        riley = team.standing(session)
        return recording.record(session, riley, request, origin, NOW).entries[0].id

    entry_id = in_transaction(engine, log)

    def edit(session: Session) -> Recorded:
        riley = team.standing(session)
        return recording.edit(session, riley, entry_id, meetings(session, team, 3), NOW)

    def undo(session: Session) -> Undone:
        return recording.undo(session, team.standing(session), entry_id, NOW)

    with ThreadPoolExecutor(2) as threads:
        editing = threads.submit(in_transaction, engine, edit)
        undoing = threads.submit(in_transaction, engine, undo)
        refused = isinstance(editing.exception(), Refusal)
        undone = undoing.result()
    assert refused is not undone.repeated
    total = in_transaction(engine, lambda session: counted(session, team))
    assert total == (0 if refused else 3)


@dataclass
class Ledger:
    """What a sequence of steps should leave standing, kept by hand."""

    standing: dict[int, int] = field(default_factory=dict)

    def newest(self) -> int | None:
        return max(self.standing, default=None)


STEPS = st.lists(
    st.tuples(st.sampled_from(["record", "undo", "undo_last", "edit"]), st.integers(1, 50)),
    max_size=12,
)


def take(session: Session, team: TeamRows, book: Ledger, step: tuple[str, int], key: str) -> None:
    verb, number = step
    riley = team.standing(session)
    request, origin = meetings(session, team, number), Origin("slack", key)
    known = sorted(book.standing)
    chosen = known[number % len(known)] if known else None
    if verb == "record":
        recorded = recording.record(session, riley, request, origin, NOW)
        book.standing[recorded.entries[0].id] = number
    elif verb == "undo_last" and known:
        undone = recording.undo_last(session, riley, NOW)
        assert undone.entries[0].id == book.newest()
        del book.standing[undone.entries[0].id]
    elif verb == "undo" and chosen is not None:
        recording.undo(session, riley, chosen, NOW)
        del book.standing[chosen]
    elif verb == "edit" and chosen is not None:
        edited = recording.edit(session, riley, chosen, request, NOW)
        del book.standing[chosen]
        book.standing[edited.entries[0].id] = number


@given(steps=STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sums_are_those_of_the_surviving_entries(
    session: Session, west: TeamRows, steps: list[tuple[str, int]]
) -> None:
    book = Ledger()
    with session.connection.begin_nested() as savepoint:
        rows_made = 0
        for number, step in enumerate(steps):
            take(session, west, book, step, f"step-{number}")
            rows_made += step[0] == "record"
        assert counted(session, west) == sum(book.standing.values())
        kept = session.connection.scalar(select(func.count()).select_from(entries))
        assert kept is not None
        assert kept >= rows_made
        savepoint.rollback()


def test_undo_of_an_edited_entry_takes_the_newer_one_back(session: Session, west: TeamRows) -> None:
    riley = west.standing(session)
    request = meetings(session, west, 4)
    old = recording.record(session, riley, request, Origin("slack", "old"), NOW).entries[0]
    later = NOW + timedelta(minutes=1)
    recording.edit(session, riley, old.id, meetings(session, west, 1), later)
    recording.undo_last(session, riley, later)
    assert counted(session, west) == 0
