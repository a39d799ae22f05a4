"""A calendar cut down to a period says the same about it, and is equal for more reps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.progress.workload import Basis, workload
from tests.domain.reps import LONDON

days = st.dates(date(2026, 6, 1), date(2027, 5, 31))
absences = st.builds(
    lambda first, length: DateRange(first, first + timedelta(days=length)), days, st.integers(0, 40)
)
calendars = st.builds(
    RepCalendar,
    zone=st.just(LONDON),
    time_off=st.lists(absences, max_size=3).map(tuple),
    started_on=st.none() | days,
    leaves_on=st.none() | days,
    ramp_results=st.booleans(),
)
kinds = st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.DAY])


@given(calendars, kinds, days, st.sampled_from(Basis))
def test_a_period_has_the_same_days_and_weights(
    calendar: RepCalendar, kind: PeriodKind, day: date, basis: Basis
) -> None:
    period = period_of(kind, day)
    relevant = calendar.within(period.start, period.end)
    assert workload(relevant, period, basis) == workload(calendar, period, basis)


def test_absences_of_other_months_make_no_difference() -> None:
    week = period_of(PeriodKind.WEEK, date(2026, 11, 25))
    august = DateRange(date(2026, 8, 3), date(2026, 8, 14))
    riley = RepCalendar(LONDON, time_off=(august,), started_on=date(2026, 1, 5))
    sam = RepCalendar(LONDON, leaves_on=date(2026, 12, 31))
    assert riley != sam
    assert riley.within(week.start, week.end) == sam.within(week.start, week.end)


def test_an_absence_that_touches_the_period_stays() -> None:
    week = period_of(PeriodKind.WEEK, date(2026, 11, 25))
    off = DateRange(date(2026, 11, 27), date(2026, 12, 4))
    riley = RepCalendar(LONDON, time_off=(off,))
    assert riley.within(week.start, week.end) is riley
