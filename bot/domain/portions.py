"""Teams that are planned together: a plan of twenty asks hardly more than a plan of one."""

from dataclasses import dataclass

TEAMS_A_PORTION = 20


@dataclass(frozen=True, slots=True, order=True)
class Portion:
    """The teams of one workspace whose ids lie in the `number`th twenty.

    The same teams each time, whichever of them has something due: a job that waits for its turn
    stands for all that were asked for meanwhile.
    """

    workspace_id: str
    number: int

    @classmethod
    def of(cls, workspace_id: str, team_id: int) -> "Portion":
        """The one in which a team is."""
        return cls(workspace_id, team_id // TEAMS_A_PORTION)

    @property
    def first_id(self) -> int:
        return self.number * TEAMS_A_PORTION

    @property
    def last_id(self) -> int:
        return self.first_id + TEAMS_A_PORTION - 1
