"""What a team's column `celebrations` holds: {"streak": "loud"}, null where all is as usual."""

from collections.abc import Mapping

from bot.domain.loudness import AS_USUAL, Celebrations, Loudness
from bot.domain.milestones import MilestoneKind


def celebrations_of(column: Mapping[str, str] | None) -> Celebrations:
    """The column's value as the domain knows it."""
    if not column:
        return AS_USUAL
    return Celebrations.of({MilestoneKind(k): Loudness(v) for k, v in column.items()})


def kept_celebrations(celebrations: Celebrations) -> dict[str, str] | None:
    """What the column shall hold."""
    said = {kind.value: loudness.value for kind, loudness in celebrations.by_kind().items()}
    return said or None
