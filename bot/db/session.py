"""What a service works with: a connection inside a transaction, and the teams seen lately."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Connection

from bot.db.apart import OutOfReach
from bot.db.queries.playbooks.whole_teams import load_team_playbooks
from bot.db.reach import EVERYWHERE, enter, reach_of, workspace_of
from bot.domain.teams import TeamPlaybook

_TEAMS_KEPT = 256


class TeamPlaybooks:
    """The teams that were used last, as they stood at a revision.

    A team's revision is a new random text with every change, so a copy is right exactly as long as
    the revision in the database is the one it was loaded under, whoever made the change. Of each
    team one copy is kept: what it was before never comes back.
    """

    def __init__(self, kept: int = _TEAMS_KEPT) -> None:
        self._kept: LRUCache[int, tuple[str, TeamPlaybook]] = LRUCache(kept)
        self._lock = Lock()

    def load(self, connection: Connection, revisions: Mapping[int, str]) -> dict[int, TeamPlaybook]:
        """The playbooks of teams at these revisions, by team id; those in memory from there."""
        with self._lock:
            known = {team_id: self._kept.get(team_id) for team_id in revisions}
        found = {
            team_id: kept[1]
            for team_id, kept in known.items()
            if kept is not None and kept[0] == revisions[team_id]
        }
        missing = [team_id for team_id in revisions if team_id not in found]
        if missing:
            loaded = load_team_playbooks(connection, missing)
            with self._lock:
                self._kept.update({each: (revisions[each], loaded[each]) for each in loaded})
            found |= loaded
        return found


@dataclass(frozen=True, slots=True)
class Session:
    """One transaction. Services use it and never end it: the edge commits.

    `to_send` are the workspaces where something was planned in it that is due already.
    """

    connection: Connection
    playbooks: TeamPlaybooks = field(default_factory=TeamPlaybooks)
    to_send: set[str] = field(default_factory=set)

    @property
    def workspace_id(self) -> str:
        """The workspace that the transaction is for. Raises OutOfReach where it is for all."""
        return workspace_of(self.connection)

    @contextmanager
    def of(self, workspace_id: str) -> "Iterator[Session]":
        """A part, for one workspace alone, of a transaction that reaches everywhere.

        What raises inside ends the transaction, so that nothing is widened again then.
        """
        before = reach_of(self.connection) or EVERYWHERE
        if before not in (EVERYWHERE, workspace_id):
            raise OutOfReach("the transaction is another workspace's")
        enter(self.connection, workspace_id)
        yield self
        enter(self.connection, before)

    def team(self, team_id: int, revision: str) -> TeamPlaybook:
        """The team with its people, behaviours, results and targets."""
        return self.teams({team_id: revision})[team_id]

    def teams(self, revisions: Mapping[int, str]) -> dict[int, TeamPlaybook]:
        """The same for several at once, by id, in as few queries as for one."""
        return self.playbooks.load(self.connection, revisions)
