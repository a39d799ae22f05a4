"""One's own settings, from Home and by `/pace settings`."""

import asyncio
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.tables import audit, people, teams
from sandbox import Person
from tests.handlers.conftest import STRANGER, Running
from tests.handlers.test_home import home_of, press, said, shown
from tests.teams import MORGAN, RILEY, WORKSPACE

KEPT = select(
    people.c.nudge_at,
    people.c.quiet_weekdays,
    people.c.paused,
    people.c.celebrate_alone,
    people.c.off_leaderboard,
).where(people.c.user_id == RILEY)
AS_THEY_WERE = (None, None, False, False, False)


def filled(**values: Any) -> dict[str, dict[str, Any]]:
    return {field: {"value": value} for field, value in values.items()}


async def opened(running: Running, riley: Person) -> None:
    await riley.command("/pace", "settings")
    await running.settled()


async def kept(running: Running) -> Any:
    [row] = await running.rows(KEPT)
    return tuple(row)


async def test_what_is_saved_is_kept_said_and_shown_when_opened_again(
    running: Running, riley: Person
) -> None:
    await opened(running, riley)
    assert "Europe/London" in said(riley.modal)
    wanted = filled(
        nudge_at="10:30", quiet=["4"], celebrate="alone", leaderboard="out", nudges="on"
    )
    await riley.submit(values=wanted)
    await running.settled()
    assert await kept(running) == (time(10, 30), [4], False, True, True)
    assert "nudges come at 10:30, not on Fridays" in riley.ephemerals()[-1].text
    await opened(running, riley)
    assert "'initial_time': '10:30'" in said(riley.modal)


async def test_home_follows_what_was_set_there(running: Running, riley: Person) -> None:
    await home_of(running, riley)
    await press(running, riley, "settings", "mine")
    await riley.submit(values=filled(nudge_at="11:00", celebrate="alone", quiet=["3"]))
    await running.settled()
    text = said(shown(riley))
    assert "Saved. Your nudges come at 11:00, not on Thursdays" in text
    assert "Fri 20 Nov at 11:00" in text
    assert "hears nothing of your milestones" in text
    assert riley.ephemerals() == []


async def test_the_teams_own_time_is_no_time_of_ones_own(running: Running, riley: Person) -> None:
    await opened(running, riley)
    await riley.submit(values=filled(nudge_at="09:00", leaderboard="out"))
    assert (await kept(running))[0] is None


@pytest.mark.parametrize(
    "field, value, says",
    [
        ("nudge_at", "18:00", "before 18:00, when your day ends"),
        ("snoozed", "2026-11-18", "a day ahead"),
        ("snoozed", "2027-11-18", "within three months"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    running: Running, riley: Person, field: str, value: str, says: str
) -> None:
    await opened(running, riley)
    reply = await riley.submit(values=filled(**{field: value}))
    assert says in reply.body["errors"][field]
    assert await kept(running) == AS_THEY_WERE


async def test_a_snooze_and_a_pause_are_set_here_too(running: Running, riley: Person) -> None:
    await opened(running, riley)
    await riley.submit(values=filled(snoozed="2026-11-25"))
    await running.settled()
    assert "from Wed 25 Nov on" in riley.ephemerals()[-1].text
    await opened(running, riley)
    await riley.submit(values=filled(nudges="paused"))
    await running.settled()
    assert (await kept(running))[2] is True


async def test_a_double_submission_does_it_once(running: Running, riley: Person) -> None:
    await opened(running, riley)
    modal = riley.modal
    assert modal is not None
    await riley.submit(values=filled(leaderboard="out"))
    sent = dict(running.slack.calls("view_submission")[-1].body)
    again = await running.signed({"payload": sent})
    assert "errors" not in again.text
    query = select(audit.c.actor, audit.c.detail).where(audit.c.action == "settings.changed")
    assert [tuple(row) for row in await running.rows(query)] == [
        (RILEY, {"off_leaderboard": "true"})
    ]


async def test_a_form_that_comes_after_another_change_overwrites_nothing(
    running: Running, riley: Person
) -> None:
    await opened(running, riley)
    await running.bot.transactions.of(WORKSPACE).write(_manager_sets_another_time)
    reply = await riley.submit(values=filled(leaderboard="out"))
    assert "Meanwhile the nudge time changed" in str(reply.body["errors"])
    assert await kept(running) == (time(8), None, False, False, False)


def _manager_sets_another_time(session: Any) -> None:
    changed = update(people).where(people.c.user_id == RILEY).values(nudge_at=time(8))
    session.connection.execute(changed)
    session.connection.execute(update(teams).values(revision="another"))


async def test_it_is_said_who_changed_the_nudge_time_meanwhile(
    running: Running, riley: Person
) -> None:
    await opened(running, riley)
    morgan = running.person(MORGAN)
    await morgan.command("/coach", f"<@{RILEY}>")
    await morgan.submit(values=filled(nudge_at="08:00"))
    reply = await riley.submit(values=filled(leaderboard="out"))
    assert "Meanwhile the nudge time changed, by Morgan" in str(reply.body["errors"])


async def test_a_manager_is_told_that_the_rep_changed_the_nudge_time(
    running: Running, riley: Person
) -> None:
    morgan = running.person(MORGAN)
    await morgan.command("/coach", f"<@{RILEY}>")
    await opened(running, riley)
    await riley.submit(values=filled(nudge_at="10:30"))
    reply = await morgan.submit(values=filled(segment="SDR"))
    assert "Riley changed this while your form was open" in str(reply.body)


async def test_values_that_we_never_offered_change_nothing(running: Running, riley: Person) -> None:
    await opened(running, riley)
    await riley.submit(values=filled(snoozed="2026-11-18"))
    sent = dict(running.slack.calls("view_submission")[-1].body)
    for field, forged in (
        ("nudge_at", {"selected_time": "25:99"}),
        ("quiet", {"selected_options": [{"value": "9"}]}),
        ("celebrate", {"selected_option": {"value": "nobody"}}),
    ):
        view = sent["view"] | {"private_metadata": "{"}
        view["state"] = {"values": view["state"]["values"] | {field: {"value": forged}}}
        answer = await running.signed({"payload": sent | {"view": view}})
        assert "errors" in answer.text
    assert await kept(running) == AS_THEY_WERE


@pytest.mark.parametrize("user_id", [MORGAN, STRANGER])
async def test_who_is_no_rep_is_told_kindly(running: Running, user_id: str) -> None:
    person = running.person(user_id)
    reply = await person.command("/pace", "settings")
    assert person.modal is None
    assert "rep" in str(reply.body) or "team" in str(reply.body)


async def test_several_save_at_once_and_one_of_them_counts(running: Running, riley: Person) -> None:
    await opened(running, riley)
    await riley.submit(values=filled(snoozed="2026-11-24"))
    sent = dict(running.slack.calls("view_submission")[-1].body)
    await asyncio.gather(*(running.signed({"payload": sent}) for _ in range(4)))
    [[until]] = await running.rows(select(people.c.snoozed_until).where(people.c.user_id == RILEY))
    assert until.date() == date(2026, 11, 24)
    assert len(await running.rows(select(audit.c.id))) == 1
