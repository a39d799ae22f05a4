"""Does the behaviour drive the result, here? A team's own weeks on each link of its funnel.

More than usual of the behaviour in a week, and then, so many weeks later, more than usual of what
it leads to: "usual" being the rep's own, so that who does more of everything proves nothing, and
the team's that week, so that Christmas proves nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import atanh, sqrt, tanh
from typing import Final

from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam

LONGEST_LAG: Final = 8
"""Weeks from a behaviour to what it leads to."""
READ_WEEKS: Final = 52
_FEWEST: Final = 40
"""Weeks of reps, worth as much as independent ones, below which nothing is said."""
FEWEST_EACH: Final = 12
"""Weeks of one rep, so that a usual week can be told."""
_WORTHWHILE: Final = 0.3
"""A correlation that would be worth knowing: enough data would have shown one as strong."""
_FEW_REPS: Final = 3
"""With fewer there is no telling the team's week from a rep's."""
_NEARLY_ONE: Final = 0.999999
_DOUBT: Final = 0.05


class Verdict(StrEnum):
    """What a team's own data say of a link."""

    PROVEN = "proven"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """How well a behaviour went with what it leads to, at the lag (in weeks) that fits best.

    `correlation` with its interval `low` to `high`, 95 % for all lags together; `more` is how many
    times as much came after weeks with more than usual as after weeks with less, None where nothing
    came after the latter. `weeks` counts the reps' weeks compared, `reps` the reps.
    """

    behaviour: Indicator
    leads_to: Indicator
    verdict: Verdict
    lag: int = 0
    correlation: float = 0.0
    low: float = -1.0
    high: float = 1.0
    more: float | None = None
    weeks: int = 0
    reps: int = 0


def is_told_in(week: Period) -> bool:
    """Whether a digest about the week says it: the first that ends in its quarter."""
    return week.end not in period_of(PeriodKind.QUARTER, week.previous().end)


def links_of(
    team: WeeklyTeam, behaviours: Sequence[Indicator], results: Sequence[Indicator]
) -> tuple[Link, ...]:
    """Every link of the playbook, in its order."""
    known = {each.id: each for each in (*behaviours, *results)}
    pairs = (
        (each, known.get(each.leads_to or 0) or known.get(each.drives or 0)) for each in behaviours
    )
    return tuple(link_of(team, behaviour, after) for behaviour, after in pairs if after is not None)


def link_of(team: WeeklyTeam, behaviour: Indicator, leads_to: Indicator) -> Link:
    """One link, at the lag at which the two went together best."""
    causes = _Unusual.of(team.reps, behaviour.id)
    effects = _Unusual.of(team.reps, leads_to.id)
    found = [_Fit.at(lag, causes, effects) for lag in range(LONGEST_LAG + 1)]
    able = [fit for fit in found if fit.worth >= _FEWEST]
    if not able:
        seen = max(fit.pairs for fit in found)
        return Link(behaviour, leads_to, Verdict.UNKNOWN, weeks=seen, reps=len(causes.weeks))
    best = max(able, key=lambda fit: fit.correlation)
    low, high = best.interval(len(found))
    return Link(
        behaviour,
        leads_to,
        _verdict(low, high),
        best.lag,
        best.correlation,
        low,
        high,
        _more(team.reps, behaviour, leads_to, best.lag),
        best.pairs,
        best.reps,
    )


def _verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return Verdict.PROVEN
    # Doubtful is a finding too: a link of any use would have been seen.
    return Verdict.DOUBTFUL if high <= _WORTHWHILE else Verdict.UNKNOWN


@dataclass(frozen=True)
class _Unusual:
    """By rep, and by the place of the week, how much more than usual was done; away weeks aside."""

    weeks: dict[int, dict[int, float]]

    @classmethod
    def of(cls, reps: Sequence[WeeklyRep], indicator_id: int) -> "_Unusual":
        rates = {rep.person_id: dict(_rates(rep, indicator_id)) for rep in reps}
        own = {
            person: _without_trend(weeks)
            for person, weeks in rates.items()
            if len(weeks) >= FEWEST_EACH
        }
        return cls(_without_seasons(own))

    @cached_property
    def persistence(self) -> float:
        """How much of one week's unusualness is still there in the next, 0…1."""
        pairs = [
            (amount, weeks[place + 1])
            for weeks in self.weeks.values()
            for place, amount in weeks.items()
            if place + 1 in weeks
        ]
        return max(0.0, _correlation(pairs))

    @property
    def seasons(self) -> int:
        """How many weeks' means were taken off."""
        if len(self.weeks) < _FEW_REPS:
            return 0
        return len({place for weeks in self.weeks.values() for place in weeks})


def _rates(rep: WeeklyRep, indicator_id: int) -> Iterator[tuple[int, float]]:
    """What was done for each workday, from the rep's first entry on."""
    amounts = rep.amounts(indicator_id)
    for place in range(rep.first_week, len(rep.days)):
        if rep.days[place]:
            yield place, amounts[place] / rep.days[place]


def _without_trend(weeks: dict[int, float]) -> dict[int, float]:
    """Less the rep's own straight line, in the rep's own measure: who grows proves nothing by it,
    and who does ten times as much weighs no more.
    """
    middle = sum(weeks) / len(weeks)
    mean = sum(weeks.values()) / len(weeks)
    spread = sum((place - middle) ** 2 for place in weeks)
    lean = sum((place - middle) * amount for place, amount in weeks.items()) / (spread or 1)
    left = {place: amount - mean - lean * (place - middle) for place, amount in weeks.items()}
    size = sqrt(sum(amount**2 for amount in left.values()) / len(left))
    return {place: amount / size for place, amount in left.items()} if size else left


def _without_seasons(own: dict[int, dict[int, float]]) -> dict[int, dict[int, float]]:
    """Less what the team did together in each week, where there are enough to be a team."""
    if len(own) < _FEW_REPS:
        return own
    places: dict[int, list[float]] = {}
    for weeks in own.values():
        for place, amount in weeks.items():
            places.setdefault(place, []).append(amount)
    means = {place: sum(amounts) / len(amounts) for place, amounts in places.items()}
    return {
        person: {place: amount - means[place] for place, amount in weeks.items()}
        for person, weeks in own.items()
    }


@dataclass(frozen=True, slots=True)
class _Fit:
    """The correlation at one lag; `worth` is how many independent pairs it is worth."""

    lag: int
    correlation: float
    pairs: int
    worth: float
    reps: int

    @classmethod
    def at(cls, lag: int, causes: _Unusual, effects: _Unusual) -> "_Fit":
        paired = [
            [(each, after[place + lag]) for place, each in weeks.items() if place + lag in after]
            for person, weeks in causes.weeks.items()
            if (after := effects.weeks.get(person))
        ]
        pairs = [pair for own in paired for pair in own]
        reps = sum(bool(own) for own in paired)
        # Weeks that resemble the week before are worth less than as many independent ones
        # (Bartlett); each rep's usual and line, and each week's, were taken off as well.
        kept = causes.persistence * effects.persistence
        free = len(pairs) - 2 * reps - causes.seasons
        return cls(lag, _correlation(pairs), len(pairs), free * (1 - kept) / (1 + kept), reps)

    def interval(self, lags: int) -> tuple[float, float]:
        """Fisher's, wide enough for having looked at so many lags (Bonferroni)."""
        from scipy.special import ndtri  # noqa: PLC0415 - as in `conversions`

        reach = float(ndtri(1 - _DOUBT / 2 / lags)) / sqrt(max(self.worth - 3, 1))
        middle = _atanh(self.correlation)
        return tanh(middle - reach), tanh(middle + reach)


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    if not pairs:
        return 0.0
    mean_x = sum(x for x, _ in pairs) / len(pairs)
    mean_y = sum(y for _, y in pairs) / len(pairs)
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    alone = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return together / sqrt(alone) if alone > 0 else 0.0


def _atanh(value: float) -> float:
    return atanh(min(max(value, -_NEARLY_ONE), _NEARLY_ONE))


def _more(
    reps: Sequence[WeeklyRep], behaviour: Indicator, leads_to: Indicator, lag: int
) -> float | None:
    """What came after a rep's better weeks ÷ after the rep's other weeks, for each workday."""
    after: dict[bool, list[tuple[float, int]]] = {True: [], False: []}
    for rep in reps:
        rates = dict(_rates(rep, behaviour.id))
        usual = sum(rates.values()) / max(len(rates), 1)
        came = rep.amounts(leads_to.id)
        for place, rate in rates.items():
            if place + lag < len(rep.days):
                after[rate > usual].append((came[place + lag], rep.days[place + lag]))
    better, other = _a_day(after[True]), _a_day(after[False])
    return better / other if other else None


def _a_day(weeks: Sequence[tuple[float, int]]) -> float:
    days = sum(worked for _, worked in weeks)
    return sum(amount for amount, _ in weeks) / days if days else 0.0
