"""Playbooks of all kinds: settled, and without faults."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.loudness import Celebrations, Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.amounts import MAX_TARGET, RESULT_PERIODS
from bot.domain.playbook.names import COMMANDS, SMALL_WORDS, default_unit, name_key
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.quantities import Unit, unit_named
from bot.domain.teams import WeekMoment

TRICKY = ["NO", "yes", "~", "null", "true x", "0x1F f", "2026-09-01 x", "a: b", "- b", "# c", "'q'"]
LETTERS = st.characters(categories=("L", "N", "P", "S"), exclude_characters=",;")


def is_name(text: str) -> bool:
    key = name_key(text)
    return (
        text.isprintable()
        and any(letter.isalpha() for letter in text)
        and key not in COMMANDS | SMALL_WORDS
    )


NAMES = (
    st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=3).map(" ".join)
    | st.sampled_from(TRICKY)
).filter(is_name)
ZONES = st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "America/New_York"])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DATES = st.dates(date(2000, 1, 1), date(2090, 12, 31))
AMOUNTS = st.decimals(Decimal("0.01"), MAX_TARGET, places=2)
RANGES = st.builds(
    lambda start, days: DateRange(start, start + timedelta(days)), DATES, st.integers(0, 40)
)
IDS = st.text("ABC012", min_size=2, max_size=6)
PERIODS = st.sampled_from(PeriodKind)
RESULT_KINDS = st.sampled_from(sorted(RESULT_PERIODS))

CELEBRATIONS = st.dictionaries(st.sampled_from(MilestoneKind), st.sampled_from(Loudness)).map(
    Celebrations.of
)


def a_unit(draw: st.DrawFn, name: str) -> Unit:
    given = draw(st.none() | NAMES | st.sampled_from(["hours", "GBP", "$", "calls"]))
    return default_unit(name) if given is None else unit_named(given)


@st.composite
def reps(draw: st.DrawFn, user: str) -> RepPlan:
    started_on = draw(st.none() | DATES)
    stays = draw(st.none() | st.integers(0, 1000))
    leaves_on = None if stays is None else (started_on or date(2026, 1, 1)) + timedelta(stays)
    away = sorted(draw(st.lists(RANGES, max_size=3)), key=lambda days: (days.start, days.end))
    return RepPlan(
        user,
        name=draw(st.none() | NAMES),
        timezone=draw(st.none() | ZONES),
        segment=draw(st.none() | NAMES),
        started_on=started_on,
        leaves_on=leaves_on,
        away=tuple(away),
    )


@st.composite
def results(draw: st.DrawFn) -> tuple[ResultPlan, ...]:
    words = iter(draw(st.lists(NAMES, unique_by=name_key, max_size=20)))
    made: list[ResultPlan] = []
    for name in words:
        made.append(
            ResultPlan(
                name,
                a_unit(draw, name),
                draw(AMOUNTS),
                draw(RESULT_KINDS),
                behaviours=tuple(behaviours(draw, words)),
            )
        )
        if len(made) == 3:
            break
    return tuple(made)


def behaviours(draw: st.DrawFn, words: Iterator[str]) -> Iterator[BehaviourPlan]:
    previous = None
    for _ in range(draw(st.integers(0, 4))):
        if (name := next(words, None)) is None:
            return
        alias = next(words, None) if draw(st.booleans()) else None
        yield BehaviourPlan(
            name,
            a_unit(draw, name),
            draw(AMOUNTS),
            draw(PERIODS),
            aliases=() if alias is None else (alias,),
            leads_to=draw(st.sampled_from([None, previous])),
        )
        previous = name


@st.composite
def overrides(draw: st.DrawFn, team: TeamPlan) -> tuple[OverridePlan, ...]:
    if not team.reps or not team.results:
        return ()
    result = draw(st.sampled_from(team.results))
    rep = draw(st.sampled_from(team.reps))
    whose = {"segment": rep.segment} if rep.segment else {"user": rep.user}
    which = {"result": result.name}
    if result.behaviours:
        which = {"behaviour": draw(st.sampled_from(result.behaviours)).name}
    period = draw(st.none() | RESULT_KINDS)
    since = draw(st.none() | DATES)
    return (OverridePlan(draw(AMOUNTS), **whose, **which, period=period, from_date=since),)


@st.composite
def teams(draw: st.DrawFn, name: str, users: tuple[str, ...]) -> TeamPlan:
    nudge_at, day_ends_at = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    week = st.frozensets(st.integers(0, 6), min_size=1)
    weights = st.decimals(Decimal("0.01"), Decimal(1), places=2)
    team = TeamPlan(
        name,
        channel=draw(st.none() | IDS.map(lambda some: "C" + some)),
        managers=tuple(draw(st.lists(IDS.map(lambda some: "U" + some), unique=True, max_size=2))),
        timezone=draw(st.none() | ZONES),
        workdays=draw(week),
        holidays=draw(st.sampled_from([None, "NO", "GB-ENG"])),
        nudge_at=nudge_at,
        day_ends_at=day_ends_at,
        digest_at=draw(st.builds(WeekMoment, st.integers(0, 6), TIMES)),
        ramp=tuple(draw(st.lists(weights, max_size=4))),
        ramp_results=draw(st.booleans()),
        leaderboard=draw(st.booleans()),
        celebrations=draw(CELEBRATIONS),
        reps=tuple(draw(reps(user)) for user in users),
        results=draw(results()),
    )
    return replace(team, overrides=draw(overrides(team)))


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    names = draw(st.lists(NAMES, unique_by=str.casefold, max_size=2))
    made = tuple(
        draw(teams(name, tuple(f"U{n}{i}" for i in range(draw(st.integers(0, 3))))))
        for n, name in enumerate(names)
    )
    return Playbook("T" + draw(IDS), timezone=draw(ZONES), name=draw(st.none() | NAMES), teams=made)
