"""What a digest says of one-to-ones and of what was agreed there."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.domain.days.periods import short_day
from bot.domain.talks.one_to_ones import Commitment, Talks, Waiting
from bot.slack.rendering import shortened

_MOST_GROUPS: Final = 3
_MOST_NAMES: Final = 10
_MOST_OVERDUE: Final = 5
_LONGEST: Final = 80

Called = Callable[[str], str]


def talk_lines(talks: Talks, called: Called, safe: Callable[[str], str]) -> Iterator[str]:
    """Who waits, longest first, those alike in one line; then what is overdue."""
    groups = [list(each) for _, each in groupby(talks.waiting, key=_alike)]
    yield from (_waiting(group, called) for group in groups[:_MOST_GROUPS])
    if (left := sum(map(len, groups[_MOST_GROUPS:]))) > 0:
        yield f"And {left} more for at least four weeks."
    for each in talks.overdue[:_MOST_OVERDUE]:
        yield _overdue(each, called, safe)
    if (left := len(talks.overdue) - _MOST_OVERDUE) > 0:
        yield f"And {left} more overdue."


def _alike(waiting: Waiting) -> tuple[int, bool]:
    return waiting.weeks, waiting.ever


def _waiting(group: Sequence[Waiting], called: Called) -> str:
    weeks, ever = _alike(group[0])
    who = _names([each.user_id for each in group], called)
    since = f"for {weeks} weeks"
    return f"No one-to-one with {who} {since}." if ever else f"None yet with {who}, {since} now."


def _names(user_ids: Sequence[str], called: Called) -> str:
    """ "Riley, Sam and Alex", or "Riley, … and 12 more"."""
    *first, last = [called(each) for each in user_ids[:_MOST_NAMES]]
    if (left := len(user_ids) - _MOST_NAMES) > 0:
        return f"{', '.join((*first, last))} and {left} more"
    return f"{', '.join(first)} and {last}" if first else last


def _overdue(commitment: Commitment, called: Called, safe: Callable[[str], str]) -> str:
    who = called(commitment.owner)
    whom = "" if commitment.is_the_reps else f" (with {called(commitment.rep)})"
    what = safe(shortened(commitment.text, _LONGEST))
    since = commitment.due_on
    day = "" if since is None else f" since {short_day(since)}"
    return f"Overdue{day}: {who}{whom}, {what}."
