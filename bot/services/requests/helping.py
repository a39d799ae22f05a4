"""Whom help is for: it shows the examples of that person's own team."""

from dataclasses import dataclass

from bot.db.session import Session
from bot.domain.errors import UnknownPerson
from bot.domain.indicators import Indicator
from bot.services.membership import standing, team_of
from bot.services.requests.callers import Caller


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """The indicators of the team that the person is in or else leads, if any.

    `board` says that it has a leaderboard, and that the person hasn't left it.
    """

    indicators: tuple[Indicator, ...]
    leads: bool
    board: bool = False


def help_wanted(session: Session, caller: Caller) -> HelpWanted:
    """Help for whoever asks; somebody in no team gets it too."""
    try:
        asking = standing(session, caller.workspace_id, caller.user_id)
    except UnknownPerson:
        return HelpWanted((), leads=False)
    first = next((team for team in (asking.team, *asking.leads) if team is not None), None)
    leads = bool(asking.leads) or asking.person.is_admin
    if first is None:
        return HelpWanted((), leads)
    playbook = team_of(session, first)
    rep = playbook.rep(asking.person.id)
    board = playbook.team.leaderboard and not (rep is not None and rep.off_leaderboard)
    return HelpWanted(playbook.indicators, leads, board)
