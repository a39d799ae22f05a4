"""Five teams with two months of history, put into a database through the command line."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
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
    playbook, activities = folder / "playbook.yaml", folder / "activities.csv"
    playbook.write_text(_playbook(), "utf-8")
    activities.write_text("\n".join(_activities(today)) + "\n", "utf-8")
    for command in (["playbook", "apply", playbook], ["import", "activities", activities]):
        subprocess.run(
            [sys.executable, "-m", "bot", *map(str, command)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DATABASE_URL": database_url},
        )


def _playbook() -> str:
    teams = "\n".join(_team(number, name) for number, name in enumerate(_TEAMS))
    return f"workspace: T01TEST\ntimezone: Europe/London\nteams:\n{teams}"


def _team(number: int, name: str) -> str:
    behaviours = "\n".join(
        f"          - {{name: {name}, target: {target}, period: {period}}}"
        for name, period, target in _BEHAVIOURS
    )
    whose = REPS[number * _REPS_A_TEAM : (number + 1) * _REPS_A_TEAM]
    reps = "\n".join(f"      - {user}" for user in whose)
    return f"""  - name: {name}
    channel: C0{number}TEAM
    managers: [U01MORGAN]
    holidays: GB-ENG
    reps:
{reps}
    results:
      - name: New customers
        unit: customers
        period: quarter
        target: 12
        behaviours:
{behaviours}
"""


def _activities(today: date) -> Iterator[str]:
    chance = random.Random(7)
    yield "workspace,user,behaviour,quantity,occurred_on,account,note,external_id"
    for days_ago in range(1, _DAYS):
        day = today - timedelta(days=days_ago)
        for user in REPS:
            for name, _period, target in _BEHAVIOURS[:6]:
                quantity = chance.randint(1, max(1, target // 3))
                yield f"T01TEST,{user},{name},{quantity},{day},,,{user}-{name}-{day}"
