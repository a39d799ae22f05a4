"""The manager's week, in the method's order: expectations, behaviours, results, feedback (§2.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from slackblocks import Block, HeaderBlock, RawText, RichTextSection, RichTextUser
from slackblocks.blocks import TableBlock
from slackblocks.rich_text.objects import RichTextObject

from bot.domain.days.periods import Period
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress
from bot.domain.reports.digests import Digest, RepWeek
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.kudos import week_buttons
from bot.slack.messages.pairing import digest_buttons
from bot.slack.messages.prep import prep_buttons
from bot.slack.pages import paged, sections
from bot.slack.rendering import plain_text, shortened
from bot.slack.words.amounts import day_words, figure
from bot.slack.words.digest import (
    BEHAVIOURS,
    CELEBRATE,
    COACH,
    LEAD,
    MENTIONS,
    TALKS,
    WEEKS,
    Part,
    spoken,
    told,
)
from bot.slack.words.progress import MARKS
from bot.slack.words.trends import trend_chart

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
    lead = " ".join(line for part in parts if part.name == LEAD for line in part.lines)
    rest = spoken([part for part in parts if part.name != LEAD])
    first = paged(f"{lead} {title}. {rest}", _blocks(digest, parts), f"{title}, continued")
    further = _further(parts)
    if not further:
        return first
    more = paged(f"{title}, in full", further, f"{title}, continued")
    return Message(
        first.text, first.blocks, (*first.thread, replace(more, thread=()), *more.thread)
    )


def _blocks(digest: Digest, parts: Sequence[Part]) -> Iterator[Block]:
    yield HeaderBlock(plain_text(_title(digest), _HEADER), block_id="title")
    tables = tuple(_tables(digest))
    for part in parts:
        if part.name == LEAD:
            yield from sections(f"👉 *{part.title}:* {part.lines[0]}", (), part.name)
        elif not (part.is_drawn or part.is_further):
            yield from sections(f"*{part.title}*", part.lines, part.name)
        if part.name == BEHAVIOURS:
            yield from tables[:1]
        yield from _beside(part, digest)
    yield from tables[1:]


def _beside(part: Part, digest: Digest) -> Iterator[Block]:
    """What there is to see and to press with a part."""
    if part.name == WEEKS and digest.trend is not None:
        yield trend_chart(digest.trend)
    if part.name == CELEBRATE:
        yield from week_buttons(digest)
    if part.name == COACH:
        coached = [each.user_id for each in digest.coach]
        yield from prep_buttons(digest, coached, "prep:coach")
        yield from digest_buttons(digest)
    if part.name == TALKS:
        above = {each.user_id for each in digest.coach}
        waiting = [each.user_id for each in digest.talks.waiting if each.user_id not in above]
        yield from prep_buttons(digest, waiting, "prep:waiting")


def _further(parts: Sequence[Part]) -> list[Block]:
    return [
        block
        for part in parts
        if part.is_further
        for block in sections(f"*{part.title}*", part.lines, part.name)
    ]


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
    unit = progress.indicator.unit
    target = "" if progress.target is None else f"/{figure(progress.target, unit)}"
    return f"{mark}{figure(progress.actual, unit)}{target}"
