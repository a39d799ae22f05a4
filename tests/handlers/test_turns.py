"""Home tabs stay below what Slack takes of a workspace, and who acts goes first."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.turns import KEPT_FOR_OWN, MOST_AT_ONCE, OTHERS_EVERY_S, OWN_EVERY_S, Turns

TIER_4 = 100
"""Calls a minute (slack-facts)."""


def key(number: int) -> tuple[str, str]:
    return "T1", f"U{number}"


@given(st.lists(st.tuples(st.floats(0, 0.5), st.integers(0, 80), st.booleans()), max_size=400))
def test_no_minute_has_more_than_slack_takes(wishes: list[tuple[float, int, bool]]) -> None:
    turns, now, taken = Turns(), 0.0, []
    for wait, who, own in wishes:
        now += wait
        if turns.take(key(who), now, own=own):
            taken.append(now)
    for at in taken:
        assert sum(1 for each in taken if at <= each < at + 60) <= TIER_4


def test_sixty_homes_at_once_leave_room_for_whoever_does_something() -> None:
    turns = Turns()
    others = [turns.take(key(n), 0.0, own=False) for n in range(60)]
    assert sum(others) == MOST_AT_ONCE - KEPT_FOR_OWN
    assert turns.take(key(99), 0.0, own=True)


def test_one_home_is_drawn_no_faster_than_anybody_reads() -> None:
    turns = Turns()
    assert turns.take(key(1), 0.0, own=True)
    assert not turns.take(key(1), OWN_EVERY_S / 2, own=True)
    assert turns.take(key(1), OWN_EVERY_S, own=True)
    assert not turns.take(key(1), OWN_EVERY_S + OTHERS_EVERY_S / 2, own=False)
    assert turns.take(key(1), OWN_EVERY_S + OTHERS_EVERY_S, own=False)


def test_a_workspace_that_slack_holds_waits_and_others_dont() -> None:
    turns = Turns()
    turns.hold("T1", 30.0)
    assert not turns.take(key(1), 29.0, own=True)
    assert turns.take(("T2", "U1"), 0.0, own=True)
    assert turns.take(key(1), 30.0, own=True)
