"""Many reps are looked at by plain sums, and found as behind as one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.db.session import Session
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.days.zones import zone_named
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.nudging.nudges import all_gaps
from bot.domain.progress.pace import Status, assess, least_on_pace
from bot.domain.progress.targets import TargetSetting, period_in_force
from bot.domain.quantities import unit_named
from bot.services.behind import all_behind
from bot.services.scorecards import progress
from tests.services.logging_entries import log
from tests.teams import RILEY, SAM, TeamRows

MONDAY = date(2026, 11, 16)


@given(
    unit=st.sampled_from(["calls", "hours", "GBP"]),
    kind=st.sampled_from(list(PeriodKind)),
    target=st.integers(1, 40_000).map(lambda n: Decimal(n) / 4),
    day=st.integers(0, 120).map(lambda n: MONDAY + timedelta(days=n)),
    started=st.none() | st.integers(-30, 120).map(lambda n: MONDAY + timedelta(days=n)),
    near=st.integers(-3, 3),
    far=st.integers(0, 2_000_000),
)
@settings(max_examples=150, deadline=None)
def test_whoever_has_the_least_amount_is_not_behind_and_whoever_has_less_is(
    unit: str,
    kind: PeriodKind,
    target: Decimal,
    day: date,
    started: date | None,
    near: int,
    far: int,
) -> None:
    indicator = Indicator(1, IndicatorKind.BEHAVIOUR, "Calls", unit_named(unit), kind)
    asked = (TargetSetting(target, kind),)
    calendar = RepCalendar(zone_named("Europe/London"), started_on=started)
    period = period_in_force(indicator, asked, day)
    least = least_on_pace(indicator, asked, calendar, day, period)

    for actual in (least + Decimal(near) / 100, Decimal(far) / 100):
        if actual >= 0:
            status = assess(indicator, asked, calendar, day, actual, period=period).status
            assert (status is Status.BEHIND) == (actual < least)


def test_many_are_found_behind_as_each_alone(session: Session, west: TeamRows) -> None:
    start = datetime(2026, 11, 16, 12, tzinfo=UTC)
    for day, (user, name, quantity) in enumerate(
        [(RILEY, "First meetings", 3), (SAM, "Prospecting calls", 80), (RILEY, "Selling time", 9)]
    ):
        log(session, west, name, quantity, start + timedelta(days=day), user=user)
    playbook = west.playbook(session)

    for hour in range(0, 9 * 24, 7):
        now = start + timedelta(hours=hour)
        scored = progress(session, playbook, playbook.reps, playbook.behaviours, now)
        alone = {
            rep.id: all_gaps(scored[rep.id, each.id] for each in playbook.behaviours)
            for rep in playbook.reps
        }
        assert all_behind(session, [playbook], playbook.reps, now) == alone
