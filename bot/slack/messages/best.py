"""`/coach playbook`: what the top reps do, whether it drives the results here, how deals end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from slackblocks import Block, Button, HeaderBlock, SectionBlock

from bot.domain.coaching.benchmarks import FEWEST_PEOPLE, WEEKS, Benchmark, Best, Habits
from bot.domain.coaching.deals import DealFacts
from bot.domain.coaching.links import Link
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import Measure, plain
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.pages import paged, sections
from bot.slack.rendering import plain_text, shortened
from bot.slack.words.amounts import amount, name, number
from bot.slack.words.practices import deal_lines, link_lines

_WEEKDAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
_WEEKEND: Final = ("Saturdays", "Sundays")
_HEADER: Final = 150
_LONGEST_TEAM: Final = 80
_PERCENT: Final = 100
_OFTEN: Final = 0.5
_ONCE: Final = 1.05

Targets = Mapping[int, TargetSetting]


def best_message(
    team: str,
    team_id: int,
    best: Sequence[Best],
    targets: Targets,
    links: Sequence[Link],
    deals: DealFacts,
) -> Message:
    """The playbook of the best, with one button for each target that it would change."""
    said = _first_sentence(best, targets)
    title = f"{shortened(team, _LONGEST_TEAM)}: the playbook of the best"
    blocks = [
        HeaderBlock(plain_text(title, _HEADER)),
        SectionBlock(text=said, block_id="said"),
        *_benchmarks(best, team_id, targets),
        *_part("Does it drive the result here?", link_lines(links, escaped), "links"),
        *_part("Deals", deal_lines(deals, escaped), "deals"),
    ]
    spoken = " ".join([f"{escaped(title)}.", said, *_spoken(best, targets)])
    return paged(spoken.replace("*", ""), blocks, f"{escaped(title)}, continued")


def _part(title: str, lines: Iterator[str], block_id: str) -> Iterator[Block]:
    listed = list(lines)
    if listed:
        yield from sections(f"*{title}*", listed, block_id)


def _first_sentence(best: Sequence[Best], targets: Targets) -> str:
    """The behaviour in which the top reps are farthest from the target."""
    told = [(each, one) for each in best for one in each.benchmarks]
    if not told:
        takes = f"it takes {FEWEST_PEOPLE} reps with two months of entries"
        result = f", and some {name(best[0].result)} among them" if best else ""
        return f"Too little data yet: {takes}{result}."
    group, one = max(told, key=lambda pair: _distance(pair[1], targets))
    target = targets.get(one.behaviour.id)
    beside = "" if target is None else f"; the team’s target is {number(target.amount)}"
    who = f"the top {group.people} of {group.ranked} reps"
    return f"*{name(one.behaviour)}: {who} do {_amount(one)}{beside}.*"


def _distance(one: Benchmark, targets: Targets) -> float:
    target = targets.get(one.behaviour.id)
    return 0.0 if target is None else abs(float(one.amount / target.amount) - 1)


def _who(best: Best) -> str:
    return f"The top {best.people} of {best.ranked} reps"


def _benchmarks(best: Sequence[Best], team_id: int, targets: Targets) -> Iterator[Block]:
    for group in best:
        if not group.benchmarks:
            continue
        heading = (
            f"*{_who(group)} by {name(group.result)}*\nMedians over {WEEKS} weeks; no number "
            f"stands for fewer than {FEWEST_PEOPLE} people."
        )
        yield SectionBlock(text=heading, block_id=f"best:{group.result.id}")
        for one in group.benchmarks:
            target = targets.get(one.behaviour.id)
            button = None if _is_met(one, target) else _propose(one, team_id)
            yield SectionBlock(
                text=_line(one, target), block_id=f"one:{one.behaviour.id}", accessory=button
            )


def _is_met(one: Benchmark, target: TargetSetting | None) -> bool:
    return target is not None and (target.amount, target.kind) == (one.amount, one.period)


def _propose(one: Benchmark, team_id: int) -> Button:
    """Opens the form of targets, filled in: what the change does is shown there before it is so."""
    return Button(
        plain_text(f"Make {number(one.amount)} the target"),
        action_id=actions.with_id(actions.COACH_BEST, one.behaviour.id),
        value=f"{team_id} {plain(one.amount)} {one.period.value} {one.behaviour.name}",
    )


def _line(one: Benchmark, target: TargetSetting | None) -> str:
    beside = "" if target is None else f" (target {number(target.amount)})"
    return f"*{name(one.behaviour)}*: {' · '.join([_amount(one) + beside, *_details(one)])}"


def _amount(one: Benchmark) -> str:
    """ "6 a week", "GBP 4,200 a month"."""
    unit = one.behaviour.unit
    is_count = unit.measure is Measure.COUNT
    done = number(one.amount) if is_count else escaped(amount(one.amount, unit))
    return f"{done} a {one.period.value}"


def _details(one: Benchmark) -> Iterator[str]:
    if one.conversion and one.leads_to is not None:
        yield _conversion(one.conversion, one.leads_to)
    yield from _habits(one.habits)


def _conversion(rate: float, leads_to: Indicator) -> str:
    if leads_to.unit.measure is Measure.MONEY:
        return f"{escaped(leads_to.unit.name)} {rate:,.0f} of {name(leads_to)} from each"
    if rate > _OFTEN:
        return f"{rate * _PERCENT:.0f} % lead to {name(leads_to)}"
    return f"1 in {1 / rate:.0f} leads to {name(leads_to)}"


def _habits(habits: Habits) -> Iterator[str]:
    days = [(_WEEKDAYS + _WEEKEND)[day] for day in habits.weekdays]
    if days:
        yield f"most on {' and '.join(days)}"
    if habits.from_hour is not None:
        yield f"most from {habits.from_hour}:00 to {habits.from_hour + 2}:00"
    if habits.per_account is not None and habits.per_account >= _ONCE:
        yield f"{habits.per_account:.1f} times an account"


def _spoken(best: Sequence[Best], targets: Targets) -> Iterator[str]:
    for group in best:
        for one in group.benchmarks:
            yield f"{_line(one, targets.get(one.behaviour.id))}."
