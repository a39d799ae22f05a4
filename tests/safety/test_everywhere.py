"""Who reaches all workspaces at once says so, and is listed here; nobody opens a transaction past
that."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVES_ALL = {
    "bot/clients.py": "SLACK_BOT_TOKEN: which workspaces are there",
    "bot/demo/stage.py": "drains the demo's one workspace",
    "bot/renewals.py": "an organisation's token serves its workspaces",
    "bot/tokens.py": "the same",
    "handlers/homes.py": "teams that have changed, and whose Home shows them",
    "handlers/installing.py": "a workspace, or an organisation, that isn't there yet",
    "jobs/backlogs.py": "how much is due, and in which workspaces",
    "jobs/books.py": "claims of drains side by side share a commit",
    "jobs/channels.py": "channels in trouble",
    "jobs/distributed.py": "which workspaces have something due",
    "jobs/plan.py": "which teams have something due",
    "jobs/prune.py": "what is old, whosever it is",
    "jobs/tick.py": "which workspaces have something due",
}
"""Where `everywhere` is asked for, and what for; the rest is of one workspace."""
OPENED = {"bot/db/shared_commits.py", "bot/db/shared_round_trips.py", "bot/wiring.py"}
"""Where sessions are made, besides the commands of the operator in `bot/cli`."""


def code() -> Iterator[tuple[str, str]]:
    for folder in ("bot", "handlers", "jobs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_who_reaches_all_workspaces_is_known() -> None:
    asking = {path for path, text in code() if re.search(r"ransactions\.everywhere\b", text)}
    assert asking == set(SERVES_ALL)


def test_a_session_is_made_where_its_reach_is_said() -> None:
    making = {path for path, text in code() if re.search(r"(?<![\w.])Session\(", text)}
    assert {path for path in making if not path.startswith("bot/cli/")} == OPENED
    for path, text in code():
        if path in making:
            assert "enter(" in text, path
