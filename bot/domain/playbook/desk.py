"""What somebody who runs a team has before them: its plan, and all that can be changed about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.days.absences import Absence
from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS, Indicator
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)


@dataclass(frozen=True, slots=True)
class TeamAbsence:
    """A rep's time off that isn't over."""

    user: str
    absence: Absence


@dataclass(frozen=True, slots=True)
class Desk:
    """A team, as whoever may change it sees it.

    `teams` are those that this person may change, names by id; an admin who has no team yet has a
    `team_id` of 0 and an empty `plan`. `retired` are behaviours and results that the team no longer
    counts, `retired_teams` names. `today` is the team's local date.
    """

    team_id: int
    plan: TeamPlan
    playbook: Playbook
    today: date
    teams: Mapping[int, str] = field(default_factory=dict)
    is_admin: bool = False
    retired: tuple[Indicator, ...] = ()
    retired_teams: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    absences: tuple[TeamAbsence, ...] = ()

    @property
    def fill(self) -> str:
        """How full the team's caps are (method.md, belief 2)."""
        results, behaviours = len(self.plan.results), len(self.plan.behaviours)
        return f"{results} of {MAX_RESULTS} results, {behaviours} of {MAX_BEHAVIOURS} behaviours"

    @property
    def segments(self) -> tuple[str, ...]:
        """The groups that the team's reps are in."""
        return tuple(sorted({rep.segment for rep in self.plan.reps if rep.segment}))

    def rep(self, user: str) -> RepPlan | None:
        """One of the team's reps."""
        return next((rep for rep in self.plan.reps if rep.user == user), None)

    def indicator(self, name: str) -> ResultPlan | BehaviourPlan | None:
        """One of the team's results or behaviours, by its name in any case."""
        key = name.casefold()
        return next((one for one in self.plan.indicators if one.name.casefold() == key), None)

    def result_of(self, behaviour: str) -> ResultPlan | None:
        """The result that a behaviour drives."""
        for result in self.plan.results:
            if any(each.name == behaviour for each in result.behaviours):
                return result
        return None

    def overrides_of(self, indicator: str) -> tuple[OverridePlan, ...]:
        """Targets of single reps and segments."""
        return tuple(each for each in self.plan.overrides if each.indicator == indicator)
