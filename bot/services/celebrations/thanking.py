"""Whom the readers of a celebration may thank with one tap, and how many have."""

from collections.abc import Iterable

from bot.db.queries.feats.kudos import counts_about
from bot.db.session import Session
from bot.domain.feats.celebrations import Thanks
from bot.domain.milestones import Milestone
from bot.domain.teams import TeamPlaybook


def thanks_for(
    session: Session, playbook: TeamPlaybook, key: str, told: Iterable[Milestone]
) -> tuple[Thanks, ...]:
    """The reps that the celebration with this key tells of, in its order; one query."""
    named = {each.person_id: playbook.rep(each.person_id) for each in told if each.person_id}
    reps = [rep for rep in named.values() if rep is not None]
    if not reps:
        return ()
    counts = counts_about(session.connection, playbook.team.workspace_id, key)
    return tuple(Thanks(key, rep.id, rep.person.name, counts.get(rep.id, 0)) for rep in reps)
