"""Everything that a sandbox holds, shared by its halves: the Web API, the people, the controls."""

from dataclasses import dataclass, field

from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.host import Host, Running
from sandbox.journal import Journal
from sandbox.oauth import Desk, Issued
from sandbox.rates import Meter
from sandbox.team import Team
from sandbox.tickets import PATIENCE
from sandbox.workspace import Workspace


@dataclass(slots=True)
class World:
    """The state of one sandbox. `base_url` has no path; `request_url` is where the bot listens;
    `patience` is for how many (real) seconds an answer is waited for."""

    clock: Clock
    meter: Meter
    journal: Journal
    faults: Faults = field(default_factory=Faults)
    teams: dict[str, Team] = field(default_factory=dict)
    base_url: str = ""
    request_url: str | None = None
    patience: float = PATIENCE
    changes: Changes = field(default_factory=Changes)
    host: Host = field(default_factory=Host)
    running: Running = field(default_factory=Running)
    desk: Desk = field(init=False)
    _owners: dict[str, Team] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk(self.clock)

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

    def meant(self, token: str | None, named: set[str]) -> Team | None:
        """The workspace that a call is about: the token's, and of an organisation's token the one
        that has what the call names (people, channels)."""
        issued = self.issued(token)
        if issued is None or issued.organisation is None:
            return self.owner(token)
        has = (t for t in self.teams.values() if named & {*t.users, *t.conversations})
        return next(has, issued.team)

    def authenticated(self, token: str | None, kind: str, meant: Team | None = None) -> Team:
        """The workspace that a token of this kind (`bot`, `app`) belongs to, or that is `meant`.
        Raises `not_authed`, `invalid_auth`, `not_allowed_token_type`, `token_revoked`, …"""
        if not token:
            raise SlackError("not_authed")
        team = self.owner(token)
        if team is None:
            raise SlackError("invalid_auth")
        if (token == team.seed.app_token) != (kind == "app"):
            raise SlackError("not_allowed_token_type")
        issued = self.issued(token)
        problem = (issued and self._problem_of(issued)) or team.token_error
        if kind == "bot" and problem:
            raise SlackError(problem)
        if issued and issued.organisation and meant and meant.id in self.desk.without:
            raise SlackError("team_access_not_granted")
        return meant or team

    def owner(self, token: str | None) -> Team | None:
        """The workspace that a token names, valid or revoked; an app token names the first one."""
        issued = self.issued(token)
        return self._owners.get(token or "") if issued is None else issued.team

    def issued(self, token: str | None) -> Issued | None:
        """What was granted by OAuth with this token."""
        return self.desk.tokens.get(token or "")

    def _problem_of(self, issued: Issued) -> str | None:
        if issued.error is None and issued.expires_at and issued.expires_at <= self.clock.now():
            return "token_expired"
        return issued.error
