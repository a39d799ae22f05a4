"""The manager's week, in the method's order: expectations, behaviours, results, feedback (§2.7)."""

from collections.abc import Iterator, Sequence
from typing import Final

from slackblocks import Block, HeaderBlock, RawText, RichTextSection, RichTextUser
from slackblocks.blocks import TableBlock
from slackblocks.rich_text.objects import RichTextObject

from bot.domain.digests import Digest, RepWeek
from bot.domain.indicators import Indicator
from bot.domain.pace import Progress
from bot.domain.periods import Period
from bot.slack.digest_words import BEHAVIOURS, CELEBRATE, COACH, MENTIONS, Part, spoken, told
from bot.slack.drawing import MARKS
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.kudos import week_buttons
from bot.slack.messages.pairing import digest_buttons
from bot.slack.pages import paged, sections
from bot.slack.rendering import plain_text, shortened
from bot.slack.wording import day_words, number

_ROWS: Final = 30
"""Reps in one table, which is what fits on a screen."""
_TABLE: Final = 6000
"""Characters of a table's cells, its headings aside; Slack takes 10,000 (slack-facts)."""
_HEADER: Final = 150
_LONGEST_HEADING: Final = 40
_LONGEST_TEAM: Final = 80


def digest_message(digest: Digest) -> Message:
    """The digest; what is too long for one message goes on in its thread."""
    parts = told(digest, MENTIONS)
    title = escaped(_title(digest))
    return paged(f"{title}. {spoken(parts)}", _blocks(digest, parts), f"{title}, continued")


def _blocks(digest: Digest, parts: Sequence[Part]) -> Iterator[Block]:
    yield HeaderBlock(plain_text(_title(digest), _HEADER), block_id="title")
    tables = tuple(_tables(digest))
    for part in parts:
        yield from sections(f"*{part.title}*", part.lines, part.name)
        if part.name == BEHAVIOURS:
            yield from tables[:1]
        if part.name == CELEBRATE:
            yield from week_buttons(digest)
        if part.name == COACH:
            yield from digest_buttons(digest)
    yield from tables[1:]


def _title(digest: Digest) -> str:
    return f"{shortened(digest.team, _LONGEST_TEAM)}: {_dates(digest.week)}"


def _dates(week: Period) -> str:
    return f"the week of {day_words(week.start, week.end)} to {day_words(week.end, week.start)}"


def _tables(digest: Digest) -> Iterator[Block]:
    """Reps × behaviours, as many tables as it takes."""
    if not digest.behaviours:
        return
    heading = [RawText("Rep"), *(RawText(_heading(each)) for each in digest.behaviours)]
    for page, reps in enumerate(_by_table(digest.reps), start=1):
        rows: list[list[RawText | RichTextObject]] = [list(heading), *map(_row, reps)]
        yield TableBlock(rows=rows, block_id=f"table:{page}")


def _by_table(reps: Sequence[RepWeek]) -> Iterator[list[RepWeek]]:
    held: list[RepWeek] = []
    length = 0
    for rep in reps:
        own = sum(len(_cell(each)) for each in rep.behaviours)
        if held and (len(held) == _ROWS or length + own > _TABLE):
            yield held
            held, length = [], 0
        held.append(rep)
        length += own
    if held:
        yield held


def _row(rep: RepWeek) -> list[RawText | RichTextObject]:
    who = RichTextSection(RichTextUser(rep.user_id))
    return [who, *(RawText(_cell(each)) for each in rep.behaviours)]


def _heading(behaviour: Indicator) -> str:
    return shortened(behaviour.name, _LONGEST_HEADING)


def _cell(progress: Progress) -> str:
    """ "🟠 3/5": mark, actual, target."""
    if progress.target is None and not progress.actual:
        return "–"
    mark = "" if progress.status is None else f"{MARKS[progress.status]} "
    target = "" if progress.target is None else f"/{number(progress.target)}"
    return f"{mark}{number(progress.actual)}{target}"
