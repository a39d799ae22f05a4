"""What somebody writes to the bot in a direct message: plain sentences, by simple rules.

Only whole phrases are known besides what `/log` takes; everything else is a line to log. A sentence
is read more carefully than a command: who asks, or says too little, is asked back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from bot.domain.grammar.days import read_day
from bot.domain.grammar.entries import quantities_at
from bot.domain.grammar.log import parse_log
from bot.domain.grammar.names import Names, names_of, spans
from bot.domain.grammar.printing import print_log
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import LogRequest
from bot.domain.grammar.words import MAX_TEXT, Line, from_slack, line
from bot.domain.indicators import Indicator


@dataclass(frozen=True, slots=True)
class ToLog:
    """What is meant as words behind `/log`."""

    text: str


@dataclass(frozen=True, slots=True)
class ToPace:
    """What is meant as words behind `/pace`."""

    text: str


class SmallTalk(Enum):
    """What is no request: a greeting or a call for help, thanks, or an answer to a question."""

    HELLO = "hello"
    THANKS = "thanks"
    YES_OR_NO = "yes or no"
    ELSEWHERE = "elsewhere"
    """What only a command takes: `/coach`, `/kudos`."""


Sentence = ToLog | ToPace | SmallTalk

_PHRASES: Final[dict[Sentence, str]] = {
    SmallTalk.HELLO: (
        "hi, hello, hey, hi there, hey there, hello there, morning, good morning, good afternoon, "
        "good evening, help, help me, log, who are you, what can you do, what can i say, "
        "what do you do, how does this work, how do i log, commands"
    ),
    SmallTalk.THANKS: (
        "thanks, thank you, thanks a lot, thank you very much, many thanks, thx, cheers, ok, "
        "okay, great, cool, nice, perfect, got it, good, 👍, :+1:, :thumbsup:, 🙏, :pray:, :tada:"
    ),
    SmallTalk.YES_OR_NO: "yes, yes please, yep, yeah, y, sure, no, nope, n, no thanks",
    ToLog("undo"): (
        "undo, undo it, undo that, undo last, undo the last one, take it back, take that back, "
        "delete it, delete that, remove it, remove that, scrap that, oops"
    ),
    ToLog("list"): (
        "list, edit, recent, my entries, show my entries, what did i log, what have i logged, "
        "what did i log today, what did i log this week"
    ),
    ToPace(""): (
        "pace, status, scorecard, my scorecard, my pace, my numbers, show my numbers, "
        "how am i doing, how am i doing this week, how am i doing today, how do i stand, "
        "where do i stand, how is my week, how's my week, am i on track, am i on pace"
    ),
    ToPace("now"): (
        "now, next, what next, what's next, whats next, what now, what should i do, "
        "what should i do now, what should i do next, what do i do now, what do i do next"
    ),
    ToPace("team"): (
        "team, my team, how is my team, how's my team, how is my team doing, "
        "how's my team doing, how is the team doing, how's the team doing"
    ),
}
_MEANT: Final = {
    phrase: sentence for sentence, said in _PHRASES.items() for phrase in said.split(", ")
}
_OF_PACE: Final = frozenset({"snooze", "away", "plan"})
_ELSEWHERE: Final = frozenset({"coach", "kudos", "/coach", "/kudos"})
_OPENING = re.compile(
    r"(?:(?:hi|hey|hello|ok|okay|so|and|also|please|just)\b[,!.]? +)*"
    r"(?:(?:i|we)(?:['’]ve| have)? +)?(?:(?:just|also|already) +)?"
    r"(?:did|made|had|held|done|logged|completed|finished|log|add|record) +",
    re.IGNORECASE,
)
"""Words before what was done that say nothing more: "I just made". "I have 3 calls" is a plan."""
_LONGEST_OPENING_DAY: Final = 3


def read_sentence(text: str) -> Sentence:
    """What a message asks for; `text` is as Slack sends it."""
    said = " ".join(from_slack(text[:MAX_TEXT]).replace("’", "'").casefold().split())
    bare = said.strip(" .!?,…") or said
    if (meant := _MEANT.get(bare)) is not None:
        return meant
    first, _, rest = text.strip().partition(" ")
    word = first.casefold().strip(":,")
    if word in {"pace", "/pace"}:
        return ToPace(rest)
    if word in _OF_PACE:
        return ToPace(text.strip())
    return SmallTalk.ELSEWHERE if word in _ELSEWHERE else ToLog(text)


def line_to_log(text: str, indicators: Sequence[Indicator], today: date) -> str:
    """The line to give to `/log`: the text, without an opening like "I made" where it has one.

    Raises `NotUnderstood`, with the line to confirm, for a question ("3 calls?") and for words
    that could be about anything: the beginning of a name, or how a deal ended, and no more.
    """
    bare = _without_opening(text, today)
    for candidate in dict.fromkeys((text, bare)):
        try:
            request = parse_log(candidate, indicators, today)
        except NotUnderstood:
            continue
        names = names_of(indicators)
        if text.rstrip().endswith("?") or _says_little(line(from_slack(candidate)), request, names):
            choice = print_log(request, today, indicators)
            raise NotUnderstood("Shall I log this? Then press it.", [choice])
        return candidate
    return bare


def _without_opening(text: str, today: date) -> str:
    """ "Yesterday I made 3 calls" → "Yesterday 3 calls"."""
    words = text.split()
    for count in range(min(_LONGEST_OPENING_DAY, len(words)), -1, -1):
        day, rest = " ".join(words[:count]), " ".join(words[count:])
        spoken = read_day(day.casefold().strip(" ,:"), today) if count else today
        if spoken is not None and (opening := _OPENING.match(rest)):
            return f"{day} {rest[opening.end() :]}".strip()
    return text


def _says_little(cut: Line, request: LogRequest, names: Names) -> bool:
    if request.deal is not None:
        said = (request.deal.amount, request.deal.reason, request.account, request.note)
        return not any(said)
    places = range(len(cut.tokens))
    if any(quantities_at(cut, at, len(cut.tokens)) for at in places):
        return False
    return not any(names.find(phrase).exact for at in places for phrase, _ in spans(cut, at, names))
