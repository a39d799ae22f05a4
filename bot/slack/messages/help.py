"""`help` behind each command: short, with the team's own behaviours, other for a manager."""

from collections.abc import Sequence
from typing import Final

from slackblocks import SectionBlock

from bot.domain.indicators import Indicator
from bot.domain.kudos import MOST_A_DAY
from bot.domain.quantities import Measure
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import rendered, shortened

_LONGEST_EXAMPLE: Final = 40
_EASILY_TYPED: Final = 24
_ANY: Final = ("5 calls", "first meeting")
_COACH_FOR_REPS: Final = (
    "`/coach` is for managers. For yourself: `/pace now` says what to do next, "
    "`/pace` how you stand."
)


def log_help(indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """How to log, in this team's own words."""
    first, second = _examples(indicators)
    lines = [
        "*Log what you did*",
        f"`/log {first}` · for today",
        f"`/log {second} with Acme yesterday; met the CFO` · account, day and note as you like",
        f"`/log {first}, {second} tue` · several at once",
        *_deals(indicators),
        "`/log` opens a form · `/log undo` takes the last one back · `/log list` shows recent ones",
    ]
    if leads:
        lines.append("Your reps' numbers: `/pace team`")
    return _message(lines)


def pace_help(indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """What `/pace` answers."""
    first, _ = _examples(indicators)
    lines = [
        "*See where you stand*",
        "`/pace` · your scorecard",
        "`/pace now` · the one thing to do next",
        f"`/pace plan 10:00 {first}` · I remind you then, once",
        "`/pace snooze 3 days` · no nudges for a while (`off` ends it)",
        "`/pace away 12-16 dec` · time off: your targets shrink with it (`/pace away` lists it)",
    ]
    if leads:
        lines += [
            "*For your team*",
            "`/pace team` · who is on pace, who is behind (`/pace team NAME` for one of several)",
            "`/pace @rep` · a rep's scorecard",
            "`/pace away @rep 12-16 dec` · time off for a rep",
        ]
    return _message(lines)


def coach_help(*, leads: bool) -> Message:
    """What a manager can do today."""
    if not leads:
        return _message((_COACH_FOR_REPS,))
    lines = [
        "*Coach your team*",
        "`/pace team` · who is on pace and who is behind",
        "`/pace @rep` · a rep's scorecard, before a one-to-one",
        "`/pace away @rep 12-16 dec` · time off for a rep",
        "`/coach digest` · the last full week; it also comes by itself, as a direct message",
        "People, targets and behaviours are set in the playbook file: ask whoever runs Pacesetter.",
    ]
    return _message(lines)


def kudos_help(indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """How to praise somebody."""
    first, _ = _examples(indicators)
    lines = [
        "*Praise a colleague*",
        f"`/kudos @name for {first} before noon` · posted in their team's channel",
        "`/kudos undo` · takes your last one back, within 15 minutes",
        "👏 under good news · the same with one tap",
        f"{MOST_A_DAY} a day each. Who celebrates alone reads it in a direct message.",
    ]
    if leads:
        lines.append("Your digest counts who got some, and offers 👏 for what it celebrates.")
    return _message(lines)


def _message(lines: Sequence[str]) -> Message:
    text = "\n".join(lines)
    return Message(lines[0].replace("*", ""), rendered(SectionBlock(text=text, block_id="help")))


def _examples(indicators: Sequence[Indicator]) -> tuple[str, str]:
    """Two entries as one would type them, escaped."""
    behaviours = [each for each in indicators if not each.is_result]
    if not behaviours:
        return _ANY
    return _example(behaviours[0], "5"), _example(behaviours[1 % len(behaviours)], "2")


def _example(indicator: Indicator, amount: str) -> str:
    typed = "1h30" if indicator.unit.measure is Measure.HOURS else amount
    called = indicator.name
    if len(called) > _EASILY_TYPED:
        called = min((called, *indicator.aliases), key=len)
    return escaped(f"{typed} {shortened(called, _LONGEST_EXAMPLE)}").replace("`", "'")


def _deals(indicators: Sequence[Indicator]) -> list[str]:
    results = [each for each in indicators if each.is_result]
    if not results:
        return []
    money = any(each.unit.measure is Measure.MONEY for each in results)
    won = "won 4200 with Acme" if money else "won with Acme"
    return [f"`/log {won}` · or `lost with Acme because no budget`, or `no decision`"]
