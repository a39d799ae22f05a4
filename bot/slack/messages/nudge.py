"""The day's one nudge: what is behind, what today asks, one tap to log it, a time to do it."""

from collections.abc import Iterable, Iterator
from typing import Final

from slackblocks import ActionsBlock, Block, Button, ContextBlock, SectionBlock, Text

from bot.domain.indicators import Indicator
from bot.domain.nudging.nudges import MOST_BEHAVIOURS, NudgeFacts
from bot.domain.progress.pace import Progress
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.buttons import log_button, plan_picker, snooze_menu
from bot.slack.messages.reminder import plans_words
from bot.slack.rendering import plain_text, rendered
from bot.slack.words.amounts import amount, logged, name, period_words
from bot.slack.words.chances import chance_words, forecast_told
from bot.slack.words.progress import bar, of_target, status_words

_LONGEST_NAME: Final = 60


def nudge(facts: NudgeFacts) -> Message:
    """At most three behaviours, worst first, each with its progress and what today asks."""
    named = facts.gaps[:MOST_BEHAVIOURS]
    ask = _ask(named[0])
    opening = f"*One thing for today: {ask}.*"
    if len(named) > 1:
        opening += f" {_also(named[1:])}"
    blocks: list[Block] = [SectionBlock(text=opening, block_id="opening")]
    for progress in named:
        blocks += _gap(progress, facts)
    if facts.plans is not None:
        blocks.append(ContextBlock(elements=[Text(plans_words(facts.plans))], block_id="plans"))
    blocks.append(_footer(named))
    text = f"One thing for today: {ask}. " + "; ".join(_behind(each, facts) for each in named) + "."
    return Message(text, rendered(*blocks))


def why_message(
    gaps: Iterable[Progress], nudge_at: str, rested: Iterable[Indicator] = ()
) -> Message:
    """ "Why am I seeing this?", answered to the one who pressed the button, by today's numbers."""
    lines = [f"• {_reason(each)}" for each in gaps]
    behind = "\n".join(lines) or "• By now nothing that it named is behind any more."
    text = (
        f"You get at most one nudge a workday, at {nudge_at} your time, and only about "
        "behaviours that are behind where your target would have you by now, those that cost "
        f"the result most first. Only you see it. As things stand now:\n"
        f"{behind}\n"
        f"{''.join(_rested(each) for each in rested)}"
        "Ignored nudges come less often by themselves, and after the first 20 about one in eight "
        "is left out at random, which shows whether they help at all. `/pace snooze 3 days` stops "
        "them for a while, `/pace away 12-16 dec` takes days off out of the count."
    )
    return Message(text, rendered(SectionBlock(text=text, block_id="why")))


def _rested(behaviour: Indicator) -> str:
    return (
        f"{name(behaviour, _LONGEST_NAME)} is named every other day only: over 12 weeks nudges "
        "have made little difference to it in your team.\n"
    )


def _ask(progress: Progress) -> str:
    return escaped(logged(progress.ask_today, progress.indicator, _LONGEST_NAME))


def _also(gaps: Iterable[Progress]) -> str:
    return f"Then {' and '.join(_ask(each) for each in gaps)}."


def _gap(progress: Progress, facts: NudgeFacts) -> Iterator[Block]:
    indicator = progress.indicator
    drawn = f"{bar(progress.actual, progress.target)} *{of_target(progress)}* "
    judged = (status_words(progress), chance_words(progress))
    drawn += " · ".join((period_words(progress.period, facts.day), *filter(None, judged)))
    yield SectionBlock(text=f"*{name(indicator)}*\n{drawn}", block_id=f"gap:{indicator.id}")
    elements = [log_button(indicator, progress.ask_today), plan_picker(indicator)]
    yield ActionsBlock(elements=list(elements), block_id=f"do:{indicator.id}")


def _footer(named: Iterable[Progress]) -> Block:
    ids = tuple(each.indicator.id for each in named)
    why = Button(
        plain_text("Why am I seeing this?"), action_id=actions.WHY, value=actions.joined_ids(ids)
    )
    return ActionsBlock(elements=[snooze_menu(), why], block_id="quiet")


def _behind(progress: Progress, facts: NudgeFacts) -> str:
    when = period_words(progress.period, facts.day)
    return f"{name(progress.indicator, _LONGEST_NAME)}: {of_target(progress)} {when}"


def _reason(progress: Progress) -> str:
    expected = escaped(amount(round(progress.expected, 1), progress.indicator.unit))
    period = progress.period.kind.value
    return (
        f"{name(progress.indicator, _LONGEST_NAME)}: {of_target(progress)} this {period}; "
        f"on pace would be {expected} by now. {forecast_told(progress)}".rstrip()
    )
