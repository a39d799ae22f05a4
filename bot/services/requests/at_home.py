"""What is pressed in the Home tab."""

from datetime import datetime

from sqlalchemy.exc import NoResultFound

from bot.db.queries.people.absences import person_named_by
from bot.db.queries.people.identity import find_rep
from bot.db.session import Session
from bot.domain.errors import NotPermitted, UnknownPerson
from bot.domain.permissions import may_run_team
from bot.services.membership import actor, member, rep_standing, require_indicators, standing
from bot.services.requests.callers import Caller
from bot.services.requests.log_command import FormWanted


def form_wanted(session: Session, caller: Caller, now: datetime) -> FormWanted:
    """What the form behind `/log` starts from. Raises Refusal for who is no rep."""
    who = member(session, rep_standing(session, caller.workspace_id, caller.user_id))
    require_indicators(who.playbook)
    return FormWanted(who.playbook.indicators, who.rep.today(now))


def rep_to_prepare(session: Session, caller: Caller, person_id: int) -> str:
    """The user id of a rep whom the caller leads. Raises NotPermitted, UnknownPerson."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    try:
        user_id = person_named_by(session.connection, caller.workspace_id, person_id)
    except NoResultFound:
        raise UnknownPerson(_GONE) from None
    subject = find_rep(session.connection, caller.workspace_id, user_id)
    if subject is None or subject.person.id != person_id or subject.team is None:
        raise UnknownPerson(_GONE)
    if not may_run_team(actor(asking), subject.team.team_id):
        raise NotPermitted("A one-to-one is prepared by the rep's own manager.")
    return user_id


_GONE = "That person is in none of your teams any more."
