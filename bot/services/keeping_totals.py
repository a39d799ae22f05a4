"""What a team had in all stays when a rep is erased, where enough stand behind it (design §6)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Final

from bot.db.queries.entries.standings import sums_by_period
from bot.db.queries.entries.totals import EVER, daily_totals, span_of
from bot.db.queries.privacy.kept_totals import add_kept, drop_kept, kept_within
from bot.db.session import Session
from bot.domain.coaching.benchmarks import FEWEST_PEOPLE
from bot.domain.days.periods import Period, PeriodKind, scored_period
from bot.domain.indicators import Indicator
from bot.domain.progress.kept_totals import NONE, Asked, Kept, KeptTotals, share_of
from bot.domain.progress.targets import target_for
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep, Team, TeamPlaybook
from bot.services.membership import Member

_PeriodAt = Callable[[date], Period]
_WHENEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Share:
    """What a rep leaves to the team, by indicator id and date.

    `gone` are periods behind which too few stand by now: what was kept there of others goes too.
    """

    kept: Mapping[tuple[int, date], Kept]
    gone: tuple[tuple[int, Period], ...]


@contextmanager
def keeping_totals(session: Session, who: Member | None, now: datetime) -> Iterator[None]:
    """Around the erasing of a person, who is a rep of a team or (None) of no team."""
    share = None if who is None else _share(session, who, now)
    yield
    if who is not None and share is not None:
        _keep(session, who.playbook.team, share)


def _share(session: Session, who: Member, now: datetime) -> _Share:
    """A query for each indicator, and two."""
    playbook, rep = who.playbook, who.rep
    every = (*playbook.indicators, *playbook.retired)
    ids = [each.id for each in every]
    logged = daily_totals(session.connection, {rep.id}, ids, EVER, _WHENEVER)
    before = kept_within(session.connection, playbook.team.id, EVER)
    kept: dict[tuple[int, date], Kept] = {}
    gone: list[tuple[int, Period]] = []
    for each in every:
        period_at = cache(partial(playbook.period, each))
        behind = _people_behind(session, playbook, each, before, period_at)
        few = {period for period, people in behind.items() if people < FEWEST_PEOPLE}
        gone += [(each.id, period) for period in few if _is_kept(before, each, period)]
        done = _by_period(logged.get((rep.id, each.id), {}), period_at)
        left = _left_in(who, each, behind.keys() - few, done, now)
        kept |= {(each.id, day): amounts for day, amounts in left.items()}
    return _Share(kept, tuple(gone))


def _left_in(
    who: Member,
    indicator: Indicator,
    periods: Collection[Period],
    done: Mapping[Period, Mapping[date, Decimal]],
    now: datetime,
) -> Mapping[date, Kept]:
    """What the rep leaves of one indicator in these periods."""
    left: defaultdict[date, Kept] = defaultdict(Kept)
    for period in periods:
        asked = _asked(who.playbook, who.rep, indicator, period, now)
        share = share_of(period, done.get(period, {}), asked, who.rep.today(now))
        for day, kept in share.items():
            left[day] += kept
    return left


def _keep(session: Session, team: Team, share: _Share) -> None:
    for indicator_id, period in share.gone:
        drop_kept(session.connection, team.id, indicator_id, span_of(period))
    add_kept(session.connection, team.workspace_id, team.id, share.kept)


def _people_behind(
    session: Session,
    playbook: TeamPlaybook,
    indicator: Indicator,
    before: KeptTotals,
    period_at: _PeriodAt,
) -> Counter[Period]:
    """How many stand behind the total of each period in which anything was logged, or is kept."""
    people = [rep.id for rep in playbook.reps]
    kind = _bucket(playbook, indicator)
    asked = (people, [indicator.id], kind, EVER, _WHENEVER)
    behind: Counter[Period] = Counter()
    for by_day in sums_by_period(session.connection, *asked).values():
        behind.update({period_at(day) for day, amount in by_day.items() if amount})
    for period in {period_at(day) for day in before.days.get(indicator.id, ())}:
        behind[period] += before.people_in(indicator.id, period)
    return behind


def _bucket(playbook: TeamPlaybook, indicator: Indicator) -> PeriodKind:
    """What sums may be put together by: days, where the team's periods had several lengths."""
    settings = playbook.set_for_all(indicator)
    kinds = {each.kind for each in settings} or {indicator.period}
    scored = {scored_period(kind, date.min).kind for kind in kinds}
    return scored.pop() if len(scored) == 1 else PeriodKind.DAY


def _by_period(
    days: Mapping[date, Decimal], period_at: _PeriodAt
) -> Mapping[Period, Mapping[date, Decimal]]:
    found: defaultdict[Period, dict[date, Decimal]] = defaultdict(dict)
    for day, amount in days.items():
        found[period_at(day)][day] = amount
    return found


def _is_kept(before: KeptTotals, indicator: Indicator, period: Period) -> bool:
    return before.within(indicator.id, period.start, period.end) != NONE


def _asked(
    playbook: TeamPlaybook, rep: Rep, indicator: Indicator, period: Period, now: datetime
) -> Asked:
    """Nothing in a period that hasn't begun."""
    settings, today = playbook.settings(rep, indicator), rep.today(now)
    if period.start > today:
        return Asked(ZERO, ZERO)
    last = today if rep.calendar.leaves_on is None else min(today, rep.calendar.leaves_on)
    left = replace(rep.calendar, leaves_on=last)
    whole, until_now = (
        target_for(indicator, settings, period, calendar) or ZERO
        for calendar in (rep.calendar, left if period.end > today else rep.calendar)
    )
    return Asked(whole, until_now)
