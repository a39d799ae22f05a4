"""Everything that a sandbox holds, shared by its halves: the Web API, the people, the controls."""

from dataclasses import dataclass, field

from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.host import Host, Running
from sandbox.journal import Journal
from sandbox.rates import Meter
from sandbox.team import Team
from sandbox.workspace import Workspace


@dataclass(slots=True)
class World:
    """The state of one sandbox. `base_url` has no path; `request_url` is where the bot listens."""

    clock: Clock
    meter: Meter
    journal: Journal
    faults: Faults = field(default_factory=Faults)
    teams: dict[str, Team] = field(default_factory=dict)
    base_url: str = ""
    request_url: str | None = None
    changes: Changes = field(default_factory=Changes)
    host: Host = field(default_factory=Host)
    running: Running = field(default_factory=Running)
    _owners: dict[str, Team] = field(default_factory=dict)

    def add(self, seed: Workspace) -> Team:
        """A further workspace. Two may not share an id or a bot token."""
        if seed.id in self.teams or seed.bot_token in self._owners:
            raise ValueError(f"workspace {seed.id} (or its bot token) is there already")
        team = self.teams[seed.id] = Team(seed, self.clock, self.changes)
        self._owners[seed.bot_token] = team
        self._owners.setdefault(seed.app_token, team)
        return team

    def team(self, workspace: str | None = None) -> Team:
        """A workspace by id; the only one when None. Raises LookupError."""
        if workspace is not None:
            return self.teams[workspace]
        if len(self.teams) != 1:
            raise LookupError("several workspaces: say which one")
        return next(iter(self.teams.values()))

    def authenticated(self, token: str | None, kind: str) -> Team:
        """The workspace that a token of this kind (`bot`, `app`) belongs to.
        Raises `not_authed`, `invalid_auth`, `not_allowed_token_type`, `token_revoked`, …"""
        if not token:
            raise SlackError("not_authed")
        team = self.owner(token)
        if team is None:
            raise SlackError("invalid_auth")
        if (token == team.seed.app_token) != (kind == "app"):
            raise SlackError("not_allowed_token_type")
        if kind == "bot" and team.token_error:
            raise SlackError(team.token_error)
        return team

    def owner(self, token: str | None) -> Team | None:
        """The workspace that a token names, valid or revoked; an app token names the first one."""
        return self._owners.get(token or "")
