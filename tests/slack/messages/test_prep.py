"""The page before a one-to-one and what belongs to it keep Slack's limits and let nothing live."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.feats.celebrations import Cheer
from bot.domain.grammar.coach import CoachTopic
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.progress.consistency import Consistency
from bot.domain.reports.digests import Gap
from bot.domain.reports.preparing import Prep
from bot.domain.talks.coaching_questions import Situation, questions
from bot.domain.talks.one_to_ones import (
    LONGEST_COMMITMENT,
    Agreed,
    Commitment,
    CommitmentDue,
    Noted,
    Notes,
    OneToOne,
    Talks,
    Waiting,
)
from bot.domain.teams import Person
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages.commitments import (
    agreed_message,
    due_message,
    own_lines,
    settled_message,
)
from bot.slack.messages.prep import choose_message, first_sentence, prep_message
from bot.slack.views.one_to_one import NotesPlace, noted_message, notes_form
from bot.slack.words.one_to_ones import talk_lines
from sandbox.blocks import message_blocks, modal
from tests.slack.messages import samples
from tests.slack.messages.samples import LONDON, LONGEST, NASTY, NOW, TODAY
from tests.slack.messages.test_limits import marked_up

RILEY, MORGAN = "U02RILEY", "U01MORGAN"
WEEK = period_of(PeriodKind.WEEK, TODAY - timedelta(days=7))
TYPED = [LONGEST, NASTY, "<" * 200, "Calls", "📞 " * 60]


def commitment(typed: str, number: int = 1, **more: Any) -> Commitment:
    text = (typed * LONGEST_COMMITMENT)[:LONGEST_COMMITMENT]
    made = Commitment(10**17 + number, 7, RILEY, 7, RILEY, text, TODAY, NOW)
    return replace(made, **more)


def commitments(typed: str) -> tuple[Commitment, ...]:
    late = {"due_on": TODAY - timedelta(days=3)}
    return tuple(commitment(typed, n, **(late if n % 2 else {"owner": MORGAN})) for n in range(20))


def prep(typed: str, diagnosis: Diagnosis = Diagnosis.BOTH) -> Prep:
    stands = replace(
        samples.twelve(typed)[0], forecast=0.46, consistency=Consistency(3, 12, 0.7, 1.15)
    )
    cheers = tuple(
        Cheer(Milestone(kind, 1, NOW, TODAY, RILEY, 7, each.indicator, 1000, TODAY))
        for each in samples.twelve(typed)
        for kind in MilestoneKind
    )
    return Prep(
        person_id=7,
        user_id=RILEY,
        team=typed,
        week=WEEK,
        last=TODAY - timedelta(days=9),
        since=TODAY - timedelta(days=9),
        today=TODAY,
        situation=Situation(diagnosis.value),
        gap=Gap(RILEY, stands, diagnosis, f"{typed}, {typed}; {typed}"),
        standing=stands,
        questions=questions(Situation(diagnosis.value), typed, typed),
        cheers=cheers,
        kudos=12,
        open=commitments(typed),
        done=tuple(replace(each, id=each.id + 50, done_at=NOW) for each in commitments(typed)),
    )


def _own(typed: str) -> Message:
    return Message("own", tuple(own_lines(commitments(typed), TODAY)))


BUILDERS: dict[str, Callable[[str], Message]] = {
    "prep": lambda typed: prep_message(prep(typed)),
    "nothing": lambda typed: prep_message(
        replace(
            prep(typed), situation=Situation.SILENT, gap=None, cheers=(), kudos=0, open=(), done=()
        )
    ),
    "choose": lambda typed: choose_message(
        [Person(n, "T1", f"U{n}", typed, LONDON.zone, is_admin=False) for n in range(150)],
        CoachTopic.PREP,
    ),
    "agreed": lambda typed: agreed_message(Agreed(MORGAN, commitments(typed)[:5], TODAY)),
    "due": lambda typed: due_message(CommitmentDue(commitment(typed), TODAY)),
    "settled": lambda typed: settled_message(commitment(typed, done_at=NOW), own=True),
    "own": _own,
    "noted": lambda _: noted_message(Noted(RILEY, TODAY, TODAY, 2, repeated=False)),
}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("what", BUILDERS)
def test_a_message_keeps_slacks_limits(what: str, typed: str) -> None:
    message = BUILDERS[what](typed)
    message_blocks(json.loads(json.dumps(check(message).blocks)))
    assert len(message.text) <= 4000
    assert not message.thread


@pytest.mark.parametrize("what", BUILDERS)
@settings(deadline=None, max_examples=30)
@given(typed=st.text(st.sampled_from("<>&!@#|U1 *`_~:;\n$£"), min_size=1, max_size=200))
def test_nothing_that_was_typed_is_live(what: str, typed: str) -> None:
    message = BUILDERS[what](f"a{typed}")
    for text in (message.text, *marked_up(list(message.blocks))):
        plain = text.replace(f"<@{RILEY}>", "").replace(f"<@{MORGAN}>", "")
        assert "<" not in plain
        assert ">" not in plain
        assert "&" not in plain.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")


@pytest.mark.parametrize("typed", ["W", "<", "&\n", "📞"])
def test_the_form_keeps_slacks_limits_with_the_longest_notes(typed: str) -> None:
    note = (typed * 2500)[:2500]
    held = tuple(OneToOne(n, 7, MORGAN, TODAY, note) for n in range(3))
    notes = Notes(MORGAN, RILEY, note[:200], TODAY, held, 1, has_older=True)
    place = NotesPlace(RILEY, f"https://hooks.slack.test/{'x' * 200}", 5, 1)
    view = notes_form(notes, place)
    modal(json.loads(json.dumps(view)))
    shown = "".join(text for text in marked_up(view["blocks"]))
    assert "<" not in shown.replace(f"<@{RILEY}>", "").replace(f"<@{MORGAN}>", "")


def test_the_whole_note_is_shown() -> None:
    note = "".join(f"{number:04} & " for number in range(350))
    notes = Notes(
        MORGAN, RILEY, None, TODAY, (OneToOne(1, 7, MORGAN, TODAY, note),), 0, has_older=False
    )
    view = notes_form(notes, NotesPlace(RILEY))
    parts = [b["text"]["text"] for b in view["blocks"] if b["block_id"].startswith("note:1:")]
    assert "".join(parts).replace("&amp;", "&") == note


@pytest.mark.parametrize(
    "diagnosis, says",
    [
        (Diagnosis.EFFORT, "Talk with <@U02RILEY> about doing more *Calls*: 2 of 5."),
        (Diagnosis.SKILL, "Talk with <@U02RILEY> about what comes of *Calls*: 2 of 5."),
        (Diagnosis.BOTH, "about doing more *Calls*, and about what comes of it: 2 of 5."),
        (Diagnosis.UNCLEAR, "Ask <@U02RILEY> what happened with *Calls*: 2 of 5."),
    ],
)
def test_the_first_sentence_says_what_it_is_about(diagnosis: Diagnosis, says: str) -> None:
    page = prep("Calls", diagnosis)
    assert page.gap is not None
    page = replace(page, gap=replace(page.gap, reason="2 of 5"))
    assert first_sentence(page).endswith(says)


def lines(talks: Talks) -> list[str]:
    return list(talk_lines(talks, called=lambda user: user, safe=str))


def test_those_who_wait_alike_share_a_line() -> None:
    waiting = (
        Waiting(1, "Riley", 9, ever=True),
        Waiting(2, "Sam", 5, ever=True),
        Waiting(3, "Alex", 5, ever=True),
        Waiting(4, "Kim", 5, ever=False),
    )
    assert lines(Talks(waiting)) == [
        "No one-to-one with Riley for 9 weeks.",
        "No one-to-one with Sam and Alex for 5 weeks.",
        "None yet with Kim, for 5 weeks now.",
    ]


def test_what_is_overdue_is_said_with_its_owner() -> None:
    late = commitment("Call", due_on=date(2026, 11, 16), text="Call Acme")
    told = lines(Talks(overdue=(late, replace(late, owner=MORGAN, owner_id=1))))
    assert told == [
        "Overdue since Mon 16 Nov: U02RILEY, Call Acme.",
        "Overdue since Mon 16 Nov: U01MORGAN (with U02RILEY), Call Acme.",
    ]


def test_sixty_who_wait_stay_short() -> None:
    waiting = tuple(Waiting(n, f"U{n:08}", 60 - n // 3, ever=True) for n in range(60))
    assert len(lines(Talks(waiting))) == 4


def every_button(message: Message) -> Iterator[str]:
    for block in message.blocks:
        if accessory := block.get("accessory"):
            yield accessory["text"]["text"]


def test_a_rep_has_no_button_for_what_the_manager_is_to_do() -> None:
    both = (commitment("Mine"), commitment("Theirs", 2, owner=MORGAN, owner_id=1))
    assert list(every_button(agreed_message(Agreed(MORGAN, both, TODAY)))) == ["Done"]
