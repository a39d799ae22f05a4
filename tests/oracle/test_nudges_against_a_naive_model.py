"""`tick --dry-run --json` nudges whom design §2.5 says, and nobody else, around difficult days."""

import json
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.cli.commands import Here
from tests.oracle.naive_model import Entries, Rep, Row, Spec, scorecard
from tests.oracle.playbooks import EDGES, a_look, a_playbook, rows_of
from tests.oracle.test_scorecards_against_a_naive_model import Applied, applied, here, succeed

__all__ = ["applied", "here"]
SEEDS = range(10)
NUDGES = ("00:00", "00:30", "01:30", "02:30", "09:00")
ENDS = ("15:00", "18:00", "23:30")


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_is_behind_is_nudged_once_a_workday_in_their_own_time(
    seed: int, here: Here, applied: Applied
) -> None:
    random = Random(seed)
    near = random.choice(EDGES) + timedelta(days=random.randint(-1, 1))
    playbook = a_playbook(random, near)
    [team] = playbook["teams"]
    team |= {"nudge_at": random.choice(NUDGES), "day_ends_at": random.choice(ENDS)}
    rows = rows_of(random, playbook, near)
    applied(playbook, rows)
    set_up = datetime.now(UTC)
    for _ in range(4):
        now = _a_moment(random, playbook, near)
        told = json.loads(succeed(here, *"tick --dry-run --json --at".split(), now.isoformat()))
        found = {each["recipient"]: each for each in told if each["kind"] == "nudge"}
        for rep in team["reps"]:
            due, behind = _wanted(playbook, rep, rows, now)
            if due and due < set_up <= now:
                continue  # it fell due before there was a team
            nudge = found.get(rep["user"])
            assert bool(nudge) == bool(behind), (rep, now, behind)
            if nudge:
                assert datetime.fromisoformat(nudge["due_at"]) == due
                assert set(nudge["behaviours"]) <= behind
                assert len(nudge["behaviours"]) == min(3, len(behind))


def _a_moment(random: Random, playbook: Spec, near: date) -> datetime:
    """Any, or one a minute around where some rep's nudge or day ends."""
    now = a_look(random, near)
    [team] = playbook["teams"]
    if random.random() < 0.5:
        return now
    rep = Rep(playbook, team, random.choice(team["reps"]))
    at = time.fromisoformat(team[random.choice(["nudge_at", "day_ends_at"])])
    return _first_instant(rep.zone, now.date(), at) + timedelta(minutes=random.randint(-1, 1))


def _wanted(
    playbook: Spec, rep: Spec, rows: list[Row], now: datetime
) -> tuple[datetime | None, set[str]]:
    """When the nudge is due and the behaviours it may name; none for nobody's nudge."""
    [team] = playbook["teams"]
    who = Rep(playbook, team, rep)
    today = now.astimezone(who.zone).date()
    due = _first_instant(who.zone, today, time.fromisoformat(team["nudge_at"]))
    end = _first_instant(who.zone, today, time.fromisoformat(team["day_ends_at"]))
    if not (who.is_available(today) and due <= now < end):
        return None, set()
    entries = Entries(who, rows, now)
    before = [
        Row(rep["user"], name, str(amount), day.isoformat())
        for name, day, amount in entries.found
        if day < today
    ]
    asked = scorecard(playbook, team, rep, before, now)["behaviours"]
    card = scorecard(playbook, team, rep, rows, now)["behaviours"]
    behind = {name for name, each in card.items() if each["status"] == "behind"}
    return due, {
        name for name in behind if entries.total(name, today, today) < asked[name]["ask_today"]
    }


def _first_instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first minute at which the clocks there show this time, or later (§2.1)."""
    instant = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    wanted = datetime.combine(day, at)
    while instant.astimezone(zone).replace(tzinfo=None) < wanted:
        instant += timedelta(minutes=1)
    return instant
