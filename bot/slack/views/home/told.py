"""Answers to what was pressed in Home, short enough for its top."""

from bot.domain.entries import Recorded
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.log_reply import entry_words
from bot.slack.messages.praise import praise
from bot.slack.quick_blocks import button
from bot.slack.views.home.blocks import beside

_MOST_PRAISED = 3


def told_recorded(recorded: Recorded) -> Message:
    """One line with a way back; how things stand is right below it."""
    entry = recorded.entries[0]
    praised = [praise(each) for each in recorded.milestones[:_MOST_PRAISED]]
    text = " ".join([f"✅ Recorded *{escaped(entry_words(entry))}* for today.", *praised])
    ids = actions.joined_ids(tuple(each.id for each in recorded.entries))
    return Message(text, (beside(text, "recorded", button("Undo", actions.UNDO, ids)),))
