"""`/pace plan TIME WHAT`: an if-then plan, of which the rep is reminded once."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bot.domain.grammar.days import Looking, read_day
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.words import normal

_HOW_TO: Final = "Type a time and what you will do then, like plan 10:00 calls."
_LONGEST_DAY: Final = 3
"""Words: "in 3 days", "14 dec 2026"."""
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})|h)? ?(?P<half>am|pm)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """A reminder, once, at a local time of `day`, about `what` (plain text)."""

    at: time
    what: str
    day: date


def parse_plan(words: list[str], today: date) -> Plan:
    """ "10:00 calls", "tomorrow 9.30 calls", "at 2 pm call Acme", "3 pm calls on friday"; raises
    `NotUnderstood`."""
    day, rest = today, _without_at(words)
    if rest and isinstance(named := read_day(normal(rest[0]), today, Looking.AHEAD), date):
        day, rest = named, _without_at(rest[1:])
    for count in (2, 1):
        at = read_time(" ".join(normal(word) for word in rest[:count]))
        if at is not None and rest[count:]:
            what, last = _split_day(rest[count:], today)
            return Plan(at, " ".join(what), last or day)
    raise NotUnderstood(_HOW_TO)


def _split_day(words: list[str], today: date) -> tuple[list[str], date | None]:
    """What to do, and the day that stands behind it, if one does."""
    for count in range(min(_LONGEST_DAY, len(words) - 1), 0, -1):
        said = read_day(" ".join(map(normal, words[-count:])), today, Looking.AHEAD)
        if isinstance(said, date):
            rest = words[:-count]
            return (rest[:-1] if len(rest) > 1 and normal(rest[-1]) == "on" else rest), said
    return words, None


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
