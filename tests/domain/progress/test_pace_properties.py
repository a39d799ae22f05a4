"""Design §2.3: what holds of pace, status and ask for every rep, target and day."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import scored_period
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Status, assess
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import ZERO
from tests.domain.samples import (
    CALLS,
    CUSTOMERS,
    LONDON,
    MEETINGS,
    PLAN,
    SELLING,
)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
reps = st.builds(
    RepCalendar,
    zone=st.just(LONDON),
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
    time_off=st.lists(days.map(lambda day: DateRange(day, day)), max_size=5).map(tuple),
    started_on=st.none() | days,
    leaves_on=st.none() | days,
)
indicators = st.sampled_from([MEETINGS, SELLING, CALLS, PLAN, CUSTOMERS])
amounts = st.integers(1, 400).map(Decimal)
actuals = st.integers(0, 2000).map(lambda quarters: Decimal(quarters) / 4)


@given(indicators, amounts, actuals, reps, days)
def test_a_status_is_there_exactly_with_a_target(
    indicator: Indicator, amount: Decimal, actual: Decimal, rep: RepCalendar, today: date
) -> None:
    progress = assess(indicator, [TargetSetting(amount, indicator.period)], rep, today, actual)
    reached = progress.target is not None and actual >= progress.target
    assert (progress.status is None) == (progress.target is None)
    assert (progress.status is Status.DONE) == reached
    assert ZERO <= progress.expected <= (progress.target or ZERO)
    assert (progress.pace is None) == (progress.expected == 0)


@given(indicators, amounts, actuals, reps, days)
def test_who_meets_every_ask_reaches_the_target(
    indicator: Indicator, amount: Decimal, actual: Decimal, rep: RepCalendar, today: date
) -> None:
    settings = [TargetSetting(amount, indicator.period)]
    progress = assess(indicator, settings, rep, today, actual)
    missing = (progress.target or ZERO) - actual
    assert progress.ask_today % indicator.unit.step == 0
    assert (progress.ask_today > 0) == (missing > 0 and rep.is_available(today))
    if progress.ask_today:
        assert progress.ask_today * progress.days_left >= missing
        assert (progress.ask_today - indicator.unit.step) * progress.days_left < missing


@given(indicators, amounts, actuals, reps, days)
def test_expected_never_falls_as_days_go_by(
    indicator: Indicator, amount: Decimal, actual: Decimal, rep: RepCalendar, day: date
) -> None:
    settings, period = (
        [TargetSetting(amount, indicator.period)],
        scored_period(indicator.period, day),
    )
    expected = [assess(indicator, settings, rep, each, actual).expected for each in period.days()]
    assert expected[0] == 0
    assert expected == sorted(expected)


@given(indicators, amounts, actuals, actuals, reps, days)
def test_more_work_never_lowers_the_status(
    indicator: Indicator,
    amount: Decimal,
    actual: Decimal,
    extra: Decimal,
    rep: RepCalendar,
    today: date,
) -> None:
    ladder = [Status.BEHIND, Status.NOT_STARTED, Status.ON_PACE, Status.AHEAD, Status.DONE]
    settings = [TargetSetting(amount, indicator.period)]
    less, more = (
        assess(indicator, settings, rep, today, done).status for done in (actual, actual + extra)
    )
    if less is not None and more is not None:
        assert ladder.index(less) <= ladder.index(more)
