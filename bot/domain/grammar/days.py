"""Days as people say them: "tue", "last friday", "3 days ago", "20 nov", ISO dates."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

from bot.domain.grammar.numbers import NUMBER_WORDS

MAX_SPAN: Final = 3660
"""Days beyond which "n days" is only "very far"."""

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
MONTHS = (
    "January February March April May June July August September October November December"
).split()
_MONTHS_A_YEAR = len(MONTHS)
_NO_SUCH_MONTH = "A year has twelve months: write the day like 20 nov or 2026-11-20."
_MONTHS = {
    name: number
    for number, month in enumerate(MONTHS, start=1)
    for name in (month.lower(), month.lower()[:3])
} | {"sept": 9}
_RELATIVE = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
DAY_WORDS: Final = ("today", "yesterday", *(name for name in _WEEKDAYS if name.endswith("day")))
"""The single words for a day that a mistyped one is compared with."""
_DAY = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_COUNT = rf"(?P<count>\d{{1,9}}|{'|'.join(NUMBER_WORDS)})"
LONGEST_DAY: Final = 7
"""Words of the longest way to say a day ("the 20th of november 2026" and a spare one)."""


class Looking(Enum):
    """Which way a day without a year or a week is meant; today is part of both."""

    BACK = -1
    AHEAD = 1


@dataclass(frozen=True, slots=True)
class NoDay:
    """Words meant as a day that name none; the sentence says why, `meant` which it may be."""

    sentence: str
    meant: tuple[date, ...] = ()


Spoken = date | NoDay


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a day is looked for: relative to `today`, and onwards (or back) from `anchor`."""

    today: date
    anchor: date
    looking: Looking

    def nearest(self, weekday: int, *, beyond: bool = False) -> date:
        """The nearest such weekday, the anchor included unless `beyond`."""
        step = self.looking.value
        start = self.anchor + timedelta(days=step) if beyond else self.anchor
        return start + timedelta(days=step * ((weekday - start.weekday()) * step % 7))


@lru_cache(maxsize=1024)
def read_day(
    phrase: str, today: date, looking: Looking = Looking.BACK, anchor: date | None = None
) -> Spoken | None:
    """The day that a whole phrase of normal words says; None where it is not about a day at all."""
    phrase = _unpunctuated(phrase)
    seen = Seen(today, anchor or today, looking)
    if phrase in _RELATIVE:
        return today + timedelta(days=_RELATIVE[phrase])
    for pattern, resolve in _FORMS:
        if match := pattern.fullmatch(phrase):
            return resolve(match, seen)
    return None


def _unpunctuated(phrase: str) -> str:
    phrase = phrase.removeprefix("the ") if phrase.startswith("the day ") else phrase
    return phrase if re.fullmatch(r"[\d. ]+", phrase) else phrase.rstrip(".:")


def count_of(text: str) -> int:
    """ "3", "a" or "three" as a number of days, weeks…; huge ones are cut to "very far"."""
    said = int(NUMBER_WORDS[text]) if text in NUMBER_WORDS else int(text)
    return min(said, MAX_SPAN)


def _weekday(match: re.Match[str], seen: Seen) -> Spoken:
    which = {"last": Looking.BACK, "past": Looking.BACK, "next": Looking.AHEAD}.get(match["which"])
    if which is None:
        return seen.nearest(_WEEKDAYS[match["weekday"]])
    strictly = Seen(seen.today, seen.today, which)
    return strictly.nearest(_WEEKDAYS[match["weekday"]], beyond=True)


def _ago(match: re.Match[str], seen: Seen) -> Spoken:
    return seen.today - _stretch(match)


def _in(match: re.Match[str], seen: Seen) -> Spoken:
    return seen.today + _stretch(match)


def _stretch(match: re.Match[str]) -> timedelta:
    days = count_of(match["count"]) * (7 if match["unit"] == "week" else 1)
    return timedelta(days=min(days, MAX_SPAN))


def _named_month(match: re.Match[str], seen: Seen) -> Spoken:
    return _day_of(match["year"], _MONTHS[match["month"]], int(match["day"]), seen)


def _numbers(match: re.Match[str], seen: Seen) -> Spoken:
    return _day_of(match["year"], int(match["number"]), int(match["day"]), seen)


def _day_of(year: str | None, month: int, day: int, seen: Seen) -> Spoken:
    if not 1 <= month <= _MONTHS_A_YEAR or not 1 <= day <= monthrange(2024, month)[1]:
        return _impossible(day, month)
    if year is None:
        return _without_year(month, day, seen)
    full = int(year) + 2000 if len(year) == 2 else int(year)
    if not 1 <= full <= 9999 or day > monthrange(full, month)[1]:
        return _impossible(day, month, full)
    return date(full, month, day)


def _without_year(month: int, day: int, seen: Seen) -> Spoken:
    step = seen.looking.value
    for year in range(seen.anchor.year, seen.anchor.year + 9 * step, step):
        if day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found - seen.anchor).days * step >= 0:
                return found
    return _impossible(day, month)


def _impossible(day: int, month: int, year: int | None = None) -> NoDay:
    if not 1 <= month <= _MONTHS_A_YEAR:
        return NoDay(_NO_SUCH_MONTH)
    when = f"{day} {MONTHS[month - 1]}" + (f" {year}" if year else "")
    return NoDay(f"There is no {when}: write the day like 20 nov or 2026-11-20.")


def _slashed(match: re.Match[str], seen: Seen) -> Spoken:
    """Never a day, as 5/11 is another one in another country; but 20 is no month."""
    first, second = int(match["first"]), int(match["second"])
    readings = [_day_of(match["year"], first, second, seen)] if first <= _MONTHS_A_YEAR else []
    if second <= _MONTHS_A_YEAR and first != second:
        readings.insert(0, _day_of(match["year"], second, first, seen))
    meant = tuple(each for each in readings if isinstance(each, date))
    if len(meant) == 1:
        hint = f"for {match[0]} type {meant[0]}"
        return NoDay(f"Days are typed like 20 nov or 2026-11-20: {hint}.", meant)
    if not meant:
        return next(iter(readings), NoDay(_NO_SUCH_MONTH))
    said = f"I can’t tell day from month in {match[0]}: write it like 20 nov or 2026-11-20."
    return NoDay(said, meant)


def _vague(match: re.Match[str], _: Seen) -> Spoken:
    return NoDay(f"“{match[0]}” is more than one day: name one, like tue, 20 nov or 2026-11-20.")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Seen], Spoken]], ...] = (
    (
        re.compile(rf"(?:(?P<which>last|past|next|this) )?(?P<weekday>{'|'.join(_WEEKDAYS)})"),
        _weekday,
    ),
    (re.compile(rf"{_COUNT} (?P<unit>day|week)s? ago"), _ago),
    (re.compile(rf"in {_COUNT} (?P<unit>day|week)s?"), _in),
    (re.compile(rf"{_DAY}[ -]?(?:of )?{_MONTH}(?:[ -]{_YEAR})?"), _named_month),
    (re.compile(rf"{_MONTH}[ -]?{_DAY}(?: {_YEAR})?"), _named_month),
    (re.compile(rf"{_YEAR}([-/.])(?P<number>\d{{1,2}})\2(?P<day>\d{{1,2}})"), _numbers),
    (re.compile(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4}|\d{2})?"), _numbers),
    (re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?"), _slashed),
    (re.compile(r"(?:last|this|next|past) (?:week|month|quarter|year)"), _vague),
)
