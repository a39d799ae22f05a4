"""Everything that is due and not yet in the ledger, for some teams at one instant (design §4)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from bot.db.queries.ledger import concerned
from bot.db.session import Session
from bot.domain.feats.celebrations import news_since
from bot.domain.ledger.occasions import Occasion
from bot.domain.teams import TeamPlaybook
from bot.services import ledger
from bot.services.agreements import due_commitments, may_be_reminded_of
from bot.services.celebrations.celebrating import due_celebrations
from bot.services.digesting import due_digests, due_recaps
from bot.services.experiments.telling import due_readouts, may_be_read_since
from bot.services.nudging import due_nudges
from bot.services.own_account import keep_resting

_Due = Callable[[Session, TeamPlaybook, datetime], Sequence[Occasion]]


def plan_teams(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> tuple[Occasion, ...]:
    """Writes what is due at or before `now` into the ledger and gives back what is new there.

    The teams are of one workspace. What all of them may have is asked for all at once; what few
    have, for those few.

    Level-triggered: it asks what is due, not what has changed, so that a crash or a night's outage
    heals with the next call, and a second planner finds nothing left to add. But for what fell due
    before the ledger was pruned: whether that was sent nobody knows any more.
    """
    if not playbooks:
        return ()

    def of_each(due: _Due, teams: Collection[int] | None = None) -> Iterator[Occasion]:
        for playbook in playbooks:
            if teams is None or playbook.team.id in teams:
                yield from due(session, playbook, now)

    keep_resting(session, playbooks, now)
    celebrations = _celebrated(session, playbooks, now)
    due = (
        *due_nudges(session, playbooks, now),
        *of_each(due_commitments, _with_commitments(session, playbooks, now)),
        *of_each(due_digests),
        *of_each(due_recaps),
        *of_each(due_readouts, _with_experiments(session, playbooks, now)),
    )
    return (*celebrations, *ledger.add(session, _remembered(playbooks[0], due), now))


def _celebrated(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> list[Occasion]:
    """Written team by team: teams that share a channel share its five posts a day."""
    news = _with_news(session, playbooks, now)
    concerned_teams = [playbook for playbook in playbooks if playbook.team.id in news]
    return [
        new
        for playbook in concerned_teams
        for new in ledger.add(
            session, _remembered(playbook, due_celebrations(session, playbook, now)), now
        )
    ]


def _remembered(playbook: TeamPlaybook, due: Iterable[Occasion]) -> list[Occasion]:
    return [each for each in due if not playbook.team.has_forgotten(each.due_at)]


def _with_news(session: Session, playbooks: Sequence[TeamPlaybook], now: datetime) -> set[int]:
    since = min(news_since(playbook.team, now) for playbook in playbooks)
    return concerned.with_milestones(session.connection, *_these(playbooks), since)


def _with_commitments(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> set[int]:
    return concerned.with_commitments(
        session.connection, *_these(playbooks), *may_be_reminded_of(now)
    )


def _with_experiments(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> set[int]:
    since = min(may_be_read_since(playbook.team, now) for playbook in playbooks)
    return concerned.with_experiments(session.connection, *_these(playbooks), since)


def _these(playbooks: Sequence[TeamPlaybook]) -> tuple[str, list[int]]:
    return playbooks[0].team.workspace_id, [playbook.team.id for playbook in playbooks]
