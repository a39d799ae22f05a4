"""Every entry of a rep, as what was logged when; for milestones that nobody watched come true."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, case, exists, select, type_coerce

from bot.db.tables import entries
from bot.db.types import Instant
from bot.domain.feats.histories import History, Logged
from bot.domain.indicators import Indicator
from bot.domain.teams import Rep, TeamPlaybook

IMPORTED = "import"


def histories(
    connection: Connection,
    playbook: TeamPlaybook,
    rep: Rep,
    indicators: Collection[Indicator],
    since: date = date.min,
    until: datetime | None = None,
) -> tuple[History, ...]:
    """What the rep logged of each indicator for `since` or later (ever), as it had occurred.

    An imported entry counts from when it occurred, any other from when it was recorded.
    """
    logged = _logged(connection, rep.id, [each.id for each in indicators], since, until)
    return tuple(
        History(rep, indicator, playbook.settings(rep, indicator), logged.get(indicator.id, ()))
        for indicator in indicators
    )


def _logged(
    connection: Connection,
    person_id: int,
    indicators: Collection[int],
    since: date,
    until: datetime | None,
) -> dict[int, Sequence[Logged]]:
    counts_from = case(
        (entries.c.source == IMPORTED, entries.c.occurred_at), else_=entries.c.recorded_at
    )
    query = select(
        entries.c.indicator_id,
        type_coerce(counts_from, Instant),
        entries.c.local_date,
        entries.c.quantity,
    ).where(
        entries.c.undone_at.is_(None),
        entries.c.person_id == person_id,
        entries.c.local_date >= since,
        entries.c.indicator_id.in_(indicators),
    )
    if until is not None:
        query = query.where(entries.c.occurred_at <= until)
    found: defaultdict[int, list[Logged]] = defaultdict(list)
    for indicator_id, at, day, quantity in connection.execute(query.order_by(entries.c.id)):
        found[indicator_id].append(Logged(at, day, quantity))
    return dict(found)


def has_logged(connection: Connection, person_id: int) -> bool:
    """Whether any entry of the person stands."""
    standing = exists().where(entries.c.person_id == person_id, entries.c.undone_at.is_(None))
    return bool(connection.scalar(select(standing)))
