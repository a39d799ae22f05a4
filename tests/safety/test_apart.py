"""What is one workspace's is out of another's reach (design §6, §2.8).

Riley, Morgan and Ada of T01TEST try all that Slack can send with the row ids of T02OTHER, whose
people and teams have the same names and Slack ids.
"""

import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from bot.db.engine import make_engine
from bot.db.tables import metadata
from bot.slack import actions
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place
from tests.handlers.conftest import Running
from tests.safety.twins import (
    ADMIN,
    OTHER,
    WORDS,
    Twins,
    Watch,
    constants,
    pressed,
    rows_of,
    sent_form,
    watched,
)
from tests.teams import MORGAN, RILEY, SAM, WORKSPACE

EVERYBODY = (RILEY, MORGAN, ADMIN)
LINES = {
    "/log": ("5 calls", "list", "undo", "won 10 with Acme", "help", ""),
    "/pace": (
        "",
        "now",
        "team",
        "board",
        "away",
        "away 12-16 dec",
        "snooze today",
        "plan 15:00 calls",
    ),
    "/coach": ("", "setup", "digest", "target", "prep <@U02RILEY>", "notes <@U02RILEY>", "pair"),
    "/kudos": ("<@U03SAM> for the turnaround", "undo", "help"),
}


@asynccontextmanager
async def nothing_of_the_other(running: Running, twins: Twins) -> AsyncIterator[Watch]:
    """Whatever happens inside neither changes nor shows anything of the other workspace, and asks
    for none of its rows without saying whose."""
    engine = running.bot.engine
    before = rows_of(engine, OTHER)
    with watched(engine, twins.every_id) as watch:
        yield watch
        await running.settled()
        await running.slack.settled()
    assert rows_of(engine, OTHER) == before
    assert WORDS[OTHER] not in _all_that_was_said(running)
    assert not watch.unbound, "\n\n".join(sorted(watch.unbound))


def _all_that_was_said(running: Running) -> str:
    return repr([(call.method, call.body, call.answer) for call in running.slack.journal])


def test_every_table_names_a_workspace() -> None:
    unnamed = {table.name for table in metadata.sorted_tables if "workspace_id" not in table.c}
    assert unnamed == {"workspaces"}


def test_both_have_a_row_in_every_table(twins: Twins, database_url: str) -> None:
    engine = make_engine(database_url)
    for workspace_id in (WORKSPACE, OTHER):
        held = rows_of(engine, workspace_id)
        assert [name for name, rows in held.items() if not rows] == []
    engine.dispose()


async def test_no_command_shows_or_changes_the_other(running: Running, twins: Twins) -> None:
    async with nothing_of_the_other(running, twins):
        for user_id in (RILEY, MORGAN):
            for command, lines in LINES.items():
                for line in lines:
                    await running.person(user_id).command(command, line)


NAMED = (
    "commitments entries experiments indicators kudos one_to_ones pairings people teams time_off"
)
"""Tables whose rows some button or form names."""


def _rows(twins: Twins) -> list[int]:
    return [twins.ids[table][0] for table in NAMED.split()]


def _buttons(twins: Twins) -> Iterator[tuple[str, str]]:
    """Every action with the other's row ids, in each form in which a button can carry them."""
    for name in constants(actions):
        for row in _rows(twins):
            yield f"{name}:{row}", f"{row}"
    for learner, helper in itertools.product((2, twins.ids["people"][0]), repeat=2):
        for behaviour in (3, twins.ids["indicators"][2]):
            yield f"{actions.PAIR}:0", f"{learner} {helper} {behaviour} 0"
    yield f"{actions.SETTLE}:{twins.ids['commitments'][0]}", "done U02RILEY"
    behaviour, team_id = twins.ids["indicators"][2], twins.ids["teams"][0]
    yield f"{actions.COACH_BEST}:{behaviour}", f"{team_id} 9 week First meetings"
    for page in constants(names):
        for number in (0, *twins.ids["time_off"], *twins.ids["people"]):
            yield actions.COACH_GO, Place(page, twins.ids["teams"][0], number, RILEY).code


async def test_no_button_reaches_the_other(running: Running, twins: Twins) -> None:
    async with nothing_of_the_other(running, twins):
        for number, (action, value) in enumerate(_buttons(twins)):
            body = pressed(EVERYBODY[number % 3], action, value, view=_view(number))
            assert (await running.signed({"payload": body})).status == 200


def _view(number: int) -> dict[str, str]:
    return {"id": f"V{number}", "type": "modal", "callback_id": "x", "private_metadata": "{}"}


def _given(row: int) -> dict[str, dict[str, object]]:
    """Every field that some form has, filled in with the other's row."""
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": f"{row}"}
    one = {
        "value": f"{row}",
        "selected_option": chosen,
        "selected_options": [chosen],
        "selected_user": SAM,
        "selected_users": [SAM],
    }
    fields = ("behaviour", "quantity", "user", "target", "person", "word", "note", "team", "rep")
    given: dict[str, dict[str, object]] = {name: {"value": one} for name in fields}
    given |= {"quantity": {"value": {"value": "5"}}, "word": {"value": {"value": "ERASE"}}}
    return given | {"day": {"value": {"selected_date": "2026-11-18"}}}


def _metadata(twins: Twins) -> Iterator[tuple[str, int]]:
    """All that a form may carry along, forged; with the row that it is about."""
    for row in _rows(twins):
        known = ("entry_id", "person_id", "person", "team_id", "id", "one_to_one", "rep", "nonce")
        yield json.dumps(dict.fromkeys(known, row)), row
        yield f"{row}", row
        yield f"{RILEY}|{row}|{row}", row


def _places(twins: Twins) -> Iterator[tuple[str, int]]:
    """All forms of `/coach`, forged to be about the other's team."""
    (team_id,) = twins.ids["teams"]
    for form in constants(names):
        for number in (0, twins.ids["people"][0]):
            yield Kept(Place(form, team_id, number, RILEY)).metadata, team_id


async def test_no_form_reaches_the_other(running: Running, twins: Twins) -> None:
    forms = [name for name in constants(actions) if name.endswith("_form")]
    number = iter(range(10_000))
    everybody = itertools.cycle(EVERYBODY)
    async with nothing_of_the_other(running, twins):
        for callback_id in forms:
            carried = _places if callback_id == actions.COACH_FORM else _metadata
            for metadata_said, row in carried(twins):
                view, user = f"VF{next(number)}", next(everybody)
                body = sent_form(user, callback_id, metadata_said, _given(row), view)
                assert (await running.signed({"payload": body})).status == 200


async def test_no_event_reaches_the_other(running: Running, twins: Twins) -> None:
    async with nothing_of_the_other(running, twins):
        await running.person(RILEY).open_home()
        await running.person(MORGAN).open_home()
        await running.person(RILEY).say("3 calls with Acme")
        for event in (
            {"type": "channel_archive", "channel": "C01WEST"},
            {"type": "user_change", "user": {"id": RILEY, "deleted": True}},
            {"type": "member_left_channel", "channel": "C01WEST", "user": "UBOT"},
            {"type": "app_home_opened", "user": RILEY, "tab": "home"},
        ):
            told = {"type": "event_callback", "team_id": WORKSPACE, "event_id": f"E{event['type']}"}
            body = json.dumps(told | {"event": event})
            assert (await running.signed({}, body)).status == 200
