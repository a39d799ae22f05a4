"""Undo takes back what is no longer true, and mends what was said of it (design §2.4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.queries.feats.milestones import held_by
from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.feats.celebrations import RoundupFacts
from bot.domain.ledger.deliveries import Sent
from bot.domain.ledger.occasions import Delivery, DeliveryState, Moot
from bot.domain.milestones import MilestoneKind
from bot.services import ledger
from bot.services.celebrations.celebrating import due_celebrations
from bot.services.celebrations.cheering import celebration_facts, mend_facts
from bot.services.recording import undo, undo_last
from tests.services.logging_entries import log
from tests.teams import ALEX, RILEY, SAM, TeamRows

WEDNESDAY = datetime(2026, 11, 25, 15, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 18, tzinfo=UTC)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def held(session: Session, west: TeamRows, user: str = RILEY) -> set[str]:
    found = held_by(session.connection, west.playbook(session), west.people[user])
    return {each.kind.value for each in found}


def keys(session: Session, kind: str = "celebration") -> list[str]:
    query = select(deliveries.c.key).where(deliveries.c.kind == kind)
    return list(session.connection.scalars(query.order_by(deliveries.c.id)))


def find(session: Session, west: TeamRows, key: str) -> Delivery:
    delivery = ledger.find(session, west.workspace_id, key)
    assert delivery is not None
    return delivery


def send(session: Session, west: TeamRows, key: str, now: datetime = WEDNESDAY) -> None:
    delivery = find(session, west, key)
    assert ledger.claim(session, delivery.id, now, timedelta(minutes=1)) is not None
    ledger.record_sent(session, [Sent(delivery.id, "C01WEST", "1.2", now)])


def take_back(session: Session, west: TeamRows, user: str = RILEY) -> None:
    undo_last(session, west.standing(session, user), WEDNESDAY)


def test_a_milestone_that_is_no_longer_true_is_revoked_and_its_post_withdrawn(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    take_back(session, west)
    (key,) = keys(session)
    assert held(session, west) == set()
    assert find(session, west, key).state is DeliveryState.DROPPED
    assert keys(session, "mend") == []


def test_what_is_still_true_stays(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    log(session, west, "First meetings", 1, WEDNESDAY)
    take_back(session, west)
    assert held(session, west) == {"first_entry", "target"}


def test_a_post_that_is_there_is_removed(session: Session, west: TeamRows) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    (key,) = keys(session)
    send(session, west, key)
    take_back(session, west)
    (mend,) = keys(session, "mend")
    assert mend == f"mend:{key}:1"
    facts = mend_facts(session, west.playbook(session), find(session, west, mend), WEDNESDAY)
    assert (facts.channel, facts.ts, facts.instead) == ("C01WEST", "1.2", None)


def test_what_is_reached_anew_is_celebrated_anew(session: Session, west: TeamRows) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    (key,) = keys(session)
    send(session, west, key)
    take_back(session, west)
    recorded = log(session, west, "New customers", 13, WEDNESDAY)
    assert keys(session) == [key, f"{key}#2"]
    assert {each.times for each in recorded.milestones} == {2}
    (mend,) = keys(session, "mend")
    again = mend_facts(session, west.playbook(session), find(session, west, mend), WEDNESDAY)
    assert again.instead is None  # the old post goes, the new one stands


def test_a_round_up_that_is_there_keeps_what_still_holds(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    log(session, west, "First meetings", 5, WEDNESDAY, user=SAM)
    ledger.add(session, due_celebrations(session, west.playbook(session), EVENING), EVENING)
    (key,) = keys(session)
    send(session, west, key, EVENING)
    take_back(session, west, SAM)
    (mend,) = keys(session, "mend")
    facts = mend_facts(session, west.playbook(session), find(session, west, mend), EVENING)
    assert isinstance(facts.instead, RoundupFacts)
    assert {each.milestone.user_id for each in facts.instead.cheers} == {RILEY}
    take_back(session, west)
    facts = mend_facts(session, west.playbook(session), find(session, west, mend), EVENING)
    assert facts.instead is None
    assert keys(session, "mend") == [mend]  # one that waits sees to both


def test_a_round_up_that_waits_leaves_out_what_is_untrue(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    ledger.add(session, due_celebrations(session, west.playbook(session), EVENING), EVENING)
    take_back(session, west)
    (key,) = keys(session)
    assert keys(session, "mend") == []
    with pytest.raises(Moot):
        celebration_facts(session, west.playbook(session), find(session, west, key), EVENING)


def test_a_message_that_never_went_out_needs_no_mending(session: Session, west: TeamRows) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    (key,) = keys(session)
    send(session, west, key)
    take_back(session, west)
    (mend,) = keys(session, "mend")
    whose = deliveries.c.key == key
    session.connection.execute(deliveries.update().where(whose).values(state="failed"))
    with pytest.raises(Moot):
        mend_facts(session, west.playbook(session), find(session, west, mend), WEDNESDAY)


def test_a_broken_streak_a_lost_sweep_and_an_unmet_team_target_are_revoked(
    session: Session, west: TeamRows
) -> None:
    for weeks in (2, 1):
        log(session, west, "First meetings", 5, WEDNESDAY - weeks * A_WEEK)
    for user in (RILEY, SAM):
        log(session, west, "First meetings", 5, WEDNESDAY, user=user)
    last = log(session, west, "First meetings", 5, WEDNESDAY, user=ALEX)
    assert {"streak", "target", "team_target"} <= held(session, west)
    undo(session, west.standing(session, ALEX), last.entries[0].id, WEDNESDAY)
    assert "team_target" not in held(session, west)
    assert "streak" in held(session, west)
    take_back(session, west)
    assert "streak" not in held(session, west)


def test_an_undo_leaves_other_weeks_and_other_behaviours_alone(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY - A_WEEK)
    log(session, west, "Opportunities", 3, WEDNESDAY)
    log(session, west, "First meetings", 5, WEDNESDAY)
    take_back(session, west)
    found = held_by(session.connection, west.playbook(session), west.people[RILEY])
    kept = {
        (each.indicator.name, each.period_start)
        for each in found
        if each.kind is MilestoneKind.TARGET and each.indicator is not None
    }
    assert kept == {
        ("First meetings", date(2026, 11, 16)),
        ("Opportunities", date(2026, 11, 23)),
    }
