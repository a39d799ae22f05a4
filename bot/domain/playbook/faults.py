"""What is wrong with a playbook, said with the path of the part that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and positions from the top of a playbook: ("teams", 0, "results", 3)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule broken, or one thing that looks unfinished; `sentence` says what to do about it."""

    path: Path
    sentence: str


Faults = Iterator[Fault]


def dotted(path: Path) -> str:
    """The path as people read it: `teams[0].results[3]`; empty for the playbook itself."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")
