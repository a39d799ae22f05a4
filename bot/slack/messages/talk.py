"""Answers to words in a direct message that ask for nothing."""

from collections.abc import Sequence

from slackblocks import SectionBlock

from bot.domain.grammar.sentences import SmallTalk
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.rendering import rendered, shortened

_LONGEST_EXAMPLE = 60
_WORDS = {
    SmallTalk.THANKS: "Any time.",
    SmallTalk.YES_OR_NO: (
        "I take each message by itself: press the button under my question, or write the whole "
        "line, like 2 calls."
    ),
    SmallTalk.ELSEWHERE: (
        "`/coach` and `/kudos` are commands: type them with the slash, here or in any channel."
    ),
}


def small_talk(about: SmallTalk, indicators: Sequence[Indicator], *, leads: bool) -> Message:
    """The answer; to a greeting it says what can be written here, by the team's own names."""
    if about is not SmallTalk.HELLO:
        return notice(_WORDS[about])
    lines = [
        f"*Hello.* Tell me what you did, like “{_example(indicators)} with Acme”: I count it.",
        "Add “yesterday” or a date for another day.",
        "Or write: *how am I doing?* · *what's next?* · *undo* · *list* · *snooze 3 days*",
    ]
    if leads:
        lines.append("*team* shows who is on pace and who is behind.")
    lines.append("`/log help` and `/pace help` say more.")
    text = "\n".join(lines)
    return Message(lines[0].replace("*", ""), rendered(SectionBlock(text=text, block_id="hello")))


def _example(indicators: Sequence[Indicator]) -> str:
    first = next((each for each in indicators if not each.is_result), None)
    if first is None:
        return "3 calls and a demo"
    amount = "1h30" if first.unit.measure is Measure.HOURS else "2"
    return escaped(f"{amount} {shortened(first.name, _LONGEST_EXAMPLE)}")
