"""Kudos in words that several messages share."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain.feats.kudos import Received

_MOST_NAMED: Final = 40


def received_line(got: Sequence[Received], called: Callable[[str], str]) -> str:
    """ "<@U1> 3, <@U2> 1": who got how many; never who gave."""
    said = [f"{called(each.user_id)} {each.count}" for each in got[:_MOST_NAMED]]
    left = len(got) - _MOST_NAMED
    return ", ".join([*said, f"and {left} more"] if left > 0 else said)
