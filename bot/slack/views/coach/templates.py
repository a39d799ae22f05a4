"""Templates: what there is to start from, and what starting from one would replace."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.forms import FormRefused
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.names import name_key
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan, TeamPlan
from bot.slack.views import fields
from bot.slack.views.coach import names
from bot.slack.views.coach.parts import buttons, form, opening, page, safe, text, told
from bot.slack.views.coach.place import Kept
from bot.slack.views.coach.words import target_words
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled

_AGREED = "agreed"
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Offer:
    """A template: its name, what it is for in two lines, and what it counts."""

    name: str
    title: str
    summary: str
    plan: TeamPlan


def templates_page(kept: Kept, offers: Sequence[Offer], said: str = "") -> Json:
    """What there is to start from."""
    here = kept.place
    rows = [
        opening(
            f"*{safe(offer.title)}*\n{safe(offer.summary, 300)}",
            here.to(names.TEMPLATE, offer.name),
            f"offer:{offer.name}",
            "Look",
        )
        for offer in offers
    ]
    back = buttons([("‹ Back", here.to(names.HUB))], "ways", first=False)
    return page("Templates", kept, [*told(said), back, *rows])


def template_form(desk: Desk, kept: Kept, offer: Offer) -> Json:
    """What a template counts, and what of the team's own it would retire."""
    retired = retires(desk.plan, offer.plan)
    blocks = [text(f"*{safe(offer.title)}*\n{safe(offer.summary, 300)}", "offer")]
    blocks += [text(_result(result), f"result:{n}") for n, result in enumerate(offer.plan.results)]
    if retired:
        lines = "\n".join(f"•  {safe(each.name)}" for each in retired)
        blocks.append(text(f"⚠️  *No longer counted from today* (history stays)\n{lines}", "gone"))
        label = f"Retire {len(retired)} and start from this template"
        blocks.append(fields.ticks(_AGREED, "Sure?", [(_YES, label)], optional=False))
    return form("Start from this", kept, blocks, "Start")


def check_agreed(desk: Desk, offer: Offer, filled: Filled) -> None:
    """Raises FormRefused where something would be retired and nobody has said so."""
    retired = retires(desk.plan, offer.plan)
    if retired and _YES not in filled.many(_AGREED):
        sentence = f"It would retire {len(retired)} that your team counts now: tick the box first."
        raise FormRefused({_AGREED: sentence})


def retires(now: TeamPlan, then: TeamPlan) -> list[ResultPlan | BehaviourPlan]:
    """What the team counts now and wouldn't any more."""
    kept = {name_key(each.name) for each in then.indicators}
    return [each for each in now.indicators if name_key(each.name) not in kept]


def _result(result: ResultPlan) -> str:
    return "\n".join(_lines(result))


def _lines(result: ResultPlan) -> Iterable[str]:
    yield f"🏁  *{safe(result.name)}*  ·  {safe(target_words(result))}"
    for each in result.behaviours:
        yield f"•  {safe(each.name)}  ·  {safe(target_words(each))}"
