"""What one rep logged, summed over several spans: each asked of the database once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.db.queries.totals import Span, Totals, totals
from bot.db.session import Session
from bot.domain.indicators import Indicator


class Sums(Protocol):
    """Sums by person, indicator and span; 0 where nothing was logged."""

    def of(self, person_id: int, indicator_id: int, span: Span) -> Decimal: ...


class Tally:
    """Sums of some indicators of one rep, as far as they had occurred by `now`.

    Spans announced by `want` are read together, in one query, when the first sum is needed: an
    entry's milestones and its progress are about the same few weeks.
    """

    def __init__(
        self, session: Session, person_id: int, indicators: Iterable[Indicator], now: datetime
    ) -> None:
        self._connection = session.connection
        self._person_id = person_id
        self._measured = {indicator.id for indicator in indicators}
        self._now = now
        self._wanted: set[Span] = set()
        self._read: dict[Span, Totals] = {}

    def want(self, spans: Collection[Span]) -> None:
        """Announces spans whose sums may be needed."""
        self._wanted.update(span for span in spans if span not in self._read)

    def of(self, person_id: int, indicator_id: int, span: Span) -> Decimal:
        """The sum over the span; `person_id` is the rep's, `indicator_id` of those tallied."""
        if span not in self._read:
            self._wanted.add(span)
            people = {self._person_id}
            sums = totals(self._connection, people, self._measured, self._wanted, self._now)
            self._read.update(dict.fromkeys(self._wanted, sums))
            self._wanted = set()
        return self._read[span].of(person_id, indicator_id, span)
