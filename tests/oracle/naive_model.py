"""A scorecard worked out the slow way, from design §2.1–2.3 alone.

It shares no code with the product and walks day by day through a playbook as it stands in its file
and rows as they stand in theirs. Fractions, so that nothing is rounded that the design doesn't.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

Spec = dict[str, Any]
DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = {
    "GB-ENG": """2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25
        2025-12-26 2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25
        2026-12-26 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30
        2027-12-25 2027-12-26 2027-12-27 2027-12-28""",
    "US": """2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01
        2025-10-13 2025-11-11 2025-11-27 2025-12-25 2026-01-01 2026-01-19 2026-02-16 2026-05-25
        2026-06-19 2026-07-03 2026-07-04 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25
        2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-06-19 2027-07-04 2027-07-05
        2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24 2027-12-25 2027-12-31""",
}
"""The official lists, written out by hand."""


IDLE = {"status": "not_started", "ask_today": 0}
"""Without a target no available day is completed either (§2.3), and there is nothing to ask."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an activities file: a date, or an instant with its offset, as text."""

    user: str
    indicator: str
    quantity: str
    occurred_on: str


def period_around(kind: str, day: date) -> tuple[date, date]:
    """The first and the last day of the period that holds this day."""
    if kind == "day":
        return day, day
    if kind == "week":
        monday = day - day.weekday() * DAY
        return monday, monday + 6 * DAY
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    first = (day.month - 1) // months * months + 1
    after = first + months
    end = date(day.year + after // 13, after - after // 13 * 12, 1) - DAY
    return date(day.year, first, 1), end


def days(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def half_up(amount: Fraction, step: Fraction) -> Fraction:
    return floor(amount / step + Fraction(1, 2)) * step


class Rep:
    """One rep of one team of a playbook."""

    def __init__(self, playbook: Spec, team: Spec, rep: Spec) -> None:
        self.team = team
        self.user = rep["user"]
        self.segment = rep.get("segment")
        zone = rep.get("timezone") or team.get("timezone") or playbook.get("timezone") or "UTC"
        self.zone = ZoneInfo(zone)
        self.started_on = rep.get("started_on") and date.fromisoformat(rep["started_on"])
        self.leaves_on = rep.get("leaves_on") and date.fromisoformat(rep["leaves_on"])
        self.away = [_range(each) for each in rep.get("away", [])]

    def is_pattern_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.team.get("workdays", WEEKDAYS[:5])

    def is_employed(self, day: date) -> bool:
        return not (
            (self.started_on and day < self.started_on) or (self.leaves_on and day > self.leaves_on)
        )

    def is_available(self, day: date) -> bool:
        holidays = HOLIDAYS.get(self.team.get("holidays", ""), "")
        return (
            self.is_pattern_day(day)
            and self.is_employed(day)
            and day.isoformat() not in holidays.split()
            and not any(first <= day <= last for first, last in self.away)
        )

    def ramp(self, day: date) -> Fraction:
        """What a day of this calendar week of the rep counts."""
        steps = self.team.get("ramp", [0.25, 0.5, 0.75])
        if self.started_on is None:
            return Fraction(1)
        week = (period_around("week", day)[0] - period_around("week", self.started_on)[0]).days // 7
        return Fraction(str(steps[week])) if 0 <= week < len(steps) else Fraction(1)

    def weight(self, day: date) -> Fraction:
        return self.ramp(day) if self.is_available(day) else Fraction(0)


def _range(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


@dataclass(frozen=True, slots=True)
class Named:
    """A behaviour or a result of the playbook."""

    rep: Rep
    name: str
    plan: Spec
    is_result: bool

    @property
    def kind(self) -> str:
        return str(self.plan.get("period", "week"))

    @property
    def step(self) -> Fraction:
        return Fraction(1, 4) if self.plan.get("unit") == "hours" else Fraction(1)

    @property
    def is_count(self) -> bool:
        return self.plan.get("unit") != "hours"

    def base(self, first: date) -> Fraction:
        """The target in force on this day: the rep's own, else the segment's, else the team's."""
        about = "result" if self.is_result else "behaviour"
        overrides = [
            each for each in self.rep.team.get("overrides", []) if each.get(about) == self.name
        ]
        own = [each for each in overrides if each.get("user") == self.rep.user]
        group = self.rep.segment or "nobody's"
        segment = [each for each in overrides if each.get("segment") == group]
        for settings in (own, segment):
            begun = [each for each in settings if each.get("from", "0001-01-01") <= str(first)]
            if begun:
                latest = max(begun, key=lambda each: str(each.get("from", "0001-01-01")))
                return Fraction(str(latest["target"]))
        return Fraction(str(self.plan["target"]))

    def target(self, first: date, last: date) -> Fraction | None:
        """Design §2.2; None where there is no target."""
        rep = self.rep
        pattern = [day for day in days(first, last) if rep.is_pattern_day(day)]
        if self.is_result:
            ramps = rep.team.get("ramp_results", False)
            employed = [day for day in pattern if rep.is_employed(day)]
            counting = sum(
                (rep.ramp(day) if ramps else Fraction(1) for day in employed), Fraction(0)
            )
        else:
            counting = sum(map(rep.weight, pattern), Fraction(0))
        if not counting:
            return None
        share = self.base(first) * counting / len(pattern)
        return max(half_up(share, self.step), self.step)


class Entries:
    """A rep's rows as of an instant, by the rep's local date."""

    def __init__(self, rep: Rep, rows: list[Row], now: datetime) -> None:
        self.found: list[tuple[str, date, Fraction]] = []
        for row in rows:
            if row.user == rep.user:
                instant, day = _when(row.occurred_on, rep.zone)
                if instant <= now:
                    self.found.append((row.indicator, day, Fraction(row.quantity)))

    def total(self, name: str, first: date, last: date) -> Fraction:
        return sum(
            (amount for what, day, amount in self.found if what == name and first <= day <= last),
            Fraction(0),
        )


def _when(text: str, zone: ZoneInfo) -> tuple[datetime, date]:
    if len(text) == len("2026-11-20"):
        day = date.fromisoformat(text)
        return datetime.combine(day, time(), zone).astimezone(UTC), day
    instant = datetime.fromisoformat(text)
    return instant, instant.astimezone(zone).date()


def scorecard(playbook: Spec, team: Spec, rep: Spec, rows: list[Row], now: datetime) -> Spec:
    """What `scorecard --json` says, with Fractions for numbers."""
    who = Rep(playbook, team, rep)
    entries = Entries(who, rows, now)
    today = now.astimezone(who.zone).date()
    return {
        "behaviours": {
            plan["name"]: _behaviour(Named(who, plan["name"], plan, False), entries, today)
            for result in team["results"]
            for plan in result.get("behaviours", [])
        },
        "results": {
            plan["name"]: _result(Named(who, plan["name"], plan, True), entries, today)
            for plan in team["results"]
        },
    }


def _result(what: Named, entries: Entries, today: date) -> Spec:
    first, last = period_around(what.kind, today)
    target, actual = what.target(first, last), entries.total(what.name, first, last)
    return {
        "period": f"{what.kind} {first} {last}",
        "target": target,
        "actual": actual,
        "attainment": None if target is None else actual / target,
    }


def _behaviour(what: Named, entries: Entries, today: date) -> Spec:
    kind = "week" if what.kind == "day" else what.kind
    first, last = period_around(kind, today)
    actual = entries.total(what.name, first, last)
    target = what.target(first, last)
    found: Spec = {"period": f"{kind} {first} {last}", "actual": actual}
    if what.kind == "day":
        daily = [target for day in days(first, last) if (target := what.target(day, day))]
        target = sum(daily, Fraction(0)) or None
        found["today_target"] = what.target(today, today)
        found["today_actual"] = entries.total(what.name, today, today)
    found |= {"target": target, "streak": _streak(what, entries, today)}
    if target is None:
        return found | {"attainment": None, "expected": 0, "pace": None} | IDLE
    return found | _assessed(what, target, actual, days(first, last), today)


def _assessed(
    what: Named, target: Fraction, actual: Fraction, period: list[date], today: date
) -> Spec:
    """Design §2.3."""
    rep = what.rep
    gone = [day for day in period if day < today and rep.is_available(day)]
    left = [day for day in period if day >= today and rep.is_available(day)]
    expected = target * sum(map(rep.weight, gone)) / sum(map(rep.weight, gone + left))
    pace = actual / expected if expected else None
    asks = rep.is_available(today) and actual < target
    ask = ceil((target - actual) / len(left) / what.step) * what.step if asks else Fraction(0)
    return {
        "attainment": actual / target,
        "expected": expected,
        "pace": pace,
        "status": _status(what, actual, target, expected, pace, bool(gone)),
        "ask_today": ask,
    }


def _status(
    what: Named,
    actual: Fraction,
    target: Fraction,
    expected: Fraction,
    pace: Fraction | None,
    has_begun: bool,
) -> str:
    if actual >= target:
        return "done"
    if not has_begun or pace is None:
        return "not_started"
    if pace >= Fraction(11, 10):
        return "ahead"
    is_late = pace < Fraction(9, 10)
    if is_late and what.is_count:
        is_late = actual < half_up(expected, Fraction(1))
    return "behind" if is_late else "on_pace"


def _streak(what: Named, entries: Entries, today: date) -> int:
    """Periods reached one after the other, the running one as soon as it is."""
    streak, day, is_running = 0, today, True
    earliest = min((day for _, day, _ in entries.found), default=today)
    while day >= earliest:
        first, last = period_around(what.kind, day)
        target = what.target(first, last)
        if target is not None:
            if entries.total(what.name, first, last) >= target:
                streak += 1
            elif not is_running:
                break
        day, is_running = first - DAY, False
    return streak
