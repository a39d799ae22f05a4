"""The first admin: who installed the bot, and how the role is claimed later (design §2.8)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.db.queries.people.admins import admins_of
from bot.db.queries.people.identity import find_standing, teams_of
from bot.db.queries.playbooks.revisions import renew_revisions_of
from bot.db.session import Session
from bot.db.tables import people, workspaces
from bot.domain.ledger.occasions import Occasion, OccasionKind, welcome_key
from bot.domain.playbook.plans import DEFAULT_TIMEZONE
from bot.services import ledger
from bot.services.auditing import note
from bot.services.people import keep_profile_of

_LONGEST_NAME = 200


def wants_welcome(session: Session, workspace_id: str) -> bool:
    """Whether nobody has begun here: the workspace is unknown, or has no admin and no team."""
    if teams_of(session.connection, workspace_id):
        return False
    return not admins(session, workspace_id)


def welcome(
    session: Session,
    workspace_id: str,
    installer_user_id: str,
    now: datetime,
    *,
    name: str | None = None,
    zone: str | None = None,
    workspace_name: str | None = None,
) -> bool:
    """Makes the installer an admin and plans the one message that a workspace ever gets of this
    kind; False where it was planned before.

    `name` and `zone` are the installer's, as Slack knows them; an unknown workspace takes the zone.
    """
    _keep_workspace(session, workspace_id, workspace_name, now)
    make_admin(session, workspace_id, installer_user_id, now)
    keep_profile_of(session, workspace_id, installer_user_id, name, zone)
    _take_zone(session, workspace_id, installer_user_id)
    occasion = Occasion(
        key=welcome_key(workspace_id),
        kind=OccasionKind.WELCOME,
        workspace_id=workspace_id,
        team_id=None,
        recipient=installer_user_id,
        due_at=now,
    )
    return bool(ledger.add(session, [occasion], now))


def make_admin(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Makes somebody of a known workspace an admin; False where that person is one already."""
    found = find_standing(session.connection, workspace_id, user_id)
    if found is not None and found.person.is_admin:
        return False
    if found is None:
        row = {"workspace_id": workspace_id, "user_id": user_id, "created_at": now}
        session.connection.execute(insert(people).values(**row, is_admin=True))
    else:
        chosen = people.c.id == found.person.id
        session.connection.execute(update(people).where(chosen).values(is_admin=True))
        renew_revisions_of(session.connection, found.person.id)
    note(session, workspace_id, user_id, "admin.claimed", now, subject=user_id)
    return True


def claim_admin(
    session: Session,
    workspace_id: str,
    user_id: str,
    now: datetime,
    *,
    name: str | None,
    zone: str | None,
) -> bool:
    """One of Slack's own admins takes the role; whether that is one, Slack has just been asked."""
    _keep_workspace(session, workspace_id, None, now)
    claimed = make_admin(session, workspace_id, user_id, now)
    keep_profile_of(session, workspace_id, user_id, name, zone)
    return claimed


def admins(session: Session, workspace_id: str) -> Sequence[str]:
    """The user ids of a workspace's admins who are still there, the first one first."""
    return admins_of(session.connection, workspace_id, who_left=False)


def _keep_workspace(session: Session, workspace_id: str, name: str | None, now: datetime) -> None:
    known = select(workspaces.c.id).where(workspaces.c.id == workspace_id)
    if session.connection.scalar(known) is not None:
        return
    row = {"id": workspace_id, "timezone": DEFAULT_TIMEZONE, "created_at": now}
    called = " ".join(name.split())[:_LONGEST_NAME] if name else None
    session.connection.execute(insert(workspaces).values(**row, name=called))


def _take_zone(session: Session, workspace_id: str, user_id: str) -> None:
    """A workspace that has never said where it is, is where its installer is."""
    zone = session.connection.scalar(
        select(people.c.slack_timezone).where(
            people.c.workspace_id == workspace_id, people.c.user_id == user_id
        )
    )
    if zone is not None:
        unsaid = (workspaces.c.id == workspace_id, workspaces.c.timezone == DEFAULT_TIMEZONE)
        session.connection.execute(update(workspaces).where(*unsaid).values(timezone=zone))
