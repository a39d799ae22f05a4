"""Who is suggested, what each of the two reads, and what became of it (issue 5, item 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.db.session import Session
from bot.db.tables import deliveries, entries, indicators, memberships, pairings, teams
from bot.domain.errors import Refusal
from bot.domain.ledger.occasions import Moot
from bot.domain.reports.digests import Digest
from bot.services import ledger
from bot.services.digesting import digest_of_last_week
from bot.services.forgetting import forget_person
from bot.services.pairings.telling import worksheet_facts
from bot.services.requests.callers import Caller
from bot.services.requests.pairing_people import Asked, cancel, propose
from bot.slack.messages.digest import digest_message
from bot.slack.messages.pairing import worksheet
from bot.slack.words.digest import MENTIONS, told
from tests.services.months_of_entries import add_entries, an_entry, weekly
from tests.teams import INDICATORS, MORGAN, WORKSPACE, RepRow, TeamRows, a_team

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LAST_WEEK = date(2026, 11, 16)
RILEY, SAM, ALEX, KIM = "U0RILEY", "U0SAM", "U0ALEX", "U0KIM"
MEETINGS = "First meetings"
LISTED = INDICATORS[:3]


@pytest.fixture
def north(session: Session) -> TeamRows:
    """Riley makes two meetings a week, Sam seven, and Alex, who is about to be away, nine."""
    away = ((date(2026, 11, 23), date(2026, 12, 4)),)
    reps = [RepRow(RILEY, "Riley"), RepRow(SAM, "Sam"), RepRow(ALEX, "Alex", away=away)]
    north = a_team(session.connection, "North", reps=reps, listed=LISTED)
    for user, amount in ((RILEY, 2), (SAM, 7), (ALEX, 9)):
        add_entries(session, weekly(north, user, MEETINGS, amount, LAST_WEEK, 8))
    return north


@pytest.fixture
def east(session: Session) -> TeamRows:
    """Another team, led by Dana, with Kim, who makes twelve."""
    east = a_team(
        session.connection, "East", reps=[RepRow(KIM, "Kim")], managers=("U0DANA",), listed=LISTED
    )
    add_entries(session, weekly(east, KIM, MEETINGS, 12, LAST_WEEK, 8))
    return east


def suggested(session: Session, team: TeamRows, now: datetime = MONDAY) -> dict[str, str | None]:
    digest = digest_of_last_week(session, team.playbook(session), now)
    return {
        each.user_id: each.pair_with for each in digest.coach if each.behaviour.name == MEETINGS
    }


def paired(
    session: Session, team: TeamRows, learner: str, teacher: str, now: datetime = MONDAY
) -> int:
    asked = Asked(learner, teacher, team.indicators[MEETINGS], for_skill=False)
    return propose(session, Caller(WORKSPACE, MORGAN, "k"), asked, now).pairing.id


def sheet(session: Session, team: TeamRows, number: int, reader: str, suffix: str = "") -> str:
    """What one of them reads, as Slack is sent it."""
    delivery = ledger.find(session, WORKSPACE, f"pairing:{number}:{reader}{suffix}")
    assert delivery is not None
    facts = worksheet_facts(session, team.playbook(session), delivery, MONDAY)
    return str(worksheet(facts).blocks)


def pairing_line(digest: Digest) -> str:
    [part] = [part for part in told(digest, MENTIONS) if part.name == "pairings"]
    return part.lines[0]


def test_whoever_is_away_for_the_two_weeks_is_not_suggested(
    session: Session, north: TeamRows
) -> None:
    assert suggested(session, north) == {RILEY: SAM}
    assert suggested(session, north, MONDAY - timedelta(days=70)).get(RILEY) is None


def test_one_bad_week_needs_no_teacher_and_makes_none(session: Session, north: TeamRows) -> None:
    """Sam did more than was asked over eight weeks, and nothing of it last week."""
    gone = delete(entries).where(
        entries.c.person_id == north.people[SAM], entries.c.local_date >= LAST_WEEK
    )
    session.connection.execute(gone)
    assert suggested(session, north) == {RILEY: None, SAM: None}


def test_what_lasts_is_coached_before_one_bad_week(session: Session, north: TeamRows) -> None:
    """Alex missed all of last week's target, Riley three of five, as in every week before."""
    gone = delete(entries).where(
        entries.c.person_id == north.people[ALEX], entries.c.local_date >= LAST_WEEK
    )
    session.connection.execute(gone)
    digest = digest_of_last_week(session, north.playbook(session), MONDAY)
    assert next(each.user_id for each in digest.gaps) == ALEX
    assert digest.coach[0].user_id == RILEY


def test_nobody_is_offered_to_more_people_than_one_can_help(session: Session) -> None:
    reps = [RepRow(f"U0W{n}", f"W{n}") for n in range(5)]
    west = a_team(session.connection, "West", reps=reps, listed=LISTED)
    for rep, amount in zip(reps, (1, 2, 3, 8, 7), strict=True):
        add_entries(session, weekly(west, rep.user_id, MEETINGS, amount, LAST_WEEK, 8))
    assert suggested(session, west) == {"U0W0": "U0W3", "U0W1": "U0W3", "U0W2": "U0W4"}


def test_who_is_new_teaches_only_where_nobody_else_can(session: Session, north: TeamRows) -> None:
    star = RepRow("U0NEW", "Nova", started_on=date(2026, 11, 9))
    west = a_team(
        session.connection,
        "West",
        reps=[RepRow("U0JO", "Jo"), RepRow("U0BO", "Bo"), star],
        listed=LISTED,
    )
    for user, amount, weeks in (("U0JO", 2, 8), ("U0BO", 6, 8), ("U0NEW", 9, 2)):
        add_entries(session, weekly(west, user, MEETINGS, amount, LAST_WEEK, weeks))
    assert suggested(session, west) == {"U0JO": "U0BO"}


def test_another_team_helps_where_nobody_in_the_own_one_can(
    session: Session, north: TeamRows, east: TeamRows
) -> None:
    assert suggested(session, north) == {RILEY: SAM}
    west = a_team(
        session.connection, "West", reps=[RepRow("U0JO", "Jo"), RepRow("U0BO", "Bo")], listed=LISTED
    )
    for user, amount in (("U0JO", 2), ("U0BO", 3)):
        add_entries(session, weekly(west, user, MEETINGS, amount, LAST_WEEK, 8))
    found = digest_of_last_week(session, west.playbook(session), MONDAY)
    coached = {each.user_id: each for each in found.coach}
    assert coached["U0JO"].pair_with == KIM  # the first team, by name, in which somebody is free
    assert coached["U0JO"].text.endswith("The strongest at it is in East.")
    assert "96" not in coached["U0JO"].text


def test_whoever_helps_two_people_already_is_not_suggested(
    session: Session, north: TeamRows, east: TeamRows
) -> None:
    reps = [RepRow(f"U0W{n}", f"W{n}") for n in range(2)]
    west = a_team(session.connection, "West", reps=reps, listed=LISTED)
    for rep in reps:
        paired(session, west, rep.user_id, SAM)
    assert suggested(session, north) == {RILEY: KIM}
    with pytest.raises(Refusal, match="helps 2 people already"):
        paired(session, north, RILEY, SAM)
    with pytest.raises(Refusal, match="away for most of the two weeks"):
        paired(session, north, RILEY, ALEX)


def test_the_learner_reads_own_numbers_and_the_helper_none(
    session: Session, north: TeamRows
) -> None:
    number = paired(session, north, RILEY, SAM)
    learner = sheet(session, north, number, RILEY)
    assert "16 meetings of 40 over 8 weeks" in learner
    assert "56" not in learner
    helper = sheet(session, north, number, SAM)
    assert f"<@{RILEY}>" in helper
    assert not any(each in helper for each in ("16", "40", "56"))
    for step in ("Watch one", "Do one together", "Do one alone"):
        assert step in learner


def test_a_pairing_across_teams_is_told_to_the_helpers_manager(
    session: Session, north: TeamRows, east: TeamRows
) -> None:
    number = paired(session, north, RILEY, KIM)
    told_dana = sheet(session, north, number, "U0DANA")
    assert f"<@{KIM}> of your team helps <@{RILEY}> of North with *First meetings*" in told_dana
    assert "16" not in told_dana


def test_the_digest_shows_before_and_since_once_there_are_two_weeks(
    session: Session, north: TeamRows
) -> None:
    paired(session, north, RILEY, SAM)
    for back, amount in ((0, 4), (1, 5)):
        day = date(2026, 11, 24) + timedelta(weeks=back)
        add_entries(session, [an_entry(north, RILEY, MEETINGS, day, amount)])
    book = north.playbook(session)
    early = digest_of_last_week(session, book, MONDAY + timedelta(weeks=1))
    assert pairing_line(early) == (
        f"<@{RILEY}> with <@{SAM}> at First meetings, until Sun 6 Dec: "
        "2 meetings a week (4 weeks) before; too early to say what it has changed."
    )
    ended = digest_of_last_week(session, book, MONDAY + timedelta(weeks=2))
    assert pairing_line(ended).endswith(
        "ended Sun 6 Dec: 2 meetings a week (4 weeks) before, 4.5 meetings a week (2 weeks) since."
    )
    assert not digest_of_last_week(session, book, MONDAY + timedelta(weeks=6)).pairings


def test_a_running_pairing_is_not_proposed_again(session: Session, north: TeamRows) -> None:
    before = digest_of_last_week(session, north.playbook(session), MONDAY)
    assert "Pair Riley with Sam" in str(digest_message(before).blocks)
    paired(session, north, RILEY, SAM)
    after = digest_of_last_week(session, north.playbook(session), MONDAY)
    assert "Pair Riley" not in str(digest_message(after).blocks)
    assert next(each for each in after.coach if each.user_id == RILEY).pair_with == SAM


def test_it_is_over_when_whoever_helps_has_left(session: Session, north: TeamRows) -> None:
    number = paired(session, north, RILEY, SAM)
    gone = update(memberships).where(memberships.c.person_id == north.people[SAM])
    session.connection.execute(gone.values(left_on=date(2026, 11, 24)))
    renewed = update(teams).where(teams.c.id == north.team_id).values(revision="without Sam")
    session.connection.execute(renewed)
    with pytest.raises(Moot, match="has left"):
        sheet(session, north, number, RILEY)
    later = digest_of_last_week(session, north.playbook(session), MONDAY + timedelta(weeks=1))
    assert not later.pairings
    assert not any(each.is_paired for each in later.coach)


def test_a_behaviour_that_is_no_longer_counted_is_not_compared(
    session: Session, north: TeamRows
) -> None:
    paired(session, north, RILEY, SAM)
    retired = update(indicators).where(indicators.c.id == north.indicators[MEETINGS])
    session.connection.execute(retired.values(retired_on=date(2026, 11, 25)))
    renewed = update(teams).where(teams.c.id == north.team_id).values(revision="fewer")
    session.connection.execute(renewed)
    later = digest_of_last_week(session, north.playbook(session), MONDAY + timedelta(weeks=1))
    assert not later.pairings


def test_one_that_is_called_off_tells_whoever_has_read_it(
    session: Session, north: TeamRows
) -> None:
    number = paired(session, north, RILEY, SAM)
    key = f"pairing:{number}:{RILEY}"
    session.connection.execute(
        deliveries.update().where(deliveries.c.key == key).values(state="sent")
    )
    cancel(session, Caller(WORKSPACE, MORGAN, "k"), number, MONDAY)
    assert "is off" in sheet(session, north, number, RILEY, ":off")
    assert ledger.find(session, WORKSPACE, f"pairing:{number}:{SAM}:off") is None
    with pytest.raises(Moot):
        sheet(session, north, number, SAM)


@pytest.mark.parametrize("user", [RILEY, SAM])
def test_erasing_either_erases_the_pairing_and_its_worksheets(
    session: Session, north: TeamRows, user: str
) -> None:
    paired(session, north, RILEY, SAM)
    forget_person(session, WORKSPACE, user, MONDAY)
    assert session.connection.execute(select(pairings)).all() == []
    left = session.connection.scalars(
        select(deliveries.c.recipient).where(deliveries.c.kind == "worksheet")
    ).all()
    assert user not in left


def test_erasing_the_manager_leaves_the_pairing(session: Session, north: TeamRows) -> None:
    paired(session, north, RILEY, SAM)
    forget_person(session, WORKSPACE, MORGAN, MONDAY)
    assert len(session.connection.execute(select(pairings)).all()) == 1
