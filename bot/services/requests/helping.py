"""Whom help is for: it shows the examples of that person's own team."""

from dataclasses import dataclass

from bot.db.session import Session
from bot.domain.errors import UnknownPerson
from bot.domain.indicators import Indicator
from bot.services.membership import standing, team_of
from bot.services.requests.callers import Caller


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """The indicators of the team that the person is in or else leads, if any."""

    indicators: tuple[Indicator, ...]
    leads: bool


def help_wanted(session: Session, caller: Caller) -> HelpWanted:
    """Help for whoever asks; somebody in no team gets it too."""
    try:
        asking = standing(session, caller.workspace_id, caller.user_id)
    except UnknownPerson:
        return HelpWanted((), leads=False)
    first = next((team for team in (asking.team, *asking.leads) if team is not None), None)
    leads = bool(asking.leads) or asking.person.is_admin
    return HelpWanted(team_of(session, first).indicators if first else (), leads)
