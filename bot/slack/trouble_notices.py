"""What has changed in Slack, and what those who lead the team can do about it."""

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.domain.troubles import ChannelNotice, ChannelTrouble, Notice, PersonNotice
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Place

_LONGEST = 80
_CHANNEL = {
    ChannelTrouble.ARCHIVED: (
        "{channel} was archived, so {team}'s good news waits. Choose another channel in `/coach`, "
        "or unarchive it: then what waits goes on by itself."
    ),
    ChannelTrouble.DELETED: (
        "{team}'s channel was deleted, so its good news waits. Choose another channel in `/coach`: "
        "then what waits goes on there."
    ),
    ChannelTrouble.NOT_IN_CHANNEL: (
        "I'm not in {channel}, so {team}'s good news waits. Type `/invite @Pacesetter` "
        "there, or choose another channel in `/coach`: then what waits goes on."
    ),
}


def trouble(notice: Notice) -> Message:
    """One short message: what is the matter, what it means, what to do."""
    text = _person(notice) if isinstance(notice, PersonNotice) else _channel(notice)
    said = SectionBlock(text=text, block_id="trouble")
    way = ActionsBlock(elements=[_way_out(notice)], block_id="way")
    return Message(text, rendered(said, way))


def _way_out(notice: Notice) -> Button:
    """Opens the form of `/coach` in which it can be mended; checked against whoever presses it."""
    if isinstance(notice, ChannelNotice):
        label, place = "Choose a channel", Place(names.TIMES, notice.team_id)
    elif notice.leads:
        label, place = "Choose managers", Place(names.MANAGERS, notice.team_id)
    else:
        label, place = "See the team's people", Place(names.PEOPLE, notice.team_id)
    return Button(plain_text(label), action_id=actions.COACH_GO, value=place.code)


def _channel(notice: ChannelNotice) -> str:
    words = _CHANNEL[notice.trouble]
    return words.format(channel=f"<#{notice.channel}>", team=_team(notice.team))


def _person(notice: PersonNotice) -> str:
    who = escaped(shortened(notice.name or "", _LONGEST)) or f"<@{notice.user_id}>"
    team = _team(notice.team)
    if not notice.deactivated:
        return (
            f"Slack doesn't let me write to {who} of {team}: the account isn't there, or it is a "
            "bot or a guest whom I can't see. Put the right person in with `/coach`."
        )
    if notice.leads:
        return (
            f"{who}, who leads {team}, no longer has an active Slack account, and gets no digests. "
            "Name another manager in `/coach`. Should the account come back, all is as before."
        )
    return (
        f"{who} of {team} no longer has an active Slack account. Nudges have stopped, and from "
        "today nothing is expected. Remove them in `/coach`; or leave all as it is if they come "
        "back: then it goes on by itself. What they logged stays."
    )


def _team(name: str) -> str:
    return escaped(shortened(name, _LONGEST))
