"""Commands, buttons and modals through local-slack, a Slack that we did not write."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.foreign import BOT_PORT
from tests.end_to_end.local_slack import (
    APP_TOKEN,
    CHANNEL,
    MORGAN,
    RILEY,
    SAM,
    SECRET,
    TOKEN,
    WORKSPACE,
    LocalSlack,
    local_slack,
)
from tests.end_to_end.running import Surroundings, running_bot
from tests.end_to_end.west import write_playbook

pytestmark = pytest.mark.may_skip("needs Node and Linux's network namespaces")


@pytest.fixture(params=["events", "socket"])
def slack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalSlack]:
    """local-slack with the bot running beside it, through signed HTTP and through Socket Mode."""
    mode = str(request.param)
    with local_slack(tmp_path, mode) as running:
        environment = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
            "SLACK_API_URL": running.slack.api_url,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }
        if mode == "socket":
            environment["SLACK_APP_TOKEN"] = APP_TOKEN
        bot = Surroundings(tmp_path, environment, running.slack.network)
        named = {"morgan": MORGAN, "riley": RILEY, "sam": SAM}
        playbook = write_playbook(tmp_path, workspace=WORKSPACE, channel=CHANNEL, **named)
        bot.pacesetter("playbook", "apply", playbook)
        with running_bot(bot, BOT_PORT):
            yield running


async def test_a_rep_logs_takes_back_fills_in_the_form_and_sees_the_pace(
    slack: LocalSlack,
) -> None:
    """One life of the bot for all of it: it is the start that takes the time."""
    await slack.connected()

    logged = await slack.command(RILEY, "/log", "5 calls")
    assert (logged["subtype"], logged["ephemeral_to"]) == ("ephemeral", RILEY)
    assert "5" in logged["text"]
    assert "Prospecting calls" in logged["text"]

    undone = await slack.press(RILEY, logged, "undo")
    assert "Taken back" in undone["text"]

    await slack.type(RILEY, "/log")
    form = await slack.open_modal()
    filled = await slack.submit(RILEY, filled_in(form, "Prospecting calls", "7"))
    assert "7" in filled["text"]

    said = await slack.say(RILEY, "I made 2 calls and a first meeting with Acme yesterday")
    assert "1 × First meetings" in said["text"]
    hello = await slack.say(RILEY, "hi")
    assert "Tell me what you did" in hello["text"]

    pace = await slack.command(RILEY, "/pace")
    assert "Prospecting calls" in str(pace["blocks"])
    assert "7 of 20" in str(pace["blocks"])


async def test_a_manager_opens_the_hub_and_changes_a_target(slack: LocalSlack) -> None:
    await slack.connected()

    await slack.type(MORGAN, "/coach")
    await slack.modal_called("Coach")
    await slack.press_in_modal(MORGAN, "ramp")
    await slack.modal_called("New reps")

    await slack.type(MORGAN, "/coach", "target")
    form = await slack.modal_called("Target")
    chosen = {"indicator": "First meetings", "segment": "The whole team", "period": "Week"}
    await slack.send(MORGAN, entered(form, {"target": "7"}, chosen))
    preview = await slack.modal_called("What it changes")
    assert "*7 a week*" in str(preview["blocks"])
    saved = await slack.submit(MORGAN, {})
    assert "First meetings for the whole team: 7 a week" in saved["text"]


def entered(form: dict[str, Any], typed: dict[str, str], chosen: dict[str, str]) -> dict[str, Any]:
    """The form's state with what was typed, and with options by their labels."""
    state: dict[str, Any] = {}
    for block in form["blocks"]:
        name, element = block["block_id"], block.get("element", {})
        if name in typed:
            value: dict[str, Any] = {"value": typed[name]}
        elif name in chosen:
            groups = element.get("option_groups") or [element]
            options = [option for group in groups for option in group["options"]]
            (option,) = [each for each in options if each["text"]["text"] == chosen[name]]
            value = {"selected_option": option}
        else:
            continue
        state[name] = {element["action_id"]: {"type": element["type"], **value}}
    return state


def filled_in(form: dict[str, Any], behaviour: str, amount: str) -> dict[str, Any]:
    """The form's state with a behaviour, an amount and today, as the page would send it."""
    state: dict[str, Any] = {}
    for block in form["blocks"]:
        element = block.get("element", {})
        if element.get("type") == "static_select":
            options = element.get("options") or element["option_groups"][0]["options"]
            (chosen,) = [each for each in options if each["text"]["text"].startswith(behaviour)]
            entered = {"selected_option": chosen}
        elif element.get("type") == "datepicker":
            entered = {"selected_date": f"{datetime.now(UTC):%Y-%m-%d}"}
        elif not block.get("optional"):
            entered = {"value": amount}
        else:
            continue
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **entered}}
    return state
