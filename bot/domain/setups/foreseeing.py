"""What a team that is about to be set up will hear first: the nudge as it will be if nobody logs
anything, and a digest with numbers made up for the purpose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.days.public_holidays import public_holidays
from bot.domain.days.zones import zone_named
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.nudging.account import Cost
from bot.domain.nudging.nudges import NudgeFacts, gaps
from bot.domain.playbook.plans import BehaviourPlan, Playbook, ResultPlan, TeamPlan
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import ZERO, round_half_up
from bot.domain.reports.digests import (
    Digest,
    RepWeek,
    TeamResult,
    count_on_target,
    find_gaps,
    last_moment,
)
from bot.domain.reports.what_to_coach import to_coach
from bot.domain.setups.drafts import Met

_SHOWN_REPS: Final = 3
_LOOK_AHEAD: Final = 60
_MIXED: Final = tuple(map(Decimal, ("1.1", "0.6", "1", "0.4", "0.8")))
"""Of the target, in an example: who is ahead at one thing falls short at another."""
_GOOD: Final = tuple(map(Decimal, ("1", "1.2", "1", "1.1", "1")))
"""Of the one who has done it all, the last of several."""
_RESULT_SHARE: Final = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The first nudge of one rep, None where none will come, and the first digest, with when.

    `digest` has example numbers; `digest_on` is a date where its manager is.
    """

    nudge: NudgeFacts | None
    digest: Digest
    digest_on: date
    digest_at: time


def foreseen(
    plan: TeamPlan, playbook: Playbook, people: Mapping[str, Met], now: datetime
) -> Foreseen:
    """What comes first for a team with this plan, which has a rep, a manager and a behaviour."""
    team = _Team(plan, playbook, people)
    nudge = next(team.nudges(plan.reps[0].user, now), None)
    day = team.digest_on(plan.managers[0], now)
    week = period_of(PeriodKind.WEEK, day).previous()
    return Foreseen(nudge, team.digest(week), day, plan.digest_at.time)


class _Team:
    """The team as it will be: indicators numbered in the plan's order, calendars of its reps."""

    def __init__(self, plan: TeamPlan, playbook: Playbook, people: Mapping[str, Met]) -> None:
        self._plan = plan
        self._zone = zone_named(plan.timezone or playbook.timezone)
        self._people = people
        self._results = _indicators(plan.results, IndicatorKind.RESULT, 1)
        self._behaviours = _indicators(
            plan.behaviours, IndicatorKind.BEHAVIOUR, 1 + len(plan.results)
        )
        self._settings = {
            each.name: (TargetSetting(each.target, each.period),) for each in plan.indicators
        }

    def zone(self, user: str) -> ZoneInfo:
        """The zone that Slack has for the person, else the team's."""
        known = self._people.get(user)
        return zone_named(known.zone) if known and known.zone else self._zone

    def nudges(self, user: str, now: datetime) -> Iterator[NudgeFacts]:
        """The nudges that the rep will get, as long as nothing is logged."""
        calendar, at = self._calendar(user), self._plan.nudge_at
        first = calendar.local_date(now)
        for number in range(_LOOK_AHEAD):
            day = first + timedelta(days=number)
            due = calendar.instant_of(day, at)
            behind = gaps(self._progress(user, day)) if calendar.is_available(day) else ()
            if due > now and behind:
                yield NudgeFacts(user, day, behind, f"{at:%H:%M}", self._plan.name)

    def digest_on(self, manager: str, now: datetime) -> date:
        """The manager's date on which the first digest that is still to come goes out."""
        zone = self.zone(manager)
        last = last_moment(self._plan.digest_at, zone, now)
        return last.astimezone(zone).date() + timedelta(weeks=1)

    def digest(self, week: Period) -> Digest:
        """An example of a week."""
        users = [rep.user for rep in self._plan.reps[:_SHOWN_REPS]]
        shares = [(*_MIXED[number:], *_MIXED[:number]) for number in range(len(users))]
        if len(users) > 1:
            shares[-1] = _GOOD
        reps = tuple(map(self._week, users, shares, [week] * len(users)))
        found = find_gaps(reps, week)
        return Digest(
            team=self._plan.name,
            manager=self._plan.managers[0],
            week=week,
            on_target=count_on_target(reps, (), week),
            reps=reps,
            results=tuple(self._result(each, week, len(reps)) for each in self._results),
            celebrate=(),
            gaps=found,
            coach=to_coach(found, reps),
            silent=(),
            cost=Cost(nudges=len(reps), posts=1, entries=sum(rep.entries for rep in reps)),
        )

    def _progress(self, user: str, day: date) -> Sequence[Progress]:
        calendar = self._calendar(user)
        return [
            assess(each, self._settings[each.name], calendar, day, ZERO)
            for each in self._behaviours
        ]

    def _week(self, user: str, shares: Sequence[Decimal], week: Period) -> RepWeek:
        scored = [
            self._example(each, user, share, week)
            for each, share in zip(self._behaviours, cycle(shares), strict=False)
        ]
        met = self._people.get(user)
        return RepWeek(user, met.name if met else None, tuple(scored), True, len(scored))

    def _example(self, behaviour: Indicator, user: str, share: Decimal, week: Period) -> Progress:
        """The behaviour as it stood on the week's last day, this share of its target done."""
        calendar, settings = self._calendar(user), self._settings[behaviour.name]
        asked = assess(behaviour, settings, calendar, week.end, ZERO)
        due = min(asked.target or ZERO, asked.expected) if asked.target else ZERO
        return assess(
            behaviour, settings, calendar, week.end, round_half_up(due * share, behaviour.unit)
        )

    def _result(self, result: Indicator, week: Period, reps: int) -> TeamResult:
        (setting,) = self._settings[result.name]
        target = setting.amount * reps
        actual = round_half_up(target * _RESULT_SHARE, result.unit)
        return TeamResult(result, period_of(setting.kind, week.end), target, actual)

    def _calendar(self, user: str) -> RepCalendar:
        plan = self._plan
        rep = next(each for each in plan.reps if each.user == user)
        return RepCalendar(
            zone=zone_named(rep.timezone) if rep.timezone else self.zone(user),
            workdays=plan.workdays,
            holidays=public_holidays(plan.holidays),
            time_off=rep.away,
            started_on=rep.started_on,
            leaves_on=rep.leaves_on,
            ramp=plan.ramp,
            ramp_results=plan.ramp_results,
        )


def _indicators(
    plans: Sequence[ResultPlan | BehaviourPlan], kind: IndicatorKind, first: int
) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(number, kind, plan.name, plan.unit, plan.period, plan.aliases, number)
        for number, plan in enumerate(plans, start=first)
    )
