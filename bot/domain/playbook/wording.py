"""Values and names of a playbook's parts as people say them."""

from datetime import time

from bot.domain.teams import WeekMoment

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORDS = {
    "timezone": "time zone",
    "nudge_at": "nudges at",
    "day_ends_at": "end of the day",
    "digest_at": "digest",
    "ramp_results": "results ramp too",
    "started_on": "first day",
    "leaves_on": "last day",
    "leads_to": "next step",
}


def shown(value: object) -> str:
    """A value in a sentence: "09:00", "mon, tue", "yes", "none"."""
    if isinstance(value, frozenset):
        value = [_WEEKDAYS[day] for day in sorted(value)]
    match value:
        case None | () | []:
            return "none"
        case bool():
            return "yes" if value else "no"
        case time():
            return f"{value:%H:%M}"
        case WeekMoment():
            return f"{_WEEKDAYS[value.weekday]} {value.time:%H:%M}"
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def part_name(key: str) -> str:
    """What a key of the file is called in a sentence."""
    return _WORDS.get(key, key)
