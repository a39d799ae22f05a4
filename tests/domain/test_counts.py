"""A number with its noun."""

import pytest

from bot.domain.counts import counted


@pytest.mark.parametrize(
    "number, said", [(0, "0 reps"), (1, "1 rep"), (2, "2 reps"), (1200, "1,200 reps")]
)
def test_one_is_singular_and_all_else_plural(number: int, said: str) -> None:
    assert counted(number, "rep") == said


def test_a_plural_of_its_own_is_used() -> None:
    assert counted(2, "entry", "entries") == "2 entries"
    assert counted(1, "entry", "entries") == "1 entry"
