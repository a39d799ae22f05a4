"""What Slack sends while people use the bot: one request at least for each handle that there is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from handlers.context import Context
from handlers.features.every import Handles, every_handle
from handlers.homes import Homes
from jobs.tick import tick
from jobs.writers import all_writers
from tests.handlers.conftest import Running
from tests.safety.crawling import Crawler
from tests.safety.mutations import Body, name_of
from tests.safety.twins import ADMIN, pressed, sent_form
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

LINES = {
    "/log": ("5 calls", "2 meetings with Acme; met", "won 10 with Acme", "5 cals", "list", ""),
    "/pace": ("", "now", "away 12-16 dec", "plan 15:00 calls", "board", "snooze today", "pla"),
    "/coach": (
        *("", "setup", "digest", "target", "playbook", "pair", "experiment", "digst"),
        *("prep <@U02RILEY>", "notes <@U02RILEY>"),
    ),
    "/kudos": (f"<@{ALEX}> for the turnaround",),
}
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def recorded(running: Running) -> list[Body]:
    """Bodies of requests, real ones first; those whose handles nobody came upon are made up."""
    await crawl(running)
    await tick(MONDAY, running.bot, all_writers())
    await Crawler(running, running.person(MORGAN)).look_around()
    bodies = sent_by_slack(running)
    met = {name_of(body) for body in bodies}
    return [*bodies, *(each for each in made_up(running) if name_of(each) not in met)]


async def crawl(running: Running) -> None:
    """A rep, a manager and an admin type every line, say something and press what they see."""
    for user in (RILEY, MORGAN, ADMIN):
        crawler = Crawler(running, running.person(user))
        for command, lines in LINES.items():
            for line in lines:
                await crawler.type(command, line)
        await crawler.person.say("3 calls with Acme")
        await running.settled()
        await crawler.look_around()


def sent_by_slack(running: Running) -> list[Body]:
    """The bodies of all requests so far that have one."""
    real = [call.body for call in running.slack.journal if call.to == "bot"]
    return [body for body in real if isinstance(body, dict) and body]


def every_name(running: Running) -> set[str]:
    """Each handle of each feature, as `name_of` calls it."""
    handles = handles_of(running)
    return {
        *handles.commands,
        *(f"press {name}" for name in handles.presses),
        *(f"form {name}" for name in handles.forms),
        *(f"shortcut {name}" for name in handles.shortcuts),
        *(f"event {name}" for name in handles.events),
    }


def handles_of(running: Running) -> Handles:
    return every_handle(Context(running.bot, Homes(running.bot, running.background)))


def made_up(running: Running) -> Iterator[Body]:
    """A request at least for each handle."""
    handles = handles_of(running)
    for name in handles.presses:
        for value in _VALUES.get(name, ("1",)):
            yield pressed(RILEY, f"{name}:3", value, view=_VIEW)
            yield pressed(MORGAN, f"{name}:3", value, message=_MESSAGE)
    for name in handles.forms:
        yield sent_form(RILEY, name, json.dumps({"id": 1, "person": RILEY}), _FILLED)
    for name in handles.shortcuts:
        kind = "message_action" if name == "log_this" else "shortcut"
        yield _interaction(kind, callback_id=name, channel={"id": "C01WEST"}, message=_MESSAGE)
    for name in handles.events:
        event = {"type": name} | _EVENTS.get(name, {"channel": "C01WEST", "user": RILEY})
        yield {"type": "event_callback", "team_id": WORKSPACE, "event_id": "E1", "event": event}


def _interaction(kind: str, **more: Any) -> Body:
    who = {"user": {"id": RILEY}, "team": {"id": WORKSPACE}, "trigger_id": "1.1"}
    return {"type": kind, **who, "response_url": "", **more}


_VIEW = {"id": "V1", "type": "modal", "callback_id": "x", "private_metadata": "{}", "hash": "1"}
_MESSAGE = {"ts": "1.1", "user": SAM, "text": "Three calls with Acme Corp", "type": "message"}
_VALUES = {
    "coach_best": ("1 9 week First meetings",),
    "kudos_cheer": ("celebration:first_entry:U02RILEY",),
    "kudos_week": ("2026-11-16 U02RILEY",),
    "log": ("1", "0.5"),
    "pace_line": ("away 12-16 dec", "now"),
    "pair": ("2 3 3 0", "2 3 3 1"),
    "why": ("3,4",),
}
"""What a button's value looks like, where it isn't an id."""
_FILLED = {
    "quantity": {"value": {"value": "3"}},
    "behaviour": {"value": {"selected_option": {"value": "3"}}},
    "day": {"value": {"selected_date": "2026-11-18"}},
    "user": {"value": {"selected_user": SAM}},
    "note": {"value": {"value": "met"}},
    "word": {"value": {"value": "ERASE"}},
}
_PROFILE = {"display_name": "Riley", "real_name": "Riley R"}
_ACCOUNT = {"id": RILEY, "name": "riley", "tz": "Europe/London", "deleted": False, "is_bot": False}
_EVENTS: dict[str, Body] = {
    "user_change": {"user": {**_ACCOUNT, "profile": _PROFILE}},
    "team_join": {"user": {**_ACCOUNT, "profile": _PROFILE}},
    "app_uninstalled": {},
    "tokens_revoked": {"tokens": {"oauth": [RILEY], "bot": ["UBOT"]}},
    "member_joined_channel": {"channel": "C01WEST", "user": "UBOT", "channel_type": "C"},
    "member_left_channel": {"channel": "C01WEST", "user": "UBOT", "channel_type": "C"},
}
