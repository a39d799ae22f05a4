"""Targets: of the team, of segments and of single reps; what a change does is shown before it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.amounts import RESULT_PERIODS
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import Edit, EndOverride, SetTarget
from bot.domain.playbook.effects import PeriodEffect, RepEffect, TargetEffect
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, ResultPlan
from bot.domain.quantities import plain
from bot.slack.views import fields
from bot.slack.views.coach import names
from bot.slack.views.coach.counting import the_indicator
from bot.slack.views.coach.parts import buttons, form, opening, page, safe, small, text, told
from bot.slack.views.coach.place import Kept
from bot.slack.views.coach.words import each_words, read_period, read_target, target_words
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled
from bot.slack.words.amounts import day_words, number, period_words

_TEAM: Final = "team"
_SEGMENT: Final = "segment:"
_BEGINS: Final = "begins"
_MOST_OWN: Final = 4
_MOST_REPS: Final = 12
_FIELDS: Final = ("indicator", "segment", "user", "target", "period", "since")


def targets_page(desk: Desk, kept: Kept, said: str = "") -> Json:
    """Every target, with those of reps and segments below it."""
    here = kept.place
    ways = [("Set a target", here.to(names.TARGET))] if desk.plan.indicators else []
    rows = [
        opening(_row(plan, desk), here.to(names.TARGET, plan.name), f"target:{n}", "Change")
        for n, plan in enumerate(desk.plan.indicators)
    ]
    nothing = [] if rows else [text("First say what your team counts.", "nothing")]
    back = ("‹ Back", here.to(names.HUB))
    return page(
        "Targets",
        kept,
        [*told(said), buttons([*ways, back], "ways", first=bool(ways)), *nothing, *rows],
    )


def _row(plan: ResultPlan | BehaviourPlan, desk: Desk) -> str:
    mark = "🏁  " if isinstance(plan, ResultPlan) else ""
    own = desk.overrides_of(plan.name)
    lines = [f"{mark}*{safe(plan.name)}*  ·  {safe(target_words(plan))}"]
    lines += [_own(override, plan, desk) for override in own[:_MOST_OWN]]
    if len(own) > _MOST_OWN:
        lines.append(f"↳  and {len(own) - _MOST_OWN} more")
    return "\n".join(lines)


def _own(override: OverridePlan, plan: ResultPlan | BehaviourPlan, desk: Desk) -> str:
    whose = f"<@{override.user}>" if override.user else safe(override.segment or "")
    period = override.period or plan.period
    words = safe(each_words(override.target, plan.unit, period, plan.name))
    since = f" from {day_words(override.from_date, desk.today)}" if override.from_date else ""
    return f"↳  {whose}  ·  {words}{since}"


def target_form(desk: Desk, kept: Kept) -> Json:
    """A target, for the team, a segment or one rep. `subject` is a name, or `@U…`."""
    if not desk.plan.indicators:
        raise Refusal("Your team counts nothing yet: add results and behaviours first.")
    draft = kept.draft or _first(desk, kept.place.subject)
    given = Filled(draft)
    name = given.chosen("indicator")
    plan = desk.indicator(name) if name else None
    behaviours = [(each.name, each.name) for each in desk.plan.behaviours]
    results = [(each.name, each.name) for each in desk.plan.results]
    groups = [("Behaviours", behaviours), ("Results", results)]
    listed = [each for each in groups if each[1]]
    period = given.chosen("period") or (plan.period.value if plan else PeriodKind.WEEK.value)
    since = given.day("since")
    hint = "Empty for a rep or segment: the team's target again."
    blocks = [
        fields.grouped_choice("indicator", "What", listed, name),
        fields.choice("segment", "For", _whose(desk), given.chosen("segment") or _TEAM),
        fields.person("user", "Or for one rep", given.chosen("user"), optional=True),
        fields.line("target", "Target", given.text("target"), most=20, optional=True, hint=hint),
        fields.choice("period", "Per", _periods(), period),
        fields.day("since", "From", since, optional=True, hint=_SINCE),
    ]
    return form("Target", kept, blocks, "Preview")


_SINCE: Final = (
    "Empty: from today. It counts from the first full period, so nothing that runs is rewritten. "
    "Only for reps and segments."
)


def _periods() -> list[tuple[str, str]]:
    return [(kind.value, kind.value.capitalize()) for kind in PeriodKind]


def _whose(desk: Desk) -> list[tuple[str, str]]:
    segments = [(f"{_SEGMENT}{each}", f"Segment: {each}") for each in desk.segments]
    return [(_TEAM, "The whole team"), *segments]


def _first(desk: Desk, subject: str) -> Mapping[str, tuple[str, ...]]:
    """What the form begins with: an indicator with the team's target, or a rep."""
    if subject.startswith("@"):
        return {"user": (subject[1:],)}
    plan = desk.indicator(subject)
    if plan is None:
        return {}
    return {
        "indicator": (plan.name,),
        "target": (plain(plan.target),),
        "period": (plan.period.value,),
    }


def kept_draft(filled: Filled, effect: TargetEffect) -> dict[str, tuple[str, ...]]:
    """What was filled in, and from when it counts, for the next step."""
    given = {name: filled.many(name) for name in _FIELDS if filled.many(name)}
    return given | {_BEGINS: (effect.counts_from.isoformat(),)}


def target_edit(desk: Desk, filled: Filled) -> SetTarget | EndOverride:
    """The change that the form says. Raises FormRefused."""
    name = filled.chosen("indicator")
    if name is None:
        raise FormRefused({"indicator": "Choose what the target is for."})
    plan = the_indicator(desk, name)
    user, segment = filled.chosen("user"), _segment(filled)
    if user and segment:
        raise FormRefused({"user": f"Choose either {segment} or one rep."})
    if user and desk.rep(user) is None:
        raise FormRefused({"user": "That person is no rep of this team."})
    if filled.text("target") is None:
        if not (user or segment):
            raise FormRefused({"target": "Type how much."})
        return EndOverride(plan.name, user, segment)
    period = read_period(filled, "period")
    if isinstance(plan, ResultPlan) and period not in RESULT_PERIODS:
        raise FormRefused({"period": "A result is counted per month, quarter or year."})
    target = read_target(filled, "target", plan.unit)
    return SetTarget(plan.name, target, period, user, segment, filled.day("since"))


def _segment(filled: Filled) -> str | None:
    chosen = filled.chosen("segment") or ""
    return chosen.removeprefix(_SEGMENT) if chosen.startswith(_SEGMENT) else None


def sure_edits(desk: Desk, kept: Kept, _filled: Filled) -> tuple[Edit, ...]:
    """What the step before has filled in."""
    return (target_edit(desk, Filled(kept.draft)),)


def agreed(desk: Desk, kept: Kept) -> str:
    """What is so once the change is saved; plain."""
    edit, given = target_edit(desk, Filled(kept.draft)), Filled(kept.draft)
    plan, rep = the_indicator(desk, edit.indicator), desk.rep(edit.user or "")
    whose = (rep.name or "the rep") if rep else edit.segment or "the whole team"
    begins = given.day(_BEGINS)
    since = f", from {day_words(begins, desk.today)}" if begins else ""
    if isinstance(edit, EndOverride):
        return f"{plan.name} for {whose}: the team's target again{since}"
    period = edit.period or plan.period
    new = each_words(edit.target, plan.unit, period, plan.name)
    return f"{plan.name} for {whose}: {new}{since}"


def sure_form(desk: Desk, kept: Kept, effect: TargetEffect) -> Json:
    """What a change of target does, to be agreed to."""
    edit = target_edit(desk, Filled(kept.draft))
    whose = f"<@{edit.user}>" if edit.user else safe(edit.segment or "the whole team")
    again = "the team's target again, " if isinstance(edit, EndOverride) else ""
    new = safe(each_words(effect.amount, effect.unit, effect.period, effect.indicator))
    begins = day_words(effect.counts_from, desk.today)
    blocks = [
        text(f"*{safe(effect.indicator)}*  ·  {whose}\n{again}*{new}*, from {begins}", "new"),
        *_effects(effect, desk),
        buttons([("Change it", kept.place.to(names.TARGET))], "change", first=False),
    ]
    return form("What it changes", kept, blocks)


def _effects(effect: TargetEffect, desk: Desk) -> Iterator[Json]:
    changed = [rep for rep in effect.reps if _differs(rep.now) or _differs(rep.next)]
    if not changed:
        yield text("It makes no difference to anybody's target for now.", "same")
        return
    now = [rep for rep in changed if _differs(rep.now)]
    this = _when(changed[0].now, desk)
    yield text(f"*{this}*\n{_lines(now, 'now')}" if now else f"*{this}* stays as it is.", "now")
    yield text(f"*{_when(changed[0].next, desk)}*\n{_lines(changed, 'next')}", "next")
    yield small("Holidays, time off and new reps' first weeks are taken into account.", "how")


def _when(effect: PeriodEffect, desk: Desk) -> str:
    words = period_words(effect.period, desk.today)
    return words[0].upper() + words[1:]


def _differs(effect: PeriodEffect) -> bool:
    return effect.before != effect.after


def _lines(reps: list[RepEffect], which: str) -> str:
    lines = []
    for rep in reps[:_MOST_REPS]:
        effect = rep.now if which == "now" else rep.next
        before, after = _amount(effect.before), _amount(effect.after)
        lines.append(f"<@{rep.user_id}>  {before} → *{after}*")
    more = len(reps) - _MOST_REPS
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _amount(target: Decimal | None) -> str:
    return "no target" if target is None else number(target)
