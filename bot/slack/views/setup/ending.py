"""The two ends of a set-up: the preview before it is saved, and what is so once it is."""

from collections.abc import Iterator
from typing import Final

from bot.domain.counts import counted
from bot.domain.playbook.plans import TeamPlan
from bot.domain.quantities import Measure
from bot.domain.setups.drafts import Draft
from bot.domain.setups.foreseeing import Foreseen
from bot.slack import actions
from bot.slack.escaping import escaped, sentence
from bot.slack.messages.digest import digest_message
from bot.slack.messages.nudge import nudge
from bot.slack.quick_blocks import Plain, button, row, section
from bot.slack.rendering import shortened
from bot.slack.views.setup.frame import TITLE, metadata, modal, plain
from bot.slack.views.setup.preview import as_shown

_LONGEST_NAME: Final = 80
_PLACES: Final = {
    "start": "the template",
    "results": "the results",
    "targets": "the targets",
    "people": "the people",
    "times": "the times",
    "preview": "the preview",
}


def preview_view(draft: Draft, place: str, first: Foreseen, error: str = "") -> Plain:
    """What the team will hear first. `error` is why it couldn't be saved."""
    name = escaped(draft.team or draft.name)
    said = f"*{name} is ready.* This is what it will hear first; nobody has heard anything yet."
    blocks: list[Plain] = [section(f"⚠️ {sentence(error)}", "error")] if error else []
    blocks += [{"type": "divider"}, *_nudge(first)]
    blocks += [{"type": "divider"}, *_digest(first)]
    return modal(draft, place, said, blocks, submit="Set it up" if not draft.team else "Save")


def done_view(draft: Draft, plan: TeamPlan, first: Foreseen) -> Plain:
    """What is now so."""
    text = "\n".join(_said(draft, plan, first))
    return _closing("Done", [section(text, "done")])


def resume_view(draft: Draft, team: str) -> Plain:
    """Go on, or start again? `team` is what was asked for now, "" for a new one."""
    what = f"Setting {escaped(draft.team)} up again" if draft.team else _begun(draft)
    place = draft.place.partition(":")[0]
    where = _PLACES.get(place, "the behaviours")
    buttons = [
        {**button("Go on", actions.SETUP_GO_ON, draft.nonce), "style": "primary"},
        button("Start again", actions.SETUP_ANEW, team or "new"),
    ]
    text = f"*{what}* was left at {where}. Go on there, or start again?"
    return _closing(TITLE, [section(text, "left"), row(buttons, "choice")]) | {
        "private_metadata": metadata(draft.nonce, draft.place)
    }


def _begun(draft: Draft) -> str:
    return f"Your set-up of {escaped(draft.name)}" if draft.name else "Your set-up of a team"


def _closing(title: str, blocks: list[Plain]) -> Plain:
    return {"type": "modal", "title": plain(title), "close": plain("Close"), "blocks": blocks}


def _nudge(first: Foreseen) -> Iterator[Plain]:
    if first.nudge is None:
        yield section("*The first nudge*: none will come as long as nobody is behind.", "nudge")
        return
    facts = first.nudge
    when = f"{facts.day:%A} {facts.day.day} {facts.day:%B}, {facts.nudge_at}"
    yield section(f"*The first nudge*, for <@{facts.user_id}>: {when}, if nothing is logged.", "n")
    yield from as_shown(nudge(facts), "nudge")


def _digest(first: Foreseen) -> Iterator[Plain]:
    yield section(f"*The first digest*: {_digest_time(first)}. The numbers are examples.", "d")
    yield from as_shown(digest_message(first.digest), "digest")


def _digest_time(first: Foreseen) -> str:
    day = first.digest_on
    return f"{day:%A} {day.day} {day:%B}, {first.digest_at:%H:%M}"


def _said(draft: Draft, plan: TeamPlan, first: Foreseen) -> Iterator[str]:
    name = escaped(shortened(plan.name, _LONGEST_NAME))
    yield f"✅ *{name} is set up:* {counted(len(plan.reps), 'rep')}, " + ", ".join(
        (counted(len(plan.results), "result"), counted(len(plan.behaviours), "behaviour"))
    )
    if draft.channel and not draft.bot_is_in:
        yield f"👉 I'm not in <#{draft.channel}> yet: type `/invite @Pacesetter` there."
    if not draft.channel:
        yield "It has no channel, so good news goes nowhere yet: `/coach` gives it one."
    yield f"• Reps can log at once: {_example(plan)}. Tell them."
    if first.nudge is not None:
        facts = first.nudge
        yield f"• The first nudge can come on {facts.day:%A} at {facts.nudge_at}, each rep's time."
    yield f"• The first digest comes on {_digest_time(first)}."
    yield "Change anything later with `/coach`."


def _example(plan: TeamPlan) -> str:
    first = plan.behaviours[0]
    called = min((first.name, *first.aliases), key=len)
    amount = "1h30" if first.unit.measure is Measure.HOURS else "1"
    return f"`/log {amount} {escaped(shortened(called, 40)).replace('`', '’')}`"
