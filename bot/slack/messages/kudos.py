"""Kudos in the channel, one-tap buttons for them, and what their giver reads."""

from collections.abc import Iterator
from typing import Final

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    RichText,
    RichTextBlock,
    RichTextSection,
    RichTextUser,
    SectionBlock,
)
from slackblocks.rich_text.elements import RichTextElement

from bot.domain.feats.celebrations import Thanks
from bot.domain.feats.kudos import MOST_A_DAY, UNDO_WITHIN, Given, KudosFacts, TakenBack
from bot.domain.reports.digests import Digest
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.words.headlines import behaviours_first, clauses

_MOST_BUTTONS: Final = 10
"""Of one message: for more people there is `/kudos`."""
_LONGEST_NAME: Final = 40
_LONGEST_REASON: Final = 600
_ONCE: Final = "You have given these kudos already: one for each person and piece of news."


def kudos(facts: KudosFacts) -> Message:
    """ "👏 Riley gets kudos from Sam: the Acme turnaround".

    As rich text, in which nothing that was typed is live: no mention, no link, no formatting.
    """
    reason = _reason(facts)
    said: list[RichTextElement] = [RichText("👏 ")]
    if facts.alone:
        said += [RichText("Kudos for you from "), RichTextUser(facts.giver)]
        text = f"👏 Kudos for you from <@{facts.giver}>"
    else:
        giver, receiver = RichTextUser(facts.giver), RichTextUser(facts.receiver)
        said += [receiver, RichText(" gets kudos from "), giver]
        text = f"👏 <@{facts.receiver}> gets kudos from <@{facts.giver}>"
    if reason:
        said.append(RichText(f": {reason}"))
        text = f"{text}: {escaped(reason)}"
    block = RichTextBlock(RichTextSection(said), block_id="kudos")
    return Message(text, rendered(block))


def given(outcome: Given) -> Message:
    """What the giver reads, alone: where it is told, and how many of the day are gone."""
    if outcome.repeated and outcome.on_the_spot:
        return notice(_ONCE)
    who = f"<@{outcome.receiver}>"
    if outcome.on_the_spot:
        told = f"👏 Your kudos for {who} are counted on the message."
    elif outcome.channel is None:
        told = f"👏 {who} gets your kudos in a direct message."
    elif outcome.waits:
        told = f"👏 Your kudos for {who} wait until I can write in <#{outcome.channel}> again."
    else:
        told = f"👏 Your kudos for {who} are posted in <#{outcome.channel}>."
    minutes = int(UNDO_WITHIN.total_seconds()) // 60
    count = f"{outcome.number} of {MOST_A_DAY} today."
    return _plain(f"{told} {count} `/kudos undo` takes them back for {minutes} minutes.")


def taken_back(outcome: TakenBack) -> Message:
    """After `/kudos undo`."""
    return _plain(f"Your kudos for <@{outcome.receiver}> are taken back.")


def thank_buttons(thanks: tuple[Thanks, ...]) -> Iterator[Block]:
    """One tap for each rep that a celebration tells of, with the count so far."""
    only = len(thanks) == 1
    named = [each for each in thanks if only or each.name][:_MOST_BUTTONS]
    buttons = [
        Button(
            plain_text(_label("Kudos" if only else each.name or "", each.count)),
            action_id=actions.with_id(actions.KUDOS_CHEER, each.person_id),
            value=each.key,
        )
        for each in named
    ]
    if buttons:
        yield ActionsBlock(elements=list(buttons), block_id="thanks")


def week_buttons(digest: Digest) -> Iterator[Block]:
    """One tap for each rep that a digest celebrates; what they are for is what it says."""
    names = {rep.user_id: rep.name for rep in digest.reps}
    celebrated = dict.fromkeys(
        cheer.milestone.user_id for cheer in behaviours_first(digest.celebrate)
    )
    buttons = [
        Button(
            plain_text(_label(name, 0)),
            action_id=actions.with_id(actions.KUDOS_WEEK, number),
            value=actions.week_of_rep(digest.week.start, user_id),
        )
        for number, user_id in enumerate(filter(None, celebrated))
        if (name := names.get(user_id))
    ]
    if buttons:
        yield ActionsBlock(elements=list(buttons[:_MOST_BUTTONS]), block_id="praise")


def _reason(facts: KudosFacts) -> str:
    if facts.cheers:
        return shortened(clauses(facts.cheers[:3], str), _LONGEST_REASON)
    return shortened(facts.reason or "", _LONGEST_REASON)


def _label(what: str, count: int) -> str:
    number = f" {count}" if count else ""
    return f"👏 {shortened(what, _LONGEST_NAME)}{number}"


def _plain(text: str) -> Message:
    return Message(text, rendered(SectionBlock(text=text, block_id="kudos")))
