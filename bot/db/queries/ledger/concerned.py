"""Which of many teams have something of a kind at all, so that only they are asked for it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, exists, select

from bot.db.queries.feats.milestones import not_before
from bot.db.queries.given import as_given, given_ids
from bot.db.tables import commitments, experiments, memberships, milestones


def with_milestones(
    connection: Connection, workspace_id: str, team_ids: Collection[int], since: datetime
) -> set[int]:
    """The teams in which a milestone was reached after an instant, and holds."""
    some, team_id = given_ids(connection)
    reached = exists().where(
        milestones.c.workspace_id == workspace_id,
        milestones.c.team_id == team_id,
        milestones.c.reached_on >= not_before(since),
        milestones.c.reached_at > since,
        milestones.c.revoked_at.is_(None),
    )
    query = select(team_id).select_from(some).where(reached)
    return set(connection.scalars(query, {"ids": as_given(connection, team_ids)}))


def with_commitments(
    connection: Connection, workspace_id: str, team_ids: Collection[int], first: date, last: date
) -> set[int]:
    """The teams with whose reps something was agreed that isn't done and falls due then."""
    query = (
        select(memberships.c.team_id)
        .join(commitments, commitments.c.person_id == memberships.c.person_id)
        .where(
            commitments.c.workspace_id == workspace_id,
            commitments.c.done_at.is_(None),
            commitments.c.due_on.between(first, last),
            memberships.c.workspace_id == workspace_id,
            memberships.c.team_id.in_(team_ids),
            memberships.c.left_on.is_(None),
        )
    )
    return set(connection.scalars(query.distinct()))


def with_experiments(
    connection: Connection, workspace_id: str, team_ids: Collection[int], since: date
) -> set[int]:
    """The teams with an experiment that ends on this day or later."""
    query = select(experiments.c.team_id).where(
        experiments.c.workspace_id == workspace_id,
        experiments.c.team_id.in_(team_ids),
        experiments.c.ends_on >= since,
    )
    return set(connection.scalars(query.distinct()))
