"""`/pace`: what is expected and done, behaviours before results, and then what to do about it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from slackblocks import ActionsBlock, Block, ContextBlock, DividerBlock, SectionBlock, Text

from bot.domain.nudging.next_steps import NextKind, NextStep, next_step
from bot.domain.nudging.plans_kept import PlansKept
from bot.domain.progress.pace import Progress
from bot.domain.progress.scorecards import Scorecard
from bot.domain.talks.one_to_ones import Commitment
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.buttons import log_button, plan_picker
from bot.slack.messages.commitments import own_lines
from bot.slack.messages.reminder import plans_words
from bot.slack.quick_blocks import Plain, context
from bot.slack.rendering import paragraphs, rendered, shortened
from bot.slack.words.amounts import amount, logged, name, period_words
from bot.slack.words.chances import chance_words, forecast_told, steadiness_in_numbers
from bot.slack.words.progress import bar, of_target, spoken, titled

_LONGEST_TEAM: Final = 80
_SPOKEN: Final = 2000


def scorecard_message(
    scorecard: Scorecard,
    *,
    own: bool = True,
    commitments: Sequence[Commitment] = (),
    plans: PlansKept | None = None,
) -> Message:
    """A rep's scorecard: `own` where the rep is the one who reads it, who also reads what was
    agreed with the manager and how the last plans went."""
    today = scorecard.today
    whose = "Your pace" if own else f"{_called(scorecard)}'s pace"
    heading = f"*{whose}* · {escaped(shortened(scorecard.team, _LONGEST_TEAM))} · "
    heading += f"{today:%A} {today.day} {today:%B}"
    step = next_step(scorecard)
    blocks = (
        SectionBlock(text=heading, block_id="heading"),
        *_behaviours(scorecard),
        *_results(scorecard),
        *(_what_now(step) if own else ()),
    )
    said = "; ".join(spoken(each, today) for each in (*scorecard.behaviours, *scorecard.results))
    text = shortened(f"{whose}: {said or 'nothing is counted yet'}.", _SPOKEN)
    private = () if not own else tuple(_private(commitments, plans, today))
    return Message(text, (*rendered(*blocks), *private))


def _private(
    commitments: Sequence[Commitment], plans: PlansKept | None, today: date
) -> Iterator[Plain]:
    yield from own_lines(commitments, today)
    if plans is not None:
        yield context(plans_words(plans), "plans")


def next_message(step: NextStep, scorecard: Scorecard) -> Message:
    """`/pace now`: the one thing, with a button that logs it and a time to do it."""
    sentence = next_sentence(step)
    blocks: list[Block] = [SectionBlock(text=sentence, block_id="next")]
    if step.progress is not None:
        why = ContextBlock(elements=[Text(why_next(step, scorecard))], block_id="why")
        blocks += [why, _do_it(step.progress)]
    return Message(sentence.replace("*", ""), rendered(*blocks))


def next_sentence(step: NextStep) -> str:
    """One sentence of mrkdwn, escaped: the one thing to do next."""
    progress = step.progress
    if progress is None:
        return _NOTHING[step.kind]
    return f"Next: *{escaped(logged(progress.ask_today, progress.indicator))}* today."


_NOTHING: Final = {
    NextKind.ENOUGH: "You have done what today asks, and nothing is behind. Well played.",
    NextKind.DAY_OFF: "It's a day off: nothing is expected of you today.",
    NextKind.NO_TARGET: "Nothing is expected of you at the moment: your team has set no target.",
}


def _called(scorecard: Scorecard) -> str:
    if scorecard.name is None:
        return f"<@{scorecard.user_id}>"
    return escaped(shortened(scorecard.name, _LONGEST_TEAM))


def _behaviours(scorecard: Scorecard) -> Iterator[Block]:
    if not scorecard.behaviours:
        nothing = "Your team hasn't chosen any behaviours yet."
        yield SectionBlock(text=nothing, block_id="behaviours:0")
    lines = [titled(each, scorecard.today) for each in scorecard.behaviours]
    for number, text in enumerate(paragraphs(lines)):
        yield SectionBlock(text=text, block_id=f"behaviours:{number}")


def _results(scorecard: Scorecard) -> Iterator[Block]:
    if not scorecard.results:
        return
    yield DividerBlock(block_id="divider")
    lines = [result_line(each, scorecard) for each in scorecard.results]
    for number, text in enumerate(paragraphs(("*Results*", *lines))):
        yield SectionBlock(text=text, block_id=f"results:{number}")


def result_line(progress: Progress, scorecard: Scorecard) -> str:
    """Results are monitored, not chased: no status and no ask (method.md, belief 1)."""
    when = period_words(progress.period, scorecard.today)
    share = "" if progress.attainment is None else f" · {progress.attainment:.0%}"
    drawn = bar(progress.actual, progress.target)
    chance = f" · {words}" if (words := chance_words(progress)) else ""
    told = f"{drawn} {of_target(progress)} {when}{share}{chance}".strip()
    return f"{name(progress.indicator)}\n{told}"


def _what_now(step: NextStep) -> Iterator[Block]:
    yield SectionBlock(text=next_sentence(step), block_id="next")
    if step.progress is not None:
        yield _do_it(step.progress)


def _do_it(progress: Progress) -> Block:
    elements = [log_button(progress.indicator, progress.ask_today), plan_picker(progress.indicator)]
    return ActionsBlock(elements=list(elements), block_id=f"do:{progress.indicator.id}")


def why_next(step: NextStep, scorecard: Scorecard) -> str:
    """Why this comes next, in numbers; mrkdwn, escaped."""
    progress = step.progress
    if progress is None:
        return ""
    when = period_words(progress.period, scorecard.today)
    so_far = f"{of_target(progress)} {when}"
    if step.kind is NextKind.CATCH_UP:
        expected = escaped(amount(round(progress.expected, 1), progress.indicator.unit))
        so_far += f", where {expected} would be on pace by now"
        result = scorecard.driven_by(progress)
        drives = f"; it drives {name(result.indicator)}" if result else ""
        return f"It costs most as things stand: {so_far}{drives}.{_known(progress)}"
    days = "today alone" if progress.days_left == 1 else f"{progress.days_left} workdays"
    return f"Nothing is behind: {so_far}, with {days} left. This keeps it so.{_known(progress)}"


def _known(progress: Progress) -> str:
    """ " Forecast: even chance (46 %). Before: 7 of 12 weeks on target, mostly 70 to 115 %." """
    before = steadiness_in_numbers(progress)
    told = (forecast_told(progress), f"Before: {before}." if before else "")
    return "".join(f" {part}" for part in told if part)
