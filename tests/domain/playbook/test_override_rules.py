"""An override is for somebody, about something, and said once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.plans import OverridePlan
from tests.domain.playbook.samples import faults_of, faulty, west, with_override

SAM: dict[str, Any] = {"user": "U03SAM"}


def test_a_rep_or_a_segment_may_have_another_target_of_a_behaviour_or_result() -> None:
    assert faults_of(with_override(**SAM, behaviour="first meeting")) == []
    assert faults_of(with_override(segment="SDR", result="revenue")) == []


@pytest.mark.parametrize(
    "said, place",
    [
        ({"user": "U09NOBODY", "behaviour": "Proposals"}, "overrides[0].user"),
        ({"user": "U01MORGAN", "behaviour": "Proposals"}, "overrides[0].user"),
        ({"segment": "AE", "behaviour": "Proposals"}, "overrides[0].segment"),
        (SAM | {"behaviour": "Demos"}, "overrides[0].behaviour"),
        (SAM | {"behaviour": "Revenue"}, "overrides[0].behaviour"),
        (SAM | {"result": "Proposals"}, "overrides[0].result"),
        (SAM | {"behaviour": "Proposals", "segment": "SDR"}, "overrides[0]"),
        (SAM | {"behaviour": "Proposals", "result": "Revenue"}, "overrides[0]"),
        (SAM, "overrides[0]"),
        ({"behaviour": "Proposals"}, "overrides[0]"),
        (SAM | {"behaviour": "Proposals", "target": Decimal(0)}, "overrides[0].target"),
        (SAM | {"result": "Revenue", "period": PeriodKind.WEEK}, "overrides[0].period"),
    ],
)
def test_an_override_of_what_the_team_does_not_have_is_refused(
    said: dict[str, Any], place: str
) -> None:
    assert faulty(with_override(**said)) == [place]


def test_an_unknown_behaviour_comes_with_the_likeliest() -> None:
    ((_, sentence),) = faults_of(with_override(**SAM, behaviour="Proposal sent"))
    assert "Did you mean “Proposals”?" in sentence


def test_two_overrides_of_the_same_from_the_same_day_are_refused() -> None:
    first = OverridePlan(Decimal(3), user="U03SAM", behaviour="Proposals")
    second = OverridePlan(Decimal(4), user="U03SAM", behaviour="proposal")
    later = OverridePlan(
        Decimal(4), user="U03SAM", behaviour="Proposals", from_date=date(2026, 11, 1)
    )
    assert faulty(west(overrides=(first, later, second))) == ["overrides[2]"]
