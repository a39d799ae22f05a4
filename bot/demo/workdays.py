"""What each rep of the sample team does on a day: the past to import, the days to come to type.

The same day always brings the same: nothing here depends on when the demo is started.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.sample import ALEX, HABITS, MARIA, MARIA_STARTS, WORKSPACE
from bot.demo.team import Cast
from bot.domain.activities import ActivityRow
from bot.domain.days.public_holidays import public_holidays

FIRST_DAY: Final = date(2026, 9, 21)
OPENS_ON: Final = date(2026, 11, 16)
"""The Monday after eight weeks."""
SET_UP_ON: Final = date(2026, 11, 13)
"""The Friday before, on which the team sets the bot up and logs with it for the first time."""
WORKDAYS: Final = 5
ACCOUNTS: Final = (
    "Bluewater", "Kestrel Foods", "Oakline", "Northgate", "Marlow & Finch", "Sable Logistics",
    "Tidewell", "Copperfield", "Juniper Health", "Lanternworks", "Redbrook", "Ashdown Rail",
)  # fmt: skip
NOTES: Final = ("met the CFO", "wants a pilot", "budget in January", "asked for references")
_AMOUNTS: Final = (3600, 4200, 5100, 6800, 8400)
_AWAY: Final = {ALEX: (date(2026, 11, 9), date(2026, 11, 20))}
_HOLIDAYS: Final = "GB-ENG"


@dataclass(frozen=True, slots=True)
class Workday:
    """One rep's day. `won` is the amount of a deal; `account` whom it, or a meeting, was with."""

    day: date
    calls: int
    meetings: int
    proposals: int
    account: str
    note: str
    won: int | None = None

    def commands(self) -> Iterator[str]:
        """What the rep types after `/log`, one line each."""
        counts = ((self.calls, "call"), (self.meetings, "meeting"), (self.proposals, "proposal"))
        done = [f"{count} {word}{'s' * (count > 1)}" for count, word in counts if count]
        if done:
            told = f" with {self.account}" if self.meetings else ""
            yield ", ".join(done) + told + (f"; {self.note}" if told and self.note else "")
        if self.won:
            yield f"won {self.won} with {self.account}"


def workday(who: Cast, day: date) -> Workday | None:
    """What a rep does on a day; None where the rep doesn't work."""
    if not _works(who, day):
        return None
    habit = HABITS[who]
    week, weekday = divmod((day - FIRST_DAY).days, 7)
    chance = Random(f"{who.user_id} {day}")
    ease = _ease(who, day)
    return Workday(
        day=day,
        calls=max(0, round(habit.calls * ease) + chance.choice((-2, -1, 0, 0, 1, 2))),
        meetings=_of_week(who, "meetings", habit.meetings * ease, week, weekday),
        proposals=_of_week(who, "proposals", habit.proposals * ease, week, weekday),
        account=chance.choice(ACCOUNTS),
        note=chance.choice((*NOTES, "", "", "")),
        won=chance.choice(_AMOUNTS) if habit.deals.get(week) == weekday else None,
    )


def logged_at(who: Cast, day: date) -> datetime:
    """When the rep writes a day down, in the rep's zone."""
    return datetime.combine(day, HABITS[who].logs_at, ZoneInfo(who.zone))


def history() -> Iterator[ActivityRow]:
    """Everybody's weeks before the bot, as rows of an activities file, by day."""
    line = 1
    days = (SET_UP_ON - FIRST_DAY).days
    for day in (FIRST_DAY + timedelta(days=number) for number in range(days)):
        for who in HABITS:
            for name, quantity, account, note in _entries(workday(who, day)):
                line += 1
                at = logged_at(who, day).isoformat()
                yield ActivityRow(
                    line, WORKSPACE, who.user_id, name, quantity, at, account, note, f"demo-{line}"
                )


def _entries(done: Workday | None) -> Iterator[tuple[str, str, str, str]]:
    """Indicator, quantity, account and note of everything that came of a day."""
    if done is None:
        return
    if done.calls:
        yield "Prospecting calls", str(done.calls), "", ""
    if done.meetings:
        yield "First meetings", str(done.meetings), done.account, done.note
    if done.proposals:
        yield "Proposals", str(done.proposals), done.account, ""
    if done.won:
        yield "New customers", "1", done.account, ""
        yield "Revenue", str(done.won), done.account, ""


def _works(who: Cast, day: date) -> bool:
    first, last = _AWAY.get(who, (date.max, date.max))
    is_new = who == MARIA and day < MARIA_STARTS
    is_free = day.weekday() >= WORKDAYS or day in public_holidays(_HOLIDAYS)
    return not (is_free or is_new or first <= day <= last)


def _ease(who: Cast, day: date) -> float:
    """How much of the usual a rep manages: a beginner's first weeks are slower."""
    if who != MARIA:
        return 1.0
    return min(1.0, 0.5 + 0.02 * (day - MARIA_STARTS).days)


def _of_week(who: Cast, what: str, usual: float, week: int, weekday: int) -> int:
    """A day's share of what a week brings, which is about the usual."""
    brings = max(0, round(usual) + Random(f"{who.user_id} {what} {week}").choice((-1, 0, 0, 1)))
    return brings * (weekday + 1) // WORKDAYS - brings * weekday // WORKDAYS
