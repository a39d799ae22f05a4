"""`/pace` and what follows it; Monday 23 November 2026 is today."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.grammar.log import ShowHelp
from bot.domain.grammar.pace import (
    Away,
    AwayOff,
    PaceCommand,
    ShowNext,
    ShowScorecard,
    ShowTeam,
    Snooze,
    SnoozeOff,
    parse_pace,
)
from bot.domain.grammar.plans import Plan
from bot.domain.grammar.refusals import NotUnderstood
from tests.domain.grammar.team import TODAY

DEC = date(2026, 12, 1)


def december(first: int, last: int) -> Away:
    return Away(DEC.replace(day=first), DEC.replace(day=last))


def refused(text: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as refusal:
        parse_pace(text, TODAY)
    return refusal.value


@pytest.mark.parametrize(
    "text, command",
    [
        ("", ShowScorecard()),
        ("<@U02RILEY|riley>", ShowScorecard("U02RILEY")),
        (" NOW ", ShowNext()),
        ("team", ShowTeam()),
        ("team West Coast", ShowTeam("West Coast")),
        ("help", ShowHelp()),
    ],
)
def test_the_first_word_says_what_is_shown(text: str, command: object) -> None:
    assert parse_pace(text, TODAY) == command


@pytest.mark.parametrize(
    "text, resumes",
    [
        ("", date(2026, 11, 24)),
        ("today", date(2026, 11, 24)),
        ("3 days", date(2026, 11, 26)),
        ("for three days", date(2026, 11, 26)),
        ("a week", date(2026, 11, 30)),
        ("until friday", date(2026, 11, 27)),
        ("until monday", date(2026, 11, 30)),
        ("through friday", date(2026, 11, 28)),
        ("until 12 dec", date(2026, 12, 12)),
        ("this week", date(2026, 11, 30)),
    ],
)
def test_a_snooze_ends_on_the_day_that_it_names(text: str, resumes: date) -> None:
    assert parse_pace(f"snooze {text}", TODAY) == Snooze(resumes)


def test_a_snooze_is_taken_back() -> None:
    assert parse_pace("snooze off", TODAY) == SnoozeOff()


@pytest.mark.parametrize(
    "text", ["banana", "yesterday", "31 feb", "999999999 days", "0 days", "-1 days"]
)
def test_other_snoozes_are_refused_kindly(text: str) -> None:
    assert len(refused(f"snooze {text}").sentence) > 20


@pytest.mark.parametrize(
    "days",
    [
        "12-16 dec",
        "12–16 December",
        "12 - 16 dec 2026",
        "12th to 16th dec",
        "dec 12-16",
        "Dec 12-16, 2026",
        "12 dec - 16 dec",
        "from 12 dec until 16 dec",
        "2026-12-12..2026-12-16",
        "2026-12-12/2026-12-16",
        "2026-12-12 - 2026-12-16",
        "2026-12-12-2026-12-16",
        "12.12. - 16.12.",
        "12.-16.12.",
        "12 to 16 dec",
    ],
)
def test_a_range_is_read_however_it_is_written(days: str) -> None:
    assert parse_pace(f"away {days}", TODAY) == december(12, 16)


@pytest.mark.parametrize(
    "days, first, last",
    [
        ("today", TODAY, TODAY),
        ("tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("12 dec", date(2026, 12, 12), date(2026, 12, 12)),
        ("monday", TODAY, TODAY),
        ("next monday", date(2026, 11, 30), date(2026, 11, 30)),
        ("mon-wed", TODAY, date(2026, 11, 25)),
        ("until friday", TODAY, date(2026, 11, 27)),
        ("tomorrow until friday", date(2026, 11, 24), date(2026, 11, 27)),
        ("next week", date(2026, 11, 30), date(2026, 12, 6)),
        ("this week", TODAY, date(2026, 11, 29)),
        ("3 days", TODAY, date(2026, 11, 25)),
        ("20-25 nov", date(2026, 11, 20), date(2026, 11, 25)),
        ("28 dec - 3 jan", date(2026, 12, 28), date(2027, 1, 3)),
        ("29 dec - 2 jan 2027", date(2026, 12, 29), date(2027, 1, 2)),
        ("1 nov", date(2027, 11, 1), date(2027, 11, 1)),
    ],
)
def test_days_off_are_the_next_that_are_not_over(days: str, first: date, last: date) -> None:
    assert parse_pace(f"away {days}", TODAY) == Away(first, last)


@pytest.mark.parametrize(
    "text",
    ["<@U02RILEY> 12-16 dec", "12-16 dec <@U02RILEY|riley>", "for <@U02RILEY> 12-16 dec"],
)
def test_a_manager_names_the_person_who_is_away(text: str) -> None:
    assert parse_pace(f"away {text}", TODAY) == Away(
        date(2026, 12, 12), date(2026, 12, 16), "U02RILEY"
    )


def test_time_off_is_taken_back() -> None:
    assert parse_pace("away off", TODAY) == AwayOff()
    assert parse_pace("away cancel <@U02RILEY>", TODAY) == AwayOff(user="U02RILEY")
    assert parse_pace("away off 12 dec", TODAY) == AwayOff(date(2026, 12, 12), date(2026, 12, 12))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@sam tomorrow",
        "31 feb",
        "16-12 dec",
        "2026-12-18 - 2026-12-14",
        "12/12",
        "2 years",
        "2026-01-01..2028-01-01",
        "999999999 days",
        "soon",
        "12-16 dec, 4 jan",
    ],
)
def test_other_days_off_are_refused_kindly(text: str) -> None:
    assert len(refused(f"away {text}").sentence) > 20


@pytest.mark.parametrize(
    "text, at, what",
    [
        ("10:00 calls", time(10), "calls"),
        ("at 9.30 5 calls", time(9, 30), "5 calls"),
        ("2pm call Acme &amp; Co", time(14), "call Acme & Co"),
        ("12 am calls", time(0), "calls"),
        ("14h30 demos", time(14, 30), "demos"),
    ],
)
def test_a_plan_has_a_time_and_an_act(text: str, at: time, what: str) -> None:
    assert parse_pace(f"plan {text}", TODAY) == Plan(at, what, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert parse_pace(f"plan tomorrow {text}", TODAY) == Plan(at, what, tomorrow)


@pytest.mark.parametrize("said", ["tomorrow", "on tuesday", "in 1 day", "24 nov"])
def test_a_plans_day_may_stand_at_its_end(said: str) -> None:
    wanted = Plan(time(15), "2 calls", TODAY + timedelta(days=1))
    assert parse_pace(f"plan 3pm 2 calls {said}", TODAY) == wanted


@pytest.mark.parametrize("text", ["", "calls", "25:00 calls", "10:00", "13pm calls"])
def test_a_plan_without_either_is_refused_kindly(text: str) -> None:
    assert "plan 10:00 calls" in refused(f"plan {text}").sentence


def test_a_mistyped_command_is_offered_corrected() -> None:
    assert refused("snoze 3 days").corrected == "snooze 3 days"
    assert refused("gibberish").corrected is None


WORDS = st.sampled_from(
    "now team snooze away plan off until friday 12 - 16 dec 12-16 2026-12-14 .. to next week "
    "3 days for <@U02|x> @sam 10:00 calls 31 feb 99999999 0 a - / jan , monday help".split()
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join)),
    st.dates(date(2020, 1, 1), date(2032, 12, 31)),
)
def test_every_text_is_read_or_kindly_refused(text: str, today: date) -> None:
    command = read(text, today)
    if isinstance(command, NotUnderstood):
        assert len(command.sentence) > 20
        assert all(parse_pace(choice, today) for choice in command.choices)
    if isinstance(command, Away):
        assert command.first <= command.last
    if isinstance(command, Snooze):
        assert command.resumes_on > today


def read(text: str, today: date) -> PaceCommand | NotUnderstood:
    try:
        return parse_pace(text, today)
    except NotUnderstood as refusal:
        return refusal
