"""Kudos, leaderboards and notices keep Slack's limits with 60 reps and the longest names."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feats.celebrations import CelebrationFacts, RoundupFacts, Thanks
from bot.domain.feats.kudos import Given, KudosFacts, Received
from bot.domain.milestones import MilestoneKind
from bot.domain.progress.leaderboards import Place
from bot.domain.reports.recaps import RecapFacts
from bot.domain.troubles import ChannelNotice, ChannelTrouble, PersonNotice
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages.celebration import celebration
from bot.slack.messages.digest import digest_message
from bot.slack.messages.kudos import given as given_message
from bot.slack.messages.kudos import kudos
from bot.slack.messages.leaderboard import board_message
from bot.slack.messages.recap import recap
from bot.slack.trouble_notices import trouble
from sandbox.blocks import message_blocks
from tests.slack.messages.good_news import NASTY, WEEK, cheer, digest_of, indicator
from tests.slack.messages.test_limits import every, marked_up

USERS = [f"U{n:08}" for n in range(60)]
GOT = tuple(Received(user, 9) for user in USERS)
Build = Callable[[str], Message]


def _places(typed: str) -> list[Place]:
    return [Place(1, user, typed, Decimal("1.2")) for user in USERS]


def _thanks(typed: str) -> tuple[Thanks, ...]:
    return tuple(Thanks("celebration:" + "x" * 180, n, typed, 999) for n in range(60))


def _roundup(typed: str) -> Message:
    cheers = tuple(cheer(MilestoneKind.TARGET, user, indicator=indicator(typed)) for user in USERS)
    return celebration(RoundupFacts(date(2026, 11, 18), typed, cheers, _thanks(typed)))


def _single(typed: str) -> Message:
    return celebration(
        CelebrationFacts(cheer(MilestoneKind.SWEEP), typed, thanks=_thanks(typed)[:1])
    )


def _recap(typed: str) -> Message:
    cheers = tuple(cheer(MilestoneKind.TARGET, user, indicator=indicator(typed)) for user in USERS)
    return recap(RecapFacts(typed, WEEK, cheers, None, GOT, tuple(_places(typed))))


def _digest(typed: str) -> Message:
    digest = digest_of(60, 12, name=typed[:60], team=typed)
    named = tuple(replace(rep, name=typed) for rep in digest.reps)
    return digest_message(replace(digest, reps=named, kudos=GOT))


def _kudos(typed: str) -> Message:
    return kudos(KudosFacts("U02RILEY", "U02RILEY", typed))


def _week(typed: str) -> Message:
    cheers = tuple(cheer(MilestoneKind.TARGET, indicator=indicator(typed)) for _ in range(60))
    return kudos(KudosFacts("U02RILEY", "U02RILEY", None, cheers, alone=True))


BUILDERS: dict[str, Build] = {
    "kudos": _kudos,
    "kudos for a week": _week,
    "given": lambda _: given_message(Given("U02RILEY", None, 10)),
    "round-up": _roundup,
    "celebration": _single,
    "recap": _recap,
    "digest": _digest,
    "around": lambda typed: board_message(typed, _places(typed)[:5], 60, USERS[0], whole=False),
    "whole board": lambda typed: board_message(typed, _places(typed), 60, "U1", whole=True),
    "channel": lambda typed: trouble(
        ChannelNotice(10**17, typed, "C01WEST", ChannelTrouble.ARCHIVED)
    ),
    "person": lambda typed: trouble(
        PersonNotice(10**17, typed, "U02RILEY", typed, deactivated=True, leads=False)
    ),
}


@pytest.mark.parametrize("typed", ["N" * 200, NASTY * 10, "<" * 200, "📞 " * 60, "Al"])
@pytest.mark.parametrize("what", BUILDERS)
def test_a_message_keeps_slacks_limits(what: str, typed: str) -> None:
    for message in every(BUILDERS[what](typed)):
        check(message)
        message_blocks(json.loads(json.dumps(message.blocks)))
        assert len(message.text) <= 4000


@pytest.mark.parametrize("what", ["kudos", "kudos for a week", "celebration", "person"])
@settings(deadline=None, max_examples=30)
@given(typed=st.text(st.sampled_from("<>&!@#|U1 *`_~:;\n$£"), min_size=1, max_size=200))
def test_nothing_that_was_typed_is_live(what: str, typed: str) -> None:
    for message in every(BUILDERS[what](f"a{typed}")):
        for text in (message.text, *marked_up(list(message.blocks))):
            assert "<" not in text.replace("<@U02RILEY>", "")
            assert "&" not in text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")


@settings(deadline=None)
@given(typed=st.text(min_size=1, max_size=500))
def test_any_reason_makes_a_message(typed: str) -> None:
    message = check(_kudos(f"a{typed}"))
    message_blocks(json.loads(json.dumps(message.blocks)))


def test_ranks_are_shown_and_others_scores_are_not() -> None:
    places = [Place(n, user, None, Decimal("0.42")) for n, user in enumerate(USERS[:5], start=1)]
    said = board_message("West", places, 9, USERS[2], whole=False).text
    assert said.count("42 %") == 1
    assert f"3. <@{USERS[2]}> · 42 %" in said
