"""Which rep a one-to-one is about, and whether who asks leads that rep's team now."""

from dataclasses import dataclass

from bot.db.queries.people.identity import Standing, find_rep
from bot.db.session import Session
from bot.domain.errors import UnknownPerson
from bot.domain.permissions import require_notes
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.membership import actor, find_member, standing
from bot.services.requests.callers import Caller

_GONE = "That person is in none of your teams. `/coach` shows who is."


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who leads a team (or an admin), and a rep of it."""

    asking: Standing
    rep: Rep
    playbook: TeamPlaybook


def pair(session: Session, caller: Caller, user_id: str) -> Pair:
    """The caller and the rep. Raises UnknownPerson, NotPermitted."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    subject = find_rep(session.connection, caller.workspace_id, user_id)
    who = None if subject is None else find_member(session, subject)
    if who is None:
        raise UnknownPerson(_GONE)
    require_notes(actor(asking), who.rep.id, who.playbook.team.id)
    return Pair(asking, who.rep, who.playbook)
