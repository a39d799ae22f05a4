"""What a kudos says when it is written, and how many a team's people got in a week."""

from datetime import datetime

from bot.db.queries.feats import kudos as stored
from bot.db.queries.feats.milestones import reached_in
from bot.db.session import Session
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.feats.celebrations import Cheer, is_told
from bot.domain.feats.kudos import Kudos, KudosFacts, Received, week_of
from bot.domain.ledger.occasions import Delivery, Moot
from bot.domain.milestones import highest_steps
from bot.domain.teams import TeamPlaybook
from bot.services.celebrations.cheering import cheers

KUDOS = "kudos"
"""What the payload of a kudos says: its id."""


def kudos_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> KudosFacts:
    """What a kudos says. Raises `Moot` where it was taken back, or its giver is erased."""
    occasion = delivery.occasion
    found = stored.find(
        session.connection, occasion.workspace_id, int(str(occasion.payload[KUDOS]))
    )
    if found is None:
        raise Moot("taken back")
    alone = not occasion.recipient.startswith(("C", "G"))
    receiver = playbook.rep(found.receiver_id)
    if not alone and receiver is not None and receiver.celebrate_alone:
        raise Moot("kept out of the channel")
    said = _cheers(session, playbook, found, now)
    return KudosFacts(found.giver, found.receiver, found.reason, said, alone)


def received(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Received, ...]:
    """Who of the team's people got kudos in a week, and how many; most first, then by name."""
    counts = stored.received_in(session.connection, playbook.team.id, week.start, week.end, now)
    people = {each.id: each for each in (*playbook.managers, *(r.person for r in playbook.reps))}
    there = [(people[who], count) for who, count in counts.items() if who in people]
    there.sort(key=lambda pair: (-pair[1], pair[0].name or "", pair[0].user_id))
    return tuple(Received(person.user_id, count) for person, count in there)


def for_all_to_read(playbook: TeamPlaybook, got: tuple[Received, ...]) -> tuple[Received, ...]:
    """Without those who keep out of the channel."""
    alone = {rep.user_id for rep in playbook.reps if rep.celebrate_alone}
    return tuple(each for each in got if each.user_id not in alone)


def _cheers(
    session: Session, playbook: TeamPlaybook, kudos: Kudos, now: datetime
) -> tuple[Cheer, ...]:
    """What a week's kudos are for."""
    monday = week_of(kudos.about)
    if monday is None:
        return ()
    week = period_of(PeriodKind.WEEK, monday)
    reached = highest_steps(reached_in(session.connection, playbook, week.start, week.end, now))
    own = [
        each for each in reached if each.person_id == kudos.receiver_id and is_told(playbook, each)
    ]
    return cheers(session, playbook, own, now)
