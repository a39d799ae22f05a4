"""The ledger: one row per occasion, taken up by one, in each channel's order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.session import Session
from bot.domain.ledger.deliveries import Claim, Sent
from bot.domain.ledger.occasions import DeliveryState, Occasion, OccasionKind
from bot.services import ledger
from tests.teams import WORKSPACE, TeamRows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEASE = timedelta(seconds=20)


@pytest.fixture
def nudge(west: TeamRows) -> Occasion:
    kind = OccasionKind.NUDGE
    return Occasion("nudge:U02RILEY:1", kind, WORKSPACE, west.team_id, "U02RILEY", NOON)


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def due_keys(session: Session, now: datetime = NOON, wall: datetime = NOON) -> list[str]:
    return [
        each.delivery.occasion.key for each in ledger.due(session, WORKSPACE, now, wall).waiting
    ]


def the_id(session: Session, key: str) -> int:
    found = ledger.find(session, WORKSPACE, key)
    assert found is not None
    return found.id


def state_of(session: Session, key: str) -> DeliveryState:
    found = ledger.find(session, WORKSPACE, key)
    assert found is not None
    return found.state


def claimed(session: Session, key: str, wall: datetime = NOON) -> Claim:
    claim = ledger.claim(session, the_id(session, key), wall, LEASE)
    assert claim is not None
    return claim


def test_an_occasion_is_planned_once_whoever_plans_it(session: Session, nudge: Occasion) -> None:
    assert ledger.add(session, [nudge, nudge], NOON) == (nudge,)
    other = replace(nudge, key="nudge:U02RILEY:2")
    assert ledger.add(session, [nudge, other], minutes(1)) == (other,)
    assert ledger.known_keys(session, WORKSPACE, [nudge.key, "nudge:U9:1"]) == {nudge.key}


def test_what_is_read_back_is_what_was_planned(session: Session, nudge: Occasion) -> None:
    full = replace(nudge, payload={"week": "2026-11-16", "days": 3}, expires_at=minutes(5))
    ledger.add(session, [full], NOON)
    found = ledger.find(session, WORKSPACE, full.key)
    assert found is not None
    assert found.occasion == full


def test_nothing_is_sent_before_it_is_due(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [replace(nudge, due_at=minutes(1))], NOON)
    assert due_keys(session) == []
    assert due_keys(session, now=minutes(1)) == [nudge.key]


def test_one_alone_takes_a_delivery_up(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [nudge], NOON)
    first = claimed(session, nudge.key)
    assert not first.in_doubt
    assert ledger.claim(session, first.delivery_id, NOON, LEASE) is None


def test_after_its_lease_a_delivery_is_in_doubt(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [nudge], NOON)
    first = claimed(session, nudge.key)
    assert due_keys(session, wall=NOON + LEASE - timedelta(seconds=1)) == []
    assert due_keys(session, wall=NOON + LEASE) == [nudge.key]
    second = claimed(session, nudge.key, NOON + LEASE)
    assert second.in_doubt
    assert second.attempt == first.attempt + 1


def test_who_lost_the_lease_settles_nothing(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [nudge], NOON)
    first = claimed(session, nudge.key)
    claimed(session, nudge.key, NOON + LEASE)
    ledger.record_failed(session, first, "late")
    assert ledger.renew(session, first, NOON, LEASE) is None
    assert state_of(session, nudge.key) is DeliveryState.SENDING


def test_a_message_that_is_there_is_sent_whoever_says_so(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [nudge], NOON)
    first = claimed(session, nudge.key)
    claimed(session, nudge.key, NOON + LEASE)
    ledger.record_sent(session, [Sent(first.delivery_id, "D1", "1.5", NOON)])
    found = ledger.find(session, WORKSPACE, nudge.key)
    assert found is not None
    assert (found.state, found.channel, found.ts) == (DeliveryState.SENT, "D1", "1.5")


def test_retry_after_holds_the_whole_channel_and_no_other(
    session: Session, nudge: Occasion
) -> None:
    later = replace(nudge, key="later", due_at=minutes(-5))
    elsewhere = replace(nudge, key="elsewhere", recipient="U03SAM")
    ledger.add(session, [nudge, later, elsewhere], NOON)
    ledger.record_deferred(session, claimed(session, nudge.key), minutes(1))
    assert due_keys(session) == ["elsewhere"]
    assert due_keys(session, wall=minutes(1)) == ["later", nudge.key, "elsewhere"]


def test_each_channel_is_in_order_of_due_dates_and_celebrations_go_first(
    session: Session, nudge: Occasion
) -> None:
    channel = replace(nudge, recipient="C01WEST", kind=OccasionKind.RECAP)
    celebration = replace(channel, key="late", kind=OccasionKind.CELEBRATION)
    early = replace(nudge, key="early", due_at=minutes(-90))
    recap = replace(channel, key="recap", due_at=minutes(-30))
    ledger.add(session, [nudge, celebration, early, recap], NOON)
    assert due_keys(session) == ["recap", "late", "early", nudge.key]


def test_what_is_on_its_way_cannot_be_withdrawn(session: Session, nudge: Occasion) -> None:
    other = replace(nudge, key="other", recipient="U03SAM")
    ledger.add(session, [nudge, other], NOON)
    claimed(session, nudge.key)
    assert not ledger.withdraw(session, WORKSPACE, nudge.key, "undone")
    assert ledger.withdraw(session, WORKSPACE, "other", "undone")
    assert state_of(session, "other") is DeliveryState.DROPPED


def test_held_deliveries_say_until_when(session: Session, nudge: Occasion) -> None:
    other = replace(nudge, key="other", recipient="U03SAM")
    ledger.add(session, [nudge, other], NOON)
    claimed(session, nudge.key)
    ledger.record_deferred(session, claimed(session, "other"), minutes(1))
    until = {each.state: each.until for each in ledger.held(session, WORKSPACE, NOON, NOON)}
    expected = {DeliveryState.SENDING: NOON + LEASE, DeliveryState.PLANNED: minutes(1)}
    assert until == expected


def test_the_parts_of_a_thread_are_planned_once(session: Session, nudge: Occasion) -> None:
    ledger.add(session, [nudge], NOON)
    [waiting] = ledger.due(session, WORKSPACE, NOON, NOON).waiting
    for _ in range(2):
        ledger.add_parts(session, waiting.delivery, [{"text": "b"}, {"text": "c"}], NOON)
    assert due_keys(session) == [nudge.key, f"{nudge.key}#part2", f"{nudge.key}#part3"]


def test_the_backlog_counts_what_is_due(session: Session, nudge: Occasion) -> None:
    later = replace(nudge, key="later", due_at=minutes(5))
    ledger.add(session, [nudge, later], NOON)
    [backlog] = ledger.backlogs(session, minutes(2))
    assert (backlog.workspace_id, backlog.count, backlog.oldest_due_at) == (WORKSPACE, 1, NOON)
