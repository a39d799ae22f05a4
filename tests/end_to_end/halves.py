"""The demo's team on PostgreSQL, for bots in halves: what tests of `web` and `worker` share."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bot.demo.team import PLAYBOOK
from tests.end_to_end.running import RunningBot, Surroundings, free_port, running_bot
from tests.patience import wait_until

MARIA = "U07MARIA"


def surroundings_on(url: str, slack: Any, folder: Path) -> Surroundings:
    """The bot's environment, with the demo's team applied to this database."""
    seed = slack.team().seed
    environment = {
        "DATABASE_URL": url,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_SIGNING_SECRET": seed.signing_secret,
    }
    where = Surroundings(folder, environment)
    playbook = folder / "harbour.yaml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    where.pacesetter("playbook", "apply", str(playbook))
    return where


@contextmanager
def in_halves(slack: Any, where: Surroundings, workers: int) -> Iterator[list[RunningBot]]:
    """A web, and so many workers."""
    with ExitStack() as stack:
        web = stack.enter_context(running_bot(where, port := free_port(), "web"))
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        bots = [running_bot(where, command="worker") for _ in range(workers)]
        running = [web, *map(stack.enter_context, bots)]
        wait_for_answers(slack)
        yield running


def wait_for_answers(slack: Any) -> None:
    """Until the bot answers in the time that Slack gives it: on a busy machine not its first."""
    wait_until(lambda: slack.person(MARIA).command("/pace", "").ok)


def celebrate(slack: Any) -> None:
    """A deal and another: the second reaches the month's target, or goes beyond it."""
    for _ in range(2):
        reply = slack.person(MARIA).command("/log", "won 4200 with Acme")
        assert "Recorded" in reply.text, reply
