"""How loud a team celebrates: what its channel hears at once, in the round-up, or not (§2.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.milestones import STEPPED, Milestone, MilestoneKind


class Loudness(StrEnum):
    """What becomes of a milestone: posted at once, told in the round-up, or told to nobody."""

    LOUD = "loud"
    QUIET = "quiet"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Celebrations:
    """What a team wants otherwise than the design's usual (§2.6); empty: all as usual.

    Usual is: clean sweeps, results from 100 %, streaks from 10, lifetimes from 250 loud; the rest
    quiet. A kind that is named here is so whatever its threshold.
    """

    said: frozenset[tuple[MilestoneKind, Loudness]] = frozenset()

    @classmethod
    def of(cls, said: Mapping[MilestoneKind, Loudness]) -> "Celebrations":
        """From a mapping; what says no more than the usual is left out."""
        return cls(frozenset(each for each in said.items() if each not in _SAY_NOTHING))

    def by_kind(self) -> dict[MilestoneKind, Loudness]:
        """The kinds that are not as usual, in the design's order."""
        said = dict(self.said)
        return {kind: said[kind] for kind in MilestoneKind if kind in said}

    def __str__(self) -> str:
        said = (f"{kind.value} {volume.value}" for kind, volume in self.by_kind().items())
        return ", ".join(said) or "as usual"

    def loudness(self, milestone: Milestone) -> Loudness:
        """What becomes of this milestone."""
        usual = Loudness.LOUD if milestone.is_big else Loudness.QUIET
        return dict(self.said).get(milestone.kind, usual)


_SAY_NOTHING = frozenset(
    (kind, Loudness.LOUD if kind is MilestoneKind.SWEEP else Loudness.QUIET)
    for kind in MilestoneKind
    if kind not in STEPPED
)
AS_USUAL = Celebrations()
