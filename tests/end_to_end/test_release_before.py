"""The release before runs on this release's schema, beside it: what a rolling deploy needs.

Its code is kept in `tests/releases`, named after the schema it was made for (`make keep-release`).
"""

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.db.engine import for_writing, make_engine
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session
from bot.demo.team import CHANNEL, PLAYBOOK, workspace
from sandbox import Sandbox
from tests.end_to_end.running import Surroundings, running_bot
from tests.end_to_end.test_running import wait_for_news
from tests.patience import PATIENCE_S
from tests.services.team_totals import MEETINGS, PEOPLE, a_team_of, each_logs
from tests.teams import WORKSPACE

RELEASES = Path(__file__).parents[1] / "releases"
RILEY, PRIYA, MARIA, MORGAN = "U02RILEY", "U03PRIYA", "U07MARIA", "U01MORGAN"
LINES = (
    (RILEY, "/log", "5 calls, 1 demo with Acme yesterday; met the CFO"),
    (RILEY, "/log", "undo"),
    (RILEY, "/log", "list"),
    (RILEY, "/pace", ""),
    (RILEY, "/pace", "now"),
    (RILEY, "/pace", "snooze 3 days"),
    (RILEY, "/pace", "away 24-31 dec"),
    (PRIYA, "/kudos", "<@U02RILEY|riley> for the Acme turnaround"),
    (MORGAN, "/pace", "team"),
    (MORGAN, "/coach", "prep <@U02RILEY|riley>"),
    (MORGAN, "/coach", "digest"),
)
COMMANDS = (
    ("scorecard", "--team", "Harbour", "--json"),
    ("digest", "--team", "Harbour", "--json"),
    ("tick", "--dry-run", "--json"),
    ("export", "activities"),
)
UNFORESEEN = ("wasn't foreseen", "wasn’t foreseen", "was not recorded", "nothing was recorded")


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the code of the release before."""
    [kept] = RELEASES.glob("*.tar.xz")
    folder = tmp_path_factory.mktemp("release")
    with tarfile.open(kept) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def slack() -> Iterator[Any]:
    with Sandbox([workspace()]).patient(PATIENCE_S).in_thread() as running:
        yield running


@pytest.fixture
def of_now(slack: Any, tmp_path: Path, database_url: str) -> Surroundings:
    """This release, on a database of its own schema."""
    seed = slack.team().seed
    environment = {
        "DATABASE_URL": database_url,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_SIGNING_SECRET": seed.signing_secret,
        "COMMANDS_PER_MINUTE": "0",
    }
    (tmp_path / "harbour.yaml").write_text(PLAYBOOK, encoding="utf-8")
    return Surroundings(tmp_path, environment)


@pytest.fixture
def of_before(of_now: Surroundings, before: Path) -> Surroundings:
    """The release before, on the same."""
    return Surroundings(of_now.folder, {**of_now.environment, "PYTHONPATH": str(before)})


def everything(slack: Any, where: Surroundings) -> None:
    """Does what people and operators do; fails where anything of it does."""
    halves = ["run"] if "sqlite" in where.environment["DATABASE_URL"] else ["web", "worker"]
    where.pacesetter("playbook", "apply", "harbour.yaml")
    with ExitStack() as stack:
        bots = [stack.enter_context(running_bot(where, command=half)) for half in halves]
        slack.request_url = f"http://127.0.0.1:{bots[0].port}/slack/events"
        for user, command, line in LINES:
            said = slack.person(user).command(command, line).text
            assert not any(words in said for words in UNFORESEEN), (command, line, said)
        for arguments in COMMANDS:
            where.pacesetter(*arguments)
        assert [bot.stop() for bot in bots] == [0] * len(bots)
    for bot in bots:
        at_work, _, _ = bot.written().partition("stopping")  # what it cuts short then it tells of
        assert "Traceback" not in at_work, at_work


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_the_code_of_before_that_runs(of_before: Surroundings, before: Path) -> None:
    where = "import bot.wiring, handlers, jobs; print(bot.wiring.__file__, handlers, jobs)"
    done = subprocess.run(
        [of_before.command()[0], "-c", where],
        cwd=of_before.folder,
        env=of_before.variables(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count(str(before)) == 3


def test_it_works_on_this_schema(slack: Any, of_before: Surroundings) -> None:
    everything(slack, of_before)


@pytest.mark.parametrize(
    "too_early",
    [
        "ALTER TABLE people DROP COLUMN quiet_weekdays",
        "ALTER TABLE entries RENAME COLUMN note TO remark",
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_that_contracts_too_early_is_found_out(
    slack: Any, of_before: Surroundings, too_early: str
) -> None:
    engine = make_engine(of_before.environment["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text(too_early))
    engine.dispose()
    with pytest.raises(AssertionError):
        everything(slack, of_before)


def test_it_erases_a_workspace_of_which_totals_were_kept(
    of_before: Surroundings, of_now: Surroundings
) -> None:
    engine = make_engine(of_now.environment["DATABASE_URL"])
    with engine.connect() as connection, for_writing(connection).begin():
        session = Session(enter(connection, WORKSPACE))
        each_logs(session, a_team_of(session, PEOPLE), PEOPLE, MEETINGS, 5)
    of_now.pacesetter("forget", "--workspace", WORKSPACE, "--user", PEOPLE[0], "--yes")
    assert rows_of(engine, "kept_totals")
    of_before.pacesetter("forget", "--workspace", WORKSPACE, "--yes")
    assert not rows_of(engine, "kept_totals") + rows_of(engine, "workspaces")
    engine.dispose()


def rows_of(engine: Engine, table: str) -> int:
    with enter(engine.connect(), EVERYWHERE) as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_both_releases_serve_side_by_side(
    slack: Any, of_before: Surroundings, of_now: Surroundings
) -> None:
    """What is recorded by either is celebrated once, by whichever worker takes it."""
    of_the_month = 2  # deals that are 100 %; the third makes more than 120
    of_before.pacesetter("playbook", "apply", "harbour.yaml")
    with ExitStack() as stack:
        old, new = (
            stack.enter_context(running_bot(where, command="web")) for where in (of_before, of_now)
        )
        for where in (of_before, of_now):
            stack.enter_context(running_bot(where, command="worker"))
        for number, web in enumerate((old, new, old), start=1):
            slack.request_url = f"http://127.0.0.1:{web.port}/slack/events"
            said = slack.person(MARIA).command("/log", "won 4200 with Acme").text
            assert "Recorded" in said
            if number >= of_the_month:
                wait_for_news(slack, number - 1)
    texts = [message.text for message in slack.messages(CHANNEL)]
    assert len(texts) == len(set(texts)) == 2
