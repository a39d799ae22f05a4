"""The places at which a team says what it counts: start, results, behaviours, targets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from slackblocks import (
    Block,
    DividerBlock,
    InputBlock,
    Option,
    PlainTextInput,
    RadioButtonGroup,
)

from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS
from bot.domain.setups.drafts import BLANK, Draft, DraftResult
from bot.slack.escaping import escaped
from bot.slack.quick_blocks import Plain
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.views.setup.frame import LONGEST_INPUT, LONGEST_LABEL, VALUE, modal

_FEWEST_SLOTS: Final = 4
_SPARE_SLOTS: Final = 2
_LONGEST_NAME: Final = 80
_LONGEST_FIELD: Final = 120
_ORDINALS: Final = ("First", "Second", "Third")
_START: Final = (
    "*Few things, chosen.* A team has two or three results, and for each the behaviours that lead "
    "to it. Start from what teams like yours count; you can change all of it."
)
_RESULTS: Final = (
    "*What has to come of the work?* Results can only be watched: by the time you read one, it is "
    "history. Two or three are enough."
)
_TARGETS: Final = (
    "*What is expected of one rep?* How many, and how often: `40 calls a day`, `5 a week`, "
    "`5 hours a week`, `USD 90,000 a quarter`. Go by what your best reps really do."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A template to start from; `team` is what it calls its team."""

    name: str
    title: str
    summary: str
    team: str


def start_view(draft: Draft, choices: Sequence[Choice]) -> Plain:
    """Which template, and what the team is called."""
    blank = Choice(BLANK, "Start from nothing", "Name your own results and behaviours.", "")
    options = {each.name: _option(each) for each in (*choices, blank)}
    template = RadioButtonGroup(
        action_id=VALUE, options=list(options.values()), initial_option=options.get(draft.template)
    )
    named = "" if draft.name in {each.team for each in choices} else draft.name
    blocks = [
        InputBlock(plain_text("A team like"), template, block_id="template"),
        _line("The team's name", "name", named, "Left empty, it gets the template's."),
    ]
    return modal(draft, "start", _START, rendered(*blocks))


def results_view(draft: Draft, place: str) -> Plain:
    """The results, by name."""
    blocks = []
    for slot in range(MAX_RESULTS):
        named = draft.results[slot].name if slot < len(draft.results) else ""
        label = f"{_ORDINALS[slot]} result"
        blocks.append(
            _line(label, f"result:{slot}", named, optional=slot > 0, example=_EXAMPLES[slot])
        )
    return modal(draft, place, _RESULTS, rendered(*blocks))


_EXAMPLES: Final = ("like New customers", "like New revenue", "")


def behaviours_view(draft: Draft, place: str, number: int) -> Plain:
    """What drives one of the results."""
    result = draft.results[number]
    said = (
        f"*What leads to {escaped(result.name)}?* What a rep can do this week, in the order in "
        "which one step leads to the next. About four behaviours are enough."
    )
    others = len(draft.behaviours) - len([each for each in result.behaviours if each.name])
    room = MAX_BEHAVIOURS - others
    wanted = max(_FEWEST_SLOTS, len(result.behaviours) + _SPARE_SLOTS)
    slots = max(min(wanted, room), len(result.behaviours), 1)
    blocks = [_behaviour(number, slot, result) for slot in range(slots)]
    return modal(draft, place, said, rendered(*blocks))


def targets_view(draft: Draft, place: str) -> Plain:
    """How much of each, and how often."""
    return modal(draft, place, _TARGETS, rendered(*_targets(draft)))


def _behaviour(number: int, slot: int, result: DraftResult) -> InputBlock:
    named = result.behaviours[slot].name if slot < len(result.behaviours) else ""
    example = "like First meetings" if slot == 0 else ""
    return _line(f"Behaviour {slot + 1}", f"behaviour:{number}:{slot}", named, example=example)


def _targets(draft: Draft) -> Iterator[Block]:
    for slot, result in enumerate(draft.results):
        if slot:
            yield DividerBlock(block_id=f"divider:{slot}")
        label = f"{shortened(result.name, _LONGEST_NAME)}, the result"
        yield _target(f"target:{slot}", label, result.target, "like 12 a quarter")
        for place, behaviour in enumerate(result.behaviours):
            field = f"target:{slot}:{place}"
            yield _target(field, behaviour.name, behaviour.target, "like 5 a week")


def _target(field: str, label: str, typed: str, example: str) -> InputBlock:
    return _line(label, field, typed, optional=False, example=example)


def _option(choice: Choice) -> Option:
    summary = plain_text(_short(choice.summary), LONGEST_LABEL)
    return Option(plain_text(choice.title, LONGEST_LABEL), choice.name, description=summary)


def _short(summary: str) -> str:
    """What is said first, where the whole is too long for an option."""
    if len(summary) <= LONGEST_LABEL:
        return summary
    head = min((summary.partition(mark)[0] for mark in ":,"), key=len)
    return summary if head == summary else f"{head}."


def _line(
    label: str,
    field: str,
    typed: str,
    hint: str = "",
    *,
    optional: bool = True,
    example: str = "",
) -> InputBlock:
    element = PlainTextInput(
        action_id=VALUE,
        initial_value=typed[:LONGEST_INPUT] or None,
        max_length=LONGEST_INPUT,
        placeholder=plain_text(example) if example else None,
    )
    return InputBlock(
        plain_text(label, _LONGEST_FIELD),
        element,
        block_id=field,
        hint=plain_text(hint, LONGEST_INPUT) if hint else None,
        optional=optional,
    )
