"""Every message keeps Slack's limits and lets nothing through that a user typed (slack-facts)."""

import json
from collections.abc import Callable, Iterator
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.days.absences import Absence
from bot.domain.days.calendar import DateRange
from bot.domain.entries import Undone
from bot.domain.nudging.next_steps import next_step
from bot.domain.nudging.reminders import ReminderFacts
from bot.slack import actions
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages import notices
from bot.slack.messages.log_reply import log_reply, undo_reply
from bot.slack.messages.nudge import nudge, why_message
from bot.slack.messages.pressed import with_answer
from bot.slack.messages.reminder import planned, reminder
from bot.slack.messages.scorecard import next_message, scorecard_message
from bot.slack.messages.team import OtherTeam, team_message
from bot.slack.views.log_form import Origin, edit_form, log_form
from sandbox.blocks import message_blocks, modal
from tests.slack.messages import samples
from tests.slack.messages.samples import LONGEST, NASTY, TODAY

Build = Callable[[str], Message]


def _undone(typed: str) -> Message:
    said = samples.recorded(typed, typed)
    return undo_reply(Undone(said.entries, TODAY, TODAY, said.progress))


def _reminder(typed: str) -> ReminderFacts:
    return ReminderFacts("U1", time(10), TODAY, samples.twelve(typed)[0], Decimal("9999.99"))


def _team(typed: str) -> Message:
    cards = [samples.scorecard(typed, f"U{n:08}") for n in range(60)]
    return team_message(typed, cards, [OtherTeam(n, typed) for n in range(40)])


def _listed(typed: str) -> Message:
    return notices.recent_entries(samples.recorded(typed, typed).entries[:10], TODAY)


def _next(typed: str) -> Message:
    card = samples.scorecard(typed)
    return next_message(next_step(card), card)


def _pressed(typed: str) -> Message:
    facts = nudge(samples.nudge_facts(typed))
    answer = log_reply(samples.recorded(typed, typed))
    changed = with_answer(facts.blocks, facts.blocks[2]["block_id"], answer)
    return Message(facts.text, changed or facts.blocks)


def _away(_typed: str) -> Message:
    listed = [Absence(n, 1, DateRange(TODAY, TODAY), "slack") for n in range(40)]
    return notices.absences(listed, "<@U02RILEY>", TODAY)


BUILDERS: dict[str, Build] = {
    "log reply": lambda typed: log_reply(samples.recorded(typed, typed)),
    "undo reply": _undone,
    "scorecard": lambda typed: scorecard_message(samples.scorecard(typed)),
    "a rep's scorecard": lambda typed: scorecard_message(samples.scorecard(typed), own=False),
    "next": _next,
    "team": _team,
    "nudge": lambda typed: nudge(samples.nudge_facts(typed)),
    "why": lambda typed: why_message(samples.twelve(typed)[:3], "09:00"),
    "pressed": _pressed,
    "reminder": lambda typed: reminder(_reminder(typed)),
    "planned": lambda typed: planned(_reminder(typed), TODAY),
    "list": _listed,
    "question": lambda typed: notices.question(typed, [typed[:1500]] * 3, actions.LINE),
    "notice": notices.notice,
    "log help": lambda typed: helping.log_help(_indicators(typed), leads=True),
    "pace help": lambda typed: helping.pace_help(_indicators(typed), leads=True),
}


def _indicators(typed: str) -> list[Any]:
    return [each.indicator for each in (*samples.twelve(typed), *samples.three_results(typed))]


def every(message: Message) -> Iterator[Message]:
    yield message
    yield from message.thread


@pytest.mark.parametrize("typed", [LONGEST, NASTY, "<" * 200, "Calls", "📞 " * 60])
@pytest.mark.parametrize("what", BUILDERS)
def test_a_message_keeps_slacks_limits_with_the_longest_names(what: str, typed: str) -> None:
    for message in every(BUILDERS[what](typed)):
        check(message)
        message_blocks(json.loads(json.dumps(message.blocks)))
        assert len(message.text) <= 4000


def test_the_list_of_time_off_keeps_slacks_limits() -> None:
    message_blocks(json.loads(json.dumps(check(_away("")).blocks)))


@pytest.mark.parametrize("what", BUILDERS)
@settings(deadline=None, max_examples=30)
@given(typed=st.text(st.sampled_from("<>&!@#|U1 *`_~:;\n$£"), min_size=1, max_size=200))
def test_no_angle_bracket_that_was_typed_survives(what: str, typed: str) -> None:
    typed = f"a{typed}"  # names are never blank
    for message in every(BUILDERS[what](typed)):
        for text in (message.text, *marked_up(list(message.blocks))):
            assert "<" not in text.replace("<@U02RILEY>", "")
            assert ">" not in text.replace("<@U02RILEY>", "")
            assert "&" not in text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")


@settings(deadline=None)
@given(typed=st.text(min_size=1, max_size=300))
def test_any_text_makes_a_message(typed: str) -> None:
    for message in every(log_reply(samples.recorded(f"a{typed}", typed))):
        check(message)


@pytest.mark.parametrize("typed", [LONGEST, NASTY, "<" * 200, "Calls"])
def test_the_forms_keep_slacks_limits(typed: str) -> None:
    origin = Origin(f"https://hooks.slack.test/{'x' * 200}", 10**17)
    said = samples.recorded(typed, typed)
    for view in (
        log_form(_indicators(typed), TODAY, origin),
        edit_form(said.entries[0], _indicators(typed), origin),
    ):
        modal(json.loads(json.dumps(view)))


def test_a_team_of_sixty_goes_on_in_further_messages() -> None:
    message = _team("Calls")
    rows = [
        len(block["rows"]) - 1
        for part in every(message)
        for block in part.blocks
        if block["type"] == "table"
    ]
    assert sum(rows) == 60


def marked_up(part: Any) -> Iterator[str]:
    """Every text that Slack reads as mrkdwn."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for value in part.values():
            yield from marked_up(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from marked_up(each)
