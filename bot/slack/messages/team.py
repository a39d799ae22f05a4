"""`/pace team`: reps × behaviours, and above them who is on pace and who is behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    RawText,
    RichTextSection,
    RichTextUser,
    SectionBlock,
)
from slackblocks.blocks import TableBlock
from slackblocks.rich_text.objects import RichTextObject

from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress, Status
from bot.domain.progress.scorecards import Scorecard
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.words.amounts import figure, name
from bot.slack.words.progress import MARKS

ROWS: Final = 30
"""Reps in one message: 30 × 12 cells stay below what Slack takes (slack-facts, Block Kit)."""
_LONGEST_HEADING: Final = 40
_LONGEST_NAME: Final = 30
_NAMED: Final = 8
"""People whom the first lines name before they only count."""
_TEAM_BUTTONS: Final = 20
_SPOKEN: Final = 3000


@dataclass(frozen=True, slots=True)
class OtherTeam:
    """A further team of the same manager, to look at instead."""

    id: int
    name: str


def team_message(
    team: str, cards: Sequence[Scorecard], others: Sequence[OtherTeam] = ()
) -> Message:
    """One team's numbers; what one message can't hold goes on in `thread`."""
    heading = f"*{escaped(shortened(team, _LONGEST_NAME))}*"
    if not cards:
        nothing = f"{heading} has no reps yet."
        return Message(nothing.replace("*", ""), rendered(_section(nothing, "heading")))
    told = f"{heading} · {_summary(cards)}"
    pages = [cards[start : start + ROWS] for start in range(0, len(cards), ROWS)]
    first = (_section(told, "heading"), *_table(pages[0]), *_other_teams(others))
    rest = tuple(_page(team, page, number) for number, page in enumerate(pages[1:], start=2))
    return Message(shortened(told.replace("*", ""), _SPOKEN), rendered(*first), rest)


def _page(team: str, cards: Sequence[Scorecard], number: int) -> Message:
    heading = f"{escaped(shortened(team, _LONGEST_NAME))}, continued ({number})"
    return Message(heading, rendered(_section(heading, "heading"), *_table(cards)))


def _section(text: str, block_id: str) -> Block:
    return SectionBlock(text=text, block_id=block_id)


def _summary(cards: Sequence[Scorecard]) -> str:
    """Who is on pace and who isn't, the one with most behaviours behind first."""
    behind = sorted(
        ((len(gaps), card) for card in cards if (gaps := list(_behind(card)))),
        key=lambda pair: -pair[0],
    )
    done = sum(1 for card in cards if _is_on_target(card))
    told = f"{len(cards) - len(behind)} of {len(cards)} reps are behind on nothing"
    told += f", {done} on target for every behaviour." if done else "."
    if not behind:
        return told
    named = [_behind_words(card) for _, card in islice(behind, _NAMED)]
    more = len(behind) - len(named)
    return f"{told}\nBehind: {', '.join(named)}" + (f" and {more} more." if more else ".")


def _behind(card: Scorecard) -> Iterator[Progress]:
    return (each for each in card.behaviours if each.status is Status.BEHIND)


def _is_on_target(card: Scorecard) -> bool:
    counted = [each for each in card.behaviours if each.target is not None]
    return bool(counted) and all(each.status is Status.DONE for each in counted)


def _behind_words(card: Scorecard) -> str:
    gaps = list(_behind(card))
    more = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    return f"{_called(card)} ({name(gaps[0].indicator, _LONGEST_NAME)}{more})"


def _called(card: Scorecard) -> str:
    if card.name is None:
        return f"<@{card.user_id}>"
    return escaped(shortened(card.name, _LONGEST_NAME))


def _table(cards: Sequence[Scorecard]) -> Iterator[Block]:
    behaviours = [each.indicator for each in cards[0].behaviours]
    if not behaviours:
        yield _section("The team hasn't chosen any behaviours yet: `/coach setup`.", "nothing")
        return
    rows: list[list[RawText | RichTextObject]]
    rows = [[RawText("Rep"), *(RawText(_heading(each)) for each in behaviours)]]
    rows += [[_who(card), *(RawText(_cell(each)) for each in card.behaviours)] for card in cards]
    yield TableBlock(rows=rows, block_id="team")


def _heading(indicator: Indicator) -> str:
    return shortened(indicator.name, _LONGEST_HEADING)


def _who(card: Scorecard) -> RichTextSection:
    return RichTextSection(RichTextUser(card.user_id))


def _cell(progress: Progress) -> str:
    """ "🟠 3/5": mark, actual, target."""
    mark = "" if progress.status is None else f"{MARKS[progress.status]} "
    unit = progress.indicator.unit
    target = "" if progress.target is None else f"/{figure(progress.target, unit)}"
    return f"{mark}{figure(progress.actual, unit)}{target}"


def _other_teams(others: Sequence[OtherTeam]) -> Iterator[Block]:
    if others:
        buttons = [
            Button(plain_text(each.name), action_id=actions.with_id(actions.PICK_TEAM, each.id))
            for each in others[:_TEAM_BUTTONS]
        ]
        yield ActionsBlock(elements=list(buttons), block_id="teams")
