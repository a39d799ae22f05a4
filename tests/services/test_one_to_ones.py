"""One-to-ones: prepared and noted by who leads the rep's team; the rep hears what was agreed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Table, func, select

from bot.db.session import Session
from bot.db.tables import audit, commitments, one_to_ones
from bot.domain.forms import FormRefused
from bot.domain.ledger.occasions import Moot
from bot.domain.reports.digests import last_full_week
from bot.domain.talks.coaching_questions import Situation
from bot.domain.talks.one_to_one_forms import BY_MANAGER, BY_REP, FilledNote, Row
from bot.services import ledger
from bot.services.agreements import agreed_facts
from bot.services.forgetting import forget_person
from bot.services.one_to_ones.noting import note_down, notes_asked
from bot.services.one_to_ones.preparing import prep_asked, reps_to_prepare
from bot.services.talks import talks
from tests.services.logging_entries import log
from tests.services.one_to_one_rows import NOON, TODAY, agreed, caller, noted
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, TeamRows

LAST_WEEK = date(2026, 11, 10)


def rows(session: Session, table: Table) -> int:
    return session.connection.scalar(select(func.count()).select_from(table)) or 0


def audited(session: Session) -> list[tuple[str, str | None, str]]:
    query = select(audit.c.actor, audit.c.subject, audit.c.action).order_by(audit.c.id)
    return [tuple(row) for row in session.connection.execute(query)]


def test_a_page_is_about_the_worst_gap_of_the_last_full_week(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 1, NOON, day=LAST_WEEK)
    prep = prep_asked(session, caller(MORGAN), RILEY, NOON)
    assert prep.situation is Situation.EFFORT
    assert prep.gap is not None
    assert prep.gap.progress.indicator.name in {"Prospecting calls", "Selling time"}
    assert len(prep.questions) == 3
    assert (prep.last, prep.since) == (None, TODAY - timedelta(weeks=4))


def test_who_logged_nothing_is_asked_what_is_in_the_way(session: Session, west: TeamRows) -> None:
    prep = prep_asked(session, caller(MORGAN), SAM, NOON)
    assert (prep.situation, prep.gap) == (Situation.SILENT, None)


def test_what_went_well_is_told_since_the_last_one_to_one(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, NOON - timedelta(days=12))
    before = prep_asked(session, caller(MORGAN), RILEY, NOON)
    assert {each.milestone.kind.value for each in before.cheers} >= {"target", "first_entry"}
    noted(session, held=TODAY - timedelta(days=2))
    after = prep_asked(session, caller(MORGAN), RILEY, NOON)
    assert (after.last, after.cheers) == (TODAY - timedelta(days=2), ())


def test_the_next_page_asks_other_questions(session: Session, west: TeamRows) -> None:
    first = prep_asked(session, caller(MORGAN), SAM, NOON).questions
    assert prep_asked(session, caller(MORGAN), SAM, NOON).questions == first
    noted(session, rep=SAM)
    second = prep_asked(session, caller(MORGAN), SAM, NOON).questions
    assert not set(first) & set(second)


def test_a_form_that_is_sent_twice_is_noted_once(session: Session, west: TeamRows) -> None:
    twice = [noted(session, Row("Call Acme", BY_REP), key="view:V1:aa") for _ in range(2)]
    assert [each.repeated for each in twice] == [False, True]
    assert (rows(session, one_to_ones), rows(session, commitments)) == (1, 1)
    assert [action for _, _, action in audited(session)] == ["notes.written"]


def test_the_rep_is_told_once_of_all_that_was_agreed(session: Session, west: TeamRows) -> None:
    noted(session, Row("Call Acme", BY_REP, TODAY), Row("Ask legal", BY_MANAGER))
    (told,) = ledger.load(session, ledger.pending_ids(session, WORKSPACE, NOON))
    assert told.occasion.recipient == RILEY
    facts = agreed_facts(session, west.playbook(session), told, NOON)
    assert facts.manager == MORGAN
    assert [(each.text, each.owner) for each in facts.commitments] == [
        ("Call Acme", RILEY),
        ("Ask legal", MORGAN),
    ]


def test_a_note_without_anything_agreed_is_the_managers_alone(
    session: Session, west: TeamRows
) -> None:
    noted(session)
    assert ledger.pending_ids(session, WORKSPACE, NOON) == []


def test_what_was_agreed_with_who_is_erased_is_moot(session: Session, west: TeamRows) -> None:
    agreed(session)
    (told,) = ledger.load(session, ledger.pending_ids(session, WORKSPACE, NOON))
    session.connection.execute(commitments.delete())
    with pytest.raises(Moot):
        agreed_facts(session, west.playbook(session), told, NOON)


@pytest.mark.parametrize(
    "filled, field",
    [
        (FilledNote(TODAY + timedelta(days=1), None), "held_on"),
        (FilledNote(TODAY - timedelta(days=400), None), "held_on"),
        (FilledNote(TODAY, "x" * 2501), "note"),
        (FilledNote(TODAY, None, [Row(None, BY_REP, TODAY)]), "what_1"),
        (FilledNote(TODAY, None, [Row(), Row("y" * 301, BY_REP)]), "what_2"),
        (FilledNote(TODAY, None, [Row("a", BY_REP, TODAY - timedelta(days=1))]), "due_1"),
        (FilledNote(TODAY, None, [Row("a", BY_REP, TODAY + timedelta(days=500))]), "due_1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    session: Session, west: TeamRows, filled: FilledNote, field: str
) -> None:
    with pytest.raises(FormRefused) as refused:
        note_down(session, caller(MORGAN), RILEY, filled, NOON)
    assert set(refused.value.errors) == {field}
    assert rows(session, one_to_ones) == 0


def test_earlier_notes_come_newest_first_page_by_page(session: Session, west: TeamRows) -> None:
    for days in range(7):
        noted(session, note=f"note {days}", held=TODAY - timedelta(days=days))
    first = notes_asked(session, caller(MORGAN), RILEY, 0, NOON)
    assert [each.note for each in first.notes] == ["note 0", "note 1", "note 2"]
    last = notes_asked(session, caller(MORGAN), RILEY, 2, NOON)
    assert ([each.note for each in last.notes], last.has_older) == (["note 6"], False)


def test_reading_and_writing_notes_is_audited_without_their_words(
    session: Session, west: TeamRows
) -> None:
    notes_asked(session, caller(MORGAN), RILEY, 0, NOON)  # there is nothing to read yet
    noted(session)
    notes_asked(session, caller(MORGAN), RILEY, 0, NOON)
    assert audited(session) == [(MORGAN, RILEY, "notes.written"), (MORGAN, RILEY, "notes.read")]


def test_the_digest_names_who_has_waited_four_weeks(session: Session, west: TeamRows) -> None:
    noted(session, rep=RILEY, held=TODAY - timedelta(days=35))
    noted(session, rep=SAM, held=TODAY - timedelta(days=27))
    book = west.playbook(session)
    week = last_full_week(book.team.zone, NOON)
    waiting = talks(session, book, MORGAN, week, NOON).waiting
    assert [(each.user_id, each.ever) for each in waiting] == [(ALEX, False), (RILEY, True)]
    assert waiting[1].weeks == 5


def test_the_digest_says_what_is_overdue(session: Session, west: TeamRows) -> None:
    agreed(session, "late", TODAY - timedelta(days=1), held=TODAY - timedelta(days=9))
    agreed(session, "today", TODAY)
    agreed(session, "some day")
    book = west.playbook(session)
    found = talks(session, book, MORGAN, last_full_week(book.team.zone, NOON), NOON)
    assert [each.text for each in found.overdue] == ["late"]


@pytest.mark.parametrize("who, left", [(RILEY, 0), (MORGAN, 1)])
def test_erasing_a_person_erases_notes_and_commitments(
    session: Session, west: TeamRows, who: str, left: int
) -> None:
    """Those of the rep go altogether; of the manager goes what the manager wrote and was to do."""
    noted(session, Row("Call Acme", BY_REP), Row("Ask legal", BY_MANAGER))
    forget_person(session, WORKSPACE, who, NOON)
    assert rows(session, one_to_ones) == 0
    texts = list(session.connection.scalars(select(commitments.c.text)))
    assert texts == ["Call Acme"][:left]


def test_a_manager_chooses_among_the_own_reps(session: Session, west: TeamRows) -> None:
    found = reps_to_prepare(session, caller(MORGAN))
    assert [each.name for each in found] == ["Riley", "Sam", "Alex"]
