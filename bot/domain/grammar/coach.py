"""`/coach` and `/kudos` and what may follow them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from bot.domain.grammar.log import ShowHelp, is_help
from bot.domain.grammar.mentions import named_person
from bot.domain.grammar.refusals import NotUnderstood, quoted
from bot.domain.grammar.words import MAX_TEXT, from_slack, normal


class CoachTopic(StrEnum):
    """What a manager opens; the hub where nothing is named."""

    HUB = ""
    SETUP = "setup"
    PREP = "prep"
    DIGEST = "digest"
    TARGET = "target"
    PLAYBOOK = "playbook"
    NOTES = "notes"
    EXPERIMENT = "experiment"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Coach:
    """`/coach` with its topic, the person mentioned ("U…") and whatever else was typed."""

    topic: CoachTopic
    user: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Kudos:
    """`/kudos @rep for …`: praise for `user`, "" where no reason was given."""

    user: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoKudos:
    """`/kudos undo`: take the last of one's own back."""


_TWO: Final = re.compile(r"\s*<@[^<>]+>\s*(?:(?:,|&amp;|\+|and\b)\s*)*<@[UW]")
"""Two people with nothing but "and" between them."""
_TOPICS: Final = [topic.value for topic in CoachTopic if topic.value]
_HOW_TO: Final = f"Type /coach, or behind it {', '.join(_TOPICS)} or help."


def parse_coach(text: str) -> Coach | ShowHelp:
    """What `/coach` with this text asks for; raises `NotUnderstood`."""
    user, words = _without_mention(text)
    if not words:
        return Coach(CoachTopic.HUB, user)
    if is_help(words[0]):
        return ShowHelp()
    said = normal(words[0]).replace("-", "")
    topic = said if said in _TOPICS else said.removesuffix("s")
    if topic in _TOPICS:
        return Coach(CoachTopic(topic), user, " ".join(words[1:]))
    like = process.extractOne(said, _TOPICS, scorer=fuzz.ratio, score_cutoff=60)
    choices = [" ".join((str(like[0]), *words[1:]))] if like and user is None else []
    raise NotUnderstood(f"I don’t know {quoted(words[0])}. {_HOW_TO}", choices)


def parse_kudos(text: str) -> Kudos | UndoKudos | ShowHelp:
    """Whom `/kudos` praises and for what; raises `NotUnderstood` where nobody is mentioned.

    Further people belong to the reason; but where two are named before it, it isn't clear who.
    """
    user, words = _without_mention(text)
    if words and is_help(words[0]) and user is None:
        return ShowHelp()
    if user is None and [normal(word) for word in words] == ["undo"]:
        return UndoKudos()
    if user is None:
        raise NotUnderstood(
            "Whom? Pick the person from the list that opens when you type @, then say for what."
        )
    if _TWO.match(text):
        raise NotUnderstood(
            "One person at a time, so that each is thanked: type /kudos once for each of them."
        )
    reason = words[1:] if words and normal(words[0]) == "for" else words
    return Kudos(user, " ".join(reason))


def _without_mention(text: str) -> tuple[str | None, list[str]]:
    if len(text) > MAX_TEXT:
        raise NotUnderstood(f"That’s {len(text):,} characters: keep it to {MAX_TEXT:,}.")
    user, rest = named_person(text)
    return user, from_slack(rest).split()
