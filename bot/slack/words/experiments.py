"""An experiment in plain words: what the groups did, how sure that is, and until when none is."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.domain import counts
from bot.domain.days.periods import short_day
from bot.domain.experiments.agreed import Phase
from bot.domain.experiments.effects import PROBABLE, REAL, Effect, Sum
from bot.domain.experiments.readouts import ReadOut
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.slack.rendering import shortened
from bot.slack.words.amounts import day_words

_HUNDRED: Final = 100
_NAME: Final = 60
_FEW: Final = 10
_MOST_NAMED: Final = 10
Called = Callable[[str], str]


def headline(read: ReadOut) -> str:
    """The sentence that matters; plain, as users typed the names in it."""
    plan = read.experiment.plan
    ends = day_words(plan.ends_on, plan.starts_on)
    match read.phase:
        case Phase.PLANNED:
            return f"Planned from {short_day(plan.starts_on)} to {ends}."
        case Phase.STOPPED:
            return "Stopped before its planned end, so there is no verdict."
        case Phase.RUNNING:
            return (
                f"Runs until {ends}; no verdict before then: looking early finds differences that "
                "aren’t there."
            )
        case Phase.ENDED:
            return f"{counted(read)} {verdict(read)}"


def lines(read: ReadOut, called: Called, safe: Called) -> Iterator[str]:
    """The headline, and what belongs to it.

    `called` says what people are called, `safe` makes what users typed harmless.
    """
    yield safe(headline(read))
    if read.phase in (Phase.RUNNING, Phase.STOPPED) and (read.new.tried or read.usual.tried):
        yield safe(f"{'So far' if read.phase is Phase.RUNNING else 'Counted'}: {_raw(read)}.")
    if read.left:
        who = ", ".join(map(called, read.left[:_MOST_NAMED]))
        yield f"Left the team since, and counted in the group that was drawn: {who}."
    if read.joined:
        who = ", ".join(map(called, read.joined[:_MOST_NAMED]))
        yield f"Joined since, and not counted: {who}."


def what(behaviour: Indicator, following: Indicator | None) -> str:
    """ "Calls: how many", "Calls → Conversations"; plain."""
    if following is None:
        return f"{shortened(behaviour.name, _NAME)}: how many"
    return f"{shortened(behaviour.name, _NAME)} → {shortened(following.name, _NAME)}"


def counted(read: ReadOut) -> str:
    """ "The new way: 31 of 100 calls became conversations, against 22 of 100."."""
    new, usual = (_rate(read, each) for each in (read.new, read.usual))
    if read.following is None:
        per = f"a week of {read.week} days for each rep"
        return f"The new way: {new} {_unit(read.behaviour)} {per}, against {usual}."
    if read.following.unit.measure is not Measure.COUNT:
        led, each = _unit(read.following), shortened(read.behaviour.name, _NAME)
        return f"The new way: {new} {led} for each of {each}, against {usual}."
    return (
        f"The new way: {new} of {_HUNDRED} {_unit(read.behaviour)} became "
        f"{_unit(read.following)}, against {usual} of {_HUNDRED}."
    )


def verdict(read: ReadOut) -> str:
    """ "Probably real (94 %): given how each did before, the difference is 9, and the true one lies
    between −1 and +19 per 100."."""
    effect = read.effect
    if effect is None:
        return "Too little was logged to tell a difference from chance."
    low, high, middle = (
        _signed(read, each) for each in (effect.low, effect.high, effect.difference)
    )
    return (
        f"{_word(effect)}: given how each did before, the difference is {middle}, and the true one "
        f"lies between {low} and {high}{_per(read)}."
    )


def _word(effect: Effect) -> str:
    chance = min(int(effect.chance * _HUNDRED), _HUNDRED - 1)
    if effect.chance >= REAL:
        return f"Real ({chance} %)"
    if effect.chance >= PROBABLE:
        return f"Probably real ({chance} %)"
    return f"Can’t tell ({chance} %)"


def _scale(read: ReadOut) -> float:
    """From a rate per try to the number that is shown."""
    if read.following is None:
        return read.week
    return _HUNDRED if read.following.unit.measure is Measure.COUNT else 1


def _rate(read: ReadOut, group: Sum) -> str:
    return _number(group.rate * _scale(read))


def _signed(read: ReadOut, difference: float) -> str:
    scaled = difference * _scale(read)
    return f"{'−' if scaled < 0 else '+'}{_number(abs(scaled))}"


def _per(read: ReadOut) -> str:
    if read.following is None:
        return " a week"
    return f" per {_HUNDRED}" if read.following.unit.measure is Measure.COUNT else ""


def _number(number: float) -> str:
    return f"{number:,.0f}" if number >= _FEW else f"{number:.1f}".removesuffix(".0")


def _raw(read: ReadOut) -> str:
    return "; ".join(
        f"{label} group ({counts.counted(each.people, 'person', 'people')}) {_sum(read, each)}"
        for label, each in (("new", read.new), ("usual", read.usual))
    )


def _sum(read: ReadOut, group: Sum) -> str:
    led = f"{_number(group.led)} {_unit(read.counted)}"
    if read.following is None:
        return f"{led} in {group.tried:.0f} days of work"
    return f"{led} of {_number(group.tried)} {_unit(read.behaviour)}"


def _unit(indicator: Indicator) -> str:
    measure = indicator.unit.measure
    if measure is Measure.HOURS:
        return f"h of {shortened(indicator.name, _NAME)}"
    if measure is Measure.MONEY:
        return f"{indicator.unit.name} of {shortened(indicator.name, _NAME)}"
    return shortened(indicator.unit.name, _NAME)
