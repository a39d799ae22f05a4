"""What was agreed at a one-to-one: one line each, with one tap that settles it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from bot.domain.talks.one_to_ones import Agreed, Commitment, CommitmentDue
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.quick_blocks import Plain, button, context, section
from bot.slack.rendering import shortened
from bot.slack.words.amounts import day_words

MOST_SHOWN: Final = 8
_LONGEST: Final = 120
_DONE, _OPEN = "done", "open"


def agreed_message(agreed: Agreed) -> Message:
    """To the rep: what was agreed, once."""
    count = len(agreed.commitments)
    what = "this" if count == 1 else f"{count} things"
    opening = f"<@{agreed.manager}> and you agreed on {what}:"
    blocks = (
        section(opening, "agreed"),
        *(settled_block(each, agreed.today, whose="rep") for each in agreed.commitments),
        context("You see them in `/pace` and in Home until they are done.", "where"),
    )
    said = "; ".join(line(each, agreed.today) for each in agreed.commitments)
    return Message(f"{opening} {said}", blocks)


def due_message(due: CommitmentDue) -> Message:
    """To whoever has agreed to it, on its day."""
    found = due.commitment
    when = "today" if found.due_on == due.today else day_words(found.due_on or due.today, due.today)
    with_whom = "" if found.is_the_reps else f" with <@{found.rep}>"
    opening = f"Due {when}, as you agreed{with_whom}: *{words(found)}*"
    blocks = (_with_button(opening, found, "rep" if found.is_the_reps else ""),)
    return Message(opening.replace("*", ""), blocks)


def settled_message(commitment: Commitment, *, own: bool) -> Message:
    """What is so now."""
    if commitment.done_at is None:
        text = f"Open again: {words(commitment)}"
    else:
        text = f"✅ Done: {words(commitment)}"
        text += " · your manager sees it before your next one-to-one." if own else ""
    return Message(text, (section(text, "settled"),))


def settled_in(
    blocks: Sequence[Any], commitment: Commitment, today: date
) -> tuple[dict[str, Any], ...] | None:
    """A message's blocks with this commitment as it is now; None where it isn't among them."""
    fresh = settled_block(commitment, today, whose="rep" if commitment.is_the_reps else "")
    if not any(block.get("block_id") == fresh["block_id"] for block in blocks):
        return None
    return tuple(fresh if each.get("block_id") == fresh["block_id"] else each for each in blocks)


def own_lines(commitments: Sequence[Commitment], today: date) -> Iterator[Plain]:
    """A rep's open commitments, for `/pace` and Home; nothing where there are none."""
    if not commitments:
        return
    yield section("*Agreed with your manager*", "agreed")
    for each in commitments[:MOST_SHOWN]:
        yield settled_block(each, today, whose="rep")
    if (more := len(commitments) - MOST_SHOWN) > 0:
        yield context(f"and {more} more", "agreed:more")


def settled_block(commitment: Commitment, today: date, whose: str) -> Plain:
    """One commitment with its button. `whose` is "rep" for what the rep reads, who may settle
    nothing but the rep's own; else the rep's Slack id, or "", for a manager."""
    text = line(commitment, today)
    if whose == "rep" and not commitment.is_the_reps:
        return section(text, f"commitment:{commitment.id}")
    return _with_button(text, commitment, whose)


def line(commitment: Commitment, today: date) -> str:
    """ "☐ @Riley: send Acme the offer · due Fri 20 Nov"; mrkdwn, escaped."""
    text = f"<@{commitment.owner}>: {words(commitment)}"
    if commitment.done_at is not None:
        return f"✅ {text}"
    if commitment.due_on is None:
        return f"☐ {text}"
    day = day_words(commitment.due_on, today)
    if commitment.is_overdue(today):
        return f"⚠️ {text} · overdue since {day}"
    return f"☐ {text} · due {day}"


def lines(commitments: Iterable[Commitment], today: date) -> list[str]:
    return [line(each, today) for each in commitments]


def words(commitment: Commitment) -> str:
    """What it is, escaped."""
    return escaped(shortened(commitment.text, _LONGEST))


def _with_button(text: str, commitment: Commitment, whose: str) -> Plain:
    is_open = commitment.done_at is None
    user_id = "" if whose == "rep" else whose
    value = f"{_DONE if is_open else _OPEN} {user_id}".strip()
    action = actions.with_id(actions.SETTLE, commitment.id)
    label = "Done" if is_open else "Not done"
    shown = section(text, f"commitment:{commitment.id}")
    return {**shown, "accessory": button(label, action, value)}
