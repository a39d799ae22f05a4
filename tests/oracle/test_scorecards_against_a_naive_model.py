"""`scorecard --json` and a naive model of design §2.1–2.3 say the same about random teams."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cli.commands import Here
from tests.cli.conftest import here
from tests.oracle.naive_model import Spec, scorecard
from tests.oracle.playbooks import EDGES, a_look, a_playbook, as_csv, rows_of

__all__ = ["here"]
SEEDS = range(20)
ANY_DAY = date(2026, 2, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_scorecards_say_what_the_design_says(
    seed: int, here: Here, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    random = Random(seed)
    edge = random.choice([*EDGES, ANY_DAY + timedelta(days=random.randint(0, 400))])
    near = edge + timedelta(days=random.randint(-3, 3))
    playbook = a_playbook(random, near)
    rows = rows_of(random, playbook, near)
    _succeed(here, "playbook", "apply", _file("playbook.yaml", json.dumps(playbook)))
    _succeed(here, "import", "activities", _file("activities.csv", as_csv(rows)))
    [team] = playbook["teams"]
    for now in (a_look(random, near), a_look(random, near)):
        told = _succeed(here, *"scorecard --team West --json --at".split(), now.isoformat())
        found = {card["user"]: _comparable(card) for card in json.loads(told)}
        for rep in team["reps"]:
            wanted = scorecard(playbook, team, rep, rows, now)
            assert found[rep["user"]] == pytest.approx(_flat(wanted)), (rep, now)


def _file(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def _succeed(here: Here, *arguments: str) -> str:
    ended = here(*arguments)
    assert (ended.code, ended.err.startswith("Warning")) in {(0, False), (0, True)}, ended.err
    return ended.out


def _comparable(card: Spec) -> dict[str, Any]:
    """The card in one level, of what the model knows."""
    parts: dict[str, Spec] = {"behaviours": {}, "results": {}}
    for part, found in parts.items():
        for each in card[part]:
            found[each["name"]] = each | {"period": " ".join(each["period"].values())}
    unknown = {"name", "result", "unit", "forecast"}
    return {key: value for key, value in _flat(parts).items() if key[-1] not in unknown}


def _flat(parts: Spec) -> dict[Any, Any]:
    return {
        (part, name, key): value if isinstance(value, str | None) else float(value)
        for part, cards in parts.items()
        for name, card in cards.items()
        for key, value in card.items()
    }
