"""Good news: one big milestone, or a day's round-up; behaviours before results."""

from collections.abc import Iterable, Iterator
from typing import Final

from slackblocks import SectionBlock

from bot.domain.feats.celebrations import CelebrationFacts, Cheer, RoundupFacts, by_rep
from bot.domain.feats.highlights import highlights, ranked
from bot.domain.milestones import LOUD_PERCENT, MilestoneKind
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.kudos import thank_buttons
from bot.slack.pages import paged, sections
from bot.slack.rendering import rendered
from bot.slack.words.headlines import WHOLE_TEAM, behaviours_first, clauses, headline

_MOST_HIGHLIGHTS: Final = 2
_MOST_REPS: Final = 40
"""More than one glance takes in; the rest is counted."""
_ROOM: Final = 9000
"""Characters of all lines; a message holds 12,000 (slack-facts)."""
_MARKS: Final = {
    MilestoneKind.SWEEP: "🧹",
    MilestoneKind.STREAK: "🔥",
    MilestoneKind.LIFETIME: "🏅",
}


def celebration(facts: CelebrationFacts | RoundupFacts) -> Message:
    """The message for an occasion of kind `celebration`."""
    return roundup(facts) if isinstance(facts, RoundupFacts) else _single(facts)


def roundup(facts: RoundupFacts) -> Message:
    """The good news of a day in one message, a line for each rep."""
    title = f"*Good news of {facts.day:%A}*"
    lines = tuple(cheer_lines(facts.cheers))
    text = f"Good news of {facts.day:%A}: {'; '.join(lines)}"
    blocks = (*sections(title, _bulleted(lines), "news"), *thank_buttons(facts.thanks))
    return paged(text, blocks, "More good news")


def highlight_lines(cheers: Iterable[Cheer]) -> Iterator[str]:
    """A line for each rep with what says most: at most two things, clean sweeps first."""
    for user_id, own in by_rep(ranked(cheers)).items():
        yield f"{called(user_id)} {clauses(highlights(own), escaped, _MOST_HIGHLIGHTS)}"


def cheer_lines(cheers: Iterable[Cheer]) -> Iterator[str]:
    """A line of mrkdwn for each rep, escaped: "<@U…> reached …; has been on target …".

    As many as one message holds, so that a later correction reaches all of them.
    """
    grouped = by_rep(behaviours_first(cheers))
    room = _ROOM
    for place, (user_id, own) in enumerate(grouped.items()):
        line = f"{called(user_id)} {clauses(own, escaped)}"
        room -= len(line)
        if place == _MOST_REPS or room < 0:
            yield f"and {len(grouped) - place} more of you"
            return
        yield line


def called(user_id: str | None) -> str:
    """A mention of the rep; the whole team where there is none."""
    return WHOLE_TEAM if user_id is None else f"<@{user_id}>"


def _single(facts: CelebrationFacts) -> Message:
    milestone = facts.cheer.milestone
    mark = _MARKS.get(milestone.kind, "🎉")
    clause = escaped(headline(facts.cheer))
    told = f"{called(milestone.user_id)} {clause}."
    if facts.alone:
        told = f"You did it: {called(milestone.user_id)} {clause}."
    said = SectionBlock(text=f"{mark} {told}{_praise(facts)}", block_id="celebration")
    blocks = (said, *thank_buttons(facts.thanks))
    return Message(told, rendered(*blocks))


def _praise(facts: CelebrationFacts) -> str:
    milestone = facts.cheer.milestone
    match milestone.kind:
        case MilestoneKind.SWEEP | MilestoneKind.STREAK:
            return " That is what consistency looks like."
        case MilestoneKind.RESULT if (milestone.threshold or 0) > LOUD_PERCENT:
            return " And still going."
        case MilestoneKind.RESULT | MilestoneKind.TEAM_RESULT:
            return " Well earned."
        case _:
            return " Nicely kept up."


def _bulleted(lines: Iterable[str]) -> Iterator[str]:
    return (f"• {line}" for line in lines)
