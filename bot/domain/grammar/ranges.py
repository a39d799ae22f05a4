"""Days off as people say them: "12-16 dec", "28 dec - 3 jan", "until friday", "next week"."""

import re
from datetime import date, timedelta

from bot.domain.grammar.days import MONTHS, Looking, NoDay, Spoken, read_day

LONGEST_WITHOUT_YEAR = 183
"""Days of a range without years beyond which its two ends were swapped ("16-12 dec")."""

Days = tuple[date, date]

_MONTH = "|".join(month.lower()[:3] for month in MONTHS)
_NUMBER = re.compile(r"(?:the )?\d{1,2}(?:st|nd|rd|th)?")
_WITH_MONTH = re.compile(rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?P<rest> ?(?:of )?(?:{_MONTH}).*)")
_MONTH_FIRST = re.compile(rf"(?P<rest>(?:{_MONTH})[a-z]*\.?) ?\d.*")
_BETWEEN = re.compile(r" ?(?:\.{2,}|…) ?| (?:-|to|until|till|through|thru|and) |/|-")
_WITHOUT_YEAR = re.compile(rf"(?=.*(?:{_MONTH}))(?!.*\d{{4}}).*|\d{{1,2}}\.\d{{1,2}}\.")


def read_range(phrase: str, today: date) -> Days | NoDay | None:
    """The first and last day that a phrase of normal words says, None where it says none.

    Days without a year lie ahead: a range is the next one that isn't over yet. "Until" begins
    today.
    """
    phrase = phrase.removeprefix("from ").removeprefix("between ")
    if week := _week(phrase, today):
        return week
    until = re.fullmatch(r"(?:until|till|til|through|thru|to) (.+)", phrase)
    if until:
        last = read_day(until[1], today, Looking.AHEAD)
        return (today, last) if isinstance(last, date) else last
    day = read_day(phrase, today, Looking.AHEAD)
    if isinstance(day, date):
        return day, day
    return _two_days(phrase, today) or day


def _week(phrase: str, today: date) -> Days | None:
    """A Monday-first week; what is left of the current one."""
    sunday = today + timedelta(days=6 - today.weekday())
    if phrase in {"this week", "rest of the week", "the rest of the week"}:
        return today, sunday
    if phrase == "next week":
        return sunday + timedelta(days=1), sunday + timedelta(days=7)
    return None


def _two_days(phrase: str, today: date) -> Days | NoDay | None:
    """Cuts at every place that may stand between two days and takes the first that gives both."""
    problem: NoDay | None = None
    for cut in _BETWEEN.finditer(phrase):
        left, right = phrase[: cut.start()].strip(), phrase[cut.end() :].strip()
        days = _days(*_completed(left, right), today) if left and right else None
        if isinstance(days, tuple):
            return days
        problem = problem or days
    return problem


def _completed(left: str, right: str) -> tuple[str, str]:
    """Both days with their month: "12" and "16 dec", "dec 12" and "16"."""
    if _NUMBER.fullmatch(left) and (month := _WITH_MONTH.fullmatch(right)):
        return re.sub(r"\D", "", left) + month["rest"], right
    if re.fullmatch(r"\d{1,2}\.", left) and (dotted := re.fullmatch(r"\d{1,2}\.(\d.*)", right)):
        return left + dotted[1], right
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?(?: \d{4})?", right) and (
        month := _MONTH_FIRST.fullmatch(left)
    ):
        return left + _year_of(right), f"{month['rest']} {right}"
    return left, right


def _year_of(text: str) -> str:
    year = re.search(r" \d{4}$", text)
    return year[0] if year else ""


def _days(left: str, right: str, today: date) -> Days | NoDay | None:
    if _WITHOUT_YEAR.fullmatch(left):
        last = read_day(right, today, Looking.AHEAD)
        first = read_day(left, today, Looking.BACK, last) if isinstance(last, date) else None
        if _swapped(first, last):
            return NoDay("Those days end before they begin: type them like 12-16 dec.")
    else:
        first = read_day(left, today, Looking.AHEAD)
        last = read_day(right, today, Looking.AHEAD, first) if isinstance(first, date) else None
    return _both(first, last)


def _both(first: Spoken | None, last: Spoken | None) -> Days | NoDay | None:
    if isinstance(first, date) and isinstance(last, date):
        return first, last
    return next((day for day in (first, last) if isinstance(day, NoDay)), None)


def _swapped(first: Spoken | None, last: Spoken | None) -> bool:
    return (
        isinstance(first, date)
        and isinstance(last, date)
        and (last - first).days > LONGEST_WITHOUT_YEAR
    )
