"""What is worth coaching in a week, and whom to learn it from (design §2.7)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ZERO, plain
from bot.domain.reports.digests import Coaching, Gap, RepWeek

MOST_TO_COACH = 3
"""A manager coaches few things well (design §2.7)."""


PairUp = Callable[[Coaching, Gap], Coaching]
"""Adds whom to learn it from."""


def to_coach(
    gaps: Sequence[Gap], reps: Sequence[RepWeek], pair_up: PairUp | None = None
) -> tuple[Coaching, ...]:
    """The worst gap of each of at most three reps, with whoever is strongest at it.

    Without `pair_up`, as in a preview, the week itself says who that is.

    Reps who logged nothing come last: there is something to ask before there is to coach.
    """
    silent = {rep.user_id for rep in reps if rep.is_silent}
    worst: dict[str, Gap] = {}
    for gap in sorted(what_matters_first(gaps), key=lambda gap: gap.user_id in silent):
        worst.setdefault(gap.user_id, gap)
    chosen = list(worst.values())[:MOST_TO_COACH]
    if pair_up is None:
        return tuple(_coaching(gap, reps) for gap in chosen)
    return tuple(pair_up(_alone(gap), gap) for gap in chosen)


def what_matters_first(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """What lasts before one bad week; of one funnel the step that fails first before what follows
    from it; else in the order given, worst first. Every page and message begins with the same gap.
    """
    return tuple(sorted(gaps, key=lambda gap: (not gap.lasts, gap.follows)))


def strongest(
    behaviour: Indicator, reps: Iterable[RepWeek], but: str
) -> tuple[str, Progress] | None:
    """The other rep who did most of a behaviour for the target, at 100 % or more, if any."""
    return max(_able(behaviour, reps, but), key=lambda pair: _strength(pair[1]), default=None)


def _able(
    behaviour: Indicator, reps: Iterable[RepWeek], but: str
) -> Iterator[tuple[str, Progress]]:
    for rep in reps:
        for each in rep.behaviours:
            reached = each.target is not None and each.actual >= each.target
            if each.indicator == behaviour and reached and rep.user_id != but:
                yield rep.user_id, each


def _strength(progress: Progress) -> tuple[Decimal, Decimal]:
    return progress.attainment or ZERO, progress.actual


def _alone(gap: Gap) -> Coaching:
    behaviour = gap.progress.indicator
    text = f"{behaviour.name}: {gap.reason}."
    is_skill = gap.diagnosis is Diagnosis.SKILL
    return Coaching(gap.user_id, behaviour, text, None, for_skill=is_skill)


def _coaching(gap: Gap, reps: Sequence[RepWeek]) -> Coaching:
    behaviour = gap.progress.indicator
    text = f"{behaviour.name}: {gap.reason}."
    if gap.diagnosis is Diagnosis.SKILL:  # what is done with it is to be learnt, not how much
        return Coaching(gap.user_id, behaviour, text, gap.learn_from)
    found = strongest(behaviour, reps, but=gap.user_id)
    if found is None:
        return Coaching(gap.user_id, behaviour, text, None)
    mate, best = found
    did = f"{plain(best.actual)} of {plain(best.target or ZERO)}"
    return Coaching(gap.user_id, behaviour, f"{text} The strongest at it did {did}.", mate)
