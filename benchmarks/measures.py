"""What a benchmark says: a value, its unit, the floor it has to hold, and whether it does."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `floor` is a least value, or a most where `at_most`."""

    name: str
    value: float
    unit: str
    floor: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        return self.value <= self.floor if self.at_most else self.value >= self.floor

    def __str__(self) -> str:
        """A line of the table."""
        bound = "at most" if self.at_most else "at least"
        verdict = "holds" if self.holds else "FAILS"
        value = f"{self.value:8.2f} {self.unit:3}"
        return f"{self.name:45} {value} {bound} {self.floor:g} {self.unit:3} {verdict}"

    def as_json(self) -> dict[str, Any]:
        """The form of interface.md: name, value, unit, floor, holds."""
        known = asdict(self)
        del known["at_most"]
        return known | {"value": round(self.value, 4), "holds": self.holds}


def interleaved(rounds: int, *runs: Callable[[], T]) -> list[list[T]]:
    """Runs each in turn, A B C A B C …, so that a drift of the machine meets all alike."""
    figures: list[list[T]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, found in zip(runs, figures, strict=True):
            found.append(run())
    return figures


def median_ratio(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """The median of the ratios round by round."""
    return median(a / b for a, b in zip(numerators, denominators, strict=True))
