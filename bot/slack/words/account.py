"""The bot's own account, in two lines: what it cost, and whether its nudges help."""

from typing import Final

from bot.domain.counts import counted
from bot.domain.nudging.account import BUDGET_S, Cost
from bot.domain.nudging.nudge_effects import FEWEST_QUIET_DAYS, Effect, NudgeAccount, Verdict

_MINUTE: Final = 60
_SAID: Final = {
    Verdict.HELP: "Nudges help",
    Verdict.HARM: "Nudges do harm",
    Verdict.LITTLE: "Nudges make little difference",
    Verdict.OPEN: "Whether nudges help can’t be told yet",
}


def account_lines(cost: Cost) -> tuple[str, str]:
    """What was asked of the team, and what twelve weeks say about nudges."""
    return " ".join(filter(None, (_time(cost), _nudges(cost), _rest(cost)))), _effect(cost.nudging)


def _time(cost: Cost) -> str:
    if cost.time is None:
        return ""
    count = round(cost.time.interactions)
    budget = f"budget: {BUDGET_S // _MINUTE} min" + ("" if cost.time.is_within_budget else ", over")
    spent = f"{_seconds(cost.time.seconds)} and {counted(count, 'interaction')}"
    return f"The median rep spent {spent} on me ({budget})."


def _nudges(cost: Cost) -> str:
    sent, acted = cost.nudges, cost.nudging.acted_on
    if not sent:
        return "No nudges."
    ignored = max(0, cost.nudging.sent - acted)
    return f"{counted(sent, 'nudge')}: {acted} acted on that day, {ignored} ignored."


def _rest(cost: Cost) -> str:
    entries = f"{cost.entries} {'entry' if cost.entries == 1 else 'entries'}"
    return f"{entries}, {counted(cost.posts, 'post')} in the channel."


def _effect(nudging: NudgeAccount) -> str:
    effect = nudging.effect
    if effect is None:
        return (
            f"Whether nudges help: too little data, {nudging.drawn} of {FEWEST_QUIET_DAYS} "
            "days without one drawn so far."
        )
    return f"{_SAID[effect.verdict]}: {_numbers(effect)}"


def _numbers(effect: Effect) -> str:
    low, high = (round(100 * each) for each in (effect.low, effect.high))
    return (
        f"what they name was done that day {effect.with_nudge:.0%} of the time, and "
        f"{effect.without:.0%} on {effect.quiet_days} days drawn at random without one "
        f"(rep by rep {100 * effect.difference:+.0f} points, 95 % interval {low:+} to {high:+})."
    )


def _seconds(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
