"""A rep's own part of Home, in the order of the method: the day, behaviours, results, feedback."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.domain.nudging.next_steps import next_step
from bot.domain.progress.pace import Progress
from bot.domain.reports.homes import Held, NextNudge, OwnPart, tap_of
from bot.slack import actions
from bot.slack.messages.buttons import SNOOZES, plan_picker
from bot.slack.messages.commitments import own_lines
from bot.slack.messages.praise import praise
from bot.slack.messages.reminder import plans_words
from bot.slack.messages.scorecard import next_sentence, result_line, why_next
from bot.slack.quick_blocks import Plain, button, context, row, section
from bot.slack.rendering import paragraphs
from bot.slack.views.home.blocks import beside, divider, header, log_tap, menu
from bot.slack.views.home.chart import week_chart, week_words
from bot.slack.words.amounts import day_words, number
from bot.slack.words.progress import titled

_MOST_MANAGERS: Final = 5


def own_part(own: OwnPart, *, charts: bool) -> Iterator[Plain]:
    """Blocks for the rep; `charts` where Slack draws them."""
    today = own.scorecard.today
    yield from _today(own)
    yield from _behaviours(own)
    yield from _results(own)
    yield from _week(own, charts=charts)
    if own.milestones:
        yield section(_milestones(own), "milestones")
    yield from own_lines(own.commitments, today)
    if own.plans is not None:
        yield context(plans_words(own.plans), "plans")
    yield divider("quiet:line")
    yield beside(f"*Next nudge* · {nudge_words(own.nudge, today)}", "quiet", _quiet(own.nudge))
    yield section(seen_words(own), "seen")
    yield row(
        [
            button("My settings", actions.SETTINGS, "home"),
            button("My data", actions.MY_DATA, "home"),
        ],
        "mine",
    )


def nudge_words(nudge: NextNudge, today: date) -> str:
    """When, or why not."""
    if nudge.held is Held.PAUSED:
        return "paused, until you turn nudges on again."
    if nudge.on is None:
        return "none in sight: no workday of yours is ahead."
    when = f"{_day(nudge.on, today)} at {nudge.at:%H:%M}, if something is behind then"
    match nudge.held:
        case Held.SNOOZED:
            return f"snoozed: not before {when}."
        case Held.THINNED:
            return f"{when}. They come less often while no entry follows them; any entry ends that."
        case _:
            return f"{when}."


def seen_words(own: OwnPart) -> str:
    """What the manager sees, and what nobody does."""
    named = " and ".join(f"<@{each}>" for each in own.managers[:_MOST_MANAGERS])
    who = f"{named} sees" if len(own.managers) == 1 else f"{named} see" if named else "Nobody sees"
    if not own.managers:
        return "*What your manager sees* · Your team has no manager: nobody but admins sees this."
    told = (
        f"*What your manager sees* · {who} the behaviours and results above, milestones, days off "
        "and weeks without an entry. What you plan and when you snooze stays between us."
    )
    heard = "may hear of your milestones" if own.in_public else "hears nothing of your milestones"
    return f"{told} The team's channel {heard}."


def _today(own: OwnPart) -> Iterator[Plain]:
    card = own.scorecard
    step = next_step(card)
    yield header(f"{card.today:%A} {card.today.day} {card.today:%B}", "today")
    yield section(next_sentence(step), "next")
    buttons: list[Plain] = []
    if step.progress is not None:
        yield context(why_next(step, card), "why")
        progress = step.progress
        ask = f"Log {number(progress.ask_today)}"
        buttons.append({**log_tap(progress.indicator, progress.ask_today, ask), "style": "primary"})
        buttons.append(plan_picker(progress.indicator)._resolve())
    buttons.append(button("Log something…", actions.HOME_FORM, "home"))
    buttons.append(button("Recent entries", actions.HOME_LIST, "home"))
    yield row(buttons, "do")


def _behaviours(own: OwnPart) -> Iterator[Plain]:
    yield header("Behaviours", "behaviours")
    if not own.scorecard.behaviours:
        yield section("Your team hasn't chosen any behaviours yet.", "behaviours:none")
    for each in own.scorecard.behaviours:
        text = titled(each, own.scorecard.today)
        yield beside(text, f"behaviour:{each.indicator.id}", _tap(each))


def _tap(progress: Progress) -> Plain | None:
    quantity = tap_of(progress)
    if quantity is None:
        return None
    unit = " h" if quantity < 1 else ""
    return log_tap(progress.indicator, quantity, f"+ {number(quantity)}{unit}")


def _results(own: OwnPart) -> Iterator[Plain]:
    if not own.scorecard.results:
        return
    yield header("Results", "results")
    lines = [result_line(each, own.scorecard) for each in own.scorecard.results]
    for place, text in enumerate(paragraphs(lines)):
        yield section(text, f"results:{place}")


def _week(own: OwnPart, *, charts: bool) -> Iterator[Plain]:
    if not own.week:
        return
    if charts:
        yield week_chart(own.week)
    yield context(week_words(own.week), "week:words")


def _milestones(own: OwnPart) -> str:
    today = own.scorecard.today
    lines = [f"• {praise(each)} _{day_words(each.reached_on, today)}_" for each in own.milestones]
    return "\n".join(["*Recent milestones*", *lines])


def _quiet(nudge: NextNudge) -> Plain:
    if nudge.held in {Held.PAUSED, Held.SNOOZED}:
        return button("Turn nudges on", actions.SNOOZE, "off")
    return menu(actions.SNOOZE, "Snooze nudges", SNOOZES.items())


def _day(day: date, today: date) -> str:
    return "tomorrow" if day == today + timedelta(days=1) else day_words(day, today)
