"""A step of the funnel in a team's weeks: who did how much, and what came of it, how much later."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.domain.coaching.conversions import Comparison, TeamRates, Tries, better_than
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import Measure

JUDGED_WEEKS: Final = 8
LONGEST_DELAY: Final = 4
"""Weeks between a behaviour and what comes of it, at most."""
_BETTER_FIT: Final = 0.95
"""A longer delay has to fit this much better, or the shorter one is believed."""


@dataclass(frozen=True)
class Step:
    """A behaviour and what follows it in a team's weeks, each rep's shifted by the delay."""

    tries: Mapping[str, Tries]
    variation: float
    delay: int

    @cached_property
    def all_reps(self) -> TeamRates:
        tries = tuple(each for each in self.tries.values() if each.all_tried)
        return TeamRates(tries, self.variation)

    @cached_property
    def compared(self) -> Mapping[str, Comparison]:
        """Everybody who tried, beside the better half of the others."""
        from bot.domain.coaching.team_arrays import compare  # noqa: PLC0415 - SciPy: half a second

        able = {user_id: each for user_id, each in self.tries.items() if each.all_tried}
        if not able:
            return {}
        found = compare(tuple(able.values()), self.better, self.variation)
        return dict(zip(able, found, strict=True))

    @cached_property
    def better(self) -> float:
        """The conversion of the better half, as counted."""
        return better_than(self.all_reps.reps)

    @cached_property
    def strongest(self) -> tuple[str, ...]:
        """Who makes something of it, whoever makes most (shrunk toward the team) first."""
        if not self.all_reps.rate:
            return ()
        able = [user_id for user_id, each in self.tries.items() if each.all_led and each.all_tried]
        return tuple(sorted(able, key=lambda user: -self.all_reps.shrunk(self.tries[user])))


def step_of(team: WeeklyTeam, behaviour: Indicator, following: Indicator) -> Step:
    """The step at the delay with which the team's weeks fit together best."""
    counts = following.unit.measure is not Measure.MONEY
    varied = _variations(team, behaviour, following, counts=counts)
    best = 0
    for delay, variation in enumerate(varied):
        if variation < varied[best] * _BETTER_FIT:
            best = delay
    tries = {rep.user_id: _tries(rep, behaviour, following, best) for rep in team.reps}
    return Step(tries, varied[best], best)


def _variations(
    team: WeeklyTeam, behaviour: Indicator, following: Indicator, *, counts: bool
) -> list[float]:
    """How much what comes of the behaviour varies, at each delay."""
    from bot.domain.coaching.team_arrays import of_weeks, shifted, variation  # noqa: PLC0415

    tried, led = (of_weeks(team, each.id) for each in (behaviour, following))
    since = [rep.first_week for rep in team.reps]
    return [
        variation(*shifted(tried, led, since, delay, JUDGED_WEEKS), counts=counts)
        for delay in range(LONGEST_DELAY + 1)
    ]


def _tries(rep: WeeklyRep, behaviour: Indicator, following: Indicator, delay: int) -> Tries:
    first = max(rep.first_week + delay, len(rep.days) - JUDGED_WEEKS)
    tried = rep.amounts(behaviour.id)[first - delay : len(rep.days) - delay]
    return Tries(tried, rep.amounts(following.id)[first:])
