"""`/pace plan TIME WHAT`: an if-then plan, of which the rep is reminded once."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bot.domain.grammar.days import Looking, read_day
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.words import normal

_HOW_TO: Final = "Type a time and what you will do then, like plan 10:00 calls."
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})|h)? ?(?P<half>am|pm)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """A reminder, once, at a local time of `day`, about `what` (plain text)."""

    at: time
    what: str
    day: date


def parse_plan(words: list[str], today: date) -> Plan:
    """ "10:00 calls", "tomorrow 9.30 calls", "at 2 pm call Acme"; raises `NotUnderstood`."""
    day, rest = today, _without_at(words)
    if rest and isinstance(named := read_day(normal(rest[0]), today, Looking.AHEAD), date):
        day, rest = named, _without_at(rest[1:])
    for count in (2, 1):
        at = read_time(" ".join(normal(word) for word in rest[:count]))
        what = " ".join(rest[count:])
        if at is not None and what:
            return Plan(at, what, day)
    raise NotUnderstood(_HOW_TO)


def _without_at(words: list[str]) -> list[str]:
    return words[1:] if words and normal(words[0]) == "at" else words


def read_time(phrase: str) -> time | None:
    """A time of day: "10:00", "10", "9.30", "2pm", "14h30"."""
    match = _CLOCK.fullmatch(phrase)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
