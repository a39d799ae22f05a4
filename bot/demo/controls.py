"""What the demo lends to the sandbox's page: controls that move time, people to be, and a tour."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.sample import CHANNEL, MORGAN, PLAYED, RILEY
from bot.demo.steering import Steering, Stop
from bot.demo.team import LONDON
from bot.demo.workdays import WORKDAYS
from bot.domain.days.zones import instant_in
from sandbox import Control, Host, Report, Step

_MORNING: Final = time(8, 0)
_DAY_ENDS: Final = time(18, 0)
_AT_MOST: Final = timedelta(days=14)
_ZONE: Final = ZoneInfo(LONDON)

Now = Callable[[], datetime]

TOUR: Final = (
    Step(
        "You are Riley, a rep. Pacesetter lives beside your team’s channel. Log what you did "
        "today: one line is enough.",
        "command",
        "/log",
        "/log 4 calls, 1 meeting with Bluewater; met the CFO",
    ),
    Step(
        "Recorded, and you see at once where you stand. Your whole scorecard is one word away.",
        "command",
        "/pace",
        "/pace ",
    ),
    Step(
        "Time is yours here. Press “Next nudge”: your colleagues work on, and whoever has fallen "
        "behind hears of it the next morning at nine, once a day.",
        "control",
        "nudge",
    ),
    Step(
        "The nudge came as a direct message. Open Pacesetter under Apps, and there “Messages”.",
        "place",
        "im",
    ),
    Step(
        "It names what is behind and what to do about it today. Log from it: press one of its "
        "“Log” buttons.",
        "press",
        "log:",
    ),
    Step(
        "Good news is for everybody, once a day. Press “End of day” for what the team hears.",
        "control",
        "day_end",
    ),
    Step("The day’s good news is in the team’s channel. Have a look.", "place", CHANNEL),
    Step("Now be the manager: switch to Morgan at the top right.", "person", MORGAN.user_id),
    Step(
        "Every Monday at 8:30 Morgan reads whom to praise and whom to coach. Press “Next digest”.",
        "control",
        "digest",
    ),
    Step(
        "The digest came as a direct message too. Open Pacesetter under Apps, and “Messages”.",
        "place",
        "im",
    ),
    Step(
        "That is the loop: a line a day from each rep, one nudge, praise in public, and a week "
        "that tells the manager what to do. Look around: /log help, /coach, the Inspector."
    ),
)


def host(steering: Steering, now: Now) -> Host:
    """Everything that the page offers besides Slack."""
    people = tuple(each.user_id for each in (RILEY, *(one for one in PLAYED if one != RILEY)))
    return Host(controls=controls(steering, now), tour=TOUR, people=people)


def controls(steering: Steering, now: Now) -> tuple[Control, ...]:
    """The buttons of the time bar."""
    to_come = _Jumps(steering, now)
    return (
        Control("nudge", "Next nudge", to_come.nudge),
        Control("day_end", "End of day", to_come.day_end),
        Control("digest", "Next digest", to_come.digest),
        Control("hour", "+1 h", to_come.hour),
        Control("day", "+1 day", to_come.day),
        Control("date", "Go to a day", to_come.date, asks_for_date=True),
    )


class _Jumps:
    """What each control does. Days are London's, where the team is."""

    def __init__(self, steering: Steering, now: Now) -> None:
        self._steering = steering
        self._now = now

    async def nudge(self, report: Report, _: date | None) -> str:
        return await self._until("nudge", "Nobody was behind for two weeks: no nudge.", report)

    async def digest(self, report: Report, _: date | None) -> str:
        return await self._until("digest", "No digest came for two weeks.", report)

    async def day_end(self, report: Report, _: date | None) -> str:
        """The end of the next working day that isn't over."""
        day = self._now().astimezone(_ZONE).date()
        while instant_in(_ZONE, day, _DAY_ENDS) <= self._now() or day.weekday() >= WORKDAYS:
            day += timedelta(days=1)
        return await self._went(instant_in(_ZONE, day, _DAY_ENDS), report)

    async def hour(self, report: Report, _: date | None) -> str:
        return await self._went(self._now() + timedelta(hours=1), report)

    async def day(self, report: Report, _: date | None) -> str:
        """The same time of the next day, whatever summer time does in between."""
        local = self._now().astimezone(_ZONE)
        tomorrow = local.date() + timedelta(days=1)
        return await self._went(instant_in(_ZONE, tomorrow, local.time()), report)

    async def date(self, report: Report, chosen: date | None) -> str:
        """The morning of a day."""
        if chosen is None:
            raise ValueError("Choose a day.")
        return await self._went(instant_in(_ZONE, chosen, _MORNING), report)

    async def _until(self, kind: str, otherwise: str, report: Report) -> str:
        def is_it(stop: Stop) -> bool:
            return stop.brought(kind)

        found = await self._steering.to(self._now() + _AT_MOST, report, is_it)
        return self._here() if found else otherwise

    async def _went(self, target: datetime, report: Report) -> str:
        await self._steering.to(target, report)
        return self._here()

    def _here(self) -> str:
        local = self._now().astimezone(_ZONE)
        return f"It is now {local:%A} {local.day} {local:%B}, {local:%H:%M} in London."
