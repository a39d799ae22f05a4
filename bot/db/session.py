"""What a service works with: a connection inside a transaction, and the teams seen lately."""

from dataclasses import dataclass, field
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Connection

from bot.db.queries.playbooks import load_team_playbook
from bot.domain.teams import TeamPlaybook

_TEAMS_KEPT = 256


class TeamPlaybooks:
    """The teams that were used last, as they stood at a revision.

    A team's revision is a new random text with every change, so a copy is right exactly as long as
    the revision in the database is the one it was loaded under, whoever made the change.
    """

    def __init__(self, kept: int = _TEAMS_KEPT) -> None:
        self._kept: LRUCache[tuple[int, str], TeamPlaybook] = LRUCache(kept)
        self._lock = Lock()

    def load(self, connection: Connection, team_id: int, revision: str) -> TeamPlaybook:
        """The team's playbook at this revision, from memory where it is there."""
        with self._lock:
            known = self._kept.get((team_id, revision))
        if known is None:
            known = load_team_playbook(connection, team_id)
            with self._lock:
                self._kept[team_id, revision] = known
        return known


@dataclass(frozen=True, slots=True)
class Session:
    """One transaction. Services use it and never end it: the edge commits.

    `to_send` are the workspaces where something was planned in it that is due already.
    """

    connection: Connection
    playbooks: TeamPlaybooks = field(default_factory=TeamPlaybooks)
    to_send: set[str] = field(default_factory=set)

    def team(self, team_id: int, revision: str) -> TeamPlaybook:
        """The team with its people, behaviours, results and targets."""
        return self.playbooks.load(self.connection, team_id, revision)
