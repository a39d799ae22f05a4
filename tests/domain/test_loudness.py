"""What a team wants to hear of, and how loud (design §2.6)."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.loudness import AS_USUAL, Celebrations, Loudness
from bot.domain.milestones import Milestone, MilestoneKind
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from tests.files.samples import EXAMPLE, lines_of, spoilt

STREAK, SWEEP, FIRST = MilestoneKind.STREAK, MilestoneKind.SWEEP, MilestoneKind.FIRST_ENTRY
LOUD, QUIET, OFF = Loudness


def reached(kind: MilestoneKind, threshold: int | None = None) -> Milestone:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Milestone(kind, 1, at, date(2026, 11, 20), "U02RILEY", 1, None, threshold)


@pytest.mark.parametrize(
    "kind, threshold, usual",
    [(STREAK, 5, QUIET), (STREAK, 10, LOUD), (SWEEP, None, LOUD), (FIRST, None, QUIET)],
)
def test_a_kind_that_is_named_is_so_whatever_its_threshold(
    kind: MilestoneKind, threshold: int | None, usual: Loudness
) -> None:
    milestone = reached(kind, threshold)
    assert AS_USUAL.loudness(milestone) is usual
    for wanted in Loudness:
        assert Celebrations.of({kind: wanted}).loudness(milestone) is wanted


def test_what_says_the_usual_says_nothing() -> None:
    assert Celebrations.of({SWEEP: LOUD, FIRST: QUIET}) == AS_USUAL
    assert Celebrations.of({STREAK: QUIET}) != AS_USUAL


SOME = "    celebrations: {first_entry: off, streak: loud}\n"
WITH_SOME = spoilt("    overrides:", SOME + "    overrides:")


def test_the_file_says_what_is_not_as_usual_and_only_that() -> None:
    playbook = parse(WITH_SOME)
    assert playbook.teams[0].celebrations == Celebrations.of({FIRST: OFF, STREAK: LOUD})
    assert "    celebrations: {first_entry: off, streak: loud}\n" in dump(playbook)
    assert "celebrations" not in dump(parse(EXAMPLE))


@pytest.mark.parametrize(
    "said, problem",
    [
        ("streak: noisy", "teams[0].celebrations.streak: must be loud, quiet or off"),
        ("streaks: loud", "teams[0].celebrations.streaks: unknown key; did you mean `streak`?"),
    ],
)
def test_a_volume_or_kind_that_there_is_not_is_refused(said: str, problem: str) -> None:
    (line,) = lines_of(spoilt("    overrides:", f"    celebrations: {{{said}}}\n    overrides:"))
    assert line.endswith(problem)
