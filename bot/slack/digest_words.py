"""What a digest says, part by part: for Slack with mentions, for a terminal with names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.celebrations import by_rep
from bot.domain.digests import Coaching, Digest, Gap, OnTarget, TeamResult
from bot.domain.quantities import Measure
from bot.slack.chances import chance_in_numbers, steadiness
from bot.slack.escaping import escaped
from bot.slack.headlines import WHOLE_TEAM, behaviours_first, clauses
from bot.slack.kudos_words import received_line
from bot.slack.pairing_words import pairing_lines
from bot.slack.practice_words import deal_lines, link_lines
from bot.slack.wording import amount, number

_MOST_GAPS: Final = 15
"""Of the gaps, the worst; what a week can't mend need not be read."""
_PERCENT: Final = 100
BEHAVIOURS: Final = "behaviours"
"""The part that the table belongs to."""
CELEBRATE: Final = "celebrate"
"""The part that the one-tap kudos belong to."""

COACH: Final = "coach"
"""The part that the one-click pairings belong to."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How people are called, and what is done to what users typed."""

    called: Callable[[str], str]
    safe: Callable[[str], str]


MENTIONS: Final = Voice(called=lambda user_id: f"<@{user_id}>", safe=escaped)
"""Slack's."""


@dataclass(frozen=True, slots=True)
class Part:
    """A title and its lines; `name` is stable, for block ids."""

    name: str
    title: str
    lines: tuple[str, ...]


def told(digest: Digest, voice: Voice) -> tuple[Part, ...]:
    """Every part that has something to say, in the method's order."""
    parts = (
        Part("expectations", "Expectations", tuple(_expectations(digest))),
        Part(BEHAVIOURS, "Behaviours", tuple(_behaviours(digest, voice))),
        Part("results", "Results", tuple(_result(each, voice) for each in digest.results)),
        Part(CELEBRATE, "Worth celebrating", tuple(_celebrate(digest, voice))),
        Part("kudos", "Kudos", tuple(_kudos(digest, voice))),
        Part("gaps", "Where it fell short", tuple(_gaps(digest, voice))),
        Part(COACH, "Worth coaching", tuple(_coach(each, voice) for each in digest.coach)),
        Part("pairings", "Pairings", tuple(_pairings(digest, voice))),
        Part("deals", "Deals", tuple(_deals(digest, voice))),
        Part("links", "Does it drive the result here?", tuple(_links(digest, voice))),
        Part("silent", "Logged nothing", tuple(_silent(digest, voice))),
        Part("cost", "What the bot asked", (_cost(digest),)),
    )
    return tuple(part for part in parts if part.lines)


def spoken(parts: Sequence[Part]) -> str:
    """All of it as one text, for notifications and screen readers."""
    return " ".join(f"{part.title}: {' '.join(part.lines)}" for part in parts)


def _expectations(digest: Digest) -> Iterator[str]:
    count = digest.on_target
    if not count.of:
        yield "Nobody had a target this week."
        return
    yield f"{count.reps} of {count.of} reps on target, {_against(count)} the week before."


def _against(count: OnTarget) -> str:
    if count.reps == count.before:
        return "as many as"
    return f"{'up' if count.reps > count.before else 'down'} from {count.before}"


def _behaviours(digest: Digest, voice: Voice) -> Iterator[str]:
    """How many reps kept each behaviour."""
    for place, behaviour in enumerate(digest.behaviours):
        asked = [
            rep.behaviours[place] for rep in digest.reps if rep.behaviours[place].target is not None
        ]
        kept = sum(each.actual >= (each.target or 0) for each in asked)
        if asked:
            yield f"{voice.safe(behaviour.name)}: {kept} of {len(asked)} reached the target."


def _result(result: TeamResult, voice: Voice) -> str:
    name = voice.safe(result.indicator.name)
    unit = result.indicator.unit
    if result.target is None or result.attainment is None:
        return f"{name}: {voice.safe(amount(result.actual, unit))}, no target."
    is_money = unit.measure is Measure.MONEY
    done = amount(result.actual, unit) if is_money else number(result.actual)
    share = int(result.attainment * _PERCENT)
    kind = result.period.kind.value
    return f"{name}: {voice.safe(done)} of the {kind}’s {number(result.target)}, {share} %."


def _celebrate(digest: Digest, voice: Voice) -> Iterator[str]:
    for user_id, cheers in by_rep(behaviours_first(digest.celebrate)).items():
        who = WHOLE_TEAM if user_id is None else voice.called(user_id)
        yield f"{who} {clauses(cheers, voice.safe)}."


def _kudos(digest: Digest, voice: Voice) -> Iterator[str]:
    """Who got some; who gave them is nobody's business."""
    if digest.kudos:
        count = sum(each.count for each in digest.kudos)
        yield f"{count} kudos this week: {received_line(digest.kudos, voice.called)}."


def _gaps(digest: Digest, voice: Voice) -> Iterator[str]:
    """The worst; those of reps who logged nothing at all are said once, further down."""
    gaps = [gap for gap in digest.gaps if gap.user_id not in digest.silent]
    yield from _numbered(_gap(gap, voice) for gap in gaps[:_MOST_GAPS])
    if (left := len(gaps) - _MOST_GAPS) > 0:
        yield f"and {left} smaller ones: the table shows them."


def _gap(gap: Gap, voice: Voice) -> str:
    name = voice.safe(gap.progress.indicator.name)
    return f"{voice.called(gap.user_id)}, {name}: {voice.safe(gap.reason)} ({_known(gap)})."


def _known(gap: Gap) -> str:
    """ "effort, even chance (46 %), 3 of 12 weeks on target", as far as it is known."""
    progress = gap.progress
    outlook = (chance_in_numbers(progress), steadiness(progress))
    return ", ".join((gap.diagnosis.value, *filter(None, outlook)))


def _coach(coaching: Coaching, voice: Voice) -> str:
    told = f"{voice.called(coaching.user_id)}: {voice.safe(coaching.text)}"
    if coaching.pair_with is None:
        return told
    if coaching.is_paired:
        return f"{told} Paired with {voice.called(coaching.pair_with)}."
    return f"{told} Pair up with {voice.called(coaching.pair_with)}."


def _pairings(digest: Digest, voice: Voice) -> Iterator[str]:
    yield from pairing_lines(digest.pairings, voice.called, voice.safe)


def _deals(digest: Digest, voice: Voice) -> Iterator[str]:
    if digest.deals is not None:
        yield from deal_lines(digest.deals, voice.safe)


def _links(digest: Digest, voice: Voice) -> Iterator[str]:
    yield from link_lines(digest.links, voice.safe)


def _silent(digest: Digest, voice: Voice) -> Iterator[str]:
    if digest.silent:
        yield f"{', '.join(map(voice.called, digest.silent))}. Ask what is in the way."


def _cost(digest: Digest) -> str:
    cost = digest.cost
    return (
        f"{_count(cost.entries, 'entry', 'entries')} typed or imported, "
        f"{_count(cost.nudges, 'nudge', 'nudges')}, {_count(cost.posts, 'post', 'posts')} "
        "in the channel."
    )


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    return (f"{place}. {line}" for place, line in enumerate(lines, start=1))
