"""A leaderboard: the five around a rep, the whole for who leads, the first three in the recap.

Ranks and names alone; a score is one's own, or for the manager (design §2.8).
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.progress.leaderboards import MOST_NAMED, Place
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.pages import paged, sections
from bot.slack.rendering import shortened
from bot.slack.words.amounts import ordinal

_LONGEST_TEAM: Final = 80
_HOW: Final = (
    "This week's behaviours against everybody's own targets, each counted up to 120 %. "
    "Your settings in Home let you leave."
)


def board_message(
    team: str, places: Sequence[Place], of: int, user_id: str, *, whole: bool
) -> Message:
    """`/pace board`. `whole` for who leads the team, with everybody's score."""
    name = escaped(shortened(team, _LONGEST_TEAM))
    own = next((place for place in places if place.user_id == user_id), None)
    said = f"{name}'s leaderboard"
    if own is not None:
        said = f"You are {ordinal(own.rank)} of {of} on {name}'s leaderboard"
    lines = [_line(place, user_id, whole=whole) for place in places]
    note = _HOW if not whole else f"{_HOW.partition('.')[0]}. Reps see ranks, no scores."
    text = f"{said}: {'; '.join(line.replace('*', '') for line in lines)}"
    return paged(text, sections(f"*{said}*", [*lines, f"_{note}_"], "board"), said)


def top_line(top: Sequence[Place]) -> str:
    """ "🏆 First against their own targets: 1. <@U1>, 2. <@U2>, 2. <@U3>"."""
    said = [f"{place.rank}. <@{place.user_id}>" for place in top[:MOST_NAMED]]
    left = len(top) - MOST_NAMED
    listed = ", ".join([*said, f"and {left} level with them"] if left > 0 else said)
    return f"🏆 First against their own targets: {listed}"


def _line(place: Place, user_id: str, *, whole: bool) -> str:
    is_own = place.user_id == user_id
    percent = f" · {int(place.score * 100)} %" if whole or is_own else ""
    line = f"{place.rank}. <@{place.user_id}>{percent}"
    return f"*{line}*" if is_own else line
