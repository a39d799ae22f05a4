"""A set-up that is under way: everything as it was typed, right or wrong, so that nothing is lost.

It goes by places, in the order of the method (method.md, belief 3): "start", "results", a place
for the behaviours of each result ("behaviours:0"), "targets", "people", "times", "preview".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS
from bot.domain.playbook.names import name_key

START: Final = "start"
RESULTS: Final = "results"
BEHAVIOURS: Final = "behaviours"
TARGETS: Final = "targets"
PEOPLE: Final = "people"
TIMES: Final = "times"
PREVIEW: Final = "preview"

BLANK: Final = "blank"
"""The template of those who start from nothing."""


@dataclass(frozen=True, slots=True)
class DraftIndicator:
    """A behaviour, or what a result has in common with one; `target` as typed: "40 calls a day"."""

    name: str
    target: str = ""
    aliases: tuple[str, ...] = ()
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A result, and the behaviours that drive it; an empty name is a slot left free."""

    name: str
    target: str = ""
    aliases: tuple[str, ...] = ()
    behaviours: tuple[DraftIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody in the team, `by_slack` as Slack described them while the team was set up."""

    name: str | None
    zone: str | None
    by_slack: bool = True


@dataclass(frozen=True, slots=True)
class Times:
    """When the team works and hears from the bot, as chosen: "09:00", weekdays Monday "0"."""

    nudge_at: str = "09:00"
    day_ends_at: str = "18:00"
    digest_day: str = "0"
    digest_at: str = "08:30"
    workdays: tuple[str, ...] = ("0", "1", "2", "3", "4")
    holidays: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One person's set-up of one team. `nonce` tells it from one that was begun anew.

    `team` is the name of the team that is set up again, "" for a new one; `seen` is that team's
    fingerprint when this began. `people` holds whom Slack has told about; `bot_is_in` whether it
    could post in the channel. `finished` once it has been saved.
    """

    nonce: str
    place: str = START
    template: str = ""
    name: str = ""
    results: tuple[DraftResult, ...] = ()
    reps: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    channel: str | None = None
    times: Times = Times()
    people: Mapping[str, Met] = field(default_factory=dict)
    bot_is_in: bool = True
    team: str = ""
    seen: str = ""
    finished: bool = False

    @property
    def named_results(self) -> tuple[DraftResult, ...]:
        return tuple(result for result in self.results if result.name)

    @property
    def behaviours(self) -> tuple[DraftIndicator, ...]:
        """Those of all results that are named."""
        return tuple(
            each for result in self.named_results for each in result.behaviours if each.name
        )


def places(draft: Draft) -> tuple[str, ...]:
    """Where it goes, in order; a team that is set up again starts with its results."""
    start = () if draft.team else (START,)
    driven = (f"{BEHAVIOURS}:{number}" for number, _ in enumerate(draft.named_results))
    return (*start, RESULTS, *driven, TARGETS, PEOPLE, TIMES, PREVIEW)


def following(draft: Draft, place: str) -> str:
    """The place after this one; the last is followed by itself."""
    return _beside(draft, place, 1)


def preceding(draft: Draft, place: str) -> str:
    """The place before this one; the first is preceded by itself."""
    return _beside(draft, place, -1)


def result_number(place: str) -> int | None:
    """Which result's behaviours the place is about, if it is about behaviours."""
    kind, _, number = place.partition(":")
    return int(number) if kind == BEHAVIOURS and number.isascii() and number.isdigit() else None


def is_place(draft: Draft, place: str) -> bool:
    """Whether the draft (still) has such a place."""
    return place in places(draft)


def caps(draft: Draft) -> str:
    """How far the caps are used (method.md, belief 2): "2 of 3 results, 7 of 12 behaviours"."""
    results, behaviours = len(draft.named_results), len(draft.behaviours)
    return f"{results} of {MAX_RESULTS} results, {behaviours} of {MAX_BEHAVIOURS} behaviours"


def compact(draft: Draft) -> Draft:
    """Without the slots that were left free."""
    results = tuple(
        replace(result, behaviours=tuple(each for each in result.behaviours if each.name))
        for result in draft.named_results
    )
    return replace(draft, results=results)


def linked(draft: Draft, dropped: Mapping[str, str | None]) -> Draft:
    """What led to a dropped behaviour leads on to what that one led to, and never to itself."""
    names = {name_key(each.name): each.name for each in draft.behaviours}
    results = tuple(
        replace(
            result,
            behaviours=tuple(
                replace(each, leads_to=_step(each, names, dropped)) for each in result.behaviours
            ),
        )
        for result in draft.results
    )
    return replace(draft, results=results)


def _step(
    behaviour: DraftIndicator, names: Mapping[str, str], dropped: Mapping[str, str | None]
) -> str | None:
    step, walked = behaviour.leads_to, {name_key(behaviour.name)}
    while step is not None and name_key(step) not in walked:
        if name_key(step) in names:
            return names[name_key(step)]
        walked.add(name_key(step))
        step = dropped.get(name_key(step))
    return None


def _beside(draft: Draft, place: str, step: int) -> str:
    listed = places(draft)
    if place not in listed:
        return listed[0]
    return listed[min(max(listed.index(place) + step, 0), len(listed) - 1)]
