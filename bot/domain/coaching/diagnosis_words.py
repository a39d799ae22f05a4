"""A diagnosis in one sentence of numbers; unit names and the team's are as somebody typed them."""

from decimal import Decimal
from typing import Final

from bot.domain.coaching.conversions import Comparison
from bot.domain.coaching.diagnosis import Diagnosis, Evidence
from bot.domain.counts import counted
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ZERO, Measure, plain, round_up

_HALF: Final = 0.5
_CENTS: Final = 2
_HUNDRED: Final = 100


def reason(progress: Progress, diagnosis: Diagnosis, evidence: Evidence | None) -> str:
    """Why the gap is diagnosed so: "2 of 5, 3 short; 28 of 40 over 8 weeks"."""
    if evidence is None or not evidence.is_long_enough:
        return volume(progress)
    match diagnosis:
        case Diagnosis.SKILL:
            return conversion(evidence)
        case Diagnosis.BOTH:
            return f"{volume(progress)}; {_weeks(evidence)}; {conversion(evidence)}"
        case Diagnosis.EFFORT:
            return f"{volume(progress)}; {_weeks(evidence)}{_upstream(evidence)}"
        case Diagnosis.UNCLEAR:
            told = f"{volume(progress)}; {_weeks(evidence)}"
            return f"{told}, and one such week can be chance: not enough to say"


def volume(progress: Progress) -> str:
    """ "2 of 5, 3 short" or, where the period goes on, "0 of 1, 1 expected by then"."""
    target = progress.target or ZERO
    done = f"{plain(progress.actual)} of {plain(target)}"
    if progress.actual >= target:
        return done
    if progress.expected >= target:
        return f"{done}, {plain(target - progress.actual)} short"
    expected = round_up(progress.expected, progress.indicator.unit)
    return f"{done}, {plain(expected)} expected by then"


def conversion(evidence: Evidence) -> str:
    """ "40 calls led to 2 meetings, 1 in 20; the better half of West needs 8".

    Where it comes later the sentence says so: the calls counted are those of earlier weeks then.
    """
    step, following = evidence.step, evidence.leads_to
    if step is None or following is None:
        return ""
    tried, came = amount(step.tried, evidence.behaviour), amount(step.led, following)
    done = f"{tried} led{_later(evidence.delay)} to {came}"
    if following.unit.measure is Measure.MONEY:
        return f"{done}; the better half of {evidence.team} makes {amount(step.due, following)}"
    return f"{done}{_rates(step, evidence.team)}"


def _rates(step: Comparison, team: str) -> str:
    rate = step.led / step.tried
    if step.better > _HALF:
        theirs = f"{step.better * _HUNDRED:.0f} %"
        return f", {rate * _HUNDRED:.0f} %; the better half of {team} gets {theirs}"
    own = f", 1 in {_short(1 / rate)}" if rate else ""
    return f"{own}; the better half of {team} needs {_short(1 / step.better)}"


def amount(quantity: float, indicator: Indicator) -> str:
    """ "40 calls", "1.5 h of Selling time", "GBP 4200"."""
    unit = indicator.unit
    rounded = plain(round(Decimal(str(quantity)), _CENTS))
    if unit.measure is Measure.MONEY:
        return f"{unit.name} {rounded}"
    if unit.measure is Measure.HOURS:
        return f"{rounded} h of {indicator.name}"
    return f"{rounded} {unit.name}"


def _weeks(evidence: Evidence) -> str:
    asked = Decimal(str(round(evidence.asked)))
    done = plain(round(Decimal(str(evidence.done)), _CENTS))
    return f"{done} of {plain(asked)} over {counted(evidence.weeks, 'week')}"


def _later(delay: int) -> str:
    """ ", 2 weeks later,", nothing without a delay."""
    return f", {counted(delay, 'week')} later," if delay else ""


def _upstream(evidence: Evidence) -> str:
    """Where the cause lies a step earlier: the calls are there, but few become meetings."""
    if not evidence.fed_by:
        return ""
    return f", while too little comes of {evidence.fed_by[0].name}"


def _short(number: float) -> str:
    """ "8", or "2.4" where a whole number would say little."""
    few = 10
    return f"{number:.0f}" if number >= few else plain(Decimal(f"{number:.1f}"))
