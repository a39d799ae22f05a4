"""Signed requests that Slack would never send: no 5xx, no accident in the log, and no row changed
that the person may not change. `FUZZ_REQUESTS=100000` (`make fuzz`) sends more than usual."""

import asyncio
import json
import os
from contextlib import suppress
from random import Random
from typing import Any

from sqlalchemy import select

from bot.db.tables import people
from sandbox.errors import NotPossible
from tests.handlers.conftest import Running
from tests.handlers.hub.conftest import AtHub
from tests.safety.mutations import Mutator
from tests.safety.rights import all_rows, logged, trespasses
from tests.safety.twins import NADIA, NOAH, OTHER, Twins
from tests.teams import ALEX, MORGAN, RILEY, WORKSPACE

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "600"))
SEED = int(os.environ.get("FUZZ_SEED", "7"))
TOGETHER = 20
ROUND = 500
PAGES = ("people", "counted", "targets", "away", "templates")
FILLED = {"quantity": {"value": {"value": "3"}}}
LINES = {
    "/log": ("5 calls", "2 meetings with Acme; met", "won 10 with Acme", "list", ""),
    "/pace": ("", "now", "away 12-16 dec", "plan 15:00 calls", "board", "snooze today"),
    "/coach": ("", "digest", "target", "prep <@U02RILEY>", "notes <@U02RILEY>"),
    "/kudos": (f"<@{ALEX}> for the turnaround",),
}


async def _recorded(running: Running) -> list[dict[str, Any]]:
    """What Slack sends while people use the bot."""
    for user in (RILEY, MORGAN):
        person = running.person(user)
        for command, lines in LINES.items():
            for line in lines:
                await person.command(command, line)
        await person.open_home()
        await person.say("3 calls with Acme")
        await running.settled()
        await _press_all(running, user)
    await _at_the_hub(running)
    bodies = [call.body for call in running.slack.journal if call.to == "bot"]
    return [body for body in bodies if isinstance(body, dict) and body]


async def _press_all(running: Running, user: str) -> None:
    """Each button of Home once, and each form that opens sent as it is."""
    person = running.person(user)
    assert person.home is not None
    for block in person.home.blocks:
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if "action_id" in element and element.get("type") == "button":
                with suppress(NotPossible):
                    await person.press(person.home, element["action_id"], None, block["block_id"])
                    if person.modal is not None:
                        await person.submit(values=FILLED)
                await running.settled()


async def _at_the_hub(running: Running) -> None:
    hub = AtHub(running, running.person(MORGAN))
    for page in PAGES:
        await hub.open()
        await hub.go(page)
    await hub.open()
    await hub.go("times")
    await hub.send()
    await hub.open()
    await hub.go("targets")
    await hub.go("target", "First meetings")
    await hub.send(target="7")
    await hub.send()


async def _send(running: Running, fields: dict[str, Any]) -> int:
    content = json.dumps(fields[""]) if "" in fields else None
    return (await running.signed(fields, content)).status


async def test_no_request_breaks_the_bot_or_reaches_what_is_not_the_persons(
    running: Running, twins: Twins
) -> None:
    real = await _recorded(running)
    assert len(real) > 50
    random, engine = Random(SEED), running.bot.engine
    rows = [*range(1, 12), *(ids[0] for ids in twins.ids.values() if ids)]
    by_anybody = Mutator(real, (ALEX, NOAH, "U77NOBODY"), rows)
    by_those_who_lead = Mutator(real, (MORGAN, NADIA, RILEY), rows)
    for start in range(0, REQUESTS, 2 * ROUND):
        count = min(ROUND, -(-(REQUESTS - start) // 2))
        await _round(running, by_anybody, random, count, (ALEX, NOAH, "U77NOBODY"))
        before = all_rows(engine)
        await _round(running, by_those_who_lead, random, count, ())
        assert _of_the_other(before) == _of_the_other(all_rows(engine))


def _of_the_other(rows: Any) -> list[Any]:
    return [
        row for each in rows.values() for row in each.values() if OTHER in map(str, row.values())
    ]


async def _round(
    running: Running, made: Mutator, random: Random, count: int, watched: tuple[str, ...]
) -> None:
    """Some requests; `watched` are their senders, where these may change their own alone."""
    engine = running.bot.engine
    before, actors = all_rows(engine), await _actors(running, watched)
    with logged() as log:
        for _ in range(0, count, TOGETHER):
            requests = [made.request(random) for _ in range(TOGETHER)]
            statuses = await asyncio.gather(*(_send(running, each) for each in requests))
            assert log.accidents == []
            for request, status in zip(requests, statuses, strict=True):
                assert status < 500, (status, json.dumps(request))
        await running.settled()
    assert log.accidents == []
    if watched:
        assert trespasses(before, all_rows(engine), actors) == []


async def _actors(running: Running, users: tuple[str, ...]) -> frozenset[object]:
    rows = await running.rows(
        select(people.c.id).where(people.c.workspace_id == WORKSPACE, people.c.user_id.in_(users))
    )
    return frozenset([*users, *(row.id for row in rows)])
