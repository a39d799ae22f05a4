"""WHEN: the rep's local date; the future, and more than 31 days back, is refused with a reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.domain.grammar.team import TODAY, read, refused

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "when, day",
    [
        ("", TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("monday", TODAY),
        ("mon", TODAY),
        ("last monday", date(2026, 11, 16)),
        ("tue", date(2026, 11, 17)),
        ("last friday", FRIDAY),
        ("fri", FRIDAY),
        ("Friday.", FRIDAY),
        ("3 days ago", FRIDAY),
        ("a day ago", date(2026, 11, 22)),
        ("two weeks ago", date(2026, 11, 9)),
        ("20 nov", FRIDAY),
        ("nov 20", FRIDAY),
        ("20th of November", FRIDAY),
        ("20 november 2026", FRIDAY),
        ("Nov 20, 2026", FRIDAY),
        ("20nov", FRIDAY),
        ("20.11.", FRIDAY),
        ("20.11.2026", FRIDAY),
        ("2026-11-20", FRIDAY),
        ("2026/11/20", FRIDAY),
        ("on 20 Nov", FRIDAY),
        ("day before yesterday", date(2026, 11, 21)),
        ("this morning", TODAY),
        ("23 oct", date(2026, 10, 23)),
        ("31 days ago", date(2026, 10, 23)),
        ("thurs", date(2026, 11, 19)),
    ],
)
def test_a_day_is_the_latest_that_fits_today_included(when: str, day: date) -> None:
    assert read(f"5 calls {when}").day == day
    assert read(f"5 calls with Acme {when}").day == day


@pytest.mark.parametrize(
    "when", ["tomorrow", "2026-11-24", "next friday", "in 3 days", "24.11.2026"]
)
def test_the_future_is_refused_with_the_reason(when: str) -> None:
    assert "still to come" in refused(f"5 calls {when}").sentence


@pytest.mark.parametrize(
    "when", ["22 oct", "32 days ago", "2026-10-22", "24 nov", "2025-11-20", "999999999 days ago"]
)
def test_more_than_31_days_back_is_refused_with_the_reason(when: str) -> None:
    assert "31 days" in refused(f"5 calls with Acme {when}").sentence


@pytest.mark.parametrize(
    "when", ["31 feb", "2026-02-30", "nov 31", "2026-13-01", "0 nov", "30.2.", "29 feb 2025"]
)
def test_impossible_days_are_refused_kindly(when: str) -> None:
    assert "20 nov or 2026-11-20" in refused(f"5 calls {when}").sentence


@pytest.mark.parametrize("when", ["20/11/2026", "11/20/2026", "20/11", "on 20/11/26"])
def test_a_day_with_slashes_that_can_be_one_alone_is_offered_as_it_is_typed(when: str) -> None:
    refusal = refused(f"5 calls with Acme {when}; met the CFO")
    assert f"for {when.removeprefix('on ')} type 2026-11-20" in refusal.sentence
    assert refusal.choices == ("5 Prospecting calls with Acme 2026-11-20; met the CFO",)
    assert refused(f"won 4200 with Acme {when}").corrected == "won 4200 with Acme 2026-11-20"


def test_a_day_with_slashes_that_can_be_two_is_asked_for() -> None:
    refusal = refused("5 calls 11/12", date(2026, 12, 20))
    assert "can’t tell day from month in 11/12" in refusal.sentence
    assert refusal.choices == ("5 Prospecting calls 2026-12-11",)  # 12 November can't be logged
    both = refused("5 calls 1/2", date(2026, 2, 2)).choices
    assert both == ("5 Prospecting calls 2026-02-01", "5 Prospecting calls 2026-01-02")


@pytest.mark.parametrize("when", ["31/2", "20/13", "0/5"])
def test_what_is_no_day_with_slashes_either_is_refused_kindly(when: str) -> None:
    assert "20 nov or 2026-11-20" in refused(f"5 calls {when}").sentence


@pytest.mark.parametrize("when", ["5/11", "last week", "this month"])
def test_days_that_could_be_several_are_asked_for(when: str) -> None:
    assert "2026-11-20" in refused(f"5 calls {when}").sentence


def test_a_number_before_a_month_is_a_day_not_a_quantity() -> None:
    request = read("calls 20 nov")
    assert (request.entries[0].quantity, request.day) == (Decimal(1), FRIDAY)
    request = read("calls 5 20 nov")
    assert (request.entries[0].quantity, request.day) == (Decimal(5), FRIDAY)


def test_a_day_without_year_may_lie_in_the_year_before() -> None:
    assert read("5 calls 20 dec", date(2027, 1, 4)).day == date(2026, 12, 20)
    assert read("5 calls 29 feb", date(2028, 3, 1)).day == date(2028, 2, 29)


def test_each_of_the_last_32_days_can_be_named_in_every_way() -> None:
    for back in range(32):
        day = TODAY - timedelta(days=back)
        ways = (f"{day}", f"{back} days ago", f"{day:%d %b}", f"{day:%B %d}", f"{day:%d.%m.}")
        assert {read(f"call {way}").day for way in ways} == {day}
