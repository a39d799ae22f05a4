"""Links and deals in words; whatever a user typed is made safe by the voice's own means."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.domain.coaching.deals import REFERENCE, DealFacts, ReasonCount, Share
from bot.domain.coaching.links import FEWEST_EACH, Link, Verdict
from bot.domain.counts import counted
from bot.domain.grammar.requests import Outcome
from bot.slack.rendering import shortened

Safe = Callable[[str], str]
_LONGEST_REASON: Final = 60
_TITLES: Final = {
    Verdict.PROVEN: "Proven",
    Verdict.DOUBTFUL: "Doubtful",
    Verdict.UNKNOWN: "Unknown yet",
}


def link_lines(links: Sequence[Link], safe: Safe) -> Iterator[str]:
    """A line for each link, the proven ones first; one for all where nobody has logged yet."""
    if links and not any(each.reps for each in links):
        yield f"Unknown yet: it takes {FEWEST_EACH} weeks and more of several reps to tell."
        return
    for verdict in Verdict:
        yield from (_link(each, safe) for each in links if each.verdict is verdict)


def deal_lines(deals: DealFacts, safe: Safe) -> Iterator[str]:
    """How deals ended, and why not; nothing where none did."""
    if not deals.total:
        return
    yield _shares(deals)
    if deals.reasons or deals.others:
        yield " ".join(_reasons(deals, safe))
    if deals.unexplained:
        yield (
            f"{deals.unexplained} without a reason: `/log lost with ACCOUNT because …` tells next "
            "time."
        )


def _link(link: Link, safe: Safe) -> str:
    pair = f"{safe(link.behaviour.name)} → {safe(link.leads_to.name)}"
    title = f"{_TITLES[link.verdict]}: {pair}"
    if link.verdict is Verdict.UNKNOWN:
        return f"{title}. Too little data to say {_measured(link)}."
    if link.verdict is Verdict.DOUBTFUL:
        return f"{title}. Weeks with more of it were not followed by more {_measured(link)}."
    more = f"{link.more:.1f} times as much" if link.more else "more"
    when = f"came {_weeks(link.lag)} later" if link.lag else "came of it the same week"
    return f"{title}. When a rep did more of it, {more} {when} {_measured(link)}."


def _measured(link: Link) -> str:
    """ "(correlation 0.32 at 2 weeks, 95 % range 0.12 to 0.49; 312 weeks of 8 reps compared)"."""
    if link.low <= -1:
        return f"({_compared(link)})"
    correlation = f"correlation {_two(link.correlation)} at {_weeks(link.lag)}"
    return f"({correlation}, 95 % range {_two(link.low)} to {_two(link.high)}; {_compared(link)})"


def _compared(link: Link) -> str:
    return f"{counted(link.weeks, 'week')} of {counted(link.reps, 'rep')} compared"


def _weeks(lag: int) -> str:
    return counted(lag, "week")


def _two(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def _shares(deals: DealFacts) -> str:
    ended = f"{counted(deals.total, 'deal')} ended in {counted(deals.weeks, 'week')}"
    counts = {outcome: deals.shares[outcome].count for outcome in Outcome}
    if not deals.says_something:
        return (
            f"{ended}: {counts[Outcome.WON]} won, {counts[Outcome.LOST]} lost, "
            f"{counts[Outcome.NO_DECISION]} without a decision. Too few for shares."
        )
    told = ", ".join(f"{_share(deals.shares[each])} {each.words}" for each in Outcome)
    usual = ", ".join(f"{REFERENCE[each]:g} % {each.words}" for each in Outcome)
    return (
        f"{ended}, with 95 % ranges: {told}. For context, no target: {usual} in one study of 2016."
    )


def _share(share: Share) -> str:
    return f"{share.percent:.0f} % ({share.low:.0f}–{share.high:.0f})"


def _reasons(deals: DealFacts, safe: Safe) -> Iterator[str]:
    known = "; ".join(_reason(each, safe) for each in deals.reasons)
    if known:
        yield f"Why not: {known}."
    others = ", ".join(
        f"“{safe(shortened(reason, _LONGEST_REASON))}” {count}" for reason, count in deals.others
    )
    if others:
        yield f"{'Also' if known else 'Why not'}: {others}."


def _reason(reason: ReasonCount, safe: Safe) -> str:
    """ "no business case 5 → Proposals: put their numbers into it"."""
    remedy = reason.weakness.remedy
    if reason.behaviour is not None:
        remedy = f"{safe(reason.behaviour.name)}: {remedy.split(': ')[-1]}"
    return f"{reason.weakness.value} {reason.count} → {remedy}"
