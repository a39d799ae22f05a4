"""Moving the demo's time: from one instant at which something is due to the next, past none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.colleagues import Colleagues
from bot.demo.live import LiveBot
from bot.demo.play import Listener, Wrote
from bot.demo.sample import CHANNEL, MORGAN, REPS, ROBIN
from bot.demo.team import LONDON
from bot.demo.upcoming import next_due, next_waiting
from sandbox import Report

_FARTHEST = timedelta(days=62)
_SAID = {
    "nudge": "a nudge",
    "celebration": "good news",
    "roundup": "the day’s good news",
    "recap": "the week’s recap",
    "digest": "the digest",
    "reminder": "the reminder",
}
_NAMES = {each.user_id: each.name for each in (MORGAN, ROBIN, *REPS)}


@dataclass(frozen=True, slots=True)
class Stop:
    """What happened at one instant on the way."""

    at: datetime
    wrote: tuple[Wrote, ...]

    def brought(self, kind: str) -> bool:
        """Whether a message of this kind (`nudge`, `digest`, …) was posted."""
        return any(one.how == "posted" and _kind(one) == kind for one in self.wrote)


class Steering:
    """Moves the clock, lets everybody work on the way, and says what happened."""

    def __init__(self, bot: LiveBot) -> None:
        self._bot = bot
        self._colleagues = Colleagues(bot)
        self._listener = Listener(bot.slack)
        self._logged: list[str] = []

    async def to(
        self,
        target: datetime,
        report: Report,
        is_there: Callable[[Stop], bool] = lambda _: False,
    ) -> Stop | None:
        """Goes to an instant, or only as far as the first stop that `is_there` wants.

        Everything due in between goes out in its order. Gives back that stop, None where there was
        none. Raises ValueError for an instant that has passed or is far away.
        """
        self._check(target)
        with self._bot.clock.held():
            await self._bot.settled()
            list(self._listener.written())  # what was there before time moved
            while (at := await self._next(target)) <= target:
                stop = await self._stop(at, report)
                if is_there(stop):
                    return stop
                if at == target:
                    break
            self._tell_who_logged(report)
        return None

    def _check(self, target: datetime) -> None:
        now = self._bot.clock.now()
        if target <= now:
            raise ValueError("Time only runs forward here: choose a later day.")
        if target - now > _FARTHEST:
            raise ValueError("That is far away: choose a day within two months.")

    async def _next(self, target: datetime) -> datetime:
        now, team = self._bot.clock.now(), await self._bot.team()
        waiting = await self._bot.read(lambda session: next_waiting(session, now))
        due = next_due(team, now) if team else target
        return min(target, due, self._colleagues.next_at(now), waiting or target)

    async def _stop(self, at: datetime, report: Report) -> Stop:
        self._bot.clock.move_to(at)
        self._logged += [who.first_name for who in await self._colleagues.log(at)]
        await self._bot.settled()
        stop = Stop(at, tuple(self._listener.written()))
        for line in _told(stop.wrote):
            self._tell_who_logged(report)
            report(f"{at.astimezone(ZoneInfo(LONDON)):%a %H:%M} · {line}")
        return stop

    def _tell_who_logged(self, report: Report) -> None:
        """One line for all who logged since the bot last wrote."""
        if self._logged:
            report(f"{', '.join(dict.fromkeys(self._logged))} logged")
        self._logged = []


def _told(wrote: Sequence[Wrote]) -> Iterator[str]:
    """What the bot wrote, one line for each kind of message."""
    found: dict[str, list[str]] = {}
    for one in wrote:
        what = _SAID.get(_kind(one), "a message") if one.how == "posted" else one.how
        to = "#harbour" if one.to == CHANNEL else _NAMES.get(one.to, one.to)
        found.setdefault(what, []).append(to)
    for what, whom in found.items():
        places = list(dict.fromkeys(whom))
        preposition = "in" if places == ["#harbour"] else "to"
        yield f"Pacesetter: {what} {preposition} {', '.join(places)}"


def _kind(wrote: Wrote) -> str:
    return (wrote.key or "").partition(":")[0]
