"""The reminder that a rep asked for: "10:00: Prospecting calls" (method.md, if-then plans)."""

from datetime import date
from typing import Final

from slackblocks import ActionsBlock, SectionBlock

from bot.domain.nudging.plans_kept import PlansKept
from bot.domain.nudging.reminders import PlanChange, ReminderFacts
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.buttons import log_button
from bot.slack.rendering import rendered
from bot.slack.words.amounts import day_words, logged, name
from bot.slack.words.progress import standing

_TOLD: Final = {
    PlanChange.NEW: "Planned",
    PlanChange.CHANGED: "Plan changed",
    PlanChange.NONE: "You have that plan already",
}


def reminder(facts: ReminderFacts) -> Message:
    """What the rep meant to do at this time, where it stands, and one tap to log it."""
    indicator = facts.progress.indicator
    opening = f"It's {facts.at:%H:%M}: time for *{name(indicator)}*, as you planned."
    stands = standing(facts.progress, facts.day)
    blocks = (
        SectionBlock(text=f"{opening}\n{stands}", block_id="reminder"),
        ActionsBlock(
            elements=[log_button(indicator, facts.quantity)], block_id=f"do:{indicator.id}"
        ),
    )
    return Message(opening.replace("*", ""), rendered(*blocks))


def plans_words(plans: PlansKept) -> str:
    """How the last plans went, for the rep alone; kind where they didn't go well."""
    told = f"You kept {plans.kept} of your last {plans.of} plans."
    if plans.kept == plans.of:
        return f"{told} Saying when works for you."
    if plans.kept * 2 < plans.of:
        return f"{told} Would a smaller one, or another time of day, fit better?"
    return told


def planned(facts: ReminderFacts, today: date, change: PlanChange = PlanChange.NEW) -> Message:
    """The answer to a plan: when the rep hears of it again."""
    indicator = facts.progress.indicator
    what = escaped(logged(facts.quantity, indicator))
    when = f"{day_words(facts.day, today)} at {facts.at:%H:%M}"
    text = f"{_TOLD[change]}: {when} I'll remind you, once: *{what}*."
    return Message(text.replace("*", ""), rendered(SectionBlock(text=text, block_id="planned")))
