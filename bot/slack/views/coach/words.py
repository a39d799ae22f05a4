"""Days, zones and amounts as the pages of `/coach` say them; plain, not escaped."""

import re
from datetime import date
from decimal import Decimal
from typing import Final
from zoneinfo import available_timezones

from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.grammar.numbers import read_quantity
from bot.domain.grammar.requests import check_writing
from bot.domain.grammar.words import normal
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan
from bot.domain.quantities import Measure, Unit
from bot.slack.views.fields import MOST_OPTIONS, Choices
from bot.slack.views.filled import Filled
from bot.slack.words.amounts import amount, day_words, number

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONTINENTS: Final = (
    "Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific".split()
)
_ISO: Final = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")
"""Days that every month has; another one stays as it is."""
_UTC: Final = ("UTC", "UTC")


def days_words(days: DateRange, today: date) -> str:
    """ "Mon 14 Dec to Fri 18 Dec", "today"."""
    first = day_words(days.start, today)
    return first if days.start == days.end else f"{first} to {day_words(days.end, today)}"


def dated(said: str, today: date) -> str:
    """The sentence with days as people say them."""
    return _ISO.sub(lambda found: day_words(date.fromisoformat(found[0]), today), said)


def zone_words(zone: str) -> str:
    """ "New York" for America/New_York."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def each_words(target: Decimal, unit: Unit, period: PeriodKind, name: str) -> str:
    """ "5 meetings a week"; "5 a week" where the unit says no more than the indicator's name."""
    said = number(target) if unit == default_unit(name) else amount(target, unit)
    return f"{said} a {period.value}"


def target_words(plan: ResultPlan | BehaviourPlan) -> str:
    """The team's target."""
    return each_words(plan.target, plan.unit, plan.period, plan.name)


def zones(known: str | None) -> list[tuple[str, Choices]]:
    """Every zone by continent, as the field takes them; `known` is among them whatever it is."""
    found = sorted(available_timezones())
    groups: list[tuple[str, Choices]] = [("Everywhere", [_UTC])]
    if known and known.split("/")[0] not in _CONTINENTS and known != "UTC":
        groups.append(("Now", [(known, known)]))
    for continent in _CONTINENTS:
        places = [name for name in found if name.startswith(f"{continent}/")]
        for start in range(0, len(places), MOST_OPTIONS):
            part = places[start : start + MOST_OPTIONS]
            groups.append(
                (_group(continent, part, places), [(each, _place(each)) for each in part])
            )
    return groups


def _group(continent: str, part: list[str], places: list[str]) -> str:
    if len(part) == len(places):
        return continent
    return f"{continent}, {_place(part[0])} to {_place(part[-1])}"


def _place(zone: str) -> str:
    _, place = zone.split("/", 1)
    return place.replace("_", " ").replace("/", ", ")


def read_target(filled: Filled, name: str, unit: Unit) -> Decimal:
    """The amount in a field. Raises FormRefused there."""
    typed = filled.needed(name, "Type how much.")
    phrase = " ".join(normal(word) for word in typed.split())
    try:
        read = read_quantity(phrase, unit.measure)
        if read is not None:
            check_writing(read, "A target")
    except Refusal as refusal:
        raise FormRefused({name: refusal.sentence}) from None
    if read is None or not read.amount.is_finite():
        example = "1h30 or 1.5" if unit.measure is Measure.HOURS else "5"
        raise FormRefused({name: f"Type a number, like {example}."})
    return read.amount


def read_period(filled: Filled, name: str) -> PeriodKind:
    """The period chosen in a field. Raises FormRefused there."""
    chosen = filled.chosen(name)
    if chosen not in set(PeriodKind):
        raise FormRefused({name: "Choose a day, a week or longer."})
    return PeriodKind(chosen)


def read_aliases(filled: Filled, name: str) -> tuple[str, ...]:
    """Words between commas."""
    parts = (filled.text(name) or "").split(",")
    return tuple(word for word in (" ".join(part.split()) for part in parts) if word)
