"""Pairing two people: who could help whom, what a manager is told, and their worksheets."""

from collections.abc import Iterator, Mapping
from typing import Final

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, Option, SectionBlock
from slackblocks import StaticSelectMenu as Menu

from bot.domain.coaching.pairing import Helper, Pairing, Reader, Worksheet
from bot.domain.days.periods import short_day
from bot.domain.indicators import Indicator
from bot.domain.reports.digests import Coaching, Digest, Gap
from bot.domain.teams import TeamPlaybook
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.pages import paged
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.words.amounts import day_words, name

_NAME: Final = 24
_REASON: Final = 300
_HEADER: Final = 150
_MOST_OTHERS: Final = 20
_LONGEST_TEAM: Final = 80

Names = Mapping[str, str]
"""What people are called, by user id; whoever is missing is called by nothing."""


def pairs(
    playbook: TeamPlaybook,
    suggested: tuple[tuple[Gap, tuple[Helper, ...]], ...],
    running: tuple[Pairing, ...],
    learner: str | None,
    names: Names,
    *,
    has_gaps: bool = True,
) -> Message:
    """`/coach pair`: suggestions with their reasons, and what goes on, each with what to press.

    `has_gaps` says whether there was anything to suggest somebody for.
    """
    if suggested:
        said = _could_learn(*suggested[0])
    else:
        said = _nothing_to_suggest(playbook, learner, has_gaps=has_gaps)
    title = f"{shortened(playbook.team.name, _LONGEST_TEAM)}: who could learn from whom"
    blocks: list[Block] = [
        HeaderBlock(plain_text(title, _HEADER), block_id="title"),
        SectionBlock(text=said, block_id="said"),
    ]
    for number, (gap, helpers) in enumerate(suggested):
        blocks += _suggestion(number, gap, helpers, playbook.team.id, names)
    blocks += [_running(each, playbook) for each in running]
    spoken = " ".join(
        [said, *(_why(gap, helpers[0], playbook.team.id) for gap, helpers in suggested)]
    )
    return paged(spoken.replace("*", ""), blocks, f"{escaped(title)}, continued")


def proposed(pairing: Pairing, behaviour: Indicator, *, repeated: bool) -> Message:
    """What a manager is told who has just paired two people."""
    who = f"<@{pairing.learner}> with <@{pairing.teacher}> at {name(behaviour)}"
    when = f"{_day(pairing)} to {day_words(pairing.ends_on, pairing.starts_on)}"
    told = "Paired already" if repeated else "Paired"
    sent = "" if repeated else " Both get a short worksheet now."
    return _plain(f"{told}: {who}, {when}.{sent} The digest will show before and after.")


def called_off(pairing: Pairing) -> Message:
    """What a manager is told who has just called a pairing off."""
    return _plain(f"<@{pairing.learner}> and <@{pairing.teacher}> are no longer paired.")


def worksheet(facts: Worksheet) -> Message:
    """One reader's page."""
    pairing = facts.pairing
    what = name(facts.behaviour)
    if facts.is_over:
        other = pairing.teacher if facts.reader is Reader.LEARNER else pairing.learner
        return _plain(f"The pairing with <@{other}> at *{what}* is off: nothing more to do.")
    if facts.reader is Reader.MANAGER:
        return _plain(
            f"<@{pairing.teacher}> of your team helps <@{pairing.learner}> of "
            f"{escaped(shortened(facts.team, _LONGEST_TEAM))} with *{what}*, {_day(pairing)} to "
            f"{day_words(pairing.ends_on, pairing.starts_on)}: about an hour a week."
        )
    head = _for_learner(facts) if facts.reader is Reader.LEARNER else _for_teacher(facts)
    text = "\n".join([head, *_steps(facts)])
    return Message(head.replace("*", ""), rendered(SectionBlock(text=text, block_id="worksheet")))


def digest_buttons(digest: Digest) -> Iterator[Block]:
    """One click for each pairing that a digest suggests."""
    names = {rep.user_id: rep.name or "" for rep in digest.reps}
    buttons = [
        Button(
            plain_text(_label(names.get(each.user_id, ""), names.get(each.pair_with or "", ""))),
            action_id=actions.with_id(actions.PAIR, number),
            value=_value(each),
        )
        for number, each in enumerate(digest.coach)
        if each.pair_with is not None and not each.is_paired
    ]
    if buttons:
        yield ActionsBlock(elements=list(buttons), block_id="pair")


def _value(coaching: Coaching) -> str:
    return pair_value(
        coaching.user_id, coaching.pair_with or "", coaching.behaviour, coaching.for_skill
    )


def pair_value(learner: str, teacher: str, behaviour: Indicator, for_skill: bool) -> str:
    """What a button or an option says of a pairing."""
    return f"{learner} {teacher} {behaviour.id} {int(for_skill)}"


def _could_learn(gap: Gap, helpers: tuple[Helper, ...]) -> str:
    what = name(gap.progress.indicator)
    return f"*<@{gap.user_id}> could learn {what} from <@{helpers[0].user_id}>.*"


def _nothing_to_suggest(playbook: TeamPlaybook, learner: str | None, *, has_gaps: bool) -> str:
    """And why not, so that nobody waits for it."""
    team = escaped(shortened(playbook.team.name, _LONGEST_TEAM))
    if not playbook.present:
        return f"Nobody is in {team} yet: `/coach` adds reps."
    if not playbook.behaviours:
        return f"{team} counts no behaviours yet: `/coach setup` chooses some."
    whom = "" if learner is None else f" for <@{learner}>"
    if not has_gaps:
        return f"Nothing to suggest{whom}: nothing fell short in the last full week."
    return (
        f"Nothing to suggest{whom}: at what fell short, nobody is strong and free to help just now."
    )


def _suggestion(
    number: int, gap: Gap, helpers: tuple[Helper, ...], team_id: int, names: Names
) -> Iterator[Block]:
    best, *others = helpers
    behaviour = gap.progress.indicator
    yield SectionBlock(text=_why(gap, best, team_id), block_id=f"pair:{number}")

    def value(helper: Helper) -> str:
        return pair_value(gap.user_id, helper.user_id, behaviour, helper.for_skill)

    label = _label(names.get(gap.user_id, ""), names.get(best.user_id, ""))
    action_id = actions.with_id(actions.PAIR, 2 * number)
    elements: list[Button | Menu] = [
        Button(plain_text(label), action_id=action_id, value=value(best))
    ]
    if others:
        options = [
            Option(plain_text(_option(each, team_id, names)), value(each))
            for each in others[:_MOST_OTHERS]
        ]
        elements.append(
            Menu(
                action_id=actions.with_id(actions.PAIR, 2 * number + 1),
                options=options,
                placeholder=plain_text("Somebody else…"),
            )
        )
    yield ActionsBlock(elements=list(elements), block_id=f"choose:{number}")


def _why(gap: Gap, best: Helper, team_id: int) -> str:
    own = f"<@{gap.user_id}>, {name(gap.progress.indicator)}: "
    own += escaped(shortened(gap.reason, _REASON))
    if best.school.team_id != team_id:  # another team's numbers are for its manager
        where = escaped(shortened(best.school.weeks.team, _LONGEST_TEAM))
        return f"{own}. <@{best.user_id}> is the strongest at it in {where}."
    return f"{own}. <@{best.user_id}> {escaped(shortened(best.reason, _REASON))}."


def _option(helper: Helper, team_id: int, names: Names) -> str:
    called = shortened(names.get(helper.user_id, helper.user_id), _NAME)
    if helper.school.team_id != team_id:
        return f"{called}, {shortened(helper.school.weeks.team, _NAME)}"
    return f"{called}: {helper.reason}"


def _running(pairing: Pairing, playbook: TeamPlaybook) -> Block:
    listed = (*playbook.indicators, *playbook.retired)
    behaviour = next((each for each in listed if each.id == pairing.behaviour_id), None)
    what = "" if behaviour is None else f" at {name(behaviour)}"
    if behaviour in playbook.retired:
        what += " (no longer counted)"
    text = (
        f"<@{pairing.learner}> with <@{pairing.teacher}>{what}, {_day(pairing)} to "
        f"{day_words(pairing.ends_on, pairing.starts_on)}"
    )
    action_id = actions.with_id(actions.PAIR_OFF, pairing.id)
    off = Button(plain_text("Call off"), action_id=action_id, value=str(pairing.id))
    return SectionBlock(text=text, block_id=f"running:{pairing.id}", accessory=off)


def _label(learner: str, teacher: str) -> str:
    """ "Pair Riley with Sam", as far as their names are known."""
    if not learner:
        return "Pair them"
    with_whom = f" with {shortened(teacher, _NAME)}" if teacher else " up"
    return f"Pair {shortened(learner, _NAME)}{with_whom}"


def _for_learner(facts: Worksheet) -> str:
    pairing = facts.pairing
    why = f" Your last weeks: {escaped(facts.why)}." if facts.why else ""
    return f"🤝 *Two weeks with <@{pairing.teacher}>: {name(facts.behaviour)}*{why}"


def _for_teacher(facts: Worksheet) -> str:
    """Without any number of the learner's."""
    learner = facts.pairing.learner
    return (
        f"🤝 *Two weeks with <@{learner}>: {name(facts.behaviour)}* You are asked because you "
        "are good at it. About an hour a week."
    )


def _steps(facts: Worksheet) -> Iterator[str]:
    is_learner = facts.reader is Reader.LEARNER
    other = f"<@{facts.pairing.teacher if is_learner else facts.pairing.learner}>"
    watch, together, alone = (day_words(day, facts.pairing.starts_on) for day in facts.steps)
    yield f"From {_day(facts.pairing)}:"
    if is_learner:
        yield f"1. *Watch one*, by {watch}: sit in with {other}, and write down what is different."
        yield f"2. *Do one together*, by {together}: you lead, {other} helps."
        yield f"3. *Do one alone*, by {alone}: then ask {other} for one thing to change."
    else:
        yield f"1. *Show one*, by {watch}: {other} sits in; say what you do and why."
        yield f"2. *Do one together*, by {together}: {other} leads, you help."
        yield f"3. *Let {other} do one alone*, by {alone}: then name one thing to change."
    yield "Agree on the times now. Your numbers stay yours: nobody else sees them through this."


def _day(pairing: Pairing) -> str:
    return short_day(pairing.starts_on)


def _plain(text: str) -> Message:
    return Message(text.replace("*", ""), rendered(SectionBlock(text=text, block_id="pairing")))
