"""The behaviours of a team that nudges don't move, as reckoned once a week."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.db.queries.given import as_given, each_given
from bot.db.tables import teams

_AT, _BEHAVIOURS = "at", "behaviours"
_KEEP = (
    update(teams).where(teams.c.id == bindparam("team_id")).values(unmoved=bindparam("reckoned"))
)


def unmoved(
    connection: Connection, team_ids: Collection[int], at: datetime
) -> dict[int, frozenset[int]]:
    """Their ids by team id, of the teams for which it was reckoned as of this instant."""
    query = select(teams.c.id, teams.c.unmoved).select_from(each_given(connection, teams))
    rows = connection.execute(query, {"ids": as_given(connection, team_ids)}).all()
    return {
        each: frozenset(kept[_BEHAVIOURS]) for each, kept in rows if kept and kept[_AT] == _text(at)
    }


def keep_unmoved(
    connection: Connection, reckoned: Mapping[int, Collection[int]], at: datetime
) -> None:
    """Keeps it in the place of what was reckoned before."""
    rows = [
        {"team_id": team_id, "reckoned": {_AT: _text(at), _BEHAVIOURS: sorted(ids)}}
        for team_id, ids in reckoned.items()
    ]
    if rows:
        connection.execute(_KEEP, rows)


def _text(at: datetime) -> str:
    return at.date().isoformat()
