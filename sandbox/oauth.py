"""OAuth 2 as Slack does it: consent, codes, tokens that may expire, refresh tokens good once."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from sandbox.clock import Clock
from sandbox.errors import JsonObject, SlackError
from sandbox.team import Team

CODE_LASTS = timedelta(minutes=10)
TOKEN_LASTS = timedelta(hours=12)
MOST_TOKENS = 2
"""How many tokens that expire an installation may have at once; the oldest is revoked."""


@dataclass(frozen=True, slots=True)
class App:
    """What the app's page says. With `rotates`, tokens expire; with an `organisation` (E…) it is
    installed for all of that one's workspaces."""

    client_id: str = "111.222"
    client_secret: str = "sandbox-client-secret"
    rotates: bool = False
    organisation: str | None = None


@dataclass(slots=True)
class Issued:
    """A token that was granted: whose, for what, until when."""

    team: Team
    scopes: frozenset[str]
    expires_at: datetime | None = None
    error: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody has said yes to."""

    team: Team
    user: str
    scopes: frozenset[str]
    until: datetime


@dataclass(slots=True)
class Desk:
    """Everything that was granted here."""

    clock: Clock
    app: App = field(default_factory=App)
    tokens: dict[str, Issued] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    """Workspaces that an organisation has taken the app out of."""
    _codes: dict[str, Consent] = field(default_factory=dict)
    _refreshes: dict[str, Consent] = field(default_factory=dict)

    def consent(self, address: str, team: Team, user: str) -> dict[str, str]:
        """A person says yes at the address that the app has sent them to: what the browser takes
        back. Raises SlackError for an address that Slack would show an error for."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if asked.get("client_id") != self.app.client_id:
            raise SlackError("invalid_client_id")
        scopes = frozenset(asked.get("scope", "").split(",")) - {""}
        if not scopes:
            raise SlackError("invalid_scope")
        code = secrets.token_hex(12)
        until = self.clock.now() + CODE_LASTS
        self._codes[code] = Consent(team, team.user(user).id, scopes, until)
        return {"code": code, **({"state": asked["state"]} if "state" in asked else {})}

    def access(self, args: JsonObject, credentials: tuple[str, str] | None) -> JsonObject:
        """docs.slack.dev, oauth.v2.access."""
        given = credentials or (args.get("client_id"), args.get("client_secret"))
        if given[0] != self.app.client_id:
            raise SlackError("invalid_client_id")
        if given[1] != self.app.client_secret:
            raise SlackError("bad_client_secret")
        match args.get("grant_type") or "authorization_code":
            case "authorization_code":
                return self._granted(self._taken(self._codes, args.get("code"), "invalid_code"))
            case "refresh_token":
                token = args.get("refresh_token")
                return self._granted(self._taken(self._refreshes, token, "invalid_refresh_token"))
        raise SlackError("invalid_grant_type")

    def revoke(self, team: Team, error: str) -> None:
        """All that was granted for a workspace is good no more."""
        for issued in self.tokens.values():
            if issued.team is team:
                issued.error = issued.error or error
        self._refreshes = {key: each for key, each in self._refreshes.items() if each.team != team}

    def _taken(self, known: dict[str, Consent], key: object, code: str) -> Consent:
        """Good once; codes for ten minutes, refresh tokens for ever."""
        found = known.pop(str(key), None)
        if found is None or found.until < self.clock.now():
            raise SlackError(code)
        return found

    def _granted(self, consent: Consent) -> JsonObject:
        team, rotates = consent.team, self.app.rotates
        token = f"xox{'e.xoxb' if rotates else 'b'}-{team.id}-{secrets.token_hex(8)}"
        expires_at = self.clock.now() + TOKEN_LASTS if rotates else None
        whole = self.app.organisation
        self.tokens[token] = Issued(team, consent.scopes, expires_at, organisation=whole)
        team.token_error = None
        answer: JsonObject = {
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(consent.scopes)),
            "bot_user_id": team.seed.bot_user_id,
            "app_id": team.seed.app_id,
            "team": None if whole else {"id": team.id, "name": team.seed.name},
            "enterprise": {"id": whole, "name": "The Acme Group"} if whole else None,
            "authed_user": {"id": consent.user},
            "is_enterprise_install": bool(whole),
        }
        return answer | (self._renewable(consent) if rotates else {})

    def _renewable(self, consent: Consent) -> JsonObject:
        refresh = f"xoxe-1-{secrets.token_hex(12)}"
        whose, for_ever = consent.team, datetime.max.replace(tzinfo=self.clock.now().tzinfo)
        self._refreshes[refresh] = Consent(whose, consent.user, consent.scopes, for_ever)
        live = [each for each in self.tokens.values() if each.team is whose and not each.error]
        for old in live[:-MOST_TOKENS]:
            old.error = "token_revoked"
        return {"refresh_token": refresh, "expires_in": int(TOKEN_LASTS.total_seconds())}
