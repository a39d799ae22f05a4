"""`help` behind each command: short, with the team's own behaviours, other for a manager.

It fits a phone's screen: ten lines at most.
"""

from collections.abc import Collection, Sequence
from typing import Final

from slackblocks import SectionBlock

from bot.domain.feats.kudos import MOST_A_DAY, UNDO_WITHIN
from bot.domain.grammar.coach import CoachTopic
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import rendered, shortened

_LONGEST_EXAMPLE: Final = 40
_EASILY_TYPED: Final = 24
_ANY: Final = ("5 calls", "first meeting")
_NOBODY: Final = (
    "You aren't in a team yet: ask your manager, or whoever runs Pacesetter, to add you."
)
_TOPICS: Final = (
    (CoachTopic.SETUP, "`/coach setup` · a new team, step by step"),
    (CoachTopic.TARGET, "`/coach target` · what is expected, and from when"),
    (
        CoachTopic.DIGEST,
        "`/coach digest` · the last full week · `/coach playbook` · what your best reps do",
    ),
    (CoachTopic.PREP, "`/coach prep @rep` · one page before a one-to-one"),
    (CoachTopic.NOTES, "`/coach notes @rep` · what you agreed"),
    (CoachTopic.PAIR, "`/coach pair` · who could learn what from whom"),
    (CoachTopic.EXPERIMENT, "`/coach experiment` · try a new way with half the team"),
)


def log_help(indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """How to log, in this team's own words."""
    first, second = _examples(indicators)
    elsewhere = (
        "Or write the same words to me in a direct message, use *Log this* in a message's menu, "
        "or tap in Home."
    )
    lines = [
        "*Log what you did*",
        f"`/log {first}` · for today",
        f"`/log {second} with Acme yesterday; met the CFO` · account, day, note",
        f"`/log {first}, {second} tue` · several at once",
        *_deals(indicators),
        "`/log` opens a form · `/log undo` takes the last back · `/log list` shows recent ones",
        elsewhere,
    ]
    if leads:
        lines.append("Your reps' numbers: `/pace team`. Time off and people: `/coach`.")
    return _message(lines)


def pace_help(indicators: Sequence[Indicator], *, leads: bool, board: bool = False) -> Message:
    """What `/pace` answers; `board` where the team has a leaderboard."""
    first, _ = _examples(indicators)
    lines = [
        "*See where you stand*",
        "`/pace` · your scorecard · `/pace now` · the one thing to do next",
        f"`/pace plan 10:00 {first}` · I remind you then, once",
        "`/pace snooze 3 days` · no nudges for a while (`off` ends it)",
        "`/pace away 12-16 dec` · time off: targets shrink with it (`/pace away` lists it)",
    ]
    if board:
        lines.append("`/pace board` · the leaderboard around you")
    if leads:
        lines += [
            "*For your team*",
            "`/pace team` · who is on pace, who is behind · `/pace @rep` · a rep's scorecard",
            "`/pace away @rep 12-16 dec` · time off for a rep",
        ]
    else:
        lines.append("Nudge time, quiet days, who hears of your wins: `/pace settings`.")
    return _message(lines)


def coach_help(
    *, leads: bool, indicators: Sequence[Indicator] = (), topics: Collection[CoachTopic] = ()
) -> Message:
    """What a manager can do, as far as it is there; and what a rep has instead."""
    if not leads:
        return _message(_for_reps(indicators))
    lines = [
        "*Coach your team*",
        "`/coach` · people, behaviours, targets, time off, channel, celebrations, leaderboard",
        *(line for topic, line in _TOPICS if topic in topics),
        "`/pace team` · this week · `/pace @rep` · one rep",
    ]
    return _message(lines)


def kudos_help(indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """How to praise somebody."""
    first, _ = _examples(indicators)
    minutes = int(UNDO_WITHIN.total_seconds()) // 60
    lines = [
        "*Praise a colleague*",
        f"`/kudos @name for {first} before noon` · posted in their team's channel",
        f"`/kudos undo` · takes your last one back, within {minutes} minutes",
        "👏 under good news · the same with one tap",
        f"{MOST_A_DAY} a day each. Who celebrates alone reads it in a direct message.",
    ]
    if leads:
        lines.append("Your digest counts who got some, and offers 👏 for what it celebrates.")
    return _message(lines)


def _for_reps(indicators: Sequence[Indicator]) -> list[str]:
    if not indicators:
        return ["`/coach` is for managers.", _NOBODY]
    first, _ = _examples(indicators)
    return [
        "`/coach` is for managers. For yourself:",
        f"`/log {first}` · `/pace now` · what to do next · `/pace` · how you stand",
        "*My settings* in Home · nudge time, quiet days, your data",
    ]


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
