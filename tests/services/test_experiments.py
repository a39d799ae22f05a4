"""What an experiment says, and when: never before its planned end (issue 5, item 6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import experiment_members, experiments, memberships
from bot.domain.experiments.agreed import Experiment, Group, Phase, Plan
from bot.domain.experiments.readouts import ReadOut
from bot.domain.ledger.occasions import Delivery, Moot, Occasion
from bot.services import ledger
from bot.services.digesting import digest_of_last_week
from bot.services.experiments.reading import reading
from bot.services.experiments.telling import due_readouts, readout_facts
from bot.services.forgetting import forget_person
from bot.services.requests.callers import Caller
from bot.services.requests.planning_experiments import create, drawn, stop
from bot.slack.messages.experiment import readout
from bot.slack.words.digest import MENTIONS, told
from bot.slack.words.experiments import headline, lines
from tests.services.months_of_entries import add_entries, an_entry
from tests.teams import INDICATORS, MORGAN, WORKSPACE, RepRow, TeamRows, a_person, a_team

PLANNED_AT = datetime(2026, 9, 30, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 5), date(2026, 11, 1)
THE_END = datetime(2026, 11, 2, 12, tzinfo=UTC)
CALLER = Caller(WORKSPACE, MORGAN, "k")
REPS = tuple(f"U0N{n}" for n in range(8))
MEETINGS = "First meetings"


@pytest.fixture
def north(session: Session) -> TeamRows:
    """Eight reps, who make five meetings a week and four."""
    reps = [RepRow(user, user.title()) for user in REPS]
    north = a_team(session.connection, "North", reps=reps, listed=INDICATORS[:3])
    live(session, north, FIRST - timedelta(weeks=8), 8, lambda user: 4 + REPS.index(user) % 2)
    return north


def live(
    session: Session,
    team: TeamRows,
    monday: date,
    weeks: int,
    amount: Callable[[str], float],
    name: str = MEETINGS,
) -> None:
    rows = [
        an_entry(team, user, name, monday + timedelta(weeks=week, days=1), amount(user))
        for user in REPS
        for week in range(weeks)
    ]
    add_entries(session, rows)


def plan(team: TeamRows, following: str | None = None) -> Plan:
    next_id = None if following is None else team.indicators[following]
    what = team.indicators[MEETINGS]
    return Plan(team.team_id, "Does it work?", "Asks first", what, next_id, FIRST, LAST)


def begun(session: Session, team: TeamRows, following: str | None = None) -> Experiment:
    """Planned with the groups that the bot drew."""
    groups = drawn(session, CALLER, plan(team, following), PLANNED_AT).groups
    new, usual = ([user for user in REPS if groups[user] is group] for group in Group)
    return create(session, CALLER, plan(team, following), new, usual, PLANNED_AT)


def lived(session: Session, team: TeamRows, gain: float) -> Experiment:
    """Four weeks, in which the new way makes so many meetings more a week."""
    found = begun(session, team)
    new = found.users(Group.NEW)
    live(session, team, FIRST, 4, lambda user: 4 + REPS.index(user) % 2 + gain * (user in new))
    return found


def read(session: Session, team: TeamRows, found: Experiment, now: datetime) -> ReadOut:
    known = reading(session, team.playbook(session), found, now)
    assert known is not None
    return known


def test_the_groups_are_drawn_from_neighbours_in_recent_performance(
    session: Session, north: TeamRows
) -> None:
    groups = drawn(session, CALLER, plan(north), PLANNED_AT).groups
    strong = [groups[user] for user in REPS if REPS.index(user) % 2]
    assert strong.count(Group.NEW) == strong.count(Group.USUAL) == 2
    assert groups == drawn(session, CALLER, plan(north), PLANNED_AT).groups


def test_there_is_no_verdict_before_the_planned_end(session: Session, north: TeamRows) -> None:
    found = lived(session, north, 3)
    last_day = datetime(2026, 11, 1, 23, tzinfo=UTC)
    known = read(session, north, found, last_day)
    assert (known.phase, known.effect) == (Phase.RUNNING, None)
    said = "\n".join(lines(known, str, str))
    assert "no verdict before then" in said
    assert "new group (4 people) 120 meetings in 80 days of work" in said
    assert "real" not in said.lower()
    assert "%" not in said


def test_at_the_end_it_says_what_the_new_way_did_and_how_sure_that_is(
    session: Session, north: TeamRows
) -> None:
    known = read(session, north, lived(session, north, 3), THE_END)
    assert known.phase is Phase.ENDED
    assert headline(known).startswith(
        "The new way: 7.5 meetings a week of 5 days for each rep, against 4.5. Real (99 %): "
    )
    assert known.effect is not None
    assert known.effect.low * 5 > 1


def test_without_a_difference_it_cannot_tell(session: Session, north: TeamRows) -> None:
    assert "Can’t tell" in headline(read(session, north, lived(session, north, 0), THE_END))


def test_a_conversion_is_told_per_hundred(session: Session, north: TeamRows) -> None:
    found = begun(session, north, "New customers")
    new = found.users(Group.NEW)
    live(session, north, FIRST, 4, lambda user: 10)
    live(session, north, FIRST, 4, lambda user: 3 if user in new else 1, "New customers")
    said = headline(read(session, north, found, THE_END))
    assert said.startswith(
        "The new way: 30 of 100 meetings became customers, against 10 of 100. Real (9"
    )
    assert "per 100" in said


def test_who_leaves_still_counts_and_who_joins_does_not(session: Session, north: TeamRows) -> None:
    found = lived(session, north, 3)
    gone = found.users(Group.NEW)[0]
    session.connection.execute(
        update(memberships)
        .where(memberships.c.person_id == north.people[gone])
        .values(left_on=date(2026, 10, 16))
    )
    session.connection.execute(
        insert(memberships).values(
            workspace_id=WORKSPACE,
            team_id=north.team_id,
            person_id=a_person(session.connection, "U0NEW", "New"),
            started_on=date(2026, 10, 12),
            position=9,
            created_at=PLANNED_AT,
        )
    )
    renew_revision(session.connection, north.team_id)
    known = read(session, north, found, THE_END)
    assert (known.left, known.joined) == ((gone,), ("U0NEW",))
    assert (known.new.people, known.new.tried) == (4, 70)
    said = "\n".join(lines(known, str, str))
    assert f"counted in the group that was drawn: {gone}." in said
    assert "Joined since, and not counted: U0NEW." in said


def test_one_that_was_stopped_is_marked_and_has_no_verdict(
    session: Session, north: TeamRows
) -> None:
    found = lived(session, north, 3)
    stop(session, CALLER, found.id, datetime(2026, 10, 20, 12, tzinfo=UTC))
    again = stop(session, CALLER, found.id, datetime(2026, 10, 21, 12, tzinfo=UTC))
    assert again.stopped_at == datetime(2026, 10, 20, 12, tzinfo=UTC)
    known = read(session, north, again, THE_END)
    assert (known.phase, known.effect) == (Phase.STOPPED, None)
    assert "Stopped before its planned end" in headline(known)
    assert due_readouts(session, north.playbook(session), THE_END) == ()


def test_managers_get_the_read_out_once_the_morning_after(
    session: Session, north: TeamRows
) -> None:
    found = lived(session, north, 3)
    book = north.playbook(session)
    assert due_readouts(session, book, datetime(2026, 11, 2, 8, 59, tzinfo=UTC)) == ()
    [due] = due_readouts(session, book, datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert (due.key, due.recipient) == (f"experiment:{found.id}:{MORGAN}", MORGAN)
    ledger.add(session, [due], THE_END)
    assert due_readouts(session, book, THE_END) == ()
    text = str(readout(readout_facts(session, book, _delivery(session, due), THE_END)).blocks)
    assert "Does it work?" in text
    assert "Real (99 %)" in text


def test_a_read_out_is_dropped_for_who_leads_no_more(session: Session, north: TeamRows) -> None:
    lived(session, north, 3)
    book = north.playbook(session)
    [due] = due_readouts(session, book, THE_END)
    ledger.add(session, [due], THE_END)
    delivery = _delivery(session, due)
    with pytest.raises(Moot):
        readout_facts(session, replace(book, managers=()), delivery, THE_END)


def test_the_digest_mentions_what_runs_and_what_has_ended(
    session: Session, north: TeamRows
) -> None:
    lived(session, north, 3)

    def said(now: datetime) -> str:
        digest = digest_of_last_week(session, north.playbook(session), now)
        parts = [part for part in told(digest, MENTIONS) if part.name == "experiments"]
        return parts[0].lines[0] if parts else ""

    assert "no verdict before then" in said(datetime(2026, 10, 19, 9, tzinfo=UTC))
    assert "Real (99 %)" in said(THE_END)
    assert said(THE_END + timedelta(weeks=2)) == ""


def test_erasing_a_rep_takes_the_membership_and_a_manager_nothing(
    session: Session, north: TeamRows
) -> None:
    begun(session, north)
    forget_person(session, WORKSPACE, REPS[0], THE_END)
    forget_person(session, WORKSPACE, MORGAN, THE_END)
    assert len(session.connection.execute(select(experiments)).all()) == 1
    assert len(session.connection.execute(select(experiment_members)).all()) == 7


def _delivery(session: Session, due: Occasion) -> Delivery:
    delivery = ledger.find(session, WORKSPACE, due.key)
    assert delivery is not None
    return delivery
