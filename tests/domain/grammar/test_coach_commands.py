"""`/coach` and `/kudos` and what follows them."""

import pytest

from bot.domain.grammar.coach import Coach, CoachTopic, Kudos, UndoKudos, parse_coach, parse_kudos
from bot.domain.grammar.log import ShowHelp
from bot.domain.grammar.refusals import NotUnderstood


@pytest.mark.parametrize(
    "text, command",
    [
        ("", Coach(CoachTopic.HUB)),
        ("setup", Coach(CoachTopic.SETUP)),
        ("Set-up", Coach(CoachTopic.SETUP)),
        ("prep <@U02RILEY|riley>", Coach(CoachTopic.PREP, "U02RILEY")),
        ("notes <@U02RILEY> did well", Coach(CoachTopic.NOTES, "U02RILEY", "did well")),
        ("targets", Coach(CoachTopic.TARGET)),
        ("digest", Coach(CoachTopic.DIGEST)),
        ("help", ShowHelp()),
        ("help me", ShowHelp()),
        ("Help prep", ShowHelp()),
    ],
)
def test_coach_opens_a_topic_about_a_person(text: str, command: object) -> None:
    assert parse_coach(text) == command


def test_an_unknown_topic_is_offered_corrected() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parse_coach("digset")
    assert refusal.value.corrected == "digest"


@pytest.mark.parametrize(
    "text, kudos",
    [
        ("<@U02RILEY> for the Acme turnaround", Kudos("U02RILEY", "the Acme turnaround")),
        ("for the Q&amp;A <@U02RILEY|riley>", Kudos("U02RILEY", "the Q&A")),
        ("<@U02RILEY>", Kudos("U02RILEY", "")),
        ("<@U02RILEY> undo", Kudos("U02RILEY", "undo")),
        ("<@U1|riley> help with <@U2|sam>", Kudos("U1", "help with @sam")),
    ],
)
def test_kudos_name_a_person_and_a_reason(text: str, kudos: Kudos) -> None:
    assert parse_kudos(text) == kudos


@pytest.mark.parametrize("text", ["", "@riley for x", "for x", "x" * 10_000])
def test_kudos_for_nobody_are_refused_kindly(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_kudos(text)


def test_kudos_can_be_taken_back() -> None:
    assert parse_kudos(" Undo ") == UndoKudos()


@pytest.mark.parametrize("between", [" ", " and ", ", ", " &amp; ", ", and ", " + "])
def test_two_people_at_once_are_asked_for_one_by_one(between: str) -> None:
    with pytest.raises(NotUnderstood, match="One person at a time"):
        parse_kudos(f"<@U1|riley>{between}<@U2|sam> for it")
