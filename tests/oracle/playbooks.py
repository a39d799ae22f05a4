"""Random teams, what they did, and when somebody looks; the same for the same seed."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

from tests.oracle.naive_model import WEEKDAYS, Row, Spec

WORKSPACE = "T01TEST"
ZONES = (
    "Europe/London Europe/Berlin America/New_York America/Los_Angeles Asia/Kolkata Asia/Tokyo "
    "Australia/Lord_Howe Pacific/Auckland Pacific/Kiritimati America/St_Johns UTC"
).split()
EDGES = [
    date.fromisoformat(day)
    for day in (
        "2026-03-29 2026-03-08 2026-10-25 2026-11-01 2026-12-25 2026-12-28 2026-12-31 2027-01-01 "
        "2026-09-30 2026-10-01 2026-11-30 2026-05-04 2026-05-31 2026-08-31 2026-11-26 2026-07-03"
    ).split()
]
"""Days on which calendars go wrong: clocks change, holidays, periods end."""
RAMPS: tuple[list[float], ...] = ([], [0.5], [0.1, 0.3, 0.6, 0.9], [1, 0.01])


def a_playbook(random: Random, near: date) -> Spec:
    """One team, whose dates lie around a day."""
    behaviours = [_behaviour(random, number) for number in range(random.randint(1, 5))]
    results = [_result(random, number) for number in range(random.randint(1, 2))]
    for behaviour in behaviours:
        random.choice(results).setdefault("behaviours", []).append(behaviour)
    team: Spec = {
        "name": "West",
        "reps": [_rep(random, number, near) for number in range(4)],
        "results": results,
    }
    _maybe(random, team, "timezone", lambda: random.choice(ZONES))
    _maybe(random, team, "workdays", lambda: random.sample(WEEKDAYS, random.randint(1, 7)))
    _maybe(random, team, "holidays", lambda: random.choice(["GB-ENG", "US"]))
    _maybe(random, team, "ramp", lambda: random.choice(RAMPS))
    _maybe(random, team, "ramp_results", lambda: True)
    team["overrides"] = _overrides(random, team, near)
    return {"workspace": WORKSPACE, "timezone": random.choice(ZONES), "teams": [team]}


def _maybe(random: Random, into: Spec, key: str, make: Any) -> None:
    if random.random() < 0.5:
        into[key] = make()


def _behaviour(random: Random, number: int) -> Spec:
    period = random.choice(["day", "day", "week", "week", "month", "quarter", "year"])
    most = {"day": 25, "week": 30, "month": 20, "quarter": 12, "year": 300}[period]
    target = random.choice([1, random.randint(1, most), random.randint(1, most * 100) / 100])
    behaviour: Spec = {"name": f"Behaviour {'ABCDE'[number]}", "target": target, "period": period}
    if random.random() < 0.3:
        behaviour["unit"] = "hours"
        behaviour["target"] = min(target, 12)
    return behaviour


def _result(random: Random, number: int) -> Spec:
    period = random.choice(["month", "quarter", "year"])
    return {
        "name": f"Result {'AB'[number]}",
        "unit": "customers",
        "period": period,
        "target": random.randint(1, 40),
    }


def _rep(random: Random, number: int, near: date) -> Spec:
    rep: Spec = {"user": f"U0{number}REP"}
    _maybe(random, rep, "timezone", lambda: random.choice(ZONES))
    _maybe(random, rep, "segment", lambda: random.choice(["SDR", "AE"]))
    start = near - timedelta(days=random.randint(-10, 60))
    _maybe(random, rep, "started_on", start.isoformat)
    if random.random() < 0.3:
        rep["leaves_on"] = max(start, near + timedelta(days=random.randint(-5, 40))).isoformat()
    rep["away"] = [_time_off(random, near) for _ in range(random.randint(0, 3))]
    return rep


def _time_off(random: Random, near: date) -> str:
    first = near + timedelta(days=random.randint(-40, 20))
    last = first + timedelta(days=random.choice([0, 0, 1, 4, 12]))
    return first.isoformat() if first == last else f"{first}/{last}"


def _overrides(random: Random, team: Spec, near: date) -> list[Spec]:
    made: dict[tuple[str, ...], Spec] = {}
    named = [("result", each) for each in team["results"]]
    for result in team["results"]:
        named += [("behaviour", each) for each in result.get("behaviours", [])]
    segments = sorted({rep["segment"] for rep in team["reps"] if "segment" in rep})
    who = [("user", rep["user"]) for rep in team["reps"]] + [("segment", s) for s in segments]
    for _ in range(random.randint(0, 6)):
        (kind, what), (scope, whom) = random.choice(named), random.choice(who)
        override = {scope: whom, kind: what["name"], "target": random.randint(1, 20)}
        if random.random() < 0.7:
            override["from"] = str(near - timedelta(days=random.randint(-5, 60)))
        made[scope, whom, what["name"], override.get("from", "")] = override
    return list(made.values())


def rows_of(random: Random, playbook: Spec, near: date) -> list[Row]:
    """What the team did in the weeks before a day, and a few days after it."""
    [team] = playbook["teams"]
    found = []
    for rep in team["reps"]:
        for result in team["results"]:
            found += _rows(random, rep, result["name"], 0.05, near)
            for behaviour in result.get("behaviours", []):
                share = random.choice([0, 0.2, 0.6, 0.95])
                found += _rows(random, rep, behaviour["name"], share, near, behaviour)
    return found


def _rows(
    random: Random, rep: Spec, name: str, share: float, near: date, plan: Spec | None = None
) -> list[Row]:
    most = 3 if plan is None else _a_day(plan)
    found = []
    for number in range(-70, 4):
        if random.random() < share:
            cents = random.randint(1, max(1, round(most * 150)))
            quantity = f"{cents / 100:.2f}" if random.random() < 0.3 else str(cents // 100 + 1)
            day = near + timedelta(days=number)
            found.append(Row(rep["user"], name, quantity, _moment(random, day)))
    return found


def _a_day(plan: Spec) -> float:
    return (
        float(plan["target"])
        / {"day": 1, "week": 5, "month": 20, "quarter": 60, "year": 250}[plan["period"]]
    )


def _moment(random: Random, day: date) -> str:
    if random.random() < 0.5:
        return day.isoformat()
    minutes = timedelta(minutes=random.randint(0, 1439))
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes).isoformat()


def as_csv(rows: list[Row]) -> str:
    """The rows as an activities file, each with an id of its own."""
    text = StringIO()
    writer = csv.writer(text)
    columns = "workspace,user,behaviour,quantity,occurred_on,account,note,external_id"
    writer.writerow(columns.split(","))
    for number, row in enumerate(rows):
        what = (row.user, row.indicator, row.quantity, row.occurred_on)
        writer.writerow([WORKSPACE, *what, "", "", f"row-{number}"])
    return text.getvalue()


def a_look(random: Random, near: date) -> datetime:
    """An instant around a day, often near some zone's midnight."""
    day = near + timedelta(days=random.randint(-6, 6))
    minutes = random.choice([0, 1, random.randint(0, 1439), random.randint(0, 23) * 60])
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
