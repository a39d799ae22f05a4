"""A rep's numbers, as `/pace` and `pacesetter scorecard` show them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.progress.pace import Progress


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One rep of one team as of an instant; behaviours and results in the playbook's order.

    `today` is the rep's local date at that instant.
    """

    user_id: str
    name: str | None
    team: str
    as_of: datetime
    today: date
    behaviours: tuple[Progress, ...]
    results: tuple[Progress, ...]

    def driven_by(self, behaviour: Progress) -> Progress | None:
        """The result that a behaviour drives; None where that has been retired."""
        drives = behaviour.indicator.drives
        return next((result for result in self.results if result.indicator.id == drives), None)
