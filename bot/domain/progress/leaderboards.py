"""Who keeps closest to their own targets: behaviours alone, never results (method.md, nudging).

A rep's score is the mean of the week's attainments over the behaviours that have a daily or weekly
target, each counted up to 120 %: so that nobody leads by one behaviour alone. Targets are one's
own, with absence and ramp taken off; who has none is not on the board.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ZERO

FEWEST: Final = 4
"""A number stands for four people at least (design §2.8); so does a board."""
AROUND: Final = 5
TOP: Final = 3
MOST_NAMED: Final = 6
"""Of those who share the first three places."""
MOST_COUNTED: Final = Decimal("1.2")
_EXACTLY: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody on the board, with the score."""

    user_id: str
    name: str | None
    score: Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, which equals share: 1, 2, 2, 4; and who has it."""

    rank: int
    user_id: str
    name: str | None
    score: Decimal


def score(behaviours: Iterable[Progress]) -> Decimal | None:
    """The mean of capped attainments; None where the week asks for nothing."""
    counted = [
        min(each.attainment, MOST_COUNTED)
        for each in behaviours
        if each.attainment is not None and each.period.kind is PeriodKind.WEEK
    ]
    if not counted:
        return None
    return (sum(counted, ZERO) / len(counted)).quantize(_EXACTLY)


def leaderboard(entrants: Iterable[Entrant]) -> tuple[Place, ...]:
    """Everybody's place, first first, equals by name; empty where there are too few for a board."""
    listed = sorted(entrants, key=lambda each: (-each.score, each.name or "", each.user_id))
    if len(listed) < FEWEST:
        return ()
    ranks: dict[Decimal, int] = {}
    for place, each in enumerate(listed, start=1):
        ranks.setdefault(each.score, place)
    return tuple(Place(ranks[each.score], each.user_id, each.name, each.score) for each in listed)


def around(board: Sequence[Place], user_id: str) -> tuple[Place, ...]:
    """The five places around somebody, fewer on a smaller board; empty for who isn't on it."""
    at = next((n for n, place in enumerate(board) if place.user_id == user_id), None)
    if at is None:
        return ()
    first = max(0, min(at - AROUND // 2, len(board) - AROUND))
    return tuple(board[first : first + AROUND])


def top_three(board: Iterable[Place]) -> tuple[Place, ...]:
    """The first three places, all equals with them; nobody who hasn't done anything yet."""
    return tuple(place for place in board if place.rank <= TOP and place.score > ZERO)
