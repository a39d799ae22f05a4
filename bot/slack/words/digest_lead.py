"""The digest's first sentence: what its manager should do this week."""

from collections.abc import Callable

from bot.domain.coaching.benchmarks import FEWEST_PEOPLE
from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.reports.digests import Coaching, Digest, Gap

Called = Callable[[str], str]
Safe = Callable[[str], str]


def first_sentence(digest: Digest, called: Called, safe: Safe) -> str:
    """One thing, with its reason in numbers; `called` and `safe` are the reader's voice."""
    if not digest.reps:
        return "Nobody is in this team yet: `/coach` adds reps."
    if not digest.on_target.of:
        return "Set targets first: nobody had one last week. `/coach target` does it."
    if digest.coach and digest.coach[0].user_id not in digest.silent:
        return _coached(digest, digest.coach[0], called, safe)
    if digest.silent:
        who, *others = digest.silent
        more = f" and {len(others)} more" if others else ""
        return f"Ask {called(who)}{more} what is in the way: nothing was logged all week."
    count = digest.on_target
    if count.of == 1:
        return "Nothing needs mending: your rep was on target. Say thank you."
    return f"Nothing needs mending: {count.reps} of {count.of} reps were on target. Thank them."


def _coached(digest: Digest, coaching: Coaching, called: Called, safe: Safe) -> str:
    gap = gap_behind(digest, coaching)
    what, who = safe(coaching.behaviour.name), called(coaching.user_id)
    if everybody := _all_fell_short(digest, coaching):
        return f"All {everybody} fell short of {what}: ask the team what is in the way, together."
    if gap.diagnosis in (Diagnosis.SKILL, Diagnosis.BOTH):
        act = f"Coach {who} on what comes of {what}"
    elif gap.diagnosis is Diagnosis.EFFORT:
        act = f"Ask {who} what keeps {what} down"
    else:
        act = f"Keep an eye on {who} and {what}"
    pair = ""
    if coaching.pair_with is not None and not coaching.is_paired:
        pair = f" Pair them up with {called(coaching.pair_with)}."
    return f"{act}: {safe(gap.reason)}.{pair}"


def _all_fell_short(digest: Digest, coaching: Coaching) -> int:
    """How many reps did too little of it, where all did: that is no matter of one of them."""
    place = digest.behaviours.index(coaching.behaviour)
    asked = [rep for rep in digest.reps if rep.behaviours[place].target is not None]
    short = [
        gap
        for gap in digest.gaps
        if gap.progress.indicator == coaching.behaviour and gap.diagnosis is not Diagnosis.SKILL
    ]
    return len(short) if FEWEST_PEOPLE <= len(short) == len(asked) else 0


def gap_behind(digest: Digest, coaching: Coaching) -> Gap:
    """What a thing to coach is about."""
    return next(gap for gap in digest.gaps if _is_about(gap, coaching))


def _is_about(gap: Gap, coaching: Coaching) -> bool:
    return gap.user_id == coaching.user_id and gap.progress.indicator == coaching.behaviour
