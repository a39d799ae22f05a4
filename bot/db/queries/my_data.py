"""How much is kept of a person."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from bot.db.tables import deliveries, entries, memberships, milestones, time_off

_COUNTED = (entries, milestones, time_off, deliveries, memberships)


def kept_rows(connection: Connection, person_id: int) -> Mapping[str, int]:
    """Rows about the person in each table that one would ask about; 0 among them."""
    counts: dict[str, int] = {}
    for table in _COUNTED:
        query = select(func.count()).select_from(table).where(table.c.person_id == person_id)
        counts[table.name] = connection.scalar(query) or 0
    return counts
