"""Entries: recorded once, on the rep's date, taken back and edited without being lost (§2.4)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import entries, indicators
from bot.domain.entries import Origin, Recorded
from bot.domain.errors import NotPermitted, Refusal, UnknownPerson
from bot.domain.grammar.requests import Deal, LoggedAmount, LogRequest, Outcome, deal_entries
from bot.domain.progress.pace import Status
from bot.domain.retired import retired_match, retired_sentence
from bot.services import membership, recording
from tests.teams import ALEX, MORGAN, RILEY, SAM, RepRow, TeamRows, a_person, a_team

WEDNESDAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
_trigger = count(1)


def asking(
    session: Session, west: TeamRows, *amounts: tuple[str, int | str], day: date = WEDNESDAY
) -> LogRequest:
    logged = (
        LoggedAmount(west.indicator(session, name), Decimal(amount)) for name, amount in amounts
    )
    return LogRequest(tuple(logged), day)


def log(
    session: Session,
    west: TeamRows,
    *amounts: tuple[str, int | str],
    user: str = RILEY,
    key: str = "",
    now: datetime = NOW,
    day: date = WEDNESDAY,
) -> Recorded:
    request = asking(session, west, *amounts, day=day)
    origin = Origin("slack", key or f"trigger-{next(_trigger)}")
    return recording.record(session, west.standing(session, user), request, origin, now)


def win(session: Session, west: TeamRows, amount: int | None = 4200) -> Recorded:
    deal = Deal(Outcome.WON, Decimal(amount) if amount else None)
    made = deal_entries(deal, west.playbook(session).indicators)
    request = LogRequest(made, WEDNESDAY, deal, account="Acme")
    origin = Origin("slack", f"trigger-{next(_trigger)}")
    return recording.record(session, west.standing(session), request, origin, NOW)


def actual(recorded: Recorded | None, name: str) -> Decimal:
    assert recorded is not None
    return next(each.actual for each in recorded.progress if each.indicator.name == name)


def test_the_answer_tells_what_the_entry_did_to_the_period(
    session: Session, west: TeamRows
) -> None:
    log(session, west, ("First meetings", 2))
    recorded = log(session, west, ("First meetings", 3))
    (progress,) = recorded.progress
    assert progress.actual == progress.target == 5
    assert progress.status is Status.DONE
    assert progress.period.start == date(2026, 11, 23)
    assert recorded.day == recorded.today == WEDNESDAY


def test_a_line_of_several_entries_moves_several_periods(session: Session, west: TeamRows) -> None:
    recorded = log(session, west, ("Prospecting calls", 7), ("Selling time", "1.33"))
    assert [entry.quantity for entry in recorded.entries] == [7, Decimal("1.33")]
    assert actual(recorded, "Prospecting calls") == 7
    assert actual(recorded, "Selling time") == Decimal("1.33")


def test_a_double_click_records_once_and_says_the_same(session: Session, west: TeamRows) -> None:
    first = log(session, west, ("First meetings", 2), ("Opportunities", 1), key="once")
    again = log(session, west, ("First meetings", 2), ("Opportunities", 1), key="once")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.entries == first.entries
    assert again.progress == first.progress


def test_only_the_first_entry_is_the_first(session: Session, west: TeamRows) -> None:
    assert log(session, west, ("First meetings", 1), ("Opportunities", 1)).first
    assert not log(session, west, ("First meetings", 1)).first
    assert log(session, west, ("First meetings", 1), user=SAM).first


def test_an_entry_for_yesterday_occurred_at_its_noon(session: Session, west: TeamRows) -> None:
    yesterday = WEDNESDAY - timedelta(days=1)
    log(session, west, ("First meetings", 1), user=ALEX, day=yesterday)
    occurred = session.connection.scalar(select(entries.c.occurred_at))
    assert occurred == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # 12:00 at +05:30


def test_half_past_eleven_at_night_counts_for_the_local_date(
    session: Session, west: TeamRows
) -> None:
    late = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)  # Wednesday 23:30 in New York
    recorded = log(session, west, ("Prospecting calls", 9), user=SAM, now=late)
    assert recorded.today == WEDNESDAY
    assert recorded.progress[0].today_actual == 9
    thursday = late + timedelta(hours=1)
    again = log(
        session, west, ("Prospecting calls", 1), user=SAM, now=thursday, day=date(2026, 11, 26)
    )
    assert again.progress[0].today_actual == 1
    assert again.progress[0].actual == 10


def test_a_late_entry_moves_the_week_that_it_is_for(session: Session, west: TeamRows) -> None:
    friday = date(2026, 11, 20)
    (progress,) = log(session, west, ("First meetings", 5), day=friday).progress
    assert (progress.period.start, progress.status) == (date(2026, 11, 16), Status.DONE)


def test_a_won_deal_counts_as_a_customer_and_as_revenue(session: Session, west: TeamRows) -> None:
    recorded = win(session, west)
    assert actual(recorded, "New customers") == 1
    assert actual(recorded, "Revenue") == 4200
    assert len({entry.deal for entry in recorded.entries}) == 1


def test_undo_of_one_row_of_a_deal_takes_the_whole_deal_back(
    session: Session, west: TeamRows
) -> None:
    customers, _revenue = win(session, west).entries
    undone = recording.undo(session, west.standing(session), customers.id, NOW)
    assert len(undone.entries) == 2
    assert [progress.actual for progress in undone.progress] == [0, 0]


def test_undo_takes_the_last_entry_back_then_the_one_before(
    session: Session, west: TeamRows
) -> None:
    log(session, west, ("First meetings", 1))
    log(session, west, ("Prospecting calls", 4), user=SAM)
    log(session, west, ("Opportunities", 2))
    riley = west.standing(session)
    assert recording.undo_last(session, riley, NOW).entries[0].quantity == 2
    assert recording.undo_last(session, riley, NOW).entries[0].quantity == 1
    with pytest.raises(Refusal, match="nothing left"):
        recording.undo_last(session, riley, NOW)


def test_undo_leaves_what_came_from_elsewhere_and_what_is_long_past(
    session: Session, west: TeamRows
) -> None:
    log(session, west, ("First meetings", 1), now=NOW - timedelta(days=32), day=date(2026, 10, 24))
    request = asking(session, west, ("Opportunities", 1))
    riley = west.standing(session)
    recording.record(session, riley, request, Origin("import", "row-1"), NOW)
    with pytest.raises(Refusal, match="nothing left"):
        recording.undo_last(session, riley, NOW)


def test_undoing_twice_changes_nothing_more(session: Session, west: TeamRows) -> None:
    log(session, west, ("First meetings", 2))
    (entry,) = log(session, west, ("First meetings", 3)).entries
    riley = west.standing(session)
    first = recording.undo(session, riley, entry.id, NOW)
    again = recording.undo(session, riley, entry.id, NOW)
    assert (first.repeated, again.repeated) == (False, True)
    assert first.progress == again.progress
    assert first.progress[0].actual == 2


def test_an_edit_keeps_the_old_row_marked(session: Session, west: TeamRows) -> None:
    (old,) = log(session, west, ("First meetings", 3)).entries
    request = asking(session, west, ("First meetings", 2))
    riley = west.standing(session)
    edited = recording.edit(session, riley, old.id, request, NOW)
    assert actual(edited, "First meetings") == 2
    row = session.connection.execute(select(entries).where(entries.c.id == old.id)).one()
    assert (row.quantity, row.undone_at, row.replaced_by) == (3, NOW, edited.entries[0].id)
    again = recording.edit(session, riley, old.id, request, NOW)
    assert again.repeated
    assert again.entries == edited.entries


def test_editing_what_was_taken_back_is_refused(session: Session, west: TeamRows) -> None:
    (old,) = log(session, west, ("First meetings", 3)).entries
    riley = west.standing(session)
    recording.undo(session, riley, old.id, NOW)
    with pytest.raises(Refusal, match="taken back already"):
        recording.edit(session, riley, old.id, asking(session, west, ("First meetings", 2)), NOW)


def test_nobody_changes_another_persons_entry(session: Session, west: TeamRows) -> None:
    (entry,) = log(session, west, ("First meetings", 3)).entries
    sam, morgan = west.standing(session, SAM), west.standing(session, MORGAN)
    for someone in (sam, morgan):
        with pytest.raises(NotPermitted):
            recording.undo(session, someone, entry.id, NOW)
    with pytest.raises(NotPermitted):
        recording.edit(session, sam, entry.id, asking(session, west, ("First meetings", 2)), NOW)
    with pytest.raises(Refusal, match="can't find"):
        recording.undo(session, sam, entry.id + 1000, NOW)


def test_the_list_shows_what_stands_and_a_deal_once(session: Session, west: TeamRows) -> None:
    log(session, west, ("First meetings", 3))
    gone = log(session, west, ("Opportunities", 1)).entries[0]
    win(session, west)
    riley = west.standing(session)
    recording.undo(session, riley, gone.id, NOW)
    listed = recording.recent(session, riley, NOW)
    assert [entry.indicator.name for entry in listed] == ["New customers", "First meetings"]
    assert recording.recent(session, riley, NOW, limit=1) == listed[:1]


def test_a_behaviour_that_was_retired_is_refused_by_name(session: Session, west: TeamRows) -> None:
    request = asking(session, west, ("Opportunities", 1))
    session.connection.execute(
        update(indicators)
        .where(indicators.c.id == west.indicators["Opportunities"])
        .values(retired_on=WEDNESDAY)
    )
    renew_revision(session.connection, west.team_id)
    with pytest.raises(Refusal, match="West no longer counts Opportunities"):
        recording.record(session, west.standing(session), request, Origin("slack", "late"), NOW)
    book = west.playbook(session)
    retired = retired_match(book, "3 opps with Acme")
    assert retired is not None
    assert "It counts First meetings" in retired_sentence(book, retired)
    assert retired_match(book, "3 meetings") is None


def test_somebody_in_no_team_is_told_whom_to_ask(session: Session, west: TeamRows) -> None:
    a_person(session.connection, "U09NEW")
    request = asking(session, west, ("First meetings", 1))
    new = membership.standing(session, west.workspace_id, "U09NEW")
    with pytest.raises(UnknownPerson, match="not in a team yet"):
        recording.record(session, new, request, Origin("slack", "new"), NOW)
    with pytest.raises(UnknownPerson, match="not in a team yet"):
        membership.rep_standing(session, west.workspace_id, "U99GHOST")


def test_a_manager_is_told_that_nothing_is_counted_for_them(
    session: Session, west: TeamRows
) -> None:
    with pytest.raises(UnknownPerson, match="You lead West"):
        log(session, west, ("First meetings", 1), user=MORGAN)


def test_a_team_without_behaviours_says_so(session: Session, west: TeamRows) -> None:
    east = a_team(session.connection, "East", reps=[RepRow("U05KIM", "Kim")], listed=())
    request = asking(session, west, ("First meetings", 1))
    with pytest.raises(Refusal, match="East has no behaviours yet"):
        recording.record(
            session, east.standing(session, "U05KIM"), request, Origin("slack", "kim"), NOW
        )


@pytest.mark.parametrize("amount", ["0", "-1", "1e9", "NaN"])
def test_an_amount_beyond_the_limits_is_refused(
    session: Session, west: TeamRows, amount: str
) -> None:
    with pytest.raises(Refusal):
        log(session, west, ("First meetings", amount))
    assert session.connection.scalar(select(entries.c.id)) is None


@pytest.mark.parametrize("days", [1, -32])
def test_the_future_and_the_long_past_are_refused(
    session: Session, west: TeamRows, days: int
) -> None:
    with pytest.raises(Refusal):
        log(session, west, ("First meetings", 1), day=WEDNESDAY + timedelta(days=days))
