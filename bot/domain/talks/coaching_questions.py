"""Three questions for a one-to-one that fit what the gap comes from (method.md, belief 4).

An open question each; none tells the rep what to do, none asks "why didn't you?".
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.domain.coaching.diagnosis import Diagnosis


class Situation(StrEnum):
    """What a one-to-one is about: a gap's diagnosis, or that there is none."""

    EFFORT = "effort"
    SKILL = "skill"
    BOTH = "both"
    UNCLEAR = "unclear"
    NO_GAP = "no_gap"
    SILENT = "silent"
    AWAY = "away"
    """The rep wasn't at work in the week that was looked at."""


def situation_of(diagnosis: Diagnosis) -> Situation:
    return Situation(diagnosis.value)


MOST_QUESTIONS: Final = 3
WHAT: Final = "{what}"
THEN: Final = "{then}"
"""Where a question names the behaviour, and what it leads to."""

GENERAL: Final[Mapping[Situation, Sequence[str]]] = {
    Situation.EFFORT: (
        "What took the time that you had meant for {what}?",
        "When in the week are you best at {what}, and how could you keep that time free?",
        "What would you drop or hand over to have an hour more for {what}?",
        "What makes {what} easy to put off, and what would make the first step smaller?",
        "Which day next week will be your day for {what}, and what could get in its way?",
        "What can I take off your desk so that {what} gets done?",
    ),
    Situation.SKILL: (
        "Take a good day of {what}: what did you do that led on to {then}?",
        "Where in {what} do people usually drop off, and what do you say just before?",
        "Whose way of doing {what} would you like to watch, and what would you look for?",
        "Walk me through {what} from start to end: what would you do differently the second time?",
        "Which of your {what} had little chance from the start, and how could you have known?",
        "What could we practise now, in ten minutes, that would change the next one?",
    ),
    Situation.BOTH: (
        "What is the hardest part of {what} for you at the moment?",
        "If only one thing about {what} changed this month, which would help most?",
        "When did {what} last go the way you wanted, and what was different then?",
        "Does little coming of {what} make you do less of it, or the other way round?",
        "With whom could you do {what} side by side, once?",
        "What would a good week of {what} look like, day by day?",
    ),
    Situation.UNCLEAR: (
        "What happened last week that the numbers don’t show?",
        "Was last week’s {what} an exception, or the start of something?",
        "What would you expect of {what} this week, and what makes you think so?",
        "What did you try differently with {what} lately?",
        "What would tell us early that {what} needs attention?",
        "Is anything missing from what you log about {what}?",
    ),
    Situation.NO_GAP: (
        "What are you doing that works so well, and could you show it to somebody?",
        "What would make next month even better, with the same hours?",
        "Which part of your work would you like to get better at?",
        "Where do you see a risk for the rest of the quarter?",
        "What slows you down that I could change?",
        "What would you like to try that you haven’t dared to?",
    ),
    Situation.SILENT: (
        "How is it going? What was last week like for you?",
        "Did work happen that wasn’t logged, or was something in the way?",
        "What would make logging take no effort: a message, a button, another time of day?",
        "What do you need from me in the next days?",
        "Which one thing do you want to get done by Friday?",
        "Is what we measure still what your work is about?",
    ),
    Situation.AWAY: (
        "What waits for you that I should know about?",
        "What is the one thing for your first week back?",
        "Which customers need a call first?",
        "What can somebody else finish for you?",
        "What would make the start easy?",
        "Has anything changed for you since we last spoke?",
    ),
}
"""Six each, of which one one-to-one takes at most three and the next one others."""

_BEHAVIOURS: Final[Mapping[str, tuple[str, ...]]] = {
    "calls": ("call", "dial", "phone"),
    "writing": ("mail", "social", "linkedin", "touch", "message"),
    "conversations": ("conversation", "contact", "connect"),
    "meetings": ("meeting", "demo", "appointment", "visit", "presentation"),
    "opportunities": ("opportunit", "qualif", "pipeline"),
    "proposals": ("proposal", "quote", "offer", "tender"),
    "follow-ups": ("follow", "referral", "review", "renewal"),
    "plans": ("plan", "research", "map"),
}
"""Words by which a behaviour is known, the first that fits."""

_EFFORT: Final[Mapping[str, tuple[str, str]]] = {
    "calls": (
        "How many dials fit into your best hour, and which hour is that?",
        "Which list do you call from, and does it ever run dry?",
    ),
    "writing": (
        "How do you pick whom to write to, and how long does one message take you?",
        "Which messages could you prepare on one day for the whole week?",
    ),
    "conversations": (
        "At what time do people pick up when you call?",
        "How often do you try somebody before you give up?",
    ),
    "meetings": (
        "At which moment of a conversation do you ask for a meeting?",
        "Who has been meaning to see you and only needs a date?",
    ),
    "opportunities": (
        "Which of last month’s meetings deserve a second look?",
        "What has to be true before you call something an opportunity?",
    ),
    "proposals": (
        "Which open opportunities are ready for a proposal, and what holds them back?",
        "How long does a proposal take you, and which part of it could be ready beforehand?",
    ),
    "follow-ups": (
        "Who is waiting for something that you promised?",
        "Where do you keep what is to be followed up, and when do you look there?",
    ),
    "plans": (
        "Which two hours of the month are for planning, and who may not disturb them?",
        "Which part of the plan do you still need to know something for?",
    ),
}
_SKILL: Final[Mapping[str, tuple[str, str]]] = {
    "calls": (
        "What are your first two sentences, and what does the other person say to them?",
        "Whom do you reach: the one who decides, or the one who answers the phone?",
    ),
    "writing": (
        "Which of your messages got an answer, and what did they have in common?",
        "What does the reader have to do after your message, and is it one thing?",
    ),
    "conversations": (
        "Which question of yours gets people talking?",
        "What do you offer at the end of a conversation, in your own words?",
    ),
    "meetings": (
        "What do you know about the customer before you sit down?",
        "How does a meeting of yours end: who does what next, and by when?",
    ),
    "opportunities": (
        "Who decides at the customer’s, and whom of them have you met?",
        "What would it cost the customer to do nothing?",
    ),
    "proposals": (
        "Whom did you talk the proposal through with before you sent it?",
        "What does it say that a competitor’s couldn’t?",
    ),
    "follow-ups": (
        "What new thing does your follow-up bring, apart from asking again?",
        "How do you agree on the next step before you part?",
    ),
    "plans": (
        "Whom does the plan name at the customer’s, and who is missing?",
        "What did the last plan change about what you did?",
    ),
}
_SPECIFIC: Final = {
    Situation.EFFORT: (_EFFORT,),
    Situation.SKILL: (_SKILL,),
    Situation.BOTH: (_EFFORT, _SKILL),
}


def questions(
    situation: Situation, what: str = "", then: str = "the next step", held: int = 0
) -> tuple[str, ...]:
    """Three questions; `held` is how many one-to-ones there were, so that the next asks others.

    `what` is the behaviour's name, `then` that of what it leads to. As long as the diagnosis stays
    the same, two one-to-ones in a row have no question in common.
    """
    own = _own(situation, what, held)
    general = GENERAL[situation]
    count = MOST_QUESTIONS - len(own)
    first = held * count
    chosen = [general[(first + number) % len(general)] for number in range(count)]
    return tuple(_named(each, what, then) for each in (*chosen, *own))


def _own(situation: Situation, what: str, held: int) -> tuple[str, ...]:
    """The one about this very behaviour, where it is one that we know."""
    kind = _kind(what)
    if kind is None or situation not in _SPECIFIC:
        return ()
    asked = [question for each in _SPECIFIC[situation] for question in each[kind]]
    return (asked[held % len(asked)],)


def _kind(what: str) -> str | None:
    said = what.casefold()
    return next(
        (kind for kind, words in _BEHAVIOURS.items() if any(word in said for word in words)), None
    )


def _named(question: str, what: str, then: str) -> str:
    return question.replace(WHAT, what).replace(THEN, then)
