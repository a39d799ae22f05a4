"""The playbook of the best: what the top reps do, as medians without names (method.md, belief 4).

No number stands for fewer than four people (design §2.8).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import round_half_up

WEEKS: Final = 12
FEWEST_PEOPLE: Final = 4
"""Below that a number could be somebody's (design §2.8)."""
_FEWEST_WEEKS: Final = 8
"""Worked weeks since the first entry, to be ranked at all."""
_FEWEST_TRIES: Final = 10
_FEWEST_ENTRIES: Final = 10
"""Entries of one rep from which a habit can be told."""
_MOST_DAYS: Final = 2
_STANDS_OUT: Final = 0.3
"""Share of the entries from which a weekday, or two hours, is a habit."""
_HOURS: Final = 24
_WINDOW: Final = 2
"""Hours of the stretch of the day that is named."""
_PERIODS_A_YEAR: Final = {
    PeriodKind.WEEK: 52,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.YEAR: 1,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An entry that a rep typed: its local date, local hour and account.

    `hour` is None where the entry was for an earlier moment than when it was typed.
    """

    person_id: int
    indicator_id: int
    day: date
    hour: int | None
    account: str | None


@dataclass(frozen=True, slots=True)
class Habits:
    """When the top reps do it: weekdays (Monday 0) and the hour at which their busiest stretch of
    two begins; and how often for one account. None, or nothing, where too few people say it."""

    weekdays: tuple[int, ...] = ()
    from_hour: int | None = None
    per_account: float | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The top reps' median of one behaviour over the target's own period, and what comes of it.

    `conversion` is how much of `leads_to` comes of one, None where too few people say it.
    """

    behaviour: Indicator
    period: PeriodKind
    amount: Decimal
    people: int
    leads_to: Indicator | None = None
    conversion: float | None = None
    habits: Habits = Habits()


@dataclass(frozen=True, slots=True)
class Best:
    """The top reps of a team by one result: how many of how many, and what they do."""

    result: Indicator
    people: int
    ranked: int
    benchmarks: tuple[Benchmark, ...]


def top_reps(team: WeeklyTeam, result: Indicator) -> tuple[tuple[WeeklyRep, ...], int]:
    """The best third by attainment of the result, at least four people; and how many were ranked.

    Nobody where there are fewer than four to rank, or nothing has come of anything yet.
    """
    ranked = [rep for rep in team.reps if _can_be_ranked(rep, result)]
    if len(ranked) < FEWEST_PEOPLE:
        return (), len(ranked)
    best = sorted(ranked, key=lambda rep: (-_attainment(rep, result), rep.person_id))
    top = best[: max(FEWEST_PEOPLE, -(-len(ranked) // 3))]
    return (tuple(top) if any(_attainment(rep, result) for rep in top) else ()), len(ranked)


def best_of(
    team: WeeklyTeam,
    result: Indicator,
    behaviours: Sequence[Indicator],
    periods: Mapping[int, PeriodKind],
    workdays: int,
    attempts: Sequence[Attempt] = (),
) -> Best:
    """What the top reps by a result do of the behaviours that drive it.

    `periods` has the period of each behaviour's target by its id; `workdays` is the length of the
    team's week.
    """
    top, ranked = top_reps(team, result)
    people = {rep.person_id for rep in top}
    theirs = [each for each in attempts if each.person_id in people]
    driving = [each for each in behaviours if each.drives == result.id]
    known = {each.id: each for each in (*behaviours, result)}
    found = (
        _benchmark(
            top,
            each,
            known.get(each.leads_to or 0, result),
            periods.get(each.id, each.period),
            workdays,
            theirs,
        )
        for each in driving
    )
    return Best(result, len(top), ranked, tuple(each for each in found if each is not None))


def _can_be_ranked(rep: WeeklyRep, result: Indicator) -> bool:
    worked = sum(1 for days in rep.days[rep.first_week :] if days)
    return worked >= _FEWEST_WEEKS and sum(rep.asked.get(result.id, ())[rep.first_week :]) > 0


def _attainment(rep: WeeklyRep, result: Indicator) -> float:
    asked = sum(rep.asked[result.id][rep.first_week :])
    return sum(rep.amounts(result.id)[rep.first_week :]) / asked


def _benchmark(
    top: Sequence[WeeklyRep],
    behaviour: Indicator,
    leads_to: Indicator,
    period: PeriodKind,
    workdays: int,
    attempts: Sequence[Attempt],
) -> Benchmark | None:
    doing = [rep for rep in top if any(rep.amounts(behaviour.id))]
    if len(doing) < FEWEST_PEOPLE:
        return None
    a_day = median(_a_day(rep, behaviour) for rep in doing)
    amount = round_half_up(Decimal(str(a_day * _days(period, workdays))), behaviour.unit)
    rates = [rate for rep in doing if (rate := _conversion(rep, behaviour, leads_to)) is not None]
    return Benchmark(
        behaviour,
        period,
        max(amount, behaviour.unit.step),
        len(doing),
        leads_to,
        median(rates) if len(rates) >= FEWEST_PEOPLE else None,
        habits_of([each for each in attempts if each.indicator_id == behaviour.id]),
    )


def _a_day(rep: WeeklyRep, behaviour: Indicator) -> float:
    return sum(rep.amounts(behaviour.id)[rep.first_week :]) / sum(rep.days[rep.first_week :])


def _days(period: PeriodKind, workdays: int) -> float:
    return 1 if period is PeriodKind.DAY else workdays * 52 / _PERIODS_A_YEAR[period]


def _conversion(rep: WeeklyRep, behaviour: Indicator, leads_to: Indicator) -> float | None:
    tried = sum(rep.amounts(behaviour.id))
    return sum(rep.amounts(leads_to.id)) / tried if tried >= _FEWEST_TRIES else None


def habits_of(attempts: Sequence[Attempt]) -> Habits:
    """When and how often, as far as at least four people show it, each weighing the same."""
    by_rep: dict[int, list[Attempt]] = {}
    for each in attempts:
        by_rep.setdefault(each.person_id, []).append(each)
    known = [own for own in by_rep.values() if len(own) >= _FEWEST_ENTRIES]
    if len(known) < FEWEST_PEOPLE:
        return Habits()
    return Habits(_weekdays(known), _busiest_hour(known), _per_account(known))


def _weekdays(known: Sequence[Sequence[Attempt]]) -> tuple[int, ...]:
    """At most two days that stand out from an even fifth of the week."""
    shares = _shares([[each.day.weekday() for each in own] for own in known])
    marked = [day for day, share in shares.items() if share >= _STANDS_OUT]
    return tuple(sorted(sorted(marked, key=lambda day: -shares[day])[:_MOST_DAYS]))


def _busiest_hour(known: Sequence[Sequence[Attempt]]) -> int | None:
    """Where the busiest two hours begin, if they have a quarter of the day's entries."""
    timed = [[each.hour for each in own if each.hour is not None] for own in known]
    shares = _shares([own for own in timed if len(own) >= _FEWEST_ENTRIES])
    stretches = {
        hour: sum(shares.get(hour + later, 0.0) for later in range(_WINDOW))
        for hour in range(_HOURS - 1)
    }
    best = max(stretches, key=lambda hour: stretches[hour])
    return best if stretches[best] >= _STANDS_OUT else None


def _shares(habits: Sequence[Sequence[int]]) -> dict[int, float]:
    """By day or hour the mean share of it, of those that at least four people have."""
    if len(habits) < FEWEST_PEOPLE:
        return {}
    counts = [Counter(own) for own in habits]
    return {
        each: sum(count[each] / count.total() for count in counts) / len(counts)
        for each in sorted(set().union(*counts))
        if sum(1 for count in counts if count[each]) >= FEWEST_PEOPLE
    }


def _per_account(known: Sequence[Sequence[Attempt]]) -> float | None:
    means = list(_means(known))
    return median(means) if len(means) >= FEWEST_PEOPLE else None


def _means(known: Sequence[Sequence[Attempt]]) -> Iterator[float]:
    for own in known:
        accounts = Counter(each.account.casefold() for each in own if each.account)
        if accounts:
            yield accounts.total() / len(accounts)
