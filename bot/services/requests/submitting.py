"""A form that was sent: recorded like a line, or put in the place of an entry."""

from datetime import datetime

from bot.db.session import Session
from bot.domain.entries import Origin, Recorded
from bot.domain.forms import FilledForm, request_of
from bot.services.membership import member, rep_standing
from bot.services.recording import SLACK, edit, record
from bot.services.requests.callers import Caller


def submit_form(session: Session, caller: Caller, form: FilledForm, now: datetime) -> Recorded:
    """Records what the form says, once for the caller's key. Raises FormRefused, Refusal."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    who = member(session, asking)
    request = request_of(form, who.playbook.indicators, who.rep.today(now))
    return record(session, asking, request, Origin(SLACK, caller.key), now)


def submit_edit(
    session: Session, caller: Caller, entry_id: int, form: FilledForm, now: datetime
) -> Recorded:
    """Puts what the form says in the place of one of one's own entries."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    who = member(session, asking)
    request = request_of(form, who.playbook.indicators, who.rep.today(now))
    return edit(session, asking, entry_id, request, now)
