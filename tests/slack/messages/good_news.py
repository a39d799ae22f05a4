"""Milestones, cheers and a whole digest, as the services would give them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.days.zones import zone_named
from bot.domain.feats.celebrations import Cheer
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.nudging.account import Cost
from bot.domain.progress.pace import assess
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import unit_named
from bot.domain.reports.digests import (
    Digest,
    OnTarget,
    RepWeek,
    TeamResult,
    find_gaps,
)
from bot.domain.reports.what_to_coach import to_coach

NASTY = "<!channel> & <@U1>"
WEEK = period_of(PeriodKind.WEEK, date(2026, 11, 18))
QUARTER = period_of(PeriodKind.QUARTER, date(2026, 11, 18))
_CALENDAR = RepCalendar(zone_named("Europe/London"))


def indicator(
    name: str = "First meetings", number: int = 1, unit: str = "meetings", *, result: bool = False
) -> Indicator:
    kind = IndicatorKind.RESULT if result else IndicatorKind.BEHAVIOUR
    period = PeriodKind.QUARTER if result else PeriodKind.WEEK
    return Indicator(number, kind, name, unit_named(unit), period, position=number)


MEETINGS = indicator()
REVENUE = indicator("Revenue", 90, "GBP", result=True)


def milestone(kind: MilestoneKind, user: str | None = "U02RILEY", **more: Any) -> Milestone:
    defaults: dict[str, Any] = {"indicator": MEETINGS, "period_start": WEEK.start} | more
    at = datetime(2026, 11, 18, 15, tzinfo=UTC)
    return Milestone(kind, 1, at, at.date(), user, **defaults)


def cheer(kind: MilestoneKind, user: str | None = "U02RILEY", **more: Any) -> Cheer:
    if kind in {MilestoneKind.RESULT, MilestoneKind.TEAM_RESULT}:
        reached = milestone(kind, user, **({"indicator": REVENUE} | more))
        return Cheer(reached, Decimal(52_000), Decimal(50_000), QUARTER)
    return Cheer(milestone(kind, user, **more), Decimal(6), Decimal(5), WEEK)


def rep_week(user: str, amounts: list[int], behaviours: list[Indicator]) -> RepWeek:
    setting = TargetSetting(Decimal(5), PeriodKind.WEEK)
    standing = tuple(
        assess(each, [setting], _CALENDAR, date(2026, 11, 23), Decimal(amount), period=WEEK)
        for each, amount in zip(behaviours, amounts, strict=True)
    )
    return RepWeek(user, None, standing, was_available=True, entries=sum(amounts))


def digest_of(reps: int, behaviours: int, *, name: str = "", team: str = "West") -> Digest:
    """A digest in which every rep but the first fell short everywhere and the last is silent."""
    listed = [indicator(f"{name or 'Behaviour'} {n}", n) for n in range(1, behaviours + 1)]
    amounts = [7, *([2] * (reps - 2)), 0][:reps]
    weeks = tuple(
        rep_week(f"U{place:08}", [amount] * behaviours, listed)
        for place, amount in enumerate(amounts)
    )
    gaps = find_gaps(weeks, WEEK)
    return Digest(
        team=team,
        manager="U01MORGAN",
        week=WEEK,
        on_target=OnTarget(1, reps, 0),
        reps=weeks,
        results=(TeamResult(REVENUE, QUARTER, Decimal(50_000), Decimal(21_000)),),
        celebrate=tuple(
            cheer(MilestoneKind.TARGET, week.user_id, indicator=each)
            for week in weeks
            for each in listed
        ),
        gaps=gaps,
        coach=to_coach(gaps, weeks),
        silent=tuple(week.user_id for week in weeks if week.is_silent),
        cost=Cost(nudges=3, posts=2, entries=40),
    )
