"""What reps logged day by day over the last weeks, and over the periods of longer targets."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.db.queries.entries.recent_days import LoggedBy, recent_days
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.progress.consistency import window_of
from bot.domain.progress.logged import NOTHING, Logged
from bot.domain.teams import Rep, TeamPlaybook


@dataclass(frozen=True, slots=True)
class RecentHistory:
    """What these reps logged, and the first date for which each (by id) logged anything."""

    reps: frozenset[int]
    logged: LoggedBy
    since: Mapping[int, date]

    def at(self, rep_id: int, indicator_id: int) -> Logged:
        """What a rep logged of an indicator."""
        return self.logged.get((rep_id, indicator_id), NOTHING)

    def of(self, rep_id: int, indicator_id: int, span: Span) -> Decimal:
        """The sum of a span that begins no earlier than the period before the open one."""
        return Decimal(self.at(rep_id, indicator_id).hundredths(*span)).scaleb(-2)


def recent_history(
    session: Session,
    playbook: TeamPlaybook,
    reps: Collection[Rep],
    now: datetime,
    until: date | None = None,
) -> RecentHistory:
    """Of every indicator, up to the reps' today or the date `until`, as known at `now`.

    As far back as consistency looks. One query for each length of window (four kinds of periods at
    most), whatever the number of reps and indicators.
    """
    last = until or max(rep.today(now) for rep in reps)
    people = [rep.id for rep in reps]
    logged: LoggedBy = {}
    for first, measured in _windows(playbook, last).items():
        ids = [indicator.id for indicator in measured]
        logged |= recent_days(session.connection, people, ids, Span(first, last), now)
    return RecentHistory(frozenset(people), logged, _since(logged))


def _windows(playbook: TeamPlaybook, last: date) -> Mapping[date, list[Indicator]]:
    """The indicators by the first day that matters for them, for whomever their target is set."""
    found: defaultdict[date, list[Indicator]] = defaultdict(list)
    for indicator in playbook.indicators:
        kinds = {each.setting.kind for each in playbook.targets.get(indicator.id, ())}
        kinds.add(indicator.period)
        found[min(window_of(kind, last) for kind in kinds)].append(indicator)
    return found


def _since(logged: LoggedBy) -> dict[int, date]:
    found: dict[int, date] = {}
    for (rep_id, _), each in logged.items():
        first = each.days[0]
        if rep_id not in found or first < found[rep_id]:
            found[rep_id] = first
    return found
