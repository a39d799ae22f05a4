"""Installations as they come, go, and are asked for a token."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row

from bot.db.queries import installations
from bot.db.session import Session
from bot.domain.installations import Access, Grant, Installation, Quiet, Renewal, Renewed
from bot.services.installing.keys import LostKey, TokenKeys

_LEASE: Final = timedelta(seconds=30)
"""Of the right to renew: longer than any call to Slack may take."""
_LONGEST_NAME: Final = 200


def keep(session: Session, keys: TokenKeys, grant: Grant, now: datetime) -> None:
    """Keeps a new installation, or a repeated one in the place of what was there."""
    whose, renewed_by = grant.workspace_id, grant.refresh_token
    values = {
        "organisation": grant.organisation,
        "is_org_wide": grant.is_org_wide,
        "name": grant.name[:_LONGEST_NAME] if grant.name else None,
        "app_id": grant.app_id,
        "bot_user_id": grant.bot_user_id,
        "installer": grant.installer,
        "scopes": sorted(grant.scopes),
        "token": keys.encrypt(whose, grant.token),
        "refresh_token": keys.encrypt(whose, renewed_by) if renewed_by else None,
        "expires_at": grant.expires_at,
        "renewing_until": None,
        "quiet_because": None,
        "quiet_since": None,
        "installed_at": now,
    }
    installations.put(session.connection, whose, values)
    if grant.is_org_wide:
        installations.rejoin(session.connection, whose)


def access_of(
    session: Session, keys: TokenKeys, workspace_id: str, organisation: str | None, now: datetime
) -> Access:
    """A workspace's token: its own installation's, else that of its organisation.

    `organisation` is the one that Slack has just named, if it has.
    """
    row = installations.find(session.connection, workspace_id)
    own = Access(Quiet.NOT_INSTALLED) if row is None else _access(row, keys, now)
    if own.quiet is None or (row is not None and _has_left(row)):
        return own
    whole = organisation or (row.organisation if row is not None else None)
    served = None if whole is None else installations.find(session.connection, whole)
    if served is None or not served.is_org_wide:
        return own
    return _access(served, keys, now)


def belongs_to(session: Session, workspace_id: str, organisation: str, now: datetime) -> None:
    """Notes that a workspace is part of an organisation that has the app for all of its own."""
    row = installations.find(session.connection, workspace_id)
    if row is not None and row.organisation == organisation:
        return
    if row is not None:
        installations.change(session.connection, workspace_id, {"organisation": organisation})
        return
    values = {"organisation": organisation, "is_org_wide": False, "scopes": [], "installed_at": now}
    installations.put(session.connection, workspace_id, values)


def leave(session: Session, workspace_id: str, organisation: str, now: datetime) -> bool:
    """One workspace loses an organisation's app, which the others keep; False where it had."""
    belongs_to(session, workspace_id, organisation, now)
    row = installations.find(session.connection, workspace_id)
    if row is None or row.token is not None or _has_left(row):
        return False
    gone = {"quiet_because": Quiet.UNINSTALLED.value, "quiet_since": now}
    return installations.replace(session.connection, workspace_id, gone, seen=row.revision)


def rejoin(
    session: Session, workspace_ids: Collection[str], organisation: str, now: datetime
) -> None:
    """These workspaces have their organisation's app (again)."""
    for workspace_id in workspace_ids:
        belongs_to(session, workspace_id, organisation, now)
    installations.rejoin(session.connection, organisation, workspace_ids)


def go_quiet(session: Session, source: str, seen: str, because: Quiet, now: datetime) -> bool:
    """Stops using an installation, at the revision `seen`; a newer one isn't meant."""
    values = {"quiet_because": because.value, "quiet_since": now, "renewing_until": None}
    return installations.replace(session.connection, source, values, seen=seen)


def expire(session: Session, source: str, seen: str, now: datetime) -> None:
    """Slack says that the token has expired, whatever we thought: it is renewed next."""
    installations.change(session.connection, source, {"expires_at": now}, seen=seen)


def begin_renewal(
    session: Session, keys: TokenKeys, source: str, seen: str, now: datetime
) -> Renewal | None:
    """The right to renew a token; None where another process has it, or has renewed it already.

    To be committed before Slack is asked: the refresh token is good once.
    """
    until = now + _LEASE
    if not installations.begin_renewal(session.connection, source, seen, now, until):
        return None
    row = installations.find(session.connection, source)
    if row is None or row.refresh_token is None:
        return None
    return Renewal(source, seen, keys.decrypt(source, row.refresh_token))


def renewed(session: Session, keys: TokenKeys, renewal: Renewal, new: Renewed) -> bool:
    """Keeps the new token; False where the app was installed anew meanwhile."""
    whose = renewal.workspace_id
    values = {
        "token": keys.encrypt(whose, new.token),
        "refresh_token": keys.encrypt(whose, new.refresh_token),
        "expires_at": new.expires_at,
        "renewing_until": None,
    }
    return installations.replace(session.connection, whose, values, seen=renewal.revision)


def not_renewed(session: Session, renewal: Renewal) -> None:
    """Slack renews this token no more: it serves until it expires."""
    gone = {"refresh_token": None, "renewing_until": None}
    whose = renewal.workspace_id
    installations.replace(session.connection, whose, gone, seen=renewal.revision)


def expiring(session: Session, before: datetime) -> list[str]:
    """Whose token is to be renewed before the instant."""
    return installations.expiring(session.connection, before)


def every_installation(session: Session) -> Iterator[Installation]:
    """All that are known, without their secrets; those that their organisation serves left out."""
    for row in installations.every(session.connection):
        if row.token is not None:
            yield Installation(
                workspace_id=row.workspace_id,
                organisation=row.organisation,
                is_org_wide=row.is_org_wide,
                name=row.name,
                scopes=frozenset(row.scopes),
                expires_at=row.expires_at,
                is_renewed=row.refresh_token is not None,
                quiet=Quiet(row.quiet_because) if row.quiet_because else None,
                installed_at=row.installed_at,
            )


def _has_left(row: Row[Any]) -> bool:
    """A workspace that its organisation has taken the app out of."""
    return row.token is None and row.quiet_because is not None


def _access(row: Row[Any], keys: TokenKeys, now: datetime) -> Access:
    quiet = Quiet(row.quiet_because) if row.quiet_because else None
    about: dict[str, Any] = {"source": row.workspace_id, "revision": row.revision}
    about |= {"expires_at": row.expires_at, "installed_at": row.installed_at}
    about["is_renewed"] = row.refresh_token is not None
    if row.token is None:
        left = Access(Quiet.UNINSTALLED, source=row.workspace_id, revision=row.revision)
        return left if _has_left(row) else Access(Quiet.NOT_INSTALLED)
    if quiet is not None:
        return Access(quiet, **about)
    try:
        token = keys.decrypt(row.workspace_id, row.token)
    except LostKey:
        return Access(Quiet.LOST_KEY, **about)
    if row.expires_at is not None and row.expires_at <= now and row.refresh_token is None:
        return Access(Quiet.EXPIRED, **about)
    return Access(None, token, **about)
