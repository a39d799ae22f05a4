"""Do nudges help? Days with one against quiet days drawn at random, each rep against themselves.

The estimate is the usual one for a trial with repeated measures: a linear model with a constant for
each rep, whose difference between the two kinds of days comes with a t interval.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import sqrt
from typing import Final

LOOKING_BACK: Final = timedelta(weeks=12)
FEWEST_QUIET_DAYS: Final = 20
"""Below this many drawn days nothing is said."""
LITTLE: Final = 0.1
"""An effect that is credibly below this, one day in ten, isn't worth a nudge a day."""
_CONFIDENCE: Final = 0.95
_A_WEEK: Final = timedelta(days=7)


def judged_at(now: datetime) -> datetime:
    """The instant as of which a week goes by what nudges did before: its Sunday, 00:00 UTC.

    Twelve weeks are much the same a day later, and it is reckoned while hardly anybody works.
    """
    day = now.astimezone(UTC).date()
    sunday = day - timedelta(days=day.isoweekday() % 7)
    return datetime.combine(sunday, time(), UTC)


@dataclass(frozen=True, slots=True)
class NudgeDay:
    """A workday on which a nudge was due, sent or, at random, not.

    `named` are the behaviours that it named or would have named, `done` those of them that the rep
    logged later that day. `in_trial` where chance decided; before that every nudge is sent.
    """

    person_id: int
    day: date
    sent: bool
    in_trial: bool
    named: frozenset[int]
    done: frozenset[int]

    @property
    def was_acted_on(self) -> bool:
        return bool(self.done)


class Verdict(StrEnum):
    """What an interval says about nudges."""

    HELP = "help"
    HARM = "harm"
    LITTLE = "little"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Effect:
    """What nudges change, in shares of the behaviours they name being done that day.

    `with_nudge` and `without` are the shares as counted, `difference` is reckoned rep by rep, `low`
    and `high` hold it with 95 % confidence.
    """

    with_nudge: float
    without: float
    difference: float
    low: float
    high: float
    quiet_days: int

    @property
    def verdict(self) -> Verdict:
        if self.low > 0:
            return Verdict.HELP
        if self.high < 0:
            return Verdict.HARM
        return Verdict.LITTLE if self.high < LITTLE else Verdict.OPEN


@dataclass(frozen=True, slots=True)
class NudgeAccount:
    """A week's nudges: those sent and acted on the same day, and the days drawn without one.

    `effect` is about the last twelve weeks, None where there is too little data; `drawn` counts
    their quiet days.
    """

    sent: int = 0
    acted_on: int = 0
    quiet: int = 0
    drawn: int = 0
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one day in the trial, 0…1."""

    person_id: int
    sent: bool
    value: float


def effect_of(outcomes: Iterable[Outcome]) -> Effect | None:
    """The effect; None below twenty quiet days. Reps who had only one kind of day say nothing."""
    by_rep: dict[int, list[Outcome]] = {}
    for each in outcomes:
        by_rep.setdefault(each.person_id, []).append(each)
    both = [days for days in by_rep.values() if len({day.sent for day in days}) > 1]
    every = [day for days in both for day in days]
    quiet = sum(not day.sent for day in every)
    freedom = len(every) - len(both) - 1
    if quiet < FEWEST_QUIET_DAYS or freedom < 1:
        return None
    difference, error = _fitted(both, freedom)
    half = _reach(freedom) * error
    return Effect(
        _mean([day.value for day in every if day.sent]),
        _mean([day.value for day in every if not day.sent]),
        difference,
        difference - half,
        difference + half,
        quiet,
    )


def overall(days: Iterable[NudgeDay]) -> list[Outcome]:
    """Each day's share of the named behaviours that were done."""
    return [
        Outcome(day.person_id, day.sent, len(day.done) / len(day.named))
        for day in days
        if day.in_trial and day.named
    ]


def unresponsive(days: Sequence[NudgeDay], behaviour_ids: Iterable[int]) -> frozenset[int]:
    """The behaviours for which nudges credibly do little, over twelve weeks of drawn days."""
    trial = [day for day in days if day.in_trial]
    dates = [day.day for day in trial]
    if not dates or max(dates) - min(dates) < LOOKING_BACK - _A_WEEK:
        return frozenset()
    effects = effects_by_behaviour(trial, behaviour_ids)
    return frozenset(each for each, effect in effects.items() if effect.high < LITTLE)


def effects_by_behaviour(
    days: Iterable[NudgeDay], behaviour_ids: Iterable[int]
) -> Mapping[int, Effect]:
    """The effect on each behaviour that enough can be said about."""
    trial = [day for day in days if day.in_trial]
    found = {
        behaviour: effect_of(
            Outcome(day.person_id, day.sent, float(behaviour in day.done))
            for day in trial
            if behaviour in day.named
        )
        for behaviour in behaviour_ids
    }
    return {behaviour: effect for behaviour, effect in found.items() if effect is not None}


def _fitted(reps: Sequence[Sequence[Outcome]], freedom: int) -> tuple[float, float]:
    """The difference and its standard error, from each rep's deviations from the rep's own mean."""
    deviations = [pair for days in reps for pair in _deviations(days)]
    spread = sum(sent * sent for sent, _ in deviations)
    difference = sum(sent * value for sent, value in deviations) / spread
    squares = sum((value - difference * sent) ** 2 for sent, value in deviations)
    return difference, sqrt(squares / freedom / spread)


def _reach(freedom: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415  not from scipy.stats: that takes 4 × as long

    return float(stdtrit(freedom, (1 + _CONFIDENCE) / 2))


def _deviations(days: Sequence[Outcome]) -> list[tuple[float, float]]:
    sent, value = _mean([float(day.sent) for day in days]), _mean([day.value for day in days])
    return [(day.sent - sent, day.value - value) for day in days]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
