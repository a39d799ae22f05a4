"""Giving kudos: by command, with one tap at a celebration, or for a rep's week."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.queries.feats import kudos as stored
from bot.db.queries.feats.milestones import by_key
from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.errors import NotPermitted, Refusal, UnknownPerson
from bot.domain.feats.celebrations import WORTH_SAYING_FOR
from bot.domain.feats.kudos import Given, Kudos, check_kudos, week_about
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion, OccasionKind, kudos_key
from bot.domain.permissions import may_run_team
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger, workspaces
from bot.services.celebrations.announcing import MILESTONE, MILESTONES
from bot.services.kudos.mending import plan_recount
from bot.services.kudos.telling import KUDOS
from bot.services.membership import actor, standing, team_of
from bot.services.requests.callers import Caller

_THERE = (DeliveryState.SENDING, DeliveryState.SENT)
_STRANGER = (
    "That person is in none of the teams here yet, so there is no channel to praise them in. "
    "Tell them yourself, or ask a manager to add them to a team."
)
_TOO_OLD = "I can't find that news any more. `/kudos @name for …` always works."


@dataclass(frozen=True, slots=True)
class _Receiver:
    """Whom it is for, and the team whose channel hears it; `rep` is None for a manager."""

    standing: Standing
    playbook: TeamPlaybook
    rep: Rep | None

    @property
    def id(self) -> int:
        return self.standing.person.id

    @property
    def user_id(self) -> str:
        return self.standing.person.user_id

    @property
    def channel(self) -> str | None:
        """None where the receiver alone is told."""
        alone = self.rep is not None and self.rep.celebrate_alone
        return None if alone else self.playbook.team.channel


@dataclass(frozen=True, slots=True)
class _Words:
    """What a kudos says, and the key under which it counts once."""

    key: str
    reason: str | None = None
    about: str | None = None


def give(session: Session, caller: Caller, user_id: str, reason: str, now: datetime) -> Given:
    """`/kudos @rep for …`. Raises Refusal; `UnknownPerson` for somebody in no team."""
    giver = _giver(session, caller)
    receiver = _receiver(session, giver, user_id)
    given, kudos = _write(
        session, giver, receiver, _Words(f"kudos:{caller.key}", reason or None), now
    )
    if not given.repeated:
        _plan(session, receiver, kudos, now)
    return given


def give_for_celebration(
    session: Session, caller: Caller, key: str, person_id: int, now: datetime
) -> Given:
    """One tap at the celebration with this key, for one of those that it tells of.

    Once for each giver and celebration; the message shows how many there are. Raises Refusal.
    """
    giver = _giver(session, caller)
    said = ledger.find(session, caller.workspace_id, key)
    user_id = None if said is None else _celebrated(session, said, person_id)
    if said is None or user_id is None:
        raise Refusal(_TOO_OLD)
    receiver = _receiver(session, giver, user_id)
    words = _Words(f"cheer:{key}:{person_id}:{caller.user_id}", about=key)
    given, kudos = _write(session, giver, receiver, words, now)
    if not given.repeated:
        plan_recount(session, said, kudos.id, now)
    return Given(given.receiver, said.occasion.recipient, given.number, True, given.repeated)


def give_for_week(
    session: Session, caller: Caller, user_id: str, monday: date, now: datetime
) -> Given:
    """One tap in a digest, for what a rep did in a week; told in the channel.

    Once for each manager, rep and week. Raises NotPermitted for whoever doesn't lead the team.
    """
    giver = _giver(session, caller)
    receiver = _receiver(session, giver, user_id)
    team_id = receiver.playbook.team.id
    if not may_run_team(actor(giver), team_id):
        raise NotPermitted("Only the team's manager can do that from a digest. Try `/kudos @name`.")
    about = week_about(monday)
    words = _Words(f"praise:{about}:{receiver.id}:{caller.user_id}", about=about)
    given, kudos = _write(session, giver, receiver, words, now)
    if not given.repeated:
        _plan(session, receiver, kudos, now)
    return given


def _giver(session: Session, caller: Caller) -> Standing:
    """Whoever is in a team, leads one, or is an admin."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    if asking.team is None and not asking.leads and not asking.person.is_admin:
        raise UnknownPerson("You're not in a team yet: once you are, you can give kudos.")
    return asking


def _receiver(session: Session, giver: Standing, user_id: str) -> _Receiver:
    try:
        found = standing(session, giver.person.workspace_id, user_id)
    except UnknownPerson:
        raise UnknownPerson(_STRANGER) from None
    own = {giver.team, *giver.leads}
    led = sorted(found.leads, key=lambda team: team not in own)
    teams = [team for team in (found.team, *led) if team is not None]
    if not teams:
        raise UnknownPerson(_STRANGER)
    playbook = team_of(session, teams[0])
    rep, person = playbook.rep(found.person.id), playbook.person(user_id)
    if person is not None and person.is_deactivated:
        raise Refusal("That person's Slack account is deactivated, so nobody would read it there.")
    return _Receiver(found, playbook, rep)


def _write(
    session: Session, giver: Standing, receiver: _Receiver, words: _Words, now: datetime
) -> tuple[Given, Kudos]:
    """Counted and written while nobody else writes one of the same giver's."""
    connection, person = session.connection, giver.person
    today = local_date_in(person.zone, now)
    stored.wait_for_giver(connection, person.id)
    number = stored.given_on(connection, person.id, today)
    same = stored.find_same(connection, person.workspace_id, words.key)
    if same is None:
        check_kudos(person.id, receiver.id, number, words.reason)
        stored.insert_new(
            connection,
            workspace_id=person.workspace_id,
            team_id=receiver.playbook.team.id,
            giver_id=person.id,
            receiver_id=receiver.id,
            reason=words.reason,
            about=words.about,
            given_on=today,
            given_at=now,
            dedupe_key=words.key,
        )
        number += 1
    kudos = same or stored.written_as(connection, person.workspace_id, words.key)
    given = Given(
        receiver.user_id,
        receiver.channel,
        number,
        repeated=same is not None,
        waits=receiver.playbook.team.channel_trouble is not None,
    )
    return given, kudos


def _plan(session: Session, receiver: _Receiver, kudos: Kudos, now: datetime) -> None:
    """The message, in the transaction that keeps the kudos."""
    occasion = Occasion(
        key=kudos_key(kudos.id),
        kind=OccasionKind.KUDOS,
        workspace_id=receiver.playbook.team.workspace_id,
        team_id=receiver.playbook.team.id,
        recipient=receiver.channel or receiver.user_id,
        due_at=now,
        expires_at=now + WORTH_SAYING_FOR,
        person_id=receiver.id,
        payload={KUDOS: kudos.id},
    )
    ledger.add(session, [occasion], now)


def _celebrated(session: Session, said: Delivery, person_id: int) -> str | None:
    """The user id of the person, where the celebration in a channel tells of that person."""
    occasion = said.occasion
    in_channel = occasion.recipient.startswith(("C", "G"))
    if occasion.kind is not OccasionKind.CELEBRATION or said.state not in _THERE or not in_channel:
        return None
    playbook = occasion.team_id and workspaces.active_playbook(session, occasion.team_id)
    if not playbook:
        return None
    told = occasion.payload.get(MILESTONES)
    posts = told if isinstance(told, list) else [f"celebration:{occasion.payload.get(MILESTONE)}"]
    keys = {each.removeprefix("celebration:").partition("#")[0] for each in posts}
    held = by_key(session.connection, playbook, keys)
    return next((each.user_id for each in held if each.person_id == person_id), None)
