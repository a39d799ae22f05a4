"""How pairings go, a line each: before and since, with what that rests on."""

from collections.abc import Callable, Iterable, Iterator

from bot.domain.coaching.diagnosis_words import amount
from bot.domain.coaching.pairing_progress import PairingProgress, Stretch
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.slack.words.amounts import day_words

Called = Callable[[str], str]


def pairing_lines(
    pairings: Iterable[PairingProgress], called: Called, safe: Called
) -> Iterator[str]:
    """ "Riley with Sam at First meetings, until Sun 6 Dec: 2.5 a week before (4 weeks), …"."""
    for each in pairings:
        pairing = each.pairing
        who = f"{called(pairing.learner)} with {called(pairing.teacher)}"
        ends = day_words(pairing.ends_on, pairing.starts_on)
        when = f"ended {ends}" if each.is_over else f"until {ends}"
        yield f"{who} at {safe(each.behaviour.name)}, {when}: {safe(_told(each))}."


def _told(each: PairingProgress) -> str:
    before = _stretch(each.before, each.behaviour, each.following)
    if each.is_early:
        return f"{before} before; too early to say what it has changed"
    since = _stretch(each.since, each.behaviour, each.following)
    return f"{before} before, {since} since"


def _stretch(stretch: Stretch, behaviour: Indicator, following: Indicator | None) -> str:
    """A weekly mean, or a conversion, with its n."""
    if following is not None and not stretch.done:
        return f"nothing of {behaviour.name}"
    if following is not None:
        tried = amount(stretch.done, behaviour)
        led = amount(stretch.led, following)
        return f"{led} of {tried}{_rate(stretch, following)}"
    if not stretch.weeks:
        return "no week of work"
    mean = amount(round(stretch.done / stretch.weeks, 1), behaviour)
    weeks = f"{stretch.weeks:.1f}".removesuffix(".0")
    return f"{mean} a week ({weeks} {'week' if weeks == '1' else 'weeks'})"


def _rate(stretch: Stretch, following: Indicator) -> str:
    if not stretch.led or following.unit.measure is Measure.MONEY:
        return ""
    rate = f"{stretch.done / stretch.led:.1f}".removesuffix(".0")
    return f", 1 in {rate},"
