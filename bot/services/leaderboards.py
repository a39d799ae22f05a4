"""Leaderboards: for whoever asks, and for the recap (design §2.7, §2.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.progress.leaderboards import (
    FEWEST,
    Entrant,
    Place,
    around,
    leaderboard,
    score,
    top_three,
)
from bot.domain.progress.pace import Progress
from bot.domain.reports.digests import RepWeek
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.membership import find_member, team_of
from bot.services.scorecards import progress

_OFF = "{} has no leaderboard. Whoever leads the team can switch one on with `/coach`."
_TOO_FEW = (
    f"A leaderboard needs at least {FEWEST} people with a target this week, or it would say too "
    "much about each of them. `/pace` shows where you stand."
)
_LEFT = (
    "You have left the leaderboard: it shows you to nobody, and no ranks to you. Your settings in "
    "Home bring you back. `/pace` shows where you stand."
)
_NO_TARGET = "You have no target this week, so you are not on the leaderboard. Enjoy the time off."


@dataclass(frozen=True, slots=True)
class Board:
    """What somebody sees of a board with `of` people. `whole` for who leads the team, who sees
    scores too; a rep sees the places around, and the own score alone."""

    team: str
    places: tuple[Place, ...]
    of: int
    user_id: str
    whole: bool


def board_asked(session: Session, asking: Standing, now: datetime) -> Board:
    """`/pace board`: the five around a rep; all of the team for a manager who is no rep.

    Raises Refusal, with the reason, where there is nothing to show.
    """
    who = find_member(session, asking)
    if who is None and not asking.leads:
        raise NotPermitted("A leaderboard is for the team's own people.")
    playbook = who.playbook if who is not None else team_of(session, asking.leads[0])
    if not playbook.team.leaderboard:
        raise Refusal(_OFF.format(playbook.team.name))
    if who is not None and who.rep.off_leaderboard:
        raise Refusal(_LEFT)
    board = board_now(session, playbook, now)
    if not board:
        raise Refusal(_TOO_FEW)
    user_id = asking.person.user_id
    shown = board if who is None else around(board, user_id)
    if not shown:
        raise Refusal(_NO_TARGET)
    return Board(playbook.team.name, shown, len(board), user_id, whole=who is None)


def board_now(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Place, ...]:
    """The team's board of the present week; empty where it has none. One query."""
    if not playbook.team.leaderboard:
        return ()
    reps = [rep for rep in playbook.present if not rep.off_leaderboard]
    scored = progress(session, playbook, reps, playbook.behaviours, now)
    return leaderboard(
        entrant
        for rep in reps
        if (entrant := _entrant(rep, (scored[rep.id, each.id] for each in playbook.behaviours)))
    )


def top_of_week(playbook: TeamPlaybook, weeks: Iterable[RepWeek]) -> tuple[Place, ...]:
    """The first three of a week that is over, for the channel to read.

    Out of those who may be named there: neither who left the board nor who celebrates alone.
    """
    if not playbook.team.leaderboard:
        return ()
    by_user = {week.user_id: week for week in weeks}
    reps = [rep for rep in playbook.present if not (rep.off_leaderboard or rep.celebrate_alone)]
    entrants = (
        _entrant(rep, by_user[rep.user_id].behaviours) for rep in reps if rep.user_id in by_user
    )
    return top_three(leaderboard(each for each in entrants if each is not None))


def _entrant(rep: Rep, behaviours: Iterable[Progress]) -> Entrant | None:
    reached = score(behaviours)
    return None if reached is None else Entrant(rep.user_id, rep.person.name, reached)
