"""Notices to those who lead a team: planned once, and dropped where all is well again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

from bot.db.queries.people.admins import admins_of
from bot.db.session import Session
from bot.domain.ledger.occasions import Delivery, Moot, Occasion, OccasionKind, notice_key
from bot.domain.teams import Person, TeamPlaybook
from bot.domain.troubles import ChannelNotice, ChannelTrouble, Notice, PersonNotice
from bot.services import ledger

CHANNEL, TROUBLE, PERSON, CODE = "channel", "trouble", "person", "code"
"""What the payload of a notice says."""
_WORTH_SAYING_FOR = timedelta(days=14)
_MENDED = "it was mended"


def plan_notices(
    session: Session,
    playbook: TeamPlaybook,
    about: str,
    payload: Mapping[str, str],
    now: datetime,
    *,
    person: Person | None = None,
    again: bool = True,
) -> bool:
    """One direct message to each of the team's managers; to the admins where there is none.

    `person` is whom it is about, who isn't written to. `again` says that the trouble is a new one:
    it is told anew where it was told and mended before. False where nobody is told anything.
    """
    about = f"{about}:{playbook.team.id}"
    readers = _readers(session, playbook, person)
    keys = {reader: _key(session, playbook, about, reader, again=again) for reader in readers}
    notices = [
        Occasion(
            key=key,
            kind=OccasionKind.NOTICE,
            workspace_id=playbook.team.workspace_id,
            team_id=playbook.team.id,
            recipient=reader,
            due_at=now,
            expires_at=now + _WORTH_SAYING_FOR,
            person_id=None if person is None else person.id,
            payload=payload,
        )
        for reader, key in keys.items()
    ]
    return bool(ledger.add(session, notices, now))


def notice_facts(
    _session: Session, playbook: TeamPlaybook, delivery: Delivery, _now: datetime
) -> Notice:
    """What a notice says. Raises `Moot` where there is nothing left to do."""
    payload = delivery.occasion.payload
    if PERSON in payload:
        return _person(playbook, str(payload[PERSON]), deactivated=CODE not in payload)
    team = playbook.team
    if (team.channel, team.channel_trouble) != (payload[CHANNEL], payload[TROUBLE]):
        raise Moot(_MENDED)
    return ChannelNotice(
        team.id, team.name, str(payload[CHANNEL]), ChannelTrouble(str(payload[TROUBLE]))
    )


def _person(playbook: TeamPlaybook, user_id: str, *, deactivated: bool) -> PersonNotice:
    found = playbook.person(user_id)
    if found is None:
        raise Moot("no longer in the team")
    if deactivated and not found.is_deactivated:
        raise Moot("there again")
    leads = user_id in {manager.user_id for manager in playbook.managers}
    team = playbook.team
    return PersonNotice(team.id, team.name, user_id, found.name, deactivated, leads)


def _readers(session: Session, playbook: TeamPlaybook, person: Person | None) -> list[str]:
    but = None if person is None else person.user_id
    managers = [
        each.user_id
        for each in playbook.managers
        if not each.is_deactivated and each.user_id != but
    ]
    admins = admins_of(session.connection, playbook.team.workspace_id, who_left=False)
    return managers or [user_id for user_id in admins if user_id != but]


def _key(session: Session, playbook: TeamPlaybook, about: str, reader: str, *, again: bool) -> str:
    keys = (notice_key(about, reader, times) for times in count(1))
    if not again:
        return next(keys)
    workspace_id = playbook.team.workspace_id
    return next(key for key in keys if not ledger.known_keys(session, workspace_id, [key]))
