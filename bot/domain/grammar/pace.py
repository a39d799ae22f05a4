"""`/pace` and what may follow it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rapidfuzz import fuzz, process

from bot.domain.grammar.days import Looking, NoDay, count_of, read_day
from bot.domain.grammar.log import ShowHelp, is_help
from bot.domain.grammar.mentions import named_person
from bot.domain.grammar.numbers import NUMBER_WORDS
from bot.domain.grammar.plans import Plan, parse_plan
from bot.domain.grammar.ranges import read_range
from bot.domain.grammar.refusals import NotUnderstood, quoted
from bot.domain.grammar.words import MAX_TEXT, from_slack, normal

MAX_SNOOZE: Final = 92
"""Days that nudges can be silenced for; longer absence is time off."""
MAX_AWAY: Final = 366
"""Days of one time off."""


@dataclass(frozen=True, slots=True)
class ShowScorecard:
    """`/pace`: one's own scorecard, or `user`'s."""

    user: str | None = None


@dataclass(frozen=True, slots=True)
class ShowNext:
    """`/pace now`: the one thing to do next."""


@dataclass(frozen=True, slots=True)
class ShowTeam:
    """`/pace team`: the manager's view, of the team of that name where one is given."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """`/pace board`: the leaderboard, as far as one may see it."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """No nudges until `resumes_on`, the first local date on which they come again."""

    resumes_on: date


@dataclass(frozen=True, slots=True)
class SnoozeOff:
    """Nudges again from now on."""


@dataclass(frozen=True, slots=True)
class Away:
    """Time off from `first` to `last`, both included; of `user` ("U…"), else of oneself."""

    first: date
    last: date
    user: str | None = None


@dataclass(frozen=True, slots=True)
class AwayOff:
    """Take time off back: that of these dates, else all that is not over."""

    first: date | None = None
    last: date | None = None
    user: str | None = None


PaceCommand = (
    ShowScorecard
    | ShowNext
    | ShowTeam
    | ShowBoard
    | Snooze
    | SnoozeOff
    | Away
    | AwayOff
    | Plan
    | ShowHelp
)

_OFF: Final = frozenset({"off", "cancel", "stop", "end", "over", "none", "back"})
_HOW_TO: Final = (
    "Type /pace, or behind it now, team, snooze 3 days, away 12-16 dec or plan 10:00 calls."
)
_HOW_TO_SNOOZE: Final = "Type snooze today, snooze 3 days, snooze until friday or snooze off."
_HOW_TO_GO: Final = "Type away tomorrow, away 12-16 dec or away 2026-12-14 - 2026-12-18."


def parse_pace(text: str, today: date) -> PaceCommand:
    """What `/pace` with this text asks for; `today` is the rep's local date.

    Raises `NotUnderstood`, with a corrected line where only the first word was mistyped.
    """
    if len(text) > MAX_TEXT:
        raise NotUnderstood(f"That is too long to read. {_HOW_TO}")
    user, rest = named_person(text)
    words = from_slack(rest).split()
    if is_help(" ".join(words)):
        return ShowHelp()
    if not words or normal(words[0]) in {"me", "scorecard"}:
        return ShowScorecard(user)
    command = _COMMANDS.get(normal(words[0]))
    if command is None:
        raise _unknown(words, today)
    return command(words[1:], user, today)


def _now(_words: list[str], _user: str | None, _today: date) -> PaceCommand:
    return ShowNext()


def _team(words: list[str], _user: str | None, _today: date) -> PaceCommand:
    return ShowTeam(" ".join(words) or None)


def _board(_words: list[str], _user: str | None, _today: date) -> PaceCommand:
    return ShowBoard()


def _snooze(words: list[str], _user: str | None, today: date) -> PaceCommand:
    phrase = _phrase(words).removeprefix("for ")
    if phrase in _OFF:
        return SnoozeOff()
    resumes = _resumes(phrase, today)
    if resumes is None:
        raise NotUnderstood(f"I can’t read {quoted(phrase)} as a snooze. {_HOW_TO_SNOOZE}")
    if isinstance(resumes, NoDay):
        raise NotUnderstood(resumes.sentence)
    if not today < resumes <= today + timedelta(days=MAX_SNOOZE):
        raise NotUnderstood(
            f"A snooze ends after today and within {MAX_SNOOZE} days. {_HOW_TO_SNOOZE}"
        )
    return Snooze(resumes)


def _resumes(phrase: str, today: date) -> date | NoDay | None:
    """The first day with nudges again: "until friday" is silent up to and with Thursday."""
    if phrase in {"", "today", "until tomorrow", "till tomorrow"}:
        return today + timedelta(days=1)
    if days := read_span(phrase):
        return today + timedelta(days=days)
    if phrase in {"this week", "until next week", "till next week", "rest of the week"}:
        return today + timedelta(days=7 - today.weekday())
    through = re.match(r"(?:through|thru|including|incl) ", phrase)
    day_words = re.sub(r"^(?:until|till|til|to|through|thru|including|incl) ", "", phrase)
    day = read_day(day_words, today, Looking.AHEAD, today + timedelta(days=0 if through else 1))
    return day + timedelta(days=1) if through and isinstance(day, date) else day


_SPAN = re.compile(rf"(?P<count>\d{{1,9}}|{'|'.join(NUMBER_WORDS)})(?: ?(?P<unit>d|day|week)s?)?")


def read_span(phrase: str) -> int | None:
    """Days in "3 days", "a week" or "2"; None where it is no stretch of days."""
    match = _SPAN.fullmatch(phrase)
    if match is None:
        return None
    return count_of(match["count"]) * (7 if match["unit"] == "week" else 1) or None


def _away(words: list[str], user: str | None, today: date) -> PaceCommand:
    phrase = re.sub(r"(?: for)$|^(?:for|on) ", "", _phrase(words))
    first_word, _, rest = phrase.partition(" ")
    if "@" in phrase:
        raise NotUnderstood("Pick the person from the list that opens when you type @.")
    if first_word in _OFF:
        days = _range(rest, today) if rest else None
        return AwayOff(days[0], days[1], user) if days else AwayOff(user=user)
    if not phrase:
        raise NotUnderstood(f"When? {_HOW_TO_GO}")
    first, last = _range(phrase, today)
    return Away(first, last, user)


def _range(phrase: str, today: date) -> tuple[date, date]:
    span = read_span(phrase)
    days = (
        (today, today + timedelta(days=min(span, MAX_AWAY + 1) - 1))
        if span
        else read_range(phrase, today)
    )
    if days is None:
        raise NotUnderstood(f"I can’t read {quoted(phrase)} as days off. {_HOW_TO_GO}")
    if isinstance(days, NoDay):
        raise NotUnderstood(days.sentence)
    first, last = days
    if last < first:
        raise NotUnderstood(f"Those days end before they begin. {_HOW_TO_GO}")
    if (last - first).days >= MAX_AWAY:
        raise NotUnderstood(f"That is more than a year off: give at most {MAX_AWAY} days.")
    return first, last


def _plan(words: list[str], _user: str | None, today: date) -> PaceCommand:
    return parse_plan(words, today)


def _phrase(words: list[str]) -> str:
    return " ".join(filter(None, (normal(word).strip(",") for word in words)))


_COMMANDS: Final[dict[str, Callable[[list[str], str | None, date], PaceCommand]]] = {
    "now": _now,
    "next": _now,
    "team": _team,
    "board": _board,
    "leaderboard": _board,
    "snooze": _snooze,
    "away": _away,
    "plan": _plan,
}


def _unknown(words: list[str], today: date) -> NotUnderstood:
    """A refusal that offers the likeliest command in place of a mistyped one."""
    like = process.extractOne(normal(words[0]), list(_COMMANDS), scorer=fuzz.ratio, score_cutoff=60)
    choices = []
    if like and "@" not in " ".join(words):
        corrected = " ".join((str(like[0]), *words[1:]))
        try:
            parse_pace(corrected, today)
            choices = [corrected]
        except NotUnderstood:
            pass
    return NotUnderstood(f"I don’t know {quoted(words[0])}. {_HOW_TO}", choices)
