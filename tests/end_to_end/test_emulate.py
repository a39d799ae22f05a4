"""`pacesetter tick` against emulate, a Web API of Slack that we did not write."""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.foreign import MODULES, SLACK_PORT, ForeignSlack, Json, foreign_slack
from tests.end_to_end.running import Surroundings
from tests.end_to_end.west import write_playbook

pytestmark = pytest.mark.may_skip("needs Node and Linux's network namespaces")

WORKSPACE, TOKEN = "T000000001", "xoxb-west"
SEED = {
    "slack": {
        "team": {"name": "West Ltd", "domain": "west"},
        "users": [
            {"name": "morgan", "real_name": "Morgan Price"},
            {"name": "riley", "real_name": "Riley Stone"},
            {"name": "sam", "real_name": "Sam Hill"},
        ],
        "channels": [{"name": "west"}],
        "tokens": [{"token": TOKEN, "type": "bot", "user": "admin"}],
    }
}
# A Tuesday and the Monday after it, long before any clock that runs this. On the Monday before,
# Sam did the day's calls and the week's five meetings; Riley did nothing.
TUESDAY, NEXT_MONDAY = "2026-03-24T09:30:00+00:00", "2026-03-30T09:00:00+01:00"
DONE = f"""\
workspace,user,behaviour,quantity,occurred_on,account,note,external_id
{WORKSPACE},{{sam}},Prospecting calls,20,2026-03-23,,,1
{WORKSPACE},{{sam}},First meetings,5,2026-03-23,,,2
"""


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[ForeignSlack]:
    """emulate with the people and the channel of West."""
    program = ["node", str(MODULES / "emulate" / "dist" / "index.js")]
    options = ["--service", "slack", "--port", str(SLACK_PORT), "--seed"]
    with foreign_slack(tmp_path, [*program, *options], SEED, TOKEN) as running:
        yield running


@pytest.fixture
async def ids(slack: ForeignSlack) -> dict[str, str]:
    """The ids that emulate chose, by name; the channel's is `west`."""
    people = (await slack.call("users.list"))["members"]
    channels = (await slack.call("conversations.list"))["channels"]
    return {each["name"]: each["id"] for each in (*people, *channels)}


@pytest.fixture
async def bot(slack: ForeignSlack, ids: dict[str, str], tmp_path: Path) -> Surroundings:
    """The command line beside emulate, with West set up and Monday imported."""
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": TOKEN,
    }
    bot = Surroundings(tmp_path, environment, slack.network)
    named = {name: ids[name] for name in ("morgan", "riley", "sam")}
    bot.pacesetter(
        "playbook",
        "apply",
        write_playbook(tmp_path, workspace=WORKSPACE, channel=ids["west"], **named),
    )
    done = tmp_path / "done.csv"
    done.write_text(DONE.format(sam=ids["sam"]), encoding="utf-8")
    bot.pacesetter("import", "activities", str(done))
    return bot


def keys(messages: list[Json]) -> Counter[str]:
    return Counter(message["metadata"]["event_payload"]["key"] for message in messages)


async def test_a_nudge_reaches_whoever_is_behind_once_however_often_it_ticks(
    slack: ForeignSlack, bot: Surroundings, ids: dict[str, str]
) -> None:
    first = bot.json("tick", "--at", TUESDAY)
    again = bot.json("tick", "--at", TUESDAY)

    nudges = {each["recipient"]: each for each in first if each["kind"] == "nudge"}
    assert {user: each["behaviours"] for user, each in nudges.items()} == {
        ids["riley"]: ["First meetings", "Prospecting calls"]
    }
    assert nudges[ids["riley"]]["state"] == "sent"
    assert again == []
    written = await slack.direct_messages(ids["riley"])
    assert keys(written) == {f"nudge:{ids['riley']}:2026-03-24": 1}
    assert "First meetings" in written[0]["text"]
    assert await slack.direct_messages(ids["sam"]) == []


async def test_the_digest_reaches_the_manager_and_good_news_the_channel(
    slack: ForeignSlack, bot: Surroundings, ids: dict[str, str]
) -> None:
    bot.json("tick", "--at", TUESDAY)
    handled = bot.json("tick", "--at", NEXT_MONDAY)

    (digest,) = [each for each in handled if each["kind"] == "digest"]
    assert (digest["recipient"], digest["state"]) == (ids["morgan"], "sent")
    written = await slack.direct_messages(ids["morgan"])
    assert keys(written)[digest["key"]] == 1
    in_channel = keys(await slack.messages(ids["west"]))
    assert in_channel == {"roundup:1:2026-03-23": 1, "recap:1:2026-03-23": 1}


async def test_a_message_whose_sender_died_is_found_there_and_not_sent_again(
    slack: ForeignSlack, bot: Surroundings, ids: dict[str, str], tmp_path: Path
) -> None:
    bot.json("tick", "--at", TUESDAY)
    forget_that_it_was_sent(tmp_path / "bot.db")

    (handled,) = bot.json("tick", "--at", TUESDAY)

    assert handled["state"] == "sent"
    assert len(await slack.direct_messages(ids["riley"])) == 1


def forget_that_it_was_sent(database: Path) -> None:
    """As a kill between Slack's answer and its record leaves it, after the lease."""
    with closing(sqlite3.connect(database)) as connection, connection:
        changed = connection.execute(
            "UPDATE deliveries SET state = 'sending', ts = NULL, sent_at = NULL, "
            "lease_until = '2026-01-01 00:00:00' WHERE kind = 'nudge'"
        )
        assert changed.rowcount == 1
