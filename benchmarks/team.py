"""Five teams with two months of history, put into a database through the command line."""

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

_TEAMS = ("North", "East", "South", "West", "Centre")
_REPS_A_TEAM = 20
REPS = [f"U{n:03}REP" for n in range(len(_TEAMS) * _REPS_A_TEAM)]
_BEHAVIOURS = (
    ("Prospecting calls", "day", 20),
    ("Conversations", "week", 30),
    ("First meetings", "week", 5),
    ("Opportunities", "week", 3),
    ("Demos", "week", 4),
    ("Proposals", "week", 3),
    ("Follow-ups", "day", 10),
    ("Account plans", "week", 2),
    ("Referrals asked", "month", 6),
    ("Territory plan", "quarter", 1),
)
_DAYS = 60


def set_up(database_url: str, folder: Path, today: date) -> None:
    """Applies the playbook and imports 60 days of entries of 100 reps."""
    file, activities = folder / "playbook.yaml", folder / "activities.csv"
    file.write_text(playbook(_five_teams()), "utf-8")
    activities.write_text("\n".join(_activities(today)) + "\n", "utf-8")
    run(["playbook", "apply", file], database_url)
    run(["import", "activities", activities], database_url)


def playbook(teams: Iterable[str]) -> str:
    """A playbook of these teams, each from `team`."""
    return f"workspace: T01TEST\ntimezone: Europe/London\nteams:\n{''.join(teams)}"


def team(
    name: str, channel: str, reps: Iterable[str], behaviours: Iterable[tuple[str, str, int]]
) -> str:
    """A team in a playbook, each behaviour with its name, period and target."""
    listed = "\n".join(
        f"          - {{name: {behaviour}, target: {target}, period: {period}}}"
        for behaviour, period, target in behaviours
    )
    users = "\n".join(f"      - {user}" for user in reps)
    return f"""  - name: {name}
    channel: {channel}
    managers: [U01MORGAN]
    holidays: GB-ENG
    reps:
{users}
    results:
      - name: New customers
        unit: customers
        period: quarter
        target: 12
        behaviours:
{listed}
"""


def run(command: Sequence[object], database_url: str) -> None:
    """Runs one of the bot's own commands and says nothing. Raises CalledProcessError."""
    subprocess.run(
        [sys.executable, "-m", "bot", *map(str, command)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DATABASE_URL": database_url},
    )


def _five_teams() -> Iterator[str]:
    for number, name in enumerate(_TEAMS):
        whose = REPS[number * _REPS_A_TEAM : (number + 1) * _REPS_A_TEAM]
        yield team(name, f"C0{number}TEAM", whose, _BEHAVIOURS)


def _activities(today: date) -> Iterator[str]:
    chance = random.Random(7)
    yield "workspace,user,behaviour,quantity,occurred_on,account,note,external_id"
    for days_ago in range(1, _DAYS):
        day = today - timedelta(days=days_ago)
        for user in REPS:
            for name, _period, target in _BEHAVIOURS[:6]:
                quantity = chance.randint(1, max(1, target // 3))
                yield f"T01TEST,{user},{name},{quantity},{day},,,{user}-{name}-{day}"
