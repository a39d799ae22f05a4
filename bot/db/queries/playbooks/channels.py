"""Which teams speak in a channel, what is wrong with it, and what waits for it."""

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.tables import deliveries, teams
from bot.domain.ledger.deliveries import part_key
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.troubles import ChannelTrouble

_PART = part_key("", 0).removesuffix("0")
_TO_CHANNELS = (
    OccasionKind.CELEBRATION.value,
    OccasionKind.RECAP.value,
    OccasionKind.KUDOS.value,
)


def teams_in(connection: Connection, workspace_id: str, channel: str) -> list[int]:
    """The active teams whose channel it is."""
    query = select(teams.c.id).where(_speak_in(workspace_id, channel)).order_by(teams.c.id)
    return list(connection.scalars(query))


def in_trouble(connection: Connection) -> list[tuple[str, str]]:
    """(workspace id, channel) wherever something is wrong, each once."""
    query = select(teams.c.workspace_id, teams.c.channel).where(
        teams.c.channel_trouble.is_not(None),
        teams.c.channel.is_not(None),
        teams.c.retired_on.is_(None),
    )
    rows = connection.execute(query.distinct().order_by(teams.c.workspace_id, teams.c.channel))
    return [(row.workspace_id, row.channel) for row in rows]


def set_trouble(
    connection: Connection, team_id: int, trouble: ChannelTrouble, *, only_if_fine: bool
) -> bool:
    """Notes what is wrong with a team's channel.

    False where that is known, or (`only_if_fine`) where anything is: of two processes one alone
    finds it.
    """
    is_fine = teams.c.channel_trouble.is_(None)
    is_news = is_fine if only_if_fine else is_fine | (teams.c.channel_trouble != trouble.value)
    changed = connection.execute(
        update(teams).where(teams.c.id == team_id, is_news).values(channel_trouble=trouble.value)
    )
    return _renewed(connection, [team_id] if changed.rowcount else [])


def clear_trouble(connection: Connection, workspace_id: str, channel: str) -> bool:
    """Whatever was wrong with a channel is mended; False where nothing was."""
    in_trouble = _speak_in(workspace_id, channel) & teams.c.channel_trouble.is_not(None)
    mended = update(teams).where(in_trouble).values(channel_trouble=None).returning(teams.c.id)
    return _renewed(connection, list(connection.scalars(mended)))


def move(connection: Connection, team_id: int, before: str, now: str | None) -> None:
    """A team has chosen another channel, or none: nothing is wrong any more, and what waits goes
    there."""
    connection.execute(update(teams).where(teams.c.id == team_id).values(channel_trouble=None))
    waiting = and_(
        deliveries.c.team_id == team_id,
        deliveries.c.recipient == before,
        deliveries.c.kind.in_(_TO_CHANNELS),
        deliveries.c.state == DeliveryState.PLANNED.value,
        deliveries.c.key.not_like(f"%{_PART}%"),  # a thread stays with its beginning
    )
    values = (
        {"recipient": now}
        if now is not None
        else {"state": DeliveryState.DROPPED.value, "reason": "the team has no channel"}
    )
    connection.execute(update(deliveries).where(waiting).values(**values))


def _speak_in(workspace_id: str, channel: str) -> ColumnElement[bool]:
    return and_(
        teams.c.workspace_id == workspace_id,
        teams.c.channel == channel,
        teams.c.retired_on.is_(None),
    )


def _renewed(connection: Connection, team_ids: list[int]) -> bool:
    for team_id in team_ids:
        renew_revision(connection, team_id)
    return bool(team_ids)
