"""Gaps in the digest with what they come from, out of eight weeks of entries (issue 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import indicators
from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.reports.digests import Digest
from bot.services.digesting import digest_of_last_week
from tests.reaching import reaching
from tests.services.months_of_entries import add_entries, an_entry, weekly
from tests.teams import INDICATORS, IndicatorRow, RepRow, TeamRows, a_team

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LAST_WEEK = date(2026, 11, 16)
MATES = ("U0SAM", "U0ALEX", "U0KIM")
LISTED = (
    *INDICATORS[:2],
    IndicatorRow("First meetings", "meetings", "week", 5, "New customers"),
    IndicatorRow("Prospecting calls", "calls", "day", 20, "New customers"),
)


@pytest.fixture
def north(session: Session) -> TeamRows:
    """Riley and three mates, whose calls lead to first meetings."""
    reps = [RepRow("U0RILEY", "Riley"), *(RepRow(user, user) for user in MATES)]
    north = a_team(session.connection, "North", reps=reps, listed=LISTED)
    calls, meetings = (north.indicators[name] for name in ("Prospecting calls", "First meetings"))
    session.connection.execute(
        update(indicators).where(indicators.c.id == calls).values(leads_to_id=meetings)
    )
    renew_revision(session.connection, north.team_id)
    return north


def lived(session: Session, north: TeamRows, calls: float, meetings: float, weeks: int = 8) -> None:
    """Riley's weeks, beside mates who make 110 calls and 6 meetings of them."""
    habits = {"U0RILEY": (calls, meetings), **dict.fromkeys(MATES, (110, 6))}
    for user, (called, met) in habits.items():
        since = weeks if user == "U0RILEY" else 8
        add_entries(session, weekly(north, user, "Prospecting calls", called, LAST_WEEK, since))
        add_entries(session, weekly(north, user, "First meetings", met, LAST_WEEK, since))


def rileys(digest: Digest) -> dict[str, tuple[Diagnosis, str]]:
    return {
        gap.progress.indicator.name: (gap.diagnosis, gap.reason)
        for gap in digest.gaps
        if gap.user_id == "U0RILEY"
    }


def test_calls_on_target_with_half_the_meetings_are_a_skill_gap(
    session: Session, north: TeamRows
) -> None:
    lived(session, north, calls=110, meetings=3)
    digest = digest_of_last_week(session, north.playbook(session), MONDAY)
    assert rileys(digest)["Prospecting calls"] == (
        Diagnosis.SKILL,
        "880 calls led to 24 meetings, 1 in 37; the better half of North needs 18",
    )
    assert rileys(digest)["First meetings"] == (
        Diagnosis.EFFORT,
        "3 of 5, 2 short; 24 of 40 over 8 weeks, while too little comes of Prospecting calls",
    )
    coached = {each.user_id: each for each in digest.coach}
    assert coached["U0RILEY"].behaviour.name == "Prospecting calls"
    assert coached["U0RILEY"].pair_with in MATES
    assert {gap.user_id for gap in digest.gaps} == {"U0RILEY"}


def test_few_calls_that_lead_to_as_many_meetings_each_are_an_effort_gap(
    session: Session, north: TeamRows
) -> None:
    lived(session, north, calls=55, meetings=3)
    found = rileys(digest_of_last_week(session, north.playbook(session), MONDAY))
    assert found["Prospecting calls"] == (
        Diagnosis.EFFORT,
        "55 of 100, 45 short; 440 of 800 over 8 weeks",
    )


def test_few_calls_of_which_little_comes_are_both(session: Session, north: TeamRows) -> None:
    lived(session, north, calls=60, meetings=1)
    found = rileys(digest_of_last_week(session, north.playbook(session), MONDAY))
    assert found["Prospecting calls"][0] is Diagnosis.BOTH


def test_a_cause_is_read_before_what_follows_from_it(session: Session, north: TeamRows) -> None:
    lived(session, north, calls=55, meetings=2)
    digest = digest_of_last_week(session, north.playbook(session), MONDAY)
    calls, meetings = digest.gaps
    assert calls.shortfall < meetings.shortfall
    assert meetings.follows
    assert [calls.progress.indicator.name, meetings.progress.indicator.name] == [
        "Prospecting calls",
        "First meetings",
    ]


def test_a_week_of_history_says_nothing_of_skill(session: Session, north: TeamRows) -> None:
    lived(session, north, calls=110, meetings=0, weeks=1)
    found = rileys(digest_of_last_week(session, north.playbook(session), MONDAY))
    assert "Prospecting calls" not in found
    assert found["First meetings"][0] is Diagnosis.EFFORT


def test_a_month_off_is_no_lack_of_effort(session: Session, north: TeamRows) -> None:
    """Four weeks away ask for nothing, and the weeks worked were on target."""
    away = ((LAST_WEEK - timedelta(weeks=5), LAST_WEEK - timedelta(weeks=1, days=-6)),)
    reps = [RepRow("U0KAI", "Kai", away=away), *(RepRow(f"U0X{n}", f"X{n}") for n in range(3))]
    east = a_team(session.connection, "East", reps=reps, listed=LISTED)
    for rep in reps:
        for back in range(8):
            monday = LAST_WEEK - timedelta(weeks=back)
            if rep.user_id != "U0KAI" or not 1 <= back <= 5:
                add_entries(session, [an_entry(east, rep.user_id, "First meetings", monday, 6)])
                add_entries(session, [an_entry(east, rep.user_id, "Prospecting calls", monday, 99)])
    digest = digest_of_last_week(session, east.playbook(session), MONDAY)
    kais = next(gap for gap in digest.gaps if gap.user_id == "U0KAI")
    assert kais.diagnosis is Diagnosis.UNCLEAR
    assert kais.reason == (
        "99 of 100, 1 short; 297 of 300 over 8 weeks, "
        "and one such week can be chance: not enough to say"
    )


def test_the_number_of_statements_does_not_grow_with_the_team(session: Session) -> None:
    def team_of(name: str, size: int) -> TeamRows:
        reps = [RepRow(f"U{name}{n}", f"{name} {n}") for n in range(size)]
        # Each in a workspace of its own: where a team lacks help, others are read.
        team = a_team(session.connection, name, workspace_id=f"T{name}", reps=reps, listed=LISTED)
        with reaching(session.connection, team.workspace_id):
            for rep in reps:
                add_entries(session, weekly(team, rep.user_id, "First meetings", 3, LAST_WEEK, 8))
        return team

    def statements(team: TeamRows) -> int:
        seen: list[str] = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731
        with reaching(session.connection, team.workspace_id):
            playbook = team.playbook(session)
            event.listen(session.connection, "before_cursor_execute", listener)
            digest_of_last_week(session, playbook, MONDAY)
        event.remove(session.connection, "before_cursor_execute", listener)
        return len(seen)

    small, big = team_of("SMALL", 6), team_of("BIG", 30)
    assert statements(big) == statements(small)
