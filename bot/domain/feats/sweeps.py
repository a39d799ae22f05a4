"""Clean weeks: every behaviour of a rep on target (design §2.6)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.feats.histories import History, Logged, amount_of
from bot.domain.milestones import BEHAVIOURS_OF_A_SWEEP, Milestone, MilestoneKind
from bot.domain.progress.pace import Progress, Status, assess
from bot.domain.progress.targets import period_in_force, target_for


def is_kept(progress: Progress, until: date) -> bool:
    """Whether a behaviour is where it should be by the last day of a week.

    A period that is over by then has to have reached its target; a longer one must not be behind.
    """
    if progress.period.end <= until:
        return progress.status is Status.DONE
    return progress.status is not Status.BEHIND


def sweep(week: date, histories: Sequence[History]) -> Milestone | None:
    """The clean sweep of the week that holds the date, from the histories of one rep's behaviours.

    Reached by the entry after which all was on target: those of the week reached, longer ones not
    behind. None where there is too little to sweep.
    """
    period = period_of(PeriodKind.WEEK, week)
    asked = [history for history in histories if _target(history, period) is not None]
    weekly = [history for history in asked if _scored(history, period) == period]
    last = _last_reaching(weekly, period)
    if last is None or len(asked) < BEHAVIOURS_OF_A_SWEEP:
        return None
    longer = [history for history in asked if _scored(history, period) != period]
    for entry in _moments(last, longer, period):
        if not any(_is_behind(history, entry, period) for history in longer):
            return Milestone(
                MilestoneKind.SWEEP,
                weekly[0].rep.team_id,
                entry.at,
                entry.day,
                weekly[0].rep.user_id,
                weekly[0].rep.id,
                period_start=period.start,
            )
    return None


def _scored(history: History, week: Period) -> Period:
    return period_in_force(history.indicator, history.settings, week.end)


def _target(history: History, week: Period) -> Decimal | None:
    scored = _scored(history, week)
    return target_for(history.indicator, history.settings, scored, history.rep.calendar)


def _last_reaching(weekly: Sequence[History], week: Period) -> Logged | None:
    reached = [history.targets_reached().get(week) for history in weekly]
    found = [entry for entry in reached if entry is not None]
    if not found or len(found) < len(reached):
        return None
    return max(found, key=lambda entry: entry.at)


def _moments(last: Logged, longer: Sequence[History], week: Period) -> Iterator[Logged]:
    """When the sweep may have become whole: with its last target, or with a longer one's entry."""
    yield last
    later = (entry for history in longer for entry in history.entries if entry.at > last.at)
    yield from sorted((entry for entry in later if entry.day in week), key=lambda entry: entry.at)


def _is_behind(history: History, entry: Logged, week: Period) -> bool:
    period = _scored(history, week)
    logged = [each for each in history.entries if each.day in period and each.at <= entry.at]
    progress = assess(
        history.indicator,
        history.settings,
        history.rep.calendar,
        today=entry.day,
        actual=amount_of(logged),
        period=period,
    )
    return not is_kept(progress, week.end)
