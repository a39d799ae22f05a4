"""How much is kept of a person."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, or_, select

from bot.db.tables import (
    commitments,
    deliveries,
    entries,
    experiment_members,
    interactions,
    kudos,
    memberships,
    milestones,
    one_to_ones,
    pairings,
    people,
    targets,
    time_off,
)

_COUNTED = (
    entries,
    milestones,
    time_off,
    deliveries,
    memberships,
    targets,
    kudos,
    one_to_ones,
    commitments,
    pairings,
    experiment_members,
    interactions,
)


def kept_rows(connection: Connection, person_id: int) -> Mapping[str, int]:
    """Rows about the person, whatever they say of the person, in each table that one would ask
    about; 0 among them."""
    counts: dict[str, int] = {}
    for table in _COUNTED:
        about = [each for each in table.columns if each.references(people.c.id)]
        query = select(func.count()).select_from(table)
        named = or_(*(column == person_id for column in about))
        counts[table.name] = connection.scalar(query.where(named)) or 0
    return counts
