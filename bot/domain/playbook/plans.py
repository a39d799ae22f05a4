"""What a playbook says: teams, their people, results, behaviours and targets.

Plans hold names and Slack ids, not rows; what is stored is compared with them field by field.
Every plan is complete (defaults are filled in) and says the same thing in one way only: names of
zones, holidays, behaviours and results are spelt as they are known, times off are in order.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from bot.domain.days.calendar import DEFAULT_RAMP, MONDAY_TO_FRIDAY, DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.loudness import AS_USUAL, Celebrations
from bot.domain.quantities import Unit
from bot.domain.teams import WeekMoment

DEFAULT_TIMEZONE = "UTC"
DEFAULT_NUDGE_AT = time(9)
DEFAULT_DAY_ENDS_AT = time(18)
DEFAULT_DIGEST_AT = WeekMoment(0, time(8, 30))


@dataclass(frozen=True, slots=True)
class RepPlan:
    """A rep of a team. `timezone` None: the rep's Slack zone decides; `nudge_at` None: the team's.

    `leaves_on` is the last working day.
    """

    user: str
    name: str | None = None
    timezone: str | None = None
    segment: str | None = None
    started_on: date | None = None
    leaves_on: date | None = None
    nudge_at: time | None = None
    away: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True)
class BehaviourPlan:
    """A leading indicator; `target` is what one rep is expected to do in one period.

    `leads_to` names the funnel's next behaviour, None where that is the result itself.
    """

    name: str
    unit: Unit
    target: Decimal
    period: PeriodKind = PeriodKind.WEEK
    aliases: tuple[str, ...] = ()
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class ResultPlan:
    """A lagging indicator and what drives it; `target` is what one rep brings in one period."""

    name: str
    unit: Unit
    target: Decimal
    period: PeriodKind
    aliases: tuple[str, ...] = ()
    behaviours: tuple[BehaviourPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class OverridePlan:
    """Another target of one behaviour or one result, for one rep or one segment.

    One of `user` and `segment` is set, and one of `behaviour` and `result`. `period` None: the
    indicator's own. `from_date` None: always if the indicator is new, else from today.
    """

    target: Decimal
    user: str | None = None
    segment: str | None = None
    behaviour: str | None = None
    result: str | None = None
    period: PeriodKind | None = None
    from_date: date | None = None

    @property
    def indicator(self) -> str:
        """The name of the behaviour or result that it is about."""
        return self.behaviour or self.result or ""


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """One team. `timezone` None: the workspace's; `channel` None: good news has nowhere to go."""

    name: str
    channel: str | None = None
    managers: tuple[str, ...] = ()
    timezone: str | None = None
    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: str | None = None
    nudge_at: time = DEFAULT_NUDGE_AT
    day_ends_at: time = DEFAULT_DAY_ENDS_AT
    digest_at: WeekMoment = DEFAULT_DIGEST_AT
    ramp: tuple[Decimal, ...] = DEFAULT_RAMP
    ramp_results: bool = False
    leaderboard: bool = False
    celebrations: Celebrations = AS_USUAL
    reps: tuple[RepPlan, ...] = ()
    results: tuple[ResultPlan, ...] = ()
    overrides: tuple[OverridePlan, ...] = ()

    @property
    def behaviours(self) -> tuple[BehaviourPlan, ...]:
        """Those of all results, in the playbook's order."""
        return tuple(behaviour for result in self.results for behaviour in result.behaviours)

    @property
    def indicators(self) -> "tuple[ResultPlan | BehaviourPlan, ...]":
        """Each result, and behind it the behaviours that drive it."""
        listed: list[ResultPlan | BehaviourPlan] = []
        for result in self.results:
            listed += [result, *result.behaviours]
        return tuple(listed)


@dataclass(frozen=True, slots=True)
class Playbook:
    """Everything that a workspace's teams are expected to do."""

    workspace: str
    timezone: str = DEFAULT_TIMEZONE
    name: str | None = None
    teams: tuple[TeamPlan, ...] = ()
