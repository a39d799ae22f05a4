"""What a channel hears, and who speaks there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from bot.db.tables import deliveries, teams
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.teams import WeekMoment

_columns = deliveries.c
_POSTS = (OccasionKind.CELEBRATION.value, OccasionKind.RECAP.value)
_NEVER_SEEN = (DeliveryState.DROPPED.value, DeliveryState.FAILED.value)


def posts_planned(
    connection: Connection, workspace_id: str, channel: str, since: datetime, until: datetime
) -> list[str]:
    """The keys of celebrations and recaps planned for a channel from `since` to before `until`."""
    query = select(_columns.key).where(
        _columns.workspace_id == workspace_id,
        _columns.kind.in_(_POSTS),
        _columns.recipient == channel,
        _columns.created_at >= since,
        _columns.created_at < until,
        _columns.state.not_in(_NEVER_SEEN),
    )
    return list(connection.scalars(query))


def recap_moments(connection: Connection, workspace_id: str, channel: str) -> list[WeekMoment]:
    """When the recap of each team that has this channel is due."""
    query = select(teams.c.digest_weekday, teams.c.digest_time).where(
        teams.c.workspace_id == workspace_id,
        teams.c.channel == channel,
        teams.c.retired_on.is_(None),
    )
    return [WeekMoment(*row) for row in connection.execute(query)]


def told_in(
    connection: Connection, workspace_id: str, roundups: Collection[str]
) -> dict[str, frozenset[str]]:
    """The milestones that each of these round-ups was planned with, by its key."""
    query = select(_columns.key, _columns.payload).where(
        _columns.workspace_id == workspace_id, _columns.key.in_(roundups)
    )
    rows = connection.execute(query)
    return {row.key: frozenset(row.payload.get("milestones", ())) for row in rows}
