"""How much of a behaviour a rep has logged in all, beside what of it was celebrated."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.queries.entries.totals import Shape, Span, Totals, sums_asked, sums_query
from bot.db.tables import entries, milestones
from bot.db.types import AsStored, Quantity
from bot.domain.milestones import LIFETIMES
from bot.domain.quantities import ZERO

MOST_OTHERS = 2


class Lifetime(NamedTuple):
    """All that was logged, not summed up any more (None) once the last step is celebrated.

    `celebrated` is the highest step that is; 0 for none. `others` are those of the other
    milestones asked about that hold.
    """

    total: Decimal | None
    celebrated: int
    others: frozenset[str]


class Asked(NamedTuple):
    """Milestones' keys: of all steps of a lifetime, in order, and up to `MOST_OTHERS` others."""

    steps: Sequence[str]
    others: Sequence[str]


def sums_with_lifetime(
    connection: Connection,
    whose: tuple[str, int],
    indicator_id: int,
    asked: Asked,
    sums: tuple[Collection[Span], datetime],
) -> tuple[Totals, Lifetime]:
    """Both at once, for what a rep has just logged; `whose` is the rep's workspace and id.

    Entries count as far as they had occurred by the instant behind the spans. Other milestones are
    looked up on the way, for most of the time there is nothing new in them.
    """
    workspace_id, person_id = whose
    spans, until = sums
    question = sums_asked((person_id,), (indicator_id,), spans, until)
    others = (*asked.others, *[""] * (MOST_OTHERS - len(asked.others)))
    values = question.bounds | dict(zip(_KEYS, (*asked.steps, *others), strict=True))
    values |= {"workspace_id": workspace_id, "person_id": person_id, "indicator_id": indicator_id}
    ((highest, total, *row),) = _both(question.shape).rows(connection, values)
    held = zip(others, row[:MOST_OTHERS], strict=True)
    celebrated = highest or 0
    found = Lifetime(
        None if celebrated == LIFETIMES[-1] else total or ZERO,
        celebrated,
        frozenset([key for key, holds in held if holds]),
    )
    summed = row[MOST_OTHERS:]
    return question.answer([] if summed[0] is None else [summed]), found


_STEPS = tuple(f"step_{step}" for step in LIFETIMES)
_OTHERS = tuple(f"other_{number}" for number in range(MOST_OTHERS))
_KEYS = (*_STEPS, *_OTHERS)
_BOUND: dict[str, BindParameter[str]] = {key: bindparam(key) for key in _KEYS}
_EVER = (
    select(func.sum(entries.c.quantity))
    .where(
        entries.c.undone_at.is_(None),
        entries.c.person_id == bindparam("person_id"),
        entries.c.indicator_id == bindparam("indicator_id"),
        AsStored(entries.c.occurred_at) <= bindparam("until"),
    )
    .scalar_subquery()
)
_OF_STEP = milestones.c.key.in_([_BOUND[key] for key in _STEPS])
_HELD = (
    select(
        func.max(case((_OF_STEP, milestones.c.threshold))).label("highest"),
        *(
            func.max(case((milestones.c.key == _BOUND[key], literal_column("1"))))
            for key in _OTHERS
        ),
    )
    .where(
        milestones.c.workspace_id == bindparam("workspace_id"),
        milestones.c.key.in_(list(_BOUND.values())),
        milestones.c.revoked_at.is_(None),
    )
    .subquery("held")
)
_GOES_ON = func.coalesce(_HELD.c.highest, literal_column("0")) < literal_column(str(LIFETIMES[-1]))


@lru_cache(maxsize=64)
def _both(shape: Shape) -> Prepared:
    highest, *others = _HELD.c
    sums = sums_query(shape).subquery("sums")
    ever = type_coerce(case((_GOES_ON, _EVER)), Quantity)
    held_and_sums = _HELD.outerjoin(sums, true())
    return Prepared(select(highest, ever, *others, *sums.c).select_from(held_and_sums))
