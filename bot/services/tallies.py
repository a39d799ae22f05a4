"""What one rep logged, summed over several spans: each asked of the database once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.db.queries.entries.lifetimes import Asked, Lifetime, sums_with_lifetime
from bot.db.queries.entries.totals import Span, Totals, totals
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.teams import Rep


class Sums(Protocol):
    """Sums by person, indicator and span; 0 where nothing was logged."""

    def of(self, person_id: int, indicator_id: int, span: Span) -> Decimal: ...


class Tally:
    """Sums of some indicators of one rep, as far as they had occurred by `now`.

    What was announced is read together, in one query, when the first sum is needed: an entry's
    milestones and its progress are about the same few weeks.
    """

    def __init__(
        self, session: Session, rep: Rep, indicators: Iterable[Indicator], now: datetime
    ) -> None:
        self._connection = session.connection
        self._whose = rep.person.workspace_id, rep.id
        self._measured = {indicator.id for indicator in indicators}
        self._now = now
        self._wanted: set[Span] = set()
        self._read: dict[int, dict[Span, Totals]] = {each: {} for each in self._measured}
        self._asked: dict[int, Asked] = {}
        self._lifetimes: dict[int, Lifetime] = {}

    def want(self, spans: Collection[Span]) -> None:
        """Announces spans whose sums may be needed."""
        self._wanted.update(spans)

    def want_lifetime(self, indicator_id: int, asked: Asked) -> None:
        """Announces that the indicator's lifetime is needed, and which milestones with it."""
        self._asked[indicator_id] = asked

    def of(self, person_id: int, indicator_id: int, span: Span) -> Decimal:
        """The sum over the span; `person_id` is the rep's, `indicator_id` of those tallied."""
        known = self._read[indicator_id]
        if span not in known:
            self._wanted.add(span)
            if indicator_id in self._asked:
                self._read_with_lifetime(indicator_id)
            else:
                self._read_sums()
        return known[span].of(person_id, indicator_id, span)

    def lifetime(self, indicator_id: int) -> Lifetime:
        """As it was announced."""
        if indicator_id not in self._lifetimes:
            self._read_with_lifetime(indicator_id)
        return self._lifetimes[indicator_id]

    def _read_with_lifetime(self, indicator_id: int) -> None:
        asked, sums = self._asked.pop(indicator_id), (self._wanted, self._now)
        read, found = sums_with_lifetime(self._connection, self._whose, indicator_id, asked, sums)
        self._lifetimes[indicator_id] = found
        self._read[indicator_id].update(dict.fromkeys(self._wanted, read))

    def _read_sums(self) -> None:
        people = {self._whose[1]}
        read = totals(self._connection, people, self._measured, self._wanted, self._now)
        for known in self._read.values():
            known.update(dict.fromkeys(self._wanted, read))
