"""`/coach experiment`: what there is with its read-out, and the two steps of planning one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from bot.domain.errors import Refusal
from bot.domain.experiments.agreed import (
    MOST_METHOD,
    MOST_QUESTION,
    Experiment,
    Group,
    Phase,
    Plan,
)
from bot.domain.experiments.readouts import ReadOut
from bot.domain.forms import FormRefused
from bot.domain.indicators import Indicator
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.quick_blocks import button, context, row, section
from bot.slack.rendering import SECTION, shortened
from bot.slack.views import fields
from bot.slack.views.fields import Json, modal
from bot.slack.views.filled import Filled
from bot.slack.words.experiments import lines, what

_VOLUME, _CONVERSION = "volume", "conversion"
_LONGEST_ID: Final = 18
_GONE: Final = "This form is out of date. Please close it and open it again."
_FOUR_WEEKS: Final = timedelta(days=27)


@dataclass(frozen=True, slots=True)
class Grouping:
    """What the form of groups is about: a plan, or an experiment with its groups as `seen`."""

    plan: Plan | None = None
    experiment_id: int = 0
    seen: str = ""

    @property
    def metadata(self) -> str:
        plan = None if self.plan is None else asdict(self.plan)
        parts = {"plan": plan, "experiment": self.experiment_id, "seen": self.seen}
        return json.dumps(parts, default=str, ensure_ascii=False)


def page(team: str, team_id: int, read: Sequence[ReadOut], said: str = "") -> Json:
    """All experiments of a team, the latest first."""
    blocks: list[Json] = []
    if said:
        blocks.append(section(f"✅  {escaped(shortened(said, 300))}", "told"))
    if not read:
        blocks.append(
            section(
                f"*{escaped(shortened(team, 80))}* has tried nothing yet. Ask one question, let "
                "half of the team try a new way for some weeks, and see what comes of it.",
                "none",
            )
        )
    new = button("New experiment", actions.EXPERIMENT_NEW, str(team_id)) | {"style": "primary"}
    blocks.append(row([new], "new"))
    for each in read:
        blocks += _experiment(each)
    return modal("Experiments", blocks, callback_id=actions.EXPERIMENT_PAGE, metadata=str(team_id))


def plan_form(
    team_id: int, behaviours: Sequence[Indicator], following: Mapping[int, Indicator], today: date
) -> Json:
    """The question, what it is measured by, and from when to when."""
    monday = today + timedelta(days=(-today.weekday()) % 7)
    blocks = [*_asking(_measures(behaviours, following)), *_lasting(monday)]
    return modal(
        "New experiment",
        blocks,
        callback_id=actions.EXPERIMENT_FORM,
        metadata=str(team_id),
        submit="Draw groups",
        close="Cancel",
    )


def read_plan(view: Mapping[str, Any], given: Filled) -> Plan:
    """What was filled in. Raises FormRefused at its field, Refusal for forged metadata."""
    question = given.needed("question", "Ask a question.")
    method = given.needed("method", "Say what they do differently.")
    first, last = given.day("from"), given.day("to")
    if first is None or last is None:
        raise FormRefused({"from" if first is None else "to": "Choose a day."})
    kind, _, rest = (given.chosen("what") or "").partition(":")
    behaviour, _, next_id = rest.partition(":")
    if kind not in (_VOLUME, _CONVERSION) or not behaviour:
        raise FormRefused({"what": "Choose what it is measured by."})
    following = _id(next_id) if kind == _CONVERSION else None
    return Plan(
        _id(str(view.get("private_metadata", ""))),
        shortened(question, MOST_QUESTION),
        shortened(method, MOST_METHOD),
        _id(behaviour),
        following,
        first,
        last,
    )


def groups_form(grouping: Grouping, groups: Mapping[str, Group], question: str) -> Json:
    """Who is in which group, as drawn or as it stands."""
    said = (
        f"*{escaped(shortened(question, MOST_QUESTION))}*\nPairs who did alike in the last eight "
        "weeks were split by lot. Change whom you must; the fairer the lot, the surer the answer. "
        "I tell nobody: you do."
    )
    blocks = [
        section(said, "about"),
        fields.people("new", "Does the new thing", _of(groups, Group.NEW)),
        fields.people("usual", "Goes on as usual", _of(groups, Group.USUAL)),
    ]
    return modal(
        "Two groups",
        blocks,
        callback_id=actions.EXPERIMENT_GROUPS_FORM,
        metadata=grouping.metadata,
        submit="Save",
        close="Cancel",
    )


def read_grouping(view: Mapping[str, Any]) -> Grouping:
    """What a form of groups is about. Raises Refusal where its metadata isn't ours."""
    try:
        parts = json.loads(str(view.get("private_metadata", "")))
        if parts["plan"] is None:
            return Grouping(None, int(parts["experiment"]), str(parts["seen"]))
        plan = parts["plan"]
        following = plan["following_id"]
        return Grouping(
            Plan(
                _id(str(plan["team_id"])),
                shortened(str(plan["question"]), MOST_QUESTION),
                shortened(str(plan["method"]), MOST_METHOD),
                _id(str(plan["behaviour_id"])),
                None if following is None else _id(str(following)),
                date.fromisoformat(plan["starts_on"]),
                date.fromisoformat(plan["ends_on"]),
            )
        )
    except (ValueError, TypeError, KeyError):
        raise Refusal(_GONE) from None


def groups_of(experiment: Experiment) -> Mapping[str, Group]:
    """The groups as they stand."""
    return {each.user_id: each.group for each in experiment.members}


def _measures(
    behaviours: Sequence[Indicator], following: Mapping[int, Indicator]
) -> list[tuple[str, str]]:
    """Each behaviour's amount, then what comes of each that leads on."""
    volumes = [(f"{_VOLUME}:{each.id}", what(each, None)) for each in behaviours]
    return volumes + [
        (f"{_CONVERSION}:{each.id}:{following[each.id].id}", what(each, following[each.id]))
        for each in behaviours
        if each.id in following
    ]


def _asking(measures: Sequence[tuple[str, str]]) -> Iterator[Json]:
    asked = "Does the new opening get more meetings?"
    yield fields.line("question", "Question", most=MOST_QUESTION, placeholder=asked)
    hint = "An arrow: how many of the one become the other."
    yield fields.choice("what", "Measured by", measures, hint=hint)
    yield fields.line(
        "method",
        "What the new group does",
        most=MOST_METHOD,
        multiline=True,
        placeholder="Opens every call with the customer’s last project.",
    )


def _lasting(monday: date) -> Iterator[Json]:
    yield fields.day("from", "From", monday)
    hint = "Two to 26 weeks. No verdict before that day."
    yield fields.day("to", "To", monday + _FOUR_WEEKS, hint=hint)


def _experiment(read: ReadOut) -> Iterator[Json]:
    experiment = read.experiment
    measured = escaped(what(read.behaviour, read.following))
    head = f"🧪  *{escaped(shortened(experiment.plan.question, MOST_QUESTION))}*\n{measured}"
    new = f"What the new group does: {escaped(shortened(experiment.plan.method, MOST_METHOD))}"
    told = "\n".join([head, *lines(read, _called, escaped)])
    yield section(told[:SECTION], f"experiment:{experiment.id}")
    yield section(new[:SECTION], f"method:{experiment.id}")
    yield context(_groups(experiment)[:SECTION], f"groups:{experiment.id}")
    if presses := list(_presses(read)):
        yield row(presses, f"acts:{experiment.id}")


def _presses(read: ReadOut) -> Iterator[Json]:
    number = read.experiment.id
    if read.phase is Phase.PLANNED:
        action = actions.with_id(actions.EXPERIMENT_GROUPS, number)
        yield button("Change groups", action, str(number))
    if read.phase in (Phase.PLANNED, Phase.RUNNING):
        label = "Call off" if read.phase is Phase.PLANNED else "Stop early"
        stop = button(label, actions.with_id(actions.EXPERIMENT_STOP, number), str(number))
        yield stop | {"confirm": _confirm(read.phase)}


def _confirm(phase: Phase) -> Json:
    said = "It is taken off the list of what runs."
    if phase is Phase.RUNNING:
        said = "It is marked as stopped early, and there will be no verdict."
    return {
        "title": fields.plain("Sure?"),
        "text": fields.plain(said, 300),
        "confirm": fields.plain("Stop it", 30),
        "deny": fields.plain("Go on", 30),
    }


def _groups(experiment: Experiment) -> str:
    new, usual = (" ".join(map(_called, experiment.users(group))) or "nobody" for group in Group)
    return f"New: {new}  ·  As usual: {usual}"


def _called(user_id: str) -> str:
    return f"<@{user_id}>"


def _of(groups: Mapping[str, Group], wanted: Group) -> Sequence[str]:
    return [user for user, group in groups.items() if group is wanted]


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID):
        raise Refusal(_GONE)
    return int(text)
