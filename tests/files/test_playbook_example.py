"""What the interface's example means, and the other ways to write the same."""

from datetime import date, time
from decimal import Decimal

import pytest

from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.quantities import unit_named
from bot.domain.teams import WeekMoment
from bot.files.playbook import parse, read
from tests.files.samples import EXAMPLE, spoilt

SMALLEST = "workspace: T01TEST\nteams: [{name: West}]\n"
REPS = (
    RepPlan("U02RILEY"),
    RepPlan("U03SAM", timezone="America/New_York", segment="SDR", started_on=date(2026, 9, 1)),
    RepPlan(
        "U04ALEX",
        leaves_on=date(2027, 3, 31),
        away=(
            DateRange(date(2026, 12, 14), date(2026, 12, 18)),
            DateRange(date(2027, 1, 4), date(2027, 1, 4)),
        ),
    ),
)
BEHAVIOURS = (
    BehaviourPlan(
        "First meetings", unit_named("first meetings"), Decimal(5), aliases=("meeting", "fm")
    ),
    BehaviourPlan(
        "Prospecting calls", unit_named("calls"), Decimal(20), PeriodKind.DAY, aliases=("call",)
    ),
    BehaviourPlan("Territory plan", unit_named("territory plan"), Decimal(1), PeriodKind.QUARTER),
    BehaviourPlan(
        "Conversations", unit_named("conversations"), Decimal(30), leads_to="First meetings"
    ),
)
RESULT = ResultPlan(
    "New customers",
    unit_named("customers"),
    Decimal(12),
    PeriodKind.QUARTER,
    behaviours=BEHAVIOURS,
)
OVERRIDE = OverridePlan(
    Decimal(3), user="U03SAM", behaviour="First meetings", from_date=date(2026, 11, 1)
)


def test_the_example_means_what_it_says() -> None:
    west = TeamPlan(
        "West",
        channel="C01WEST",
        managers=("U01MORGAN",),
        holidays="GB-ENG",
        reps=REPS,
        results=(RESULT,),
        overrides=(OVERRIDE,),
    )
    assert parse(EXAMPLE) == Playbook("T01TEST", "Europe/London", teams=(west,))


def test_the_example_is_thin_and_says_where() -> None:
    (warning,) = read(EXAMPLE).warnings
    assert (warning.line, warning.where) == (17, "teams[0].results")
    assert warning.message.startswith("thin:")


def test_bytes_with_a_mark_and_windows_lines_read_the_same() -> None:
    windows = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()
    assert parse(windows) == parse(EXAMPLE)


def test_what_is_left_out_has_the_documented_default() -> None:
    playbook = parse(SMALLEST)
    (west,) = playbook.teams
    assert playbook.timezone == "UTC"
    assert west.workdays == frozenset(range(5))
    assert (west.nudge_at, west.day_ends_at) == (time(9), time(18))
    assert west.digest_at == WeekMoment(0, time(8, 30))
    assert west.ramp == (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))
    assert (west.holidays, west.channel, west.timezone, west.managers) == (None, None, None, ())


@pytest.mark.parametrize(
    "old, new",
    [
        ('"09:00"', "09:00"),
        ('"09:00"', "9:00"),
        ("mon 08:30", "Monday 8:30"),
        ("[mon, tue, wed, thu, fri]", "[Monday, TUE, wed, thu, fri, fri]"),
        ("[U01MORGAN]", "U01MORGAN"),
        ("[call]", "call"),
        ("started_on: 2026-09-01", 'started_on: "2026-09-01"'),
        ("2026-12-14/2026-12-18, 2027-01-04", "2027-01-04/2027-01-04, 2026-12-14 / 2026-12-18"),
        ("      - U02RILEY", "      - user: U02RILEY"),
        ("target: 12 ", "target: 12.00 "),
        ("unit: calls, target: 20, period: day", "unit: calls, target: 2e1, period: Day"),
        ("leads_to: First meetings", "leads_to: first  MEETING"),
        ("    overrides:", "    timezone:\n    overrides:"),
        ("timezone: Europe/London ", "timezone: europe/london "),
        ("GB-ENG", "gb-eng"),
    ],
)
def test_the_same_may_be_written_in_other_ways(old: str, new: str) -> None:
    assert parse(spoilt(old, new)) == parse(EXAMPLE)


def test_norway_is_a_country_and_not_a_no() -> None:
    assert parse(spoilt("GB-ENG", "NO")).teams[0].holidays == "NO"


def test_an_anchor_may_stand_for_the_same_behaviours_again() -> None:
    east = "\n  - {name: East, results: *results}\n"
    text = spoilt("results:\n", "results: &results\n").rstrip() + east
    teams = parse(text).teams
    assert teams[1].results == teams[0].results


def test_every_optional_key_is_read() -> None:
    playbook = parse(
        """
        workspace: T01TEST
        name: Acme
        teams:
          - name: West
            timezone: Asia/Kolkata
            ramp: [0.5, 1]
            ramp_results: true
            leaderboard: true
            reps: [{user: U02RILEY, name: Riley, nudge_at: 08:15, segment: SDR}]
            results:
              - {name: Revenue, aliases: [sales], unit: £, period: month, target: 4200.50,
                 behaviours: [{name: Selling time, unit: hours, target: 7.25}]}
            overrides:
              - {segment: SDR, result: Revenue, target: 1000, period: quarter}
        """
    )
    (team,) = playbook.teams
    assert playbook.name == "Acme"
    assert (team.timezone, team.ramp) == ("Asia/Kolkata", (Decimal("0.5"), Decimal(1)))
    assert team.ramp_results
    assert team.leaderboard
    assert team.reps == (RepPlan("U02RILEY", "Riley", segment="SDR", nudge_at=time(8, 15)),)
    assert (team.results[0].unit, team.results[0].target) == (unit_named("GBP"), Decimal("4200.5"))
    assert team.behaviours[0].unit == unit_named("hours")
    assert team.overrides == (
        OverridePlan(Decimal(1000), segment="SDR", result="Revenue", period=PeriodKind.QUARTER),
    )
