"""Shortcuts that open the log form: from a message, or from anywhere."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.session import Session
from bot.domain.grammar.clippings import Clipping, clipping
from bot.domain.indicators import Indicator
from bot.services.membership import member, rep_standing, require_indicators
from bot.services.requests.callers import Caller


@dataclass(frozen=True, slots=True)
class FormBegun:
    """A form to fill in: what the team counts, the rep's local date, and what is known already."""

    indicators: tuple[Indicator, ...]
    today: date
    start: Clipping | None = None


def begin_form(
    session: Session, caller: Caller, now: datetime, text: str = "", written: datetime | None = None
) -> FormBegun:
    """The log form, begun with what a message says that was `written` then; empty without one.

    Raises Refusal for somebody who can't log anything.
    """
    who = member(session, rep_standing(session, caller.workspace_id, caller.user_id))
    require_indicators(who.playbook)
    indicators, today = who.playbook.indicators, who.rep.today(now)
    if written is None:
        return FormBegun(indicators, today)
    written_on = who.rep.today(min(written, now))
    return FormBegun(indicators, today, clipping(text, indicators, written_on, today))
