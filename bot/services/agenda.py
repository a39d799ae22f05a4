"""Which teams are worth planning now: what a process remembers between two ticks.

Only when a team is looked at depends on it, never what is planned for it: a process that remembers
nothing looks at every team.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.db.queries.ledger.beats import Beat, beats, newest_milestone, states, teams_with_news
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY
from bot.domain.days.zones import instant_in, local_date_in, zone_named
from bot.domain.errors import Refusal
from bot.domain.portions import Portion

LOOK_AGAIN = timedelta(minutes=10)
"""After which a team is looked at though nothing has told of it: an undo may have put somebody
behind after the nudge time. Some teams wait up to four minutes longer, so that not all come at
once."""
_SPREAD = 5


@dataclass(frozen=True, slots=True)
class _Looked:
    """A team as it was when it was looked at."""

    portion: Portion
    revision: str
    beats: frozenset[Beat]
    at: datetime


@dataclass(slots=True)
class Agenda:
    """The teams that one process has looked at, and when."""

    _looked: dict[int, _Looked] = field(default_factory=dict)
    _newest: int = 0

    def due(self, session: Session, now: datetime) -> list[Portion]:
        """The teams in which something may have fallen due since the last look, in portions.

        A clock time of the team's has come, the team has changed, a milestone was reached, or it
        is a while ago. Two queries for all teams together; two more where there is anything new.
        Each team of a portion is taken for looked at; `forget` it where that came to nothing.
        """
        connection = session.connection
        known, newest = states(connection), newest_milestone(connection)
        changed = {each for each, (_, revision) in known.items() if self._is_new(each, revision)}
        news = teams_with_news(connection, self._newest) if newest > self._newest else set()
        new = beats(connection, changed) if changed else {}
        last = _LastBeats(now)
        due = {
            portion
            for team_id, (portion, _) in known.items()
            if team_id in changed or team_id in news or self._is_due(team_id, last)
        }
        self._remember(known, new, due, now)
        self._newest = newest
        return sorted(due)

    def forget(self, portion: Portion) -> None:
        """Its teams are to be looked at again at the next tick."""
        for team_id in range(portion.first_id, portion.last_id + 1):
            looked = self._looked.get(team_id)
            if looked is not None and looked.portion == portion:
                del self._looked[team_id]

    def _is_new(self, team_id: int, revision: str) -> bool:
        looked = self._looked.get(team_id)
        return looked is None or looked.revision != revision

    def _is_due(self, team_id: int, last: "_LastBeats") -> bool:
        looked = self._looked[team_id]
        patience = LOOK_AGAIN + timedelta(minutes=looked.portion.number % _SPREAD)
        if not looked.at <= last.now < looked.at + patience:
            return True
        return any(last.of(beat) > looked.at for beat in looked.beats)

    def _remember(
        self,
        known: Mapping[int, tuple[Portion, str]],
        new: Mapping[int, frozenset[Beat]],
        due: Collection[Portion],
        now: datetime,
    ) -> None:
        for team_id, (portion, revision) in known.items():
            if portion in due:
                before = self._looked.get(team_id)
                kept = frozenset() if before is None else before.beats
                self._looked[team_id] = _Looked(portion, revision, new.get(team_id, kept), now)
        for team_id in self._looked.keys() - known.keys():
            del self._looked[team_id]


class _LastBeats:
    """When each beat was last, up to `now`; teams share most of them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[Beat, datetime] = {}

    def of(self, beat: Beat) -> datetime:
        if beat not in self._known:
            self._known[beat] = self._last(beat)
        return self._known[beat]

    def _last(self, beat: Beat) -> datetime:
        try:
            zone = zone_named(beat[0])
        except Refusal:  # that team is looked at each time, and planning says what is wrong with it
            return self.now
        day = local_date_in(zone, self.now)
        today = instant_in(zone, day, beat[1])
        return today if today <= self.now else instant_in(zone, day - ONE_DAY, beat[1])
