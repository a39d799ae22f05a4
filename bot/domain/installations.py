"""An installation of the app: what Slack granted, and whether it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.domain.errors import Refusal


class Quiet(StrEnum):
    """Why nothing is sent to a workspace, though it is known."""

    NOT_INSTALLED = "not_installed"
    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"
    EXPIRED = "expired"
    LOST_KEY = "lost_key"


_AGAIN: Final = "It goes on once somebody who may install apps has installed it again."
SENTENCES: Final[Mapping[Quiet, str]] = MappingProxyType(
    {
        Quiet.NOT_INSTALLED: "Pacesetter isn't installed in this workspace, so nothing was done. "
        "It works once somebody who may install apps has installed it.",
        Quiet.UNINSTALLED: "Pacesetter was removed from this workspace, so nothing was done; what "
        f"was recorded is kept. {_AGAIN}",
        Quiet.REVOKED: "Pacesetter's access to this workspace was taken back, so nothing was "
        f"done; what was recorded is kept. {_AGAIN}",
        Quiet.EXPIRED: "Pacesetter's access to this workspace has run out, so nothing was done; "
        f"what was recorded is kept. {_AGAIN}",
        Quiet.LOST_KEY: "Pacesetter can't open this workspace's access any more, so nothing was "
        f"done; what was recorded is kept. {_AGAIN}",
    }
)
"""What somebody reads who uses the bot in such a workspace."""


class NotInstalled(Refusal):
    """There is no token for the workspace; the sentence says why, and what helps."""

    def __init__(self, because: Quiet) -> None:
        super().__init__(SENTENCES[because])
        self.because = because


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack grants with an installation.

    `workspace_id` is a T…, or the organisation's E… where the whole organisation has it;
    `organisation` the E… that a workspace is part of. Tokens that expire have `refresh_token` and
    `expires_at`.
    """

    workspace_id: str
    organisation: str | None
    is_org_wide: bool
    name: str | None
    app_id: str
    bot_user_id: str
    installer: str
    scopes: frozenset[str]
    token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation as it is kept, without its secrets."""

    workspace_id: str
    organisation: str | None
    is_org_wide: bool
    name: str | None
    scopes: frozenset[str]
    expires_at: datetime | None
    is_renewed: bool
    quiet: Quiet | None
    installed_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """A workspace's token as of now, or why there is none.

    `source` and `revision` are of the installation that it comes from ("" where there is none).
    A token that expires has `expires_at`; `is_renewed` says whether it can be renewed.
    """

    quiet: Quiet | None
    token: str | None = field(default=None, repr=False)
    source: str = ""
    revision: str = ""
    expires_at: datetime | None = None
    is_renewed: bool = False
    installed_at: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        """Whether the token is good no more."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Renewal:
    """The right to renew one installation's token, for a while."""

    workspace_id: str
    revision: str
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Renewed:
    """A new token in the place of one that expires."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
