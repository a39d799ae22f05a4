"""The sample team's reps while time moves: each writes the day down, as people do.

They type into the local Slack like anybody. A rep whom somebody plays logs nothing on a day for
which something was logged already.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bot.db.queries.people.identity import find_standing
from bot.demo.live import LiveBot
from bot.demo.sample import PLAYED, REPS, WORKSPACE
from bot.demo.team import Cast
from bot.demo.workdays import logged_at, workday
from bot.services.recording import recent
from bot.wiring import Session


class Colleagues:
    """Who logs next, and when."""

    def __init__(self, bot: LiveBot) -> None:
        self._bot = bot

    def next_at(self, after: datetime) -> datetime:
        """When the next of them sits down to log."""
        return min(at for at, _, _ in _sittings(after) if at > after)

    async def log(self, at: datetime) -> list[Cast]:
        """Everybody whose time it is logs; who had something to log."""
        return [
            who
            for sits, who, day in _sittings(at)
            if sits == at and await self._feels_like_it(who, day) and await self._typed(who, day)
        ]

    async def _typed(self, who: Cast, day: date) -> bool:
        done = workday(who, day)
        lines = list(done.commands()) if done else []
        for line in lines:
            await self._bot.slack.person(who.user_id).command("/log", line)
        return bool(lines)

    async def _feels_like_it(self, who: Cast, day: date) -> bool:
        now = self._bot.clock.now()
        team = await self._bot.team()
        rep = next((rep for rep in team.reps if rep.user_id == who.user_id), None) if team else None
        if rep is None or not rep.calendar.is_available(day):
            return False
        if who not in PLAYED:
            return True
        return not await self._bot.read(lambda session: _has_logged(session, who, day, now))


def _sittings(around: datetime) -> Iterator[tuple[datetime, Cast, date]]:
    """Everybody's times to log, from the day before an instant to the day after."""
    for number in (-1, 0, 1):
        day = around.date() + timedelta(days=number)
        for who in REPS:
            yield logged_at(who, day).astimezone(UTC), who, day


def _has_logged(session: Session, who: Cast, day: date, now: datetime) -> bool:
    standing = find_standing(session.connection, WORKSPACE, who.user_id)
    if standing is None:
        return True
    return any(entry.day == day for entry in recent(session, standing, now))
