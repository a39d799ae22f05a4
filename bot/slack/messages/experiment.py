"""The read-out that managers get when an experiment is over."""

from slackblocks import SectionBlock

from bot.domain.experiments.agreed import Group
from bot.domain.experiments.readouts import ReadOut
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import rendered, shortened
from bot.slack.words.experiments import headline, lines

_QUESTION = 200
_METHOD = 500


def readout(read: ReadOut) -> Message:
    """What it has shown, for those who lead the team."""
    question = escaped(shortened(read.experiment.plan.question, _QUESTION))
    new, usual = (len(read.experiment.users(group)) for group in (Group.NEW, Group.USUAL))
    told = [
        f"🧪 *{question}*",
        *lines(read, _called, escaped),
        f"What was new: {escaped(shortened(read.experiment.plan.method, _METHOD))}",
        f"{new} did it, {usual} went on as usual. `/coach experiment` has it.",
    ]
    spoken = f"“{question}” {escaped(headline(read))}"
    return Message(spoken, rendered(SectionBlock(text="\n".join(told), block_id="readout")))


def _called(user_id: str) -> str:
    return f"<@{user_id}>"
