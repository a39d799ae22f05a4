"""`scorecard --json` and a naive model of design §2.1–2.3 say the same about random teams."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cli.commands import Here
from tests.cli.conftest import here
from tests.oracle.naive_model import Row, Spec, scorecard
from tests.oracle.playbooks import EDGES, a_look, a_playbook, as_csv, rows_of

__all__ = ["here"]
SEEDS = range(20)
ANY_DAY = date(2026, 2, 1)


Applied = Callable[[Spec, list[Row]], None]


@pytest.fixture
def applied(
    here: Here, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Applied:
    """Puts a playbook into force in a database of its own, and imports what was done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def apply(playbook: Spec, rows: list[Row]) -> None:
        succeed(here, "playbook", "apply", _file("playbook.yaml", json.dumps(playbook)))
        succeed(here, "import", "activities", _file("activities.csv", as_csv(rows)))

    return apply


@pytest.mark.parametrize("seed", SEEDS)
def test_scorecards_say_what_the_design_says(seed: int, here: Here, applied: Applied) -> None:
    random = Random(seed)
    edge = random.choice([*EDGES, ANY_DAY + timedelta(days=random.randint(0, 400))])
    near = edge + timedelta(days=random.randint(-3, 3))
    playbook = a_playbook(random, near)
    rows = rows_of(random, playbook, near)
    applied(playbook, rows)
    [team] = playbook["teams"]
    for now in (a_look(random, near), a_look(random, near)):
        told = succeed(here, *"scorecard --team West --json --at".split(), now.isoformat())
        found = {card["user"]: _comparable(card) for card in json.loads(told)}
        for rep in team["reps"]:
            wanted = scorecard(playbook, team, rep, rows, now)
            assert found[rep["user"]] == pytest.approx(_flat(wanted)), (rep, now)


def succeed(here: Here, *arguments: str) -> str:
    """Runs a command that does what it is told, and gives back what it says."""
    ended = here(*arguments)
    assert ended.code == 0, ended.err
    return ended.out


def _file(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def _comparable(card: Spec) -> dict[str, Any]:
    """The card in one level, of what the model knows."""
    parts: dict[str, Spec] = {"behaviours": {}, "results": {}}
    for part, found in parts.items():
        for each in card[part]:
            found[each["name"]] = each | {"period": " ".join(each["period"].values())}
    unknown = {"name", "result", "unit", "forecast"}
    unknown |= {"consistency", "consistency_of", "consistency_spread"}
    return {key: value for key, value in _flat(parts).items() if key[-1] not in unknown}


def _flat(parts: Spec) -> dict[Any, Any]:
    return {
        (part, name, key): value if isinstance(value, str | None) else float(value)
        for part, cards in parts.items()
        for name, card in cards.items()
        for key, value in card.items()
    }
