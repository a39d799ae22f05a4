"""Channels and people change in Slack: told once what to do, and what waited goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.tables import deliveries, people, teams
from bot.domain.ledger.occasions import DeliveryState, Occasion, OccasionKind
from bot.services import ledger
from jobs.deliver import Deliveries
from jobs.plan import plan_everything
from jobs.sending import Sender
from jobs.writers import all_writers
from sandbox import Fault
from tests.handlers.conftest import Running
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

TROUBLE = select(teams.c.channel_trouble)
GONE = select(people.c.deactivated_at).where(people.c.user_id == SAM)


async def drain(running: Running) -> None:
    sender = Sender(running.bot, all_writers())
    await Deliveries(running.bot, sender).drain(WORKSPACE, running.clock.now())


async def praise(running: Running, reason: str = "it") -> None:
    await running.person(SAM).command("/kudos", f"<@{RILEY}> for {reason}")
    await drain(running)


def told(running: Running, user: str = MORGAN) -> list[str]:
    return [message.text for message in running.slack.messages(user)]


async def trouble(running: Running) -> str | None:
    found: str | None = (await running.rows(TROUBLE))[0][0]
    return found


async def test_an_archived_channel_is_told_once_and_what_waits_goes_on(running: Running) -> None:
    await running.slack.archive("C01WEST")
    await running.slack.emit({"type": "channel_archive", "channel": "C01WEST", "user": SAM})
    assert running.woken == [WORKSPACE]
    await praise(running)
    assert "wait until I can write in <#C01WEST> again" in running.person(SAM).ephemerals()[-1].text
    assert [text.partition(",")[0] for text in told(running)] == ["<#C01WEST> was archived"]
    assert running.slack.messages("C01WEST") == []
    await running.slack.unarchive("C01WEST")
    assert await trouble(running) is None
    await drain(running)
    assert len(running.slack.messages("C01WEST")) == 1
    assert len(told(running)) == 1


async def test_a_notice_leads_to_the_form_where_the_channel_is_chosen(running: Running) -> None:
    await running.slack.archive("C01WEST")
    await drain(running)
    manager = running.person(MORGAN)
    await manager.press(running.slack.messages(MORGAN)[-1], "coach_go")
    assert manager.modal.title == "Times and channel"


async def test_a_late_event_does_not_make_a_fine_channel_bad(running: Running) -> None:
    await running.slack.archive("C01WEST")
    await running.slack.unarchive("C01WEST")
    await running.slack.emit({"type": "channel_archive", "channel": "C01WEST", "user": SAM})
    assert await trouble(running) is None
    await drain(running)
    assert told(running) == []  # nothing was left to do when it would have been sent


async def test_the_same_trouble_is_told_again_when_it_comes_again(running: Running) -> None:
    for _ in range(2):
        await running.slack.archive("C01WEST")
        await drain(running)
        await running.slack.unarchive("C01WEST")
    assert len(told(running)) == 2


async def test_a_bot_that_was_removed_says_how_to_let_it_in(running: Running) -> None:
    await running.slack.remove_bot("C01WEST")
    await drain(running)
    assert "/invite @Pacesetter" in told(running)[0]
    bot = running.slack.team(WORKSPACE).seed.bot_user_id
    await running.slack.join(bot, "C01WEST")
    assert await trouble(running) is None


async def test_somebody_else_who_leaves_is_no_trouble(running: Running) -> None:
    await running.slack.leave(SAM, "C01WEST")
    assert await trouble(running) is None


async def test_a_deleted_channel(running: Running) -> None:
    await running.slack.delete_channel("C01WEST")
    await drain(running)
    assert await trouble(running) == "deleted"
    assert "was deleted" in told(running)[0]


async def test_a_renamed_channel_is_the_same_channel(running: Running) -> None:
    await running.slack.rename("C01WEST", "west-wing")
    await praise(running)
    assert await trouble(running) is None
    assert len(running.slack.messages("C01WEST")) == 1


async def test_a_channel_of_no_team_is_nobodys_business(running: Running) -> None:
    await running.slack.archive("C02TALK")
    assert running.woken == []
    assert running.slack.calls("conversations.info") == []


async def test_where_slack_does_not_answer_the_event_counts(running: Running) -> None:
    running.slack.fail("conversations.info", Fault.error("internal_error"))
    await running.slack.archive("C01WEST")
    assert await trouble(running) == "archived"


@pytest.mark.parametrize(
    "code, words",
    [
        ("is_archived", "was archived"),
        ("not_in_channel", "/invite"),
        ("channel_not_found", "/invite"),
    ],
)
async def test_a_post_that_fails_is_told_once(running: Running, code: str, words: str) -> None:
    running.slack.fail("chat.postMessage", Fault.error(code), channel="C01WEST")
    await praise(running, "one")
    await praise(running, "two")
    states = await running.rows(
        select(deliveries.c.state).where(deliveries.c.kind == "kudos").order_by(deliveries.c.id)
    )
    assert [row[0] for row in states] == ["planned", "planned"]
    assert len(told(running)) == 1
    assert words in told(running)[0]


async def test_the_first_post_to_a_channel_that_the_bot_never_joined_comes_once_invited(
    running: Running,
) -> None:
    running.slack.fail("chat.postMessage", Fault.error("not_in_channel"), channel="C01WEST")
    await praise(running)
    await drain(running)
    assert running.slack.messages("C01WEST") == []
    assert "I'm not in <#C01WEST>, so" in told(running)[0]
    assert "/invite" in told(running)[0]
    running.slack.heal()
    await running.slack.join(running.slack.team(WORKSPACE).seed.bot_user_id, "C01WEST")
    await drain(running)
    assert len(running.slack.messages("C01WEST")) == 1
    assert len(told(running)) == 1


async def test_another_channel_takes_what_waits(running: Running) -> None:
    await running.slack.archive("C01WEST")
    await praise(running)
    await choose(running, "C02TALK")
    await drain(running)
    assert len(running.slack.messages("C02TALK")) == 1
    assert await trouble(running) is None


async def choose(running: Running, channel: str) -> None:
    """As `/coach` and the playbook's file do."""
    from dataclasses import replace

    from bot.services.playbooks.apply import apply_playbook
    from bot.services.playbooks.stored import stored_playbook
    from bot.wiring import Session

    def work(session: Session) -> None:
        book = stored_playbook(session, WORKSPACE)
        assert book is not None
        (west,) = book.teams
        moved = replace(book, teams=(replace(west, channel=channel),))
        apply_playbook(session, moved, running.clock.now())

    await running.bot.transactions.of(WORKSPACE).write(work)


async def test_who_leaves_slack_is_left_alone_and_the_manager_told_once(running: Running) -> None:
    for _ in range(3):
        await running.slack.change_user(SAM, deleted=True)
    assert (await running.rows(GONE))[0][0] is not None
    running.clock.instant = datetime(2026, 11, 19, 15, tzinfo=UTC)  # past everybody's hour
    await plan_everything(running.bot, running.clock.now())
    await drain(running)
    assert told(running, SAM) == []
    assert told(running, RILEY)
    [notice] = told(running)
    assert "of West no longer has an active Slack account" in notice
    team = str((await running.person(MORGAN).command("/pace", "team")).body)
    assert SAM not in team
    assert RILEY in team
    refused = await running.person(RILEY).command("/kudos", f"<@{SAM}> for it")
    assert "deactivated" in str(refused.body)


async def test_who_comes_back_goes_on(running: Running) -> None:
    await running.slack.change_user(SAM, deleted=True)
    await running.slack.change_user(SAM, deleted=False)
    assert (await running.rows(GONE))[0][0] is None
    await drain(running)
    assert told(running) == []
    assert SAM in str((await running.person(MORGAN).command("/pace", "team")).body)


async def test_a_late_event_does_not_switch_anybody_off(running: Running) -> None:
    await running.slack.emit({"type": "user_change", "user": {"id": SAM, "deleted": True}})
    assert (await running.rows(GONE))[0][0] is None


async def test_a_manager_who_leaves_slack_gets_nothing_and_an_admin_is_told(
    running: Running,
) -> None:
    admin = update(people).where(people.c.user_id == RILEY).values(is_admin=True)
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(admin))
    await running.slack.change_user(MORGAN, deleted=True)
    await drain(running)
    assert told(running, MORGAN) == []
    assert "Name another manager" in told(running, RILEY)[0]


async def test_a_person_who_cannot_be_reached_is_told_of_once(running: Running) -> None:
    del running.slack.team().users[SAM]
    for number in range(2):
        await plan_note(running, number)
    assert len(told(running)) == 1
    assert "Slack doesn't let me write to" in told(running)[0]


async def plan_note(running: Running, number: int) -> None:
    now = running.clock.now()
    team_id, person_id = running.team.team_id, running.team.people[SAM]
    key = f"nudge:{SAM}:2026-11-1{number}"
    row = Occasion(key, OccasionKind.NUDGE, WORKSPACE, team_id, SAM, now, None, person_id)
    await running.bot.transactions.of(WORKSPACE).write(lambda s: ledger.add(s, [row], now))
    await drain(running)


async def test_the_next_nudge_follows_a_new_zone_and_none_comes_twice(running: Running) -> None:
    sent_at = datetime(2026, 11, 18, 19, tzinfo=UTC)  # 9:00 in Honolulu, half past 0 in Kolkata
    await running.slack.change_user(RILEY, tz="Pacific/Honolulu")
    running.clock.instant = sent_at
    await plan_everything(running.bot, sent_at)
    await drain(running)
    assert len(told(running, RILEY)) == 1
    await running.slack.change_user(RILEY, tz="Asia/Kolkata")
    for hours in range(1, 15):  # through Kolkata's Thursday morning: it had its nudge
        running.clock.instant = sent_at + timedelta(hours=hours)
        await plan_everything(running.bot, running.clock.now())
        await drain(running)
    assert len(told(running, RILEY)) == 1
    friday = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    for now, count in ((friday - timedelta(minutes=1), 1), (friday, 2)):
        running.clock.instant = now
        await plan_everything(running.bot, now)
        await drain(running)
        assert len(told(running, RILEY)) == count
    assert (await states(running)).isdisjoint({DeliveryState.FAILED})


async def states(running: Running) -> set[DeliveryState]:
    return {DeliveryState(row[0]) for row in await running.rows(select(deliveries.c.state))}


async def test_nobody_else_is_told_of_a_new_name(running: Running) -> None:
    await running.slack.change_user(ALEX, real_name="Alexandra")
    await drain(running)
    assert told(running) == []
