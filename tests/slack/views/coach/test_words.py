"""What the pages of `/coach` say, and what their forms read."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits import ChangeSettings
from bot.domain.quantities import unit_named
from bot.slack.views.coach.place import Kept
from bot.slack.views.coach.settings import ramp_edits, times_edits
from bot.slack.views.coach.templates import Offer, check_agreed, retires
from bot.slack.views.coach.words import dated, days_words, each_words, read_target, zones
from bot.slack.views.filled import Filled, filled
from tests.slack.views.coach.samples import TODAY, a_desk


def test_a_target_is_said_without_a_unit_that_repeats_the_name() -> None:
    week = PeriodKind.WEEK
    own, hours = unit_named("first meetings"), unit_named("hours")
    assert each_words(Decimal(5), own, week, "First meetings") == "5 a week"
    assert each_words(Decimal("1.5"), hours, week, "Selling") == "1.5 h a week"
    assert each_words(Decimal(4200), unit_named("£"), week, "Revenue") == "GBP 4,200 a week"


def test_days_are_said_as_people_say_them() -> None:
    assert dated("first day none → 2026-11-23", TODAY) == "first day none → Mon 23 Nov"
    assert days_words(DateRange(date(2026, 12, 14), date(2026, 12, 18)), TODAY) == (
        "Mon 14 Dec to Fri 18 Dec"
    )


@pytest.mark.parametrize(
    "typed, unit, amount",
    [("5", "calls", "5"), ("1h30", "hours", "1.5"), ("4.2k", "GBP", "4200"), ("two", "x", "2")],
)
def test_a_target_is_read_as_log_reads_amounts(typed: str, unit: str, amount: str) -> None:
    read = read_target(Filled({"target": (typed,)}), "target", unit_named(unit))
    assert read == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "many", "nan", "inf", "1e99999", "1e3", "1.000", "5 5"])
def test_what_is_no_amount_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_target(Filled({"target": (typed,)}), "target", unit_named("calls"))
    assert list(refused.value.errors) == ["target"]


def test_every_zone_is_offered_once_in_groups_that_slack_takes() -> None:
    groups = zones("America/Argentina/ComodRivadavia")
    values = [value for _, options in groups for value, _ in options]
    assert len(values) == len(set(values)) > 300
    assert all(0 < len(options) <= 100 for _, options in groups)
    assert "US/Eastern" in [value for _, options in zones("US/Eastern") for value, _ in options]


@pytest.mark.parametrize("typed, ramp", [("", ()), ("25 %, 50%", ("0.25", "0.5"))])
def test_a_ramp_is_typed_in_percent(typed: str, ramp: tuple[str, ...]) -> None:
    (edit,) = ramp_edits(a_desk(), Kept(), Filled({"ramp": (typed,)}))
    assert isinstance(edit, ChangeSettings)
    assert edit.ramp == tuple(map(Decimal, ramp))


@pytest.mark.parametrize("typed", ["0", "101", "x", "25 50", "-5"])
def test_a_ramp_of_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(FormRefused):
        ramp_edits(a_desk(), Kept(), Filled({"ramp": (typed,)}))


def test_forged_values_of_times_are_refused_at_their_fields() -> None:
    given = {"workdays": ("8",), "nudge_at": ("9",), "digest_at": ("x",)}
    with pytest.raises(FormRefused):
        times_edits(a_desk(), Kept(), Filled(given))


def test_a_template_that_retires_waits_for_a_yes() -> None:
    desk, other = a_desk(), a_desk("Another").plan
    offer = Offer("x", "X", "x", other)
    assert len(retires(desk.plan, other)) == 15
    with pytest.raises(FormRefused):
        check_agreed(desk, offer, Filled({}))
    check_agreed(desk, offer, Filled({"agreed": ("yes",)}))
    check_agreed(desk, Offer("x", "X", "x", desk.plan), Filled({}))


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"state": None},
        {"state": {"values": []}},
        {"state": {"values": {"a": None, "b": {"value": 3}, "c": {"value": {"value": 7}}}}},
        {"state": {"values": {"a": {"value": {"selected_options": [None, {"value": 3}]}}}}},
    ],
)
def test_a_state_that_makes_no_sense_says_nothing(view: dict[str, object]) -> None:
    assert all(not values for values in filled(view).values.values())
