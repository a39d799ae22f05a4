"""The shape of a playbook file: which keys there are and what may stand behind each.

Only what can be seen in one value is decided here; rules about values that depend on each other,
and about their size, are the domain's (`bot.domain.playbook.rules`).
"""

from datetime import date, time
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from bot.domain.days.calendar import DEFAULT_RAMP, MONDAY_TO_FRIDAY, DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.loudness import Celebrations, Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import (
    DEFAULT_DAY_ENDS_AT,
    DEFAULT_DIGEST_AT,
    DEFAULT_NUDGE_AT,
    DEFAULT_TIMEZONE,
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.quantities import Unit, unit_named
from bot.domain.teams import WeekMoment
from bot.files import scalars

Text = Annotated[str, BeforeValidator(scalars.trimmed)]
Amount = Annotated[Decimal, Field(allow_inf_nan=True), BeforeValidator(scalars.number)]
Clock = Annotated[time, BeforeValidator(scalars.clock)]
Day = Annotated[date, BeforeValidator(scalars.day)]
Days = Annotated[DateRange, BeforeValidator(scalars.days)]
Weekday = Annotated[int, BeforeValidator(scalars.weekday)]
Moment = Annotated[WeekMoment, BeforeValidator(scalars.week_moment)]
Kind = Annotated[PeriodKind, BeforeValidator(scalars.period)]
Volume = Annotated[Loudness, BeforeValidator(scalars.loudness)]
Aliases = Annotated[tuple[Text, ...], BeforeValidator(scalars.listed)]
TimesOff = Annotated[tuple[Days, ...], BeforeValidator(scalars.listed)]
Users = Annotated[tuple[Text, ...], BeforeValidator(scalars.listed)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, given: object) -> object:
        """A key with nothing behind it says as little as one left out."""
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if value is not None}
        return given


class RepShape(_Shape):
    user: Text
    name: Text | None = None
    timezone: Text | None = None
    segment: Text | None = None
    started_on: Day | None = None
    leaves_on: Day | None = None
    nudge_at: Clock | None = None
    away: TimesOff = ()

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, given: object) -> object:
        return {"user": given} if isinstance(given, str) else given

    def plan(self) -> RepPlan:
        return RepPlan(**dict(self))


class BehaviourShape(_Shape):
    name: Text
    target: Amount
    period: Kind = PeriodKind.WEEK
    unit: Text | None = None
    aliases: Aliases = ()
    leads_to: Text | None = None

    def plan(self) -> BehaviourPlan:
        return BehaviourPlan(**dict(self) | {"unit": _unit(self.unit, self.name)})


class ResultShape(_Shape):
    name: Text
    target: Amount
    period: Kind
    unit: Text | None = None
    aliases: Aliases = ()
    behaviours: tuple[BehaviourShape, ...] = ()

    def plan(self) -> ResultPlan:
        behaviours = tuple(behaviour.plan() for behaviour in self.behaviours)
        unit = _unit(self.unit, self.name)
        return ResultPlan(**dict(self) | {"unit": unit, "behaviours": behaviours})


class OverrideShape(_Shape):
    target: Amount
    user: Text | None = None
    segment: Text | None = None
    behaviour: Text | None = None
    result: Text | None = None
    period: Kind | None = None
    from_date: Day | None = Field(default=None, alias="from")

    def plan(self) -> OverridePlan:
        return OverridePlan(**dict(self))


class CelebrationsShape(_Shape):
    """A key for each kind of milestone."""

    first_entry: Volume | None = None
    target: Volume | None = None
    sweep: Volume | None = None
    streak: Volume | None = None
    best_week: Volume | None = None
    lifetime: Volume | None = None
    result: Volume | None = None
    team_target: Volume | None = None
    team_result: Volume | None = None

    def plan(self) -> Celebrations:
        said = {MilestoneKind(kind): volume for kind, volume in self if volume is not None}
        return Celebrations.of(said)


class TeamShape(_Shape):
    name: Text
    channel: Text | None = None
    managers: Users = ()
    timezone: Text | None = None
    workdays: tuple[Weekday, ...] = tuple(sorted(MONDAY_TO_FRIDAY))
    holidays: Text | None = None
    nudge_at: Clock = DEFAULT_NUDGE_AT
    day_ends_at: Clock = DEFAULT_DAY_ENDS_AT
    digest_at: Moment = DEFAULT_DIGEST_AT
    ramp: tuple[Amount, ...] = DEFAULT_RAMP
    ramp_results: StrictBool = False
    leaderboard: StrictBool = False
    celebrations: CelebrationsShape = CelebrationsShape()
    reps: tuple[RepShape, ...] = ()
    results: tuple[ResultShape, ...] = ()
    overrides: tuple[OverrideShape, ...] = ()

    def plan(self) -> TeamPlan:
        lists = {
            "workdays": frozenset(self.workdays),
            "celebrations": self.celebrations.plan(),
            "reps": tuple(rep.plan() for rep in self.reps),
            "results": tuple(result.plan() for result in self.results),
            "overrides": tuple(override.plan() for override in self.overrides),
        }
        return TeamPlan(**dict(self) | lists)


class PlaybookShape(_Shape):
    workspace: Text
    timezone: Text = DEFAULT_TIMEZONE
    name: Text | None = None
    teams: tuple[TeamShape, ...]

    def plan(self) -> Playbook:
        return Playbook(**dict(self) | {"teams": tuple(team.plan() for team in self.teams)})


def _unit(given: str | None, name: str) -> Unit:
    return default_unit(name) if given is None else unit_named(given)
