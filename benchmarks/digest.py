"""What a manager's digest costs: a team of 60 with 12 behaviours and two years of history."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from sqlalchemy import Connection, event, insert, select

from benchmarks.measures import Measure
from benchmarks.team import playbook, run, team
from bot.db.engine import for_writing, make_engine
from bot.db.reach import enter
from bot.db.session import Session, TeamPlaybooks
from bot.db.tables import deliveries, entries, indicators, people, teams
from bot.domain.nudging.quiet_days import DRAWN
from bot.services.digesting import digest_of_last_week
from bot.services.naming import team_named
from bot.slack.limits import check
from bot.slack.messages.digest import digest_message

REPS, BEHAVIOURS, WEEKS = 60, 12, 104
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MOST_MS = 300.0
_ROUNDS = 9
_IS_REP = people.c.user_id.like("U%REP")
_DAYS_A_WEEK = (1, 3)
_PERIODS = ("day", "week", "week", "month")


def measure_digest() -> list[Measure]:
    """Prints what one takes; gives it back with its ceiling.

    In CPU time, database and all (SQLite is in this process): what it takes on a calm machine.
    The first one isn't counted, which learns the team's habits.
    """
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/digest.db"
        _set_up(url, Path(folder))
        seconds, queries = _timed(url)
    milliseconds = min(seconds) * 1000
    print(f"Digest of {REPS} reps: {milliseconds:.0f} ms of CPU time, {queries} queries")
    return [Measure(f"digest of {REPS} reps", milliseconds, "ms", MOST_MS, at_most=True)]


def _timed(url: str) -> tuple[list[float], int]:
    """Seconds of each round with the message drawn, and the queries of the last one."""
    engine = make_engine(url)
    queries: list[str] = []
    with engine.connect() as connection, connection.begin():
        session = Session(enter(connection, "T01TEST"), TeamPlaybooks())
        big = team_named(session, "Big", None)
        event.listen(engine, "before_cursor_execute", lambda *given: queries.append(given[2]))
        seconds = []
        for _ in range(_ROUNDS):
            queries.clear()
            began = process_time()
            check(digest_message(digest_of_last_week(session, big, MONDAY)))
            seconds.append(process_time() - began)
    engine.dispose()
    return seconds, len(queries)


def _set_up(url: str, folder: Path) -> None:
    file = folder / "playbook.yaml"
    asked = [(f"Behaviour {n}", _PERIODS[n % len(_PERIODS)], 4) for n in range(1, BEHAVIOURS + 1)]
    reps = [f"U{number:03}REP" for number in range(REPS)]
    file.write_text(playbook([team("Big", "C01BIG", reps, asked)]), "utf-8")
    run(["playbook", "apply", file], url)
    engine = make_engine(url)
    with engine.connect() as connection, for_writing(connection).begin():
        connection.execute(insert(entries), list(_history(connection)))
        connection.execute(insert(deliveries), list(_nudges(connection)))
    engine.dispose()


def _history(connection: Connection) -> Iterator[dict[str, Any]]:
    chance = Random(12)
    reps = connection.scalars(select(people.c.id).where(_IS_REP)).all()
    asked = connection.execute(select(indicators.c.id, indicators.c.kind)).all()
    for person in reps:
        for number, kind in asked:
            for week in range(WEEKS):
                monday = MONDAY.date() - timedelta(weeks=WEEKS - week)
                days = _DAYS_A_WEEK if kind == "behaviour" else _DAYS_A_WEEK[:1]
                yield from (
                    _entry(person, number, monday + timedelta(days=day), chance) for day in days
                )


def _nudges(connection: Connection) -> Iterator[dict[str, Any]]:
    """Twelve weeks of nudges every other workday, one in eight left out."""
    team_id = connection.scalar(select(teams.c.id))
    named = list(map(str, connection.scalars(select(indicators.c.id).limit(4))))[1:]
    reps = connection.execute(select(people.c.id, people.c.user_id).where(_IS_REP)).all()
    for person, user in reps:
        for back in range(2, 84, 2):
            due = MONDAY - timedelta(days=back)
            quiet = (back // 2 + person) % 8 == 0
            yield {
                "workspace_id": "T01TEST",
                "key": f"nudge:{user}:{due.date()}",
                "kind": "nudge",
                "team_id": team_id,
                "person_id": person,
                "recipient": user,
                "payload": {"named": named, "trial": "quiet" if quiet else "nudged"},
                "due_at": due,
                "created_at": due,
                "state": "dropped" if quiet else "sent",
                "reason": DRAWN if quiet else None,
                "sent_at": None if quiet else due,
            }


def _entry(person: int, indicator: int, day: date, chance: Random) -> dict[str, Any]:
    at = datetime.combine(day, time(12), UTC)
    return {
        "workspace_id": "T01TEST",
        "person_id": person,
        "indicator_id": indicator,
        "quantity": Decimal(chance.randint(1, 4)),
        "local_date": day,
        "occurred_at": at,
        "recorded_at": at,
        "source": "import",
        "dedupe_key": f"{person}:{indicator}:{day}",
    }


if __name__ == "__main__":
    measure_digest()
