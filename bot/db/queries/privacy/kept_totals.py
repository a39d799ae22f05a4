"""What teams had in all of people who have been erased."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, select

from bot.db.queries.entries.totals import Span
from bot.db.queries.rows import insert_into
from bot.db.tables import kept_totals
from bot.domain.progress.kept_totals import Kept, KeptTotals

_AMOUNTS = ("quantity", "target", "people", "asked", "reached")
_KEY = ("team_id", "local_date", "indicator_id")
_columns = kept_totals.c


def kept_within(connection: Connection, team_id: int, days: Span) -> KeptTotals:
    """What is kept of a team for these dates."""
    rows = connection.execute(
        select(_columns.indicator_id, _columns.local_date, *(_columns[name] for name in _AMOUNTS))
        .where(_columns.team_id == team_id, _columns.local_date.between(*days))
        .order_by(_columns.local_date)
    )
    found: defaultdict[int, dict[date, Kept]] = defaultdict(dict)
    for indicator_id, day, *amounts in rows:
        found[indicator_id][day] = Kept(*amounts)
    return KeptTotals(dict(found))


def add_kept(
    connection: Connection, workspace_id: str, team_id: int, kept: Mapping[tuple[int, date], Kept]
) -> None:
    """Adds to what is kept, by indicator id and date."""
    if not kept:
        return
    new = insert_into(connection, kept_totals)
    more = {name: _columns[name] + new.excluded[name] for name in _AMOUNTS}
    team = {"workspace_id": workspace_id, "team_id": team_id}
    rows = [
        team
        | {"indicator_id": indicator_id, "local_date": day}
        | {name: getattr(each, name) for name in _AMOUNTS}
        for (indicator_id, day), each in kept.items()
    ]
    connection.execute(new.on_conflict_do_update(index_elements=_KEY, set_=more), rows)


def drop_kept(connection: Connection, team_id: int, indicator_id: int, days: Span) -> None:
    """Removes what is kept of one indicator for these dates."""
    connection.execute(
        delete(kept_totals).where(
            _columns.team_id == team_id,
            _columns.indicator_id == indicator_id,
            _columns.local_date.between(*days),
        )
    )
