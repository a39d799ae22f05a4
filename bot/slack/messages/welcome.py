"""The first thing that the bot ever says in a workspace, and who is told to set it up."""

from collections.abc import Sequence
from typing import Final

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.slack import actions, escaping
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.rendering import plain_text, rendered

_WELCOME: Final = (
    "*Pacesetter is installed.*\n"
    "It helps a sales team with the few things that each rep can do this week: reps log them in a "
    "line, whoever falls behind gets one nudge a day, and the manager a digest each week.\n"
    "You are its admin here. Setting a team up takes about three minutes and starts from a "
    "template; you see the first nudge and the first digest before anybody else does."
)
_SPOKEN: Final = "Pacesetter is installed, and you are its admin: set up a team. /coach setup"
_MOST_NAMED: Final = 5


def welcome_message() -> Message:
    """To whoever installed the bot: what it does, and one button."""
    blocks = rendered(
        SectionBlock(text=_WELCOME, block_id="welcome"),
        ActionsBlock(elements=[_setup_button()], block_id="begin"),
    )
    return Message(_SPOKEN, blocks)


def setup_offer(sentence: str) -> Message:
    """A sentence, and the button that sets a team up."""
    said = notice(sentence)
    row = ActionsBlock(elements=[_setup_button()], block_id="begin")
    return Message(said.text, (*said.blocks, *rendered(row)))


def setup_refused(sentence: str, admins: Sequence[str]) -> Message:
    """Why somebody can't set a team up, and who can."""
    them = ", ".join(f"<@{user}>" for user in admins[:_MOST_NAMED])
    who = f"Ask {them}." if them else "Nobody has that role here yet."
    said = escaping.sentence(sentence)
    text = f"{said} {who} A Slack workspace admin or owner may always take the role."
    return Message(text, rendered(SectionBlock(text=text, block_id="notice")))


def with_claim(message: Message) -> Message:
    """The message with a button by which one of Slack's admins becomes Pacesetter's."""
    button = Button(plain_text("Become an admin"), action_id=actions.CLAIM_ADMIN, value="claim")
    row = ActionsBlock(elements=[button], block_id="claim")
    return Message(message.text, (*message.blocks, *rendered(row)), message.thread)


def _setup_button() -> Button:
    return Button(
        plain_text("Set up a team"), action_id=actions.SETUP, value="new", style="primary"
    )
