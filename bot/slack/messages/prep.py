"""`/coach prep`: one page before a one-to-one, the sentence that matters first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from slackblocks import ActionsBlock, Block, Button, Option, StaticSelectMenu

from bot.domain.feats.celebrations import Cheer
from bot.domain.grammar.coach import CoachTopic
from bot.domain.indicators import Indicator
from bot.domain.milestones import MilestoneKind
from bot.domain.progress.pace import Progress
from bot.domain.reports.digests import Digest
from bot.domain.reports.preparing import Prep
from bot.domain.talks.coaching_questions import Situation
from bot.domain.teams import Person
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.commitments import MOST_SHOWN, settled_block
from bot.slack.quick_blocks import Plain, button, context, row, section
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.words.amounts import day_words, name, period_words
from bot.slack.words.chances import chance_in_numbers, steadiness_in_numbers
from bot.slack.words.headlines import behaviours_first, headline
from bot.slack.words.progress import of_target

_MOST_CHEERS: Final = 5
_LONGEST_REASON: Final = 300
_LONGEST_TEAM: Final = 80
_LONGEST_QUESTION: Final = 180
_DONE_SHOWN: Final = 3
_SPOKEN: Final = 1500
_LONGEST_NAME: Final = 40
_MOST_BUTTONS: Final = 5
_MOST_OPTIONS: Final = 100
_TIMES: Final = {1: "once", 2: "twice"}
_MEANS: Final = {
    Situation.EFFORT: "Effort: too little of it",
    Situation.SKILL: "Skill: enough of it, too little comes of it",
    Situation.BOTH: "Both: too little of it, and too little comes of it",
    Situation.UNCLEAR: "Unclear: too little is known yet",
}


def prep_message(prep: Prep) -> Message:
    """The whole page."""
    first = first_sentence(prep)
    questions = "\n".join(_questions(prep))
    blocks = (
        section(first, "first"),
        context(_about(prep), "about"),
        section("\n".join(_went_well(prep)), "well"),
        section(f"*Ask*\n{questions}", "ask"),
        *_agreed(prep),
        row([_note_button(prep)], "do"),
    )
    said = f"{first.replace('*', '')} Ask: {questions}"
    return Message(shortened(said, _SPOKEN), blocks)


def choose_message(reps: Sequence[Person], topic: CoachTopic) -> Message:
    """Where nobody was named: whom to prepare for or (`NOTES`) whose notes to open."""
    text = f"With whom? Choose, or type `/coach {topic.value} @rep`."
    is_notes = topic is CoachTopic.NOTES
    options = [
        Option(plain_text(each.name or each.user_id), each.user_id if is_notes else str(each.id))
        for each in reps
    ]
    if not options:
        text = "Nobody to talk with yet: `/coach` adds reps to your team."
        return Message(text, (section(text, "whom"),))
    pick = StaticSelectMenu(
        action_id=actions.NOTES if is_notes else actions.PREP,
        options=options[:_MOST_OPTIONS],
        placeholder=plain_text("Note a 1:1 with…" if is_notes else "Prepare a 1:1 with…"),
    )
    choose = ActionsBlock(elements=[pick], block_id="choose")
    return Message(text, (section(text, "whom"), *rendered(choose)))


def prep_buttons(digest: Digest, user_ids: Iterable[str], block_id: str) -> Iterator[Block]:
    """One tap each to that rep's page, for a digest: its manager's `digest.talks` knows the ids."""
    names = {rep.user_id: rep.name for rep in digest.reps}
    ids = dict(digest.talks.people)
    buttons = [
        Button(
            plain_text(f"1:1 with {shortened(names.get(user_id) or user_id, _LONGEST_NAME)}"),
            action_id=actions.with_id(actions.PREP, ids[user_id]),
            value=str(ids[user_id]),
        )
        for user_id in dict.fromkeys(user_ids)
        if user_id in ids
    ]
    if buttons:
        yield ActionsBlock(elements=list(buttons[:_MOST_BUTTONS]), block_id=block_id)


def first_sentence(prep: Prep) -> str:
    """What the one-to-one is about, with its numbers; mrkdwn, escaped."""
    who = f"<@{prep.user_id}>"
    if prep.gap is None:
        return _NO_GAP[prep.situation].format(who=who, week=_week(prep))
    what = f"*{name(prep.gap.progress.indicator)}*"
    about = _GAP[prep.situation].format(who=who, what=what)
    return f"{about}: {escaped(shortened(prep.gap.reason, _LONGEST_REASON))}."


_GAP: Final = {
    Situation.EFFORT: "Talk with {who} about doing more {what}",
    Situation.SKILL: "Talk with {who} about what comes of {what}",
    Situation.BOTH: "Talk with {who} about doing more {what}, and about what comes of it",
    Situation.UNCLEAR: "Ask {who} what happened with {what}",
}
_NO_GAP: Final = {
    Situation.NO_GAP: "*No gap:* ask {who} what makes it work, and what comes next.",
    Situation.SILENT: "*{who} logged nothing in {week}:* ask what was in the way, before all else.",
    Situation.AWAY: "*{who} was away in {week}:* catch up first.",
}


def _week(prep: Prep) -> str:
    return f"the week of {day_words(prep.week.start, prep.today)}"


def _about(prep: Prep) -> str:
    """Team and week, the diagnosis in words, then chance and consistency in one line."""
    parts = [escaped(shortened(prep.team, _LONGEST_TEAM)), _week(prep)]
    if prep.situation in _MEANS:
        parts.append(_MEANS[prep.situation])
    told = " · ".join(parts)
    return told if prep.standing is None else f"{told}\n{_standing(prep, prep.standing)}"


def _standing(prep: Prep, progress: Progress) -> str:
    known = (chance_in_numbers(progress), steadiness_in_numbers(progress))
    stands = f"{of_target(progress)} {period_words(progress.period, prep.today)}"
    label = name(progress.indicator)
    if prep.gap is None:
        label = f"Least steady: {label}"
    return " · ".join((f"{label}: {stands}", *filter(None, known)))


def _went_well(prep: Prep) -> Iterator[str]:
    if prep.last is None:
        yield "*What went well in the last four weeks* (no one-to-one on record yet)"
    else:
        yield f"*What went well since the last one-to-one, {day_words(prep.last, prep.today)}*"
    told = [f"• {each}" for each in (*_targets(prep.cheers), *_others(prep.cheers))]
    yield from told[:_MOST_CHEERS]
    if (left := len(told) - _MOST_CHEERS) > 0:
        yield f"• and {left} more"
    if prep.kudos:
        yield f"• {prep.kudos} kudos from colleagues"
    if not told and not prep.kudos:
        yield "Nothing on record. Find one thing to acknowledge all the same."


def _targets(cheers: Sequence[Cheer]) -> Iterator[str]:
    """Each behaviour's targets in one line, however often it was reached."""
    counts: Counter[Indicator] = Counter(
        each.milestone.indicator
        for each in cheers
        if each.milestone.kind is MilestoneKind.TARGET and each.milestone.indicator is not None
    )
    for indicator, count in counts.most_common():
        often = _TIMES.get(count, f"{count} times")
        yield f"reached the target for {name(indicator)} {often}"


def _others(cheers: Sequence[Cheer]) -> Iterator[str]:
    rest = [each for each in cheers if each.milestone.kind is not MilestoneKind.TARGET]
    return (escaped(headline(each)) for each in behaviours_first(rest))


def _questions(prep: Prep) -> Iterator[str]:
    for number, question in enumerate(prep.questions, start=1):
        yield f"{number}. {escaped(shortened(question, _LONGEST_QUESTION))}"


def _agreed(prep: Prep) -> Iterator[dict[str, Any]]:
    done = prep.done[:_DONE_SHOWN]
    if not prep.open and not done:
        yield section("*Agreed*\nNothing is open between you.", "agreed")
        return
    yield section("*Agreed*", "agreed")
    for each in (*prep.open[:MOST_SHOWN], *done):
        yield settled_block(each, prep.today, whose=prep.user_id)
    if (left := len(prep.open) - MOST_SHOWN) > 0:
        yield context(f"and {left} more", "agreed:more")


def _note_button(prep: Prep) -> Plain:
    action = actions.with_id(actions.NOTES, prep.person_id)
    return button("Note & commitments", action, prep.user_id) | {"style": "primary"}
