"""Stand-ins for the parts of a file that can't be read, so that rules can judge the others."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from itertools import count

from pydantic import ValidationError

from bot.domain.playbook.faults import Path
from bot.files.playbook_schema import PlaybookShape

_PASSES = 4
"""A value taken away may leave its key missing, and a stand-in for a mapping all of its keys."""
_KEYS: dict[str | int, object] = {
    "workspace": "T00",
    "teams": [],
    "target": Decimal(1),
    "period": "quarter",
}
_ITEMS: dict[str | int, object] = {
    "workdays": "mon",
    "away": "2000-01-01",
    "ramp": Decimal(1),
    **{name: {} for name in ("teams", "reps", "results", "behaviours", "overrides")},
}


def mended(given: object, invalid: ValidationError) -> tuple[PlaybookShape | None, set[Path]]:
    """The file with each invalid part left out or stood in for, and the paths of those parts.

    None where nothing is left to be judged.
    """
    data, broken, numbers = deepcopy(given), set[Path](), count(1)
    for _ in range(_PASSES if isinstance(data, dict) else 0):
        for error in invalid.errors():
            broken.add(error["loc"])
            _mend(data, error["loc"], error["type"] == "missing", numbers)
        try:
            return PlaybookShape.model_validate(data), broken
        except ValidationError as still:
            invalid = still
    return None, broken


def _mend(data: object, path: Path, is_missing: bool, numbers: Iterator[int]) -> None:
    depth, parent = _reached(data, path)
    step = path[depth]
    match parent, step:
        case list(), int():
            name = path[depth - 1]
            parent[step] = deepcopy(_ITEMS.get(name, f"U{next(numbers)}STANDIN"))
        case dict(), str() if is_missing:
            parent[step] = deepcopy(_KEYS.get(step, f"U{next(numbers)}STANDIN"))
        case dict(), str():
            parent.pop(step, None)


def _reached(data: object, path: Path) -> tuple[int, object]:
    """How far the path leads into lists and mappings, and the innermost one that it reaches."""
    parent = data
    for depth, step in enumerate(path[:-1]):
        inside = parent.get(step) if isinstance(parent, dict) else None
        if isinstance(parent, list) and isinstance(step, int):
            inside = parent[step]
        if not isinstance(inside, dict | list):
            return depth, parent
        parent = inside
    return len(path) - 1, parent
