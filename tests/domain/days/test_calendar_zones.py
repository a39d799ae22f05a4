"""Design §2.1: local dates and times in every time zone, DST or not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import days_between
from bot.domain.days.zones import instant_in, local_date_in, zone_named
from bot.domain.errors import Refusal

ALL_ZONES = sorted(available_timezones() - {"localtime", "Factory"})
A_SECOND = timedelta(seconds=1)
zones = st.sampled_from(ALL_ZONES).map(ZoneInfo)
days = st.dates(date(1900, 1, 1), date(2060, 12, 31))
times = st.times().map(lambda at: at.replace(microsecond=0))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def wall(zone: ZoneInfo, instant: datetime) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def year(number: int, at: time) -> Iterator[datetime]:
    return (
        datetime.combine(day, at) for day in days_between(date(number, 1, 1), date(number, 12, 31))
    )


@pytest.mark.parametrize(
    "zone,day,at,instant",
    [
        # Spring forward, an hour: 02:00 to 03:00.
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), utc(2026, 3, 29, 1)),
        ("America/New_York", date(2026, 3, 8), time(2, 0), utc(2026, 3, 8, 7)),
        ("America/New_York", date(2026, 3, 8), time(3, 0), utc(2026, 3, 8, 7)),
        # Half an hour: 02:00 to 02:30.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), utc(2026, 10, 3, 15, 30)),
        # Midnight itself: 00:00 to 01:00.
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), utc(2026, 4, 23, 22)),
        ("Asia/Beirut", date(2026, 3, 29), time(0, 0), utc(2026, 3, 28, 22)),
        ("America/Santiago", date(2026, 9, 6), time(0, 30), utc(2026, 9, 6, 4)),
        # A whole day across the date line.
        ("Pacific/Apia", date(2011, 12, 30), time(9, 0), utc(2011, 12, 30, 10)),
        ("Pacific/Kwajalein", date(1993, 8, 21), time(9, 0), utc(1993, 8, 21, 12)),
    ],
)
def test_a_local_time_that_dst_skips_happens_at_the_first_instant_after_the_gap(
    zone: str, day: date, at: time, instant: datetime
) -> None:
    assert instant_in(ZoneInfo(zone), day, at) == instant


@pytest.mark.parametrize(
    "zone,day,at,instant",
    [
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), utc(2026, 10, 25, 0, 30)),
        ("America/New_York", date(2026, 11, 1), time(1, 0), utc(2026, 11, 1, 5)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), utc(2026, 4, 4, 14, 45)),
        # Back across midnight: 24:00 to 23:00 of the same day.
        ("America/Santiago", date(2026, 4, 4), time(23, 30), utc(2026, 4, 5, 2, 30)),
        # A whole day twice, when the date line moved the other way.
        ("Pacific/Kwajalein", date(1969, 9, 30), time(14, 0), utc(1969, 9, 30, 3)),
    ],
)
def test_a_local_time_that_dst_repeats_happens_the_first_time(
    zone: str, day: date, at: time, instant: datetime
) -> None:
    assert instant_in(ZoneInfo(zone), day, at) == instant


def test_offsets_need_not_be_whole_hours() -> None:
    kathmandu = RepCalendar(ZoneInfo("Asia/Kathmandu"))
    assert kathmandu.instant_of(date(2026, 11, 23), time(9)) == utc(2026, 11, 23, 3, 15)
    assert kathmandu.local_date(utc(2026, 11, 22, 18, 15)) == date(2026, 11, 23)
    assert kathmandu.local_date(utc(2026, 11, 22, 18, 14, 59)) == date(2026, 11, 22)


def test_the_day_is_the_reps_local_date_whatever_the_date_elsewhere() -> None:
    noon = utc(2026, 11, 23, 12)
    assert local_date_in(ZoneInfo("Pacific/Kiritimati"), noon) == date(2026, 11, 24)
    assert local_date_in(ZoneInfo("Etc/GMT+12"), noon) == date(2026, 11, 23)
    assert local_date_in(ZoneInfo("Pacific/Pago_Pago"), utc(2026, 11, 23, 10)) == date(2026, 11, 22)


def test_an_instant_without_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no UTC offset"):
        local_date_in(ZoneInfo("UTC"), datetime(2026, 11, 23, 9))  # noqa: DTZ001


@pytest.mark.parametrize("at", [time(0), time(2, 30)], ids=str)
def test_in_every_zone_each_day_of_a_year_has_one_instant_in_order(at: time) -> None:
    for name in ALL_ZONES:
        zone = ZoneInfo(name)
        wanted = list(year(2026, at))
        instants = [instant_in(zone, local.date(), at) for local in wanted]
        assert len(set(instants)) == len(wanted), name
        assert instants == sorted(instants), name
        assert [wall(zone, instant).date() for instant in instants] == [
            local.date() for local in wanted
        ], name


@pytest.mark.parametrize(
    "zone,number",
    [
        ("Pacific/Apia", 2011),
        ("Pacific/Kwajalein", 1993),
        ("Pacific/Kwajalein", 1969),
        ("Australia/Lord_Howe", 2026),
        ("Africa/Casablanca", 2026),
        ("Antarctica/Troll", 2026),
        ("America/Toronto", 1995),
        ("Asia/Kathmandu", 1986),
    ],
)
def test_a_later_local_time_is_never_an_earlier_instant(zone: str, number: int) -> None:
    place = ZoneInfo(zone)
    quarters = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
    instants = [
        instant_in(place, day, at)
        for day in days_between(date(number, 1, 1), date(number, 12, 31))
        for at in quarters
    ]
    assert instants == sorted(instants)


@pytest.mark.parametrize(
    "zone,skipped",
    [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))],
)
def test_a_date_that_the_zone_skips_ends_as_it_begins(zone: str, skipped: date) -> None:
    place = ZoneInfo(zone)
    next_day = instant_in(place, skipped + timedelta(days=1), time(0))
    assert {instant_in(place, skipped, time(hour)) for hour in range(24)} == {next_day}


@given(zones, days, times)
def test_an_instant_is_the_first_at_which_the_local_time_is_reached(
    zone: ZoneInfo, day: date, at: time
) -> None:
    wanted = datetime.combine(day, at)
    instant = instant_in(zone, day, at)
    assert instant.tzinfo is UTC
    assert wall(zone, instant) >= wanted
    assert wall(zone, instant - A_SECOND) < wanted


@given(zones, st.datetimes(datetime(1900, 1, 2), datetime(2060, 1, 1)))  # noqa: DTZ001
def test_every_instant_lies_within_the_day_that_it_belongs_to(
    zone: ZoneInfo, moment: datetime
) -> None:
    instant = moment.replace(tzinfo=UTC)
    assert instant >= instant_in(zone, local_date_in(zone, instant), time(0))


@pytest.mark.parametrize(
    "name", ["Europe/London", "europe/london", " America/New York ", "UTC", "Asia/Kathmandu"]
)
def test_a_zone_is_found_by_name_whatever_the_case(name: str) -> None:
    assert zone_named(name).key.casefold() == name.strip().replace(" ", "_").casefold()


@pytest.mark.parametrize(
    "name", ["Europe/Lodnon", "Mars/Olympus", "Europe", "", "../etc/passwd", "localtime"]
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Refusal):
        zone_named(name)


def test_a_refused_zone_comes_with_the_likeliest_one() -> None:
    with pytest.raises(Refusal) as refused:
        zone_named("Europe/Lodnon")
    assert refused.value.sentence == (
        "I don't know the time zone “Europe/Lodnon”. Did you mean Europe/London?"
    )
