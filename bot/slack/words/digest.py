"""What a digest says, part by part: for Slack with mentions, for a terminal with names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.feats.celebrations import by_rep
from bot.domain.feats.highlights import highlights, ranked
from bot.domain.quantities import Measure
from bot.domain.reports.digests import Coaching, Digest, Gap, OnTarget, RepWeek, TeamResult
from bot.slack.escaping import escaped
from bot.slack.words.account import account_lines
from bot.slack.words.amounts import amount, figure, number
from bot.slack.words.chances import chance_in_numbers, steadiness
from bot.slack.words.digest_lead import first_sentence, gap_behind
from bot.slack.words.experiments import headline
from bot.slack.words.headlines import WHOLE_TEAM, clauses
from bot.slack.words.kudos import received_line
from bot.slack.words.one_to_ones import talk_lines
from bot.slack.words.pairing import pairing_lines
from bot.slack.words.practices import deal_lines, link_lines
from bot.slack.words.progress import status_in_words
from bot.slack.words.trends import trend_line

_MOST_GAPS: Final = 15
"""Of the gaps, the worst; what a week can't mend need not be read."""
_GAPS_AT_ONCE: Final = 3
"""More stand in the thread; those that are worth coaching are told anyway."""
_MOST_CELEBRATED: Final = 5
_MOST_CLAUSES: Final = 1
_PERCENT: Final = 100
LEAD: Final = "lead"
"""The first sentence."""
WEEKS: Final = "weeks"
"""The part that is drawn as a chart."""
BEHAVIOURS: Final = "behaviours"
"""The part that the table belongs to."""
CELEBRATE: Final = "celebrate"
"""The part that the one-tap kudos belong to."""
TALKS: Final = "talks"
"""The part with the buttons that prepare a one-to-one."""

COACH: Final = "coach"
"""The part that the one-click pairings belong to."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How people are called, what is done to what users typed, and where it goes on."""

    called: Callable[[str], str]
    safe: Callable[[str], str]
    further: str = "below"


MENTIONS: Final = Voice(
    called=lambda user_id: f"<@{user_id}>", safe=escaped, further="in the thread"
)
"""Slack's."""


@dataclass(frozen=True, slots=True)
class Part:
    """A title and its lines; `name` is stable, for block ids.

    `is_drawn` where Slack shows a chart or a table instead; `is_further` for what isn't needed in
    the first minute, and stands in the thread.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    is_drawn: bool = False
    is_further: bool = False


def told(digest: Digest, voice: Voice) -> tuple[Part, ...]:
    """Every part that has something to say, in the method's order."""
    celebrated, gaps = tuple(_celebrate(digest, voice)), tuple(_gaps(digest, voice))
    parts = (
        Part(LEAD, "This week", (first_sentence(digest, voice.called, voice.safe),)),
        Part("expectations", "Expectations", tuple(_expectations(digest))),
        Part(BEHAVIOURS, "Behaviours", tuple(_behaviours(digest, voice))),
        Part(WEEKS, "Week by week", tuple(_weeks(digest, voice)), is_drawn=True),
        Part("results", "Results", tuple(_result(each, voice) for each in digest.results)),
        Part(CELEBRATE, "Worth celebrating", _first(celebrated, voice)),
        Part("kudos", "Kudos", tuple(_kudos(digest, voice))),
        Part("gaps", "Where it fell short", _shortest(gaps, voice)),
        Part(COACH, "Worth coaching", tuple(_coach(digest, each, voice) for each in digest.coach)),
        Part(
            "pairings", "Pairings", tuple(pairing_lines(digest.pairings, voice.called, voice.safe))
        ),
        Part("experiments", "Experiments", tuple(_experiments(digest, voice))),
        Part(TALKS, "One-to-ones", tuple(talk_lines(digest.talks, voice.called, voice.safe))),
        Part("deals", "Deals", tuple(_deals(digest, voice))),
        Part(
            "links", "Does it drive the result here?", tuple(link_lines(digest.links, voice.safe))
        ),
        Part("silent", "Logged nothing", tuple(_silent(digest, voice))),
        Part("cost", "What I cost, and whether it helps", account_lines(digest.cost)),
        Part("celebrated", "More to celebrate", celebrated[_MOST_CELEBRATED:], is_further=True),
        Part("short", "All that fell short, worst first", _longest(gaps), is_further=True),
        Part("reps", "Rep by rep", tuple(_reps(digest, voice)), is_drawn=True),
    )
    return tuple(part for part in parts if part.lines)


def spoken(parts: Sequence[Part]) -> str:
    """All of it as one text, for notifications and screen readers."""
    return " ".join(f"{part.title}: {' '.join(part.lines)}" for part in parts)


def _first(lines: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    more = f"More {voice.further}."
    return (*lines[:_MOST_CELEBRATED], more) if len(lines) > _MOST_CELEBRATED else lines


def _shortest(gaps: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    """The gaps themselves where they are few, else how many, as the worst are to be coached."""
    if len(gaps) <= _GAPS_AT_ONCE:
        return gaps
    return (f"{len(gaps)} gaps: the worst follow, all {voice.further}.",)


def _longest(gaps: tuple[str, ...]) -> tuple[str, ...]:
    return gaps if len(gaps) > _GAPS_AT_ONCE else ()


def _expectations(digest: Digest) -> Iterator[str]:
    count = digest.on_target
    if not count.of:
        yield "Nobody had a target this week."
        return
    reps = "rep" if count.of == 1 else "reps"
    yield f"{count.reps} of {count.of} {reps} on target, {_against(count)} the week before."


def _against(count: OnTarget) -> str:
    if count.reps == count.before:
        return "as many as"
    return f"{'up' if count.reps > count.before else 'down'} from {count.before}"


def _behaviours(digest: Digest, voice: Voice) -> Iterator[str]:
    """How many reps kept each behaviour."""
    kept = []
    for place, behaviour in enumerate(digest.behaviours):
        asked = [
            rep.behaviours[place] for rep in digest.reps if rep.behaviours[place].target is not None
        ]
        done = sum(each.actual >= (each.target or 0) for each in asked)
        if asked:
            kept.append(f"{voice.safe(behaviour.name)} {done} of {len(asked)}")
    if kept:
        yield f"Reps who reached the target: {', '.join(kept)}."


def _result(result: TeamResult, voice: Voice) -> str:
    name = voice.safe(result.indicator.name)
    unit = result.indicator.unit
    if result.target is None or result.attainment is None:
        return f"{name}: {voice.safe(amount(result.actual, unit))}, no target."
    is_money = unit.measure is Measure.MONEY
    done = amount(result.actual, unit) if is_money else number(result.actual)
    share = int(result.attainment * _PERCENT)
    kind = result.period.kind.value
    return f"{name}: {voice.safe(done)} of the {kind}’s {figure(result.target, unit)}, {share} %."


def _celebrate(digest: Digest, voice: Voice) -> Iterator[str]:
    for user_id, cheers in by_rep(ranked(digest.celebrate)).items():
        who = WHOLE_TEAM if user_id is None else voice.called(user_id)
        yield f"{who} {clauses(highlights(cheers), voice.safe, _MOST_CLAUSES)}."


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


def _coach(digest: Digest, coaching: Coaching, voice: Voice) -> str:
    diagnosis = gap_behind(digest, coaching).diagnosis.value
    told = f"{voice.called(coaching.user_id)} ({diagnosis}): {voice.safe(coaching.text)}"
    if coaching.pair_with is None:
        return told
    if coaching.is_paired:
        return f"{told} Paired with {voice.called(coaching.pair_with)}."
    return f"{told} Pair up with {voice.called(coaching.pair_with)}."


def _experiments(digest: Digest, voice: Voice) -> Iterator[str]:
    for each in digest.experiments:
        yield f"“{voice.safe(each.experiment.plan.question)}” {voice.safe(headline(each))}"


def _deals(digest: Digest, voice: Voice) -> Iterator[str]:
    if digest.deals is not None:
        yield from deal_lines(digest.deals, voice.safe)


def _silent(digest: Digest, voice: Voice) -> Iterator[str]:
    if digest.silent:
        yield f"{', '.join(map(voice.called, digest.silent))}. Ask what is in the way."


def _weeks(digest: Digest, voice: Voice) -> Iterator[str]:
    if digest.trend is not None:
        yield voice.safe(trend_line(digest.trend))


def _reps(digest: Digest, voice: Voice) -> Iterator[str]:
    """The table of reps × behaviours, row by row."""
    for rep in digest.reps:
        yield f"{voice.called(rep.user_id)}: {'; '.join(_row(rep, voice))}."


def _row(rep: RepWeek, voice: Voice) -> Iterator[str]:
    for each in rep.behaviours:
        if each.target is None and not each.actual:
            continue
        unit = each.indicator.unit
        target = "" if each.target is None else f" of {figure(each.target, unit)}"
        status = "" if each.status is None else f", {status_in_words(each)}"
        yield f"{voice.safe(each.indicator.name)} {figure(each.actual, unit)}{target}{status}"


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    return (f"{place}. {line}" for place, line in enumerate(lines, start=1))
