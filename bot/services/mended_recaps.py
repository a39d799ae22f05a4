"""Recaps that are in the channel already, once somebody has left the leaderboard: the name goes."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.db.session import Session
from bot.domain.feats.mends import NOTHING_MORE
from bot.domain.ledger.deliveries import mended_key
from bot.domain.ledger.occasions import Delivery, DeliveryState, Moot, recap_key
from bot.domain.reports.digests import last_full_week
from bot.domain.reports.recaps import RecapFacts
from bot.domain.teams import Rep, Team, TeamPlaybook
from bot.services import ledger
from bot.services.digesting import recap_facts, week_of
from bot.services.kudos.mending import plan_mend
from bot.services.leaderboards import top_of_week
from bot.services.weeks import rep_weeks

_RECAP = "recap:"
_WHO_LEFT = "left"
"""In a mend's payload: the id of whoever has left the leaderboard."""
_A_WEEK, _WEEKS = timedelta(weeks=1), 13
"""For ninety days the ledger knows which recaps there were."""
_THERE = (DeliveryState.SENDING, DeliveryState.SENT)


def plan_unnaming(session: Session, team: Team, rep: Rep, request: str, now: datetime) -> None:
    """Has the team's recaps written anew, as far back as the ledger has them.

    One that still waits looks at the leaderboard when it is sent. `request` tells this time from
    others.
    """
    week = last_full_week(team.zone, now)
    number = f"left-{request.replace(':', '-')}"
    for back in range(_WEEKS):
        key = recap_key(team.id, week.start - back * _A_WEEK)
        said = ledger.find(session, team.workspace_id, key)
        if said is not None and said.state in _THERE:
            plan_mend(session, said, number, now, {_WHO_LEFT: rep.id} if back else NOTHING_MORE)


def is_for_recap(mend: Delivery) -> bool:
    """Whether the message that a mend is for is a recap."""
    return mended_key(mend).startswith(_RECAP)


def mended_recap(
    session: Session, playbook: TeamPlaybook, mend: Delivery, now: datetime
) -> RecapFacts | None:
    """What the recap should say instead; None where nothing is left of it.

    Raises `Moot`, for one of an earlier week also where whoever left isn't named in it: what else
    it says stays as it was.
    """
    said = ledger.find(session, mend.occasion.workspace_id, mended_key(mend))
    if said is None:
        raise Moot("nothing there to mend")
    left = mend.occasion.payload.get(_WHO_LEFT)
    if isinstance(left, int) and not _was_named(session, playbook, left, said, now):
        raise Moot("not named in it")
    try:
        return recap_facts(session, playbook, said, now)
    except Moot:
        return None


def _was_named(
    session: Session, playbook: TeamPlaybook, person_id: int, said: Delivery, now: datetime
) -> bool:
    """Whether the rep would stand among that week's first three, had the rep stayed."""
    stayed = replace(
        playbook,
        reps=tuple(
            replace(rep, off_leaderboard=False) if rep.id == person_id else rep
            for rep in playbook.reps
        ),
    )
    rep = stayed.rep(person_id)
    top = top_of_week(stayed, rep_weeks(session, stayed, week_of(said), now))
    return rep is not None and rep.user_id in {place.user_id for place in top}
