"""How much of its targets a team reached, week by week: the digest's chart (design §2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.progress.kept_totals import MILLION, NOTHING_KEPT, KeptTotals
from bot.domain.progress.weekly_numbers import A_WEEK, WeeklyRep, WeeklyTeam

WEEKS: Final = 8
_FEWEST_WEEKS = 2
_SHORT: Final = frozenset({PeriodKind.DAY, PeriodKind.WEEK})
"""Of a month's or a quarter's behaviour a single week says too little."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Shares of the weeks' targets that were reached, 0…1, oldest first.

    Each rep's each behaviour counts alike and for 1 at most, so that nobody's surplus hides
    another's gap. `weakest` is the behaviour of which least was reached in the last week, None
    where everything was.
    """

    mondays: tuple[date, ...]
    team: tuple[float, ...]
    weakest: Indicator | None = None
    of_weakest: tuple[float, ...] = ()


def trend_of(
    team: WeeklyTeam, behaviours: Sequence[Indicator], kept: KeptTotals = NOTHING_KEPT
) -> Trend | None:
    """The last eight weeks, as far as the team had begun to log; None for fewer than two.

    With what is `kept` of people who have been erased. Weeks that asked for nothing are left out.
    """
    counted = [each for each in behaviours if each.period in _SHORT]
    begun = min([_first_kept(team, kept), *(rep.first_week for rep in team.reps)])
    recent = range(max(begun, len(team.weeks) - WEEKS), len(team.weeks))
    shares = {each.id: [_share(team, [each], place, kept) for place in recent] for each in counted}
    weeks = [
        place
        for place in range(len(recent))
        if any(shares[each.id][place] is not None for each in counted)
    ]
    if len(weeks) < _FEWEST_WEEKS:
        return None
    mondays = tuple(team.weeks[recent[place]] for place in weeks)
    whole = tuple(_share(team, counted, recent[place], kept) or 0 for place in weeks)
    weakest = _weakest(shares, counted, weeks)
    of_weakest = () if weakest is None else tuple(shares[weakest.id][place] or 0 for place in weeks)
    return Trend(mondays, whole, weakest, of_weakest)


def _weakest(
    shares: dict[int, list[float | None]], counted: Sequence[Indicator], weeks: Sequence[int]
) -> Indicator | None:
    """Of those that were asked in every week shown: a chart has a value for every category."""
    asked = [each for each in counted if None not in (shares[each.id][week] for week in weeks)]
    if len(counted) < _FEWEST_WEEKS or not asked:
        return None
    least = min(asked, key=lambda each: (shares[each.id][weeks[-1]] or 0, each.position))
    return least if (shares[least.id][weeks[-1]] or 0) < 1 else None


def _first_kept(team: WeeklyTeam, kept: KeptTotals) -> int:
    """The place of the first week of which something is kept; past the end if of none."""
    logged = (day for days in kept.days.values() for day, each in days.items() if each.quantity)
    first = min((day for day in logged if day >= team.weeks[0]), default=date.max)
    return sum(monday <= first - A_WEEK for monday in team.weeks)


def _share(
    team: WeeklyTeam, behaviours: Sequence[Indicator], place: int, kept: KeptTotals
) -> float | None:
    """Of these behaviours together; None where none of them was asked for."""
    reached = [
        share for rep in team.reps for each in behaviours for share in _reached(rep, each, place)
    ]
    theirs = [kept.on(each.id, team.weeks[place]) for each in behaviours]
    asked = len(reached) + sum(each.asked for each in theirs)
    reached += [each.reached / MILLION for each in theirs]
    return sum(reached) / asked if asked else None


def _reached(rep: WeeklyRep, behaviour: Indicator, place: int) -> list[float]:
    asked = rep.asked.get(behaviour.id, ())
    if not asked or not asked[place]:
        return []
    return [min(1.0, rep.amounts(behaviour.id)[place] / asked[place])]
