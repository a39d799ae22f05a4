"""`/pace` in all its forms, through signed HTTP."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.db.tables import deliveries, people, time_off
from bot.domain.grammar.coach import CoachTopic
from sandbox import Person
from tests.handlers.conftest import STRANGER, Running
from tests.teams import MORGAN, SAM


async def test_the_scorecard_shows_behaviours_then_results_then_the_next_step(
    riley: Person,
) -> None:
    await riley.command("/log", "2 meetings")
    reply = await riley.command("/pace")
    said = str(reply.message.blocks if reply.message else "")
    behaviours, results = said.index("First meetings"), said.index("*Results*")
    assert behaviours < results < said.index("Next:")
    assert "2 of 5 meetings this week" in said
    assert "0 of GBP 50,000 this quarter" in said


async def test_now_names_one_behaviour_one_number_and_why(riley: Person) -> None:
    await riley.command("/log", "1 territory plan, 2 meetings, 2 opps, 10h selling")
    reply = await riley.command("/pace", "now")
    assert reply.text == "Next: 34 × Prospecting calls today."
    assert "It costs most as things stand: 0 of 100 calls this week" in str(reply.body)
    assert "it drives New customers" in str(reply.body)


async def test_now_is_kind_on_a_day_off_and_when_all_is_done(
    running: Running, riley: Person
) -> None:
    done = "100 calls, 5 meetings, 3 opps, 1 territory plan, 20h selling"
    assert (await riley.command("/log", done)).ok
    assert "nothing is behind" in (await riley.command("/pace", "now")).text
    running.clock.instant = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert "day off" in (await riley.command("/pace", "now")).text


async def test_the_team_is_for_its_manager(running: Running, riley: Person) -> None:
    await riley.command("/log", "5 meetings")
    refused = await riley.command("/pace", "team")
    assert "for its manager" in refused.text
    shown = await running.person(MORGAN).command("/pace", "team")
    assert shown.ok, shown.detail
    assert "of 3 reps are behind on nothing" in shown.text
    assert "✅ 5/5" in str(shown.body)


async def test_a_manager_sees_a_reps_scorecard_and_another_rep_does_not(running: Running) -> None:
    seen = await running.person(MORGAN).command("/pace", "<@U02RILEY|riley>")
    assert seen.text.startswith("Riley's pace")
    refused = await running.person(SAM).command("/pace", "<@U02RILEY|riley>")
    assert "for the rep and the rep's manager alone" in refused.text


async def test_a_snooze_is_set_and_ended(running: Running, riley: Person) -> None:
    reply = await riley.command("/pace", "snooze 3 days")
    assert "No nudges before Sat 21 Nov" in reply.text
    query = select(people.c.snoozed_until).where(people.c.user_id == riley.id)
    assert (await running.rows(query))[0][0] == datetime(2026, 11, 21, tzinfo=UTC)
    assert "on again" in (await riley.command("/pace", "snooze off")).text
    assert (await running.rows(query))[0][0] is None


async def test_time_off_is_entered_listed_and_cancelled(running: Running, riley: Person) -> None:
    entered = await riley.command("/pace", "away 14-18 dec")
    assert "You are off Mon 14 Dec to Fri 18 Dec" in entered.text
    listed = await riley.command("/pace", "away")
    assert "Mon 14 Dec to Fri 18 Dec" in listed.text
    await (await riley.press(listed, "cancel_away")).answered()
    assert await running.rows(select(time_off)) == []


async def test_a_manager_enters_a_reps_time_off_and_another_rep_does_not(running: Running) -> None:
    morgan, sam = running.person(MORGAN), running.person(SAM)
    entered = await morgan.command("/pace", "away <@U02RILEY|riley> 14-18 dec")
    assert "<@U02RILEY> is off" in entered.text
    refused = await sam.command("/pace", "away <@U02RILEY> 14-18 dec")
    assert "Only the rep, the team's manager or an admin" in refused.text
    assert len(await running.rows(select(time_off))) == 1


async def test_a_plan_becomes_one_reminder_at_that_local_time(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/pace", "plan 14:30 10 calls")
    assert "Planned: today at 14:30 I'll remind you, once: 10 × Prospecting calls" in reply.text
    again = await riley.command("/pace", "plan 14:30 calls")
    assert "You have that plan already" in again.text
    [planned] = await running.rows(select(deliveries))
    call = running.team.indicators["Prospecting calls"]
    assert planned.key == f"reminder:U02RILEY:2026-11-18:{call}:14:30"
    assert planned.due_at == datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
    assert planned.expires_at == datetime(2026, 11, 19, tzinfo=UTC)


async def test_a_plan_again_is_changed_to_what_was_typed_last(
    running: Running, riley: Person
) -> None:
    await riley.command("/pace", "plan 14:30 2 calls")
    changed = await riley.command("/pace", "plan 14:30 10 calls")
    assert "Plan changed: today at 14:30" in changed.text
    assert "10 × Prospecting calls" in changed.text
    same = await riley.command("/pace", "plan 14:30 calls")
    assert "You have that plan already: today at 14:30" in same.text
    assert "10 × Prospecting calls" in same.text
    [planned] = await running.rows(select(deliveries))
    assert planned.payload["quantity"] == "10"


@pytest.mark.parametrize(
    "typed, said",
    [
        ("14:30", "/pace plan 14:30 2 Prospecting calls, then /pace plan 14:30 3 First meetings"),
        ("tomorrow 10:00", "Type /pace plan 2026-11-19 10:00 2 Prospecting calls, then /pace"),
    ],
)
async def test_a_plan_of_two_behaviours_plans_none_and_says_what_to_type(
    running: Running, riley: Person, typed: str, said: str
) -> None:
    reply = await riley.command("/pace", f"plan {typed} 2 calls, 3 meetings")
    assert said in reply.text
    assert await running.rows(select(deliveries)) == []


async def test_a_plan_for_another_day_says_which(riley: Person) -> None:
    reply = await riley.command("/pace", "plan tomorrow 10:00 calls")
    assert "Planned: Thu 19 Nov at 10:00 I'll remind you" in reply.text


async def test_a_time_that_has_passed_is_refused_kindly(running: Running, riley: Person) -> None:
    reply = await riley.command("/pace", "plan 10:00 calls")
    assert "10:00 has passed" in reply.text
    assert await running.rows(select(deliveries)) == []


async def test_a_mistyped_word_is_offered_corrected(riley: Person) -> None:
    reply = await riley.command("/pace", "snoze 3 days")
    await (await riley.press(reply, "pace_line:0")).answered()
    assert "No nudges before" in riley.ephemerals()[-1].text


@pytest.mark.parametrize(
    "command, text, said",
    [
        ("/pace", "help", "/pace now"),
        ("/pace", "", "not in a team yet"),
        ("/coach", "", "for managers"),
        ("/coach", "setup", "Only managers and Pacesetter admins"),
        ("/kudos", "<@U02RILEY> for Acme", "not in a team yet"),
    ],
)
async def test_a_stranger_gets_a_kind_answer_to_everything(
    running: Running, command: str, text: str, said: str
) -> None:
    reply = await running.person(STRANGER).command(command, text)
    assert reply.ok, reply.detail
    assert said in str(reply.body)


async def test_coach_shows_the_digest_and_mends_what_is_mistyped(running: Running) -> None:
    morgan = running.person(MORGAN)
    assert "the week of Mon 9 Nov" in (await morgan.command("/coach", "digest")).text
    mistyped = await morgan.command("/coach", "digset")
    await (await morgan.press(mistyped, "coach_line:0")).answered()
    assert "the week of Mon 9 Nov" in morgan.ephemerals()[-1].text
    assert "Coach your team" in (await morgan.command("/coach", "help")).text


@pytest.mark.parametrize("topic", [topic for topic in CoachTopic if topic.value])
async def test_every_topic_of_coach_is_answered(running: Running, topic: CoachTopic) -> None:
    morgan = running.person(MORGAN)
    reply = await morgan.command("/coach", topic.value)
    assert "Something went wrong" not in reply.text
    assert reply.text or morgan.modal is not None
