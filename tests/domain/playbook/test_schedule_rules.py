"""The team's week: zone, holidays, workdays, hours and the ramp."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest

from tests.domain.playbook.samples import RILEY, faults_of, faulty, west


@pytest.mark.parametrize("code", ["GB", "GB-ENG", "NO", "gb-eng"])
def test_holidays_are_a_country_with_or_without_a_region(code: str) -> None:
    assert faults_of(west(holidays=code)) == []


@pytest.mark.parametrize("code", ["XX", "GB-XX", "England"])
def test_unknown_holidays_are_refused(code: str) -> None:
    assert faulty(west(holidays=code)) == ["holidays"]


def test_an_unknown_zone_of_a_team_is_refused() -> None:
    assert faulty(west(timezone="London")) == ["timezone"]


def test_a_week_without_workdays_is_refused() -> None:
    assert faulty(west(workdays=frozenset())) == ["workdays"]


@pytest.mark.parametrize("ends", [time(8), time(9)])
def test_the_day_ends_after_the_nudge(ends: time) -> None:
    assert faulty(west(day_ends_at=ends)) == ["day_ends_at"]


def test_a_reps_own_nudge_is_before_the_day_ends_too() -> None:
    assert faulty(west(reps=(replace(RILEY, nudge_at=time(18)),))) == ["reps[0].nudge_at"]


@pytest.mark.parametrize("weight", ["0", "-0.5", "1.01", "0.333", "NaN"])
def test_a_ramp_weighs_more_than_nothing_and_at_most_one(weight: str) -> None:
    assert faulty(west(ramp=(Decimal("0.5"), Decimal(weight)))) == ["ramp[1]"]


def test_a_team_may_have_no_ramp() -> None:
    assert faults_of(west(ramp=())) == []
    assert faults_of(west(ramp=(Decimal("0.01"), Decimal(1)))) == []
