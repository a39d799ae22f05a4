"""Teams and their people, as every rule needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period
from bot.domain.forecast.prospects import TeamPast
from bot.domain.indicators import Indicator
from bot.domain.loudness import AS_USUAL, Celebrations
from bot.domain.progress.targets import Scope, TargetSetting, period_in_force


@dataclass(frozen=True, slots=True)
class WeekMoment:
    """A local time on a weekday (Monday 0): when digests go out."""

    weekday: int
    time: time


@dataclass(frozen=True, slots=True)
class Team:
    """A team and its settings. `zone` is the team's own or else the workspace's.

    What fell due before `forgotten_before` may have been sent, and nobody would know any more.
    """

    id: int
    workspace_id: str
    name: str
    channel: str | None
    zone: ZoneInfo
    workdays: frozenset[int]
    holidays: str | None
    nudge_at: time
    day_ends_at: time
    digest_at: WeekMoment
    ramp: tuple[Decimal, ...]
    ramp_results: bool
    created_at: datetime
    revision: str
    celebrations: Celebrations = AS_USUAL
    leaderboard: bool = False
    channel_trouble: str | None = None
    forgotten_before: datetime | None = None

    def was_set_up_between(self, due: datetime, now: datetime) -> bool:
        """Whether something fell due before there was a team to hear it."""
        return due < self.created_at <= now

    def has_forgotten(self, due: datetime) -> bool:
        """Whether what fell due then may have been sent and pruned since."""
        return self.forgotten_before is not None and due < self.forgotten_before


@dataclass(frozen=True, slots=True)
class Person:
    """Anybody in the workspace. `zone` is resolved: own, Slack's, the team's, the workspace's."""

    id: int
    workspace_id: str
    user_id: str
    name: str | None
    zone: ZoneInfo
    is_admin: bool
    deactivated_at: datetime | None = None

    @property
    def is_deactivated(self) -> bool:
        """Whether Slack says that the person's account is switched off."""
        return self.deactivated_at is not None


@dataclass(frozen=True, slots=True)
class Rep:
    """A person as a member of one team; `calendar` answers every question about dates.

    On `quiet_weekdays` (Monday 0) the rep wants no nudge; they are workdays all the same.
    """

    person: Person
    team_id: int
    segment: str | None
    calendar: RepCalendar
    nudge_at: time
    snoozed_until: datetime | None
    paused: bool
    celebrate_alone: bool
    off_leaderboard: bool = False
    quiet_weekdays: frozenset[int] = frozenset()

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def user_id(self) -> str:
        return self.person.user_id

    def today(self, now: datetime) -> date:
        """The rep's local date at an instant."""
        return self.calendar.local_date(now)


@dataclass(frozen=True, slots=True)
class TeamTarget:
    """A target as it was set, and for whom: a rep, a segment, or (neither) the whole team."""

    setting: TargetSetting
    person_id: int | None = None
    segment: str | None = None

    def is_for(self, rep: Rep) -> bool:
        """Whether the rep is one of those that it was set for."""
        if self.person_id is not None:
            return self.person_id == rep.id
        return self.segment is None or self.segment == rep.segment


@dataclass(frozen=True)
class TeamPlaybook:
    """All that is expected of a team, and of whom: one consistent state of it.

    `indicators` are the active ones in the playbook's order; `retired` those that once were.
    `targets` maps an indicator's id to every target ever set for it. `keeps_totals` says that some
    of what the team had is that of people who have been erased.
    """

    team: Team
    reps: tuple[Rep, ...]
    managers: tuple[Person, ...]
    indicators: tuple[Indicator, ...]
    retired: tuple[Indicator, ...]
    targets: Mapping[int, tuple[TeamTarget, ...]]
    keeps_totals: bool = False

    @cached_property
    def behaviours(self) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if not indicator.is_result)

    @cached_property
    def results(self) -> tuple[Indicator, ...]:
        return tuple(indicator for indicator in self.indicators if indicator.is_result)

    @cached_property
    def _reps_by_id(self) -> dict[int, Rep]:
        return {rep.id: rep for rep in self.reps}

    def rep(self, person_id: int) -> Rep | None:
        """The rep with this id, None where that person is no (longer a) rep of the team."""
        return self._reps_by_id.get(person_id)

    @cached_property
    def present(self) -> tuple[Rep, ...]:
        """The reps whose Slack account isn't switched off: who is shown, ranked and written to."""
        return tuple(rep for rep in self.reps if not rep.person.is_deactivated)

    def person(self, user_id: str) -> Person | None:
        """The rep or manager of the team with this Slack id."""
        people = (*(rep.person for rep in self.reps), *self.managers)
        return next((each for each in people if each.user_id == user_id), None)

    def settings(self, rep: Rep, indicator: Indicator) -> tuple[TargetSetting, ...]:
        """Every target of the indicator that was ever set for this rep, in whatever scope.

        The very same tuple for all reps of whom the same is asked.
        """
        key = (*self.asked_like(rep), indicator.id)
        known = self._settings.get(key)
        if known is None:
            set_for = self.targets.get(indicator.id, ())
            known = tuple(target.setting for target in set_for if target.is_for(rep))
            self._settings[key] = known
        return known

    def set_for_all(self, indicator: Indicator) -> tuple[TargetSetting, ...]:
        """Every target of the indicator that was ever set for the whole team."""
        listed = self.targets.get(indicator.id, ())
        return tuple(each.setting for each in listed if each.setting.scope is Scope.TEAM)

    def period(self, indicator: Indicator, day: date) -> Period:
        """The period over which the team's total is seen on that day: that of its target."""
        return period_in_force(indicator, self.set_for_all(indicator), day)

    def asked_like(self, rep: Rep) -> tuple[int | None, str | None]:
        """Equal for reps who have the same targets: one's own id with targets of one's own, and
        the segment."""
        return rep.id if rep.id in self._have_targets else None, rep.segment

    @cached_property
    def _have_targets(self) -> frozenset[int]:
        every = (target.person_id for each in self.targets.values() for target in each)
        return frozenset(person_id for person_id in every if person_id is not None)

    @cached_property
    def _settings(self) -> dict[tuple[int | None, str | None, int], tuple[TargetSetting, ...]]:
        return {}

    @cached_property
    def pasts(self) -> dict[date, TeamPast]:
        """What forecasts know of the team, by its week's Monday; kept as long as the team is."""
        return {}
