"""`pacesetter doctor`, against a database and a Slack of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, insert, update

from bot.__main__ import pacesetter
from bot.db.engine import for_writing, make_engine
from bot.db.moving.source import exclusive, path_of
from bot.db.tables import deliveries, people, team_managers, teams, workspaces
from bot.slack.scopes import SCOPES
from sandbox import Channel, Fault, Sandbox, User, Workspace
from tests.postgresql import as_superuser
from tests.teams import RILEY, WORKSPACE, a_team


@dataclass
class Place:
    """A database and a Slack that the command finds by its environment."""

    url: str
    slack: Any
    environment: pytest.MonkeyPatch

    def also(self, workspace: str) -> None:
        """A second workspace, with a team like that of the first."""
        engine = make_engine(self.url)
        with engine.connect() as connection, for_writing(connection).begin():
            a_team(connection, workspace_id=workspace)
        engine.dispose()

    def change(self, statement: Any) -> None:
        engine = make_engine(self.url)
        with engine.connect() as connection, for_writing(connection).begin():
            connection.execute(statement)
        engine.dispose()

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(pacesetter, ["doctor", *arguments])

    def found(self) -> dict[str, tuple[str, str]]:
        """Verdict and finding by what was looked at."""
        checks = json.loads(self.run("--json").stdout)
        assert all(check["advice"] for check in checks if check["verdict"] != "ok")
        return {check["name"]: (check["verdict"], check["found"]) for check in checks}


def a_slack(**more: Any) -> Workspace:
    seed = {
        "users": (User(RILEY, "riley"),),
        "channels": (Channel("C01WEST", "west"),),
        "scopes": frozenset(SCOPES),
    }
    return Workspace(WORKSPACE, **seed | more)


def _set_up(connection: Connection) -> None:
    a_team(connection)


@pytest.fixture
def slack(request: pytest.FixtureRequest) -> Iterator[Any]:
    with Sandbox([a_slack(**getattr(request, "param", {}))]).in_thread() as sandbox:
        yield sandbox


@pytest.fixture
def place(sqlite_url: str, slack: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection, for_writing(connection).begin():
        _set_up(connection)
    engine.dispose()
    seed = slack.team().seed
    for name, value in {
        "DATABASE_URL": sqlite_url,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_APP_TOKEN": seed.app_token,
        "SLACK_SIGNING_SECRET": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    return Place(sqlite_url, slack, monkeypatch)


def test_all_is_well(place: Place) -> None:
    result = place.run()
    assert result.exit_code == 0, result.stdout
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines), result.stdout
    looked_at = {line[9:].partition(":")[0] for line in lines}
    assert looked_at == {
        "settings", "disk", "database", "migrations", "time zones", "teams", "people",
        "deliveries", "history", "slack", "clock", "socket mode", "bot token", "scopes",
        "channel of West",
    }  # fmt: skip


def test_a_role_above_row_level_security_is_told(place: Place, postgresql_url: str) -> None:
    place.environment.setenv("DATABASE_URL", postgresql_url)
    assert "role" not in place.found()
    place.environment.setenv("DATABASE_URL", as_superuser(postgresql_url))
    assert place.found()["role"] == ("warning", "it is above row-level security")


def test_how_long_history_is_kept_is_told(place: Place) -> None:
    assert place.found()["history"] == ("ok", "kept for ever")
    place.change(update(workspaces).values(keep_years=2))
    verdict, found = place.found()["history"]
    assert verdict == "ok"
    assert found.startswith(f"kept in {WORKSPACE} from {datetime.now(UTC).year - 2}-01-01 on")


def test_postgresql_is_looked_at_too(place: Place, postgresql_url: str) -> None:
    place.environment.setenv("DATABASE_URL", postgresql_url)
    found = place.found()
    assert found["database"] == ("ok", "postgresql, reachable and writable")
    assert found["migrations"][0] == "ok"
    assert found["teams"] == ("warning", "there are none")


def test_a_missing_token_is_a_problem(place: Place) -> None:
    place.environment.delenv("SLACK_BOT_TOKEN")
    result = place.run()
    assert result.exit_code == 1
    assert "problem  settings: SLACK_BOT_TOKEN is missing → Copy it" in result.stdout


def test_a_malformed_variable_is_a_problem(place: Place) -> None:
    place.environment.setenv("SLACK_BOT_TOKEN", "nonsense")
    result = place.run()
    assert result.exit_code == 1
    assert "nonsense" not in result.stdout


def test_a_token_that_slack_refuses_is_a_problem(place: Place) -> None:
    place.slack.fail("auth.test", Fault.revoked_token())
    assert place.found()["bot token"][0] == "problem"


@pytest.mark.parametrize("slack", [{"scopes": frozenset(SCOPES) - {"im:write"}}], indirect=True)
def test_a_scope_that_is_missing_is_named_with_its_use(place: Place) -> None:
    verdict, found = place.found()["scopes"]
    assert verdict == "problem"
    assert found.startswith("missing: im:write (to open the direct conversation")


@pytest.mark.parametrize(
    "slack",
    [
        {"channels": ()},
        {"channels": (Channel("C01WEST", "west", has_bot=False),)},
        {"channels": (Channel("C01WEST", "west", is_archived=True),)},
    ],
    indirect=True,
)
def test_a_channel_that_the_bot_can_not_post_in_is_a_problem(place: Place) -> None:
    assert place.found()["channel of West"][0] == "problem"


@pytest.mark.parametrize(
    "slack", [{"scopes": frozenset(SCOPES) - {"channels:read"}}], indirect=True
)
def test_a_channel_that_a_scope_is_missing_for_is_advised_the_scope(place: Place) -> None:
    [line] = [each for each in place.run().stdout.splitlines() if "channel of West" in each]
    assert "C01WEST can't be read → Paste `pacesetter manifest`" in line
    assert line.endswith("reinstall to grant channels:read.")


def test_a_slack_out_of_reach_is_told_at_once(place: Place) -> None:
    place.environment.setenv("SLACK_API_URL", "http://127.0.0.1:1/")
    found = place.found()
    assert found["slack"] == ("problem", "Slack can't be reached.")
    assert "bot token" not in found


def test_an_app_token_that_slack_refuses_is_a_problem(place: Place) -> None:
    place.environment.setenv("SLACK_APP_TOKEN", "xapp-wrong")
    assert place.found()["socket mode"][0] == "problem"


def test_a_clock_that_is_wrong_is_a_problem(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = datetime.now(UTC) + timedelta(minutes=4)
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _: fast)
    verdict, found = place.found()["clock"]
    assert (verdict, found[:2]) == ("problem", "24")


def test_no_database_is_not_made_by_looking(place: Place, tmp_path: Any) -> None:
    path = tmp_path / "none.db"
    place.environment.setenv("DATABASE_URL", f"sqlite:///{path}")
    assert place.found()["database"] == ("warning", "there is none yet")
    assert not path.exists()


def test_a_database_that_was_never_migrated_is_a_problem(place: Place, tmp_path: Any) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    place.environment.setenv("DATABASE_URL", f"sqlite:///{path}")
    assert place.found()["migrations"][0] == "problem"


def test_a_database_out_of_reach_is_a_problem(place: Place) -> None:
    place.environment.setenv("DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:1/none")
    result = place.run()
    assert "problem  database:" in result.stdout
    assert "hidden" not in result.stdout


def test_a_file_that_was_moved_is_a_problem_among_others(place: Place) -> None:
    path = path_of(place.url)
    with exclusive(path) as source:
        source.mark(moved=True)
    found = place.found()
    told = ("problem", "This installation was moved to PostgreSQL")
    assert found["database"] == told
    assert found["slack"][0] == "ok", "the list goes on"
    assert place.run().exit_code == 1


def test_a_zone_that_does_not_exist_is_a_problem(place: Place) -> None:
    place.change(update(people).where(people.c.user_id == RILEY).values(timezone="Europe/Atlantis"))
    verdict, found = place.found()["time zones"]
    assert verdict == "problem"
    assert "Europe/Atlantis" in found


def test_reps_without_a_zone_are_named(place: Place) -> None:
    place.change(update(people).where(people.c.user_id == RILEY).values(slack_timezone=None))
    assert place.found()["people"] == ("warning", f"no time zone of their own: {RILEY}")


def test_who_is_in_one_of_several_workspaces_is_named_with_it(place: Place) -> None:
    place.also("T02OTHER")
    place.change(update(people).where(people.c.user_id == RILEY).values(slack_timezone=None))
    place.change(update(teams).values(channel=None))
    found = place.found()
    lost = f"{RILEY} ({WORKSPACE}), {RILEY} (T02OTHER)"
    assert found["people"] == ("warning", f"no time zone of their own: {lost}")
    assert found["teams"] == ("warning", f"no channel: West ({WORKSPACE}), West (T02OTHER)")


def test_teams_without_channel_or_manager_are_named(place: Place) -> None:
    place.change(update(teams).values(channel=None))
    assert place.found()["teams"] == ("warning", "no channel: West")
    place.change(update(teams).values(channel="C01WEST"))
    place.change(team_managers.delete())
    assert place.found()["teams"] == ("warning", "no manager: West")


def test_deliveries_that_failed_lately_are_told_with_their_reasons(place: Place) -> None:
    now = datetime.now(UTC)
    for number, age in enumerate((1, 2, 30)):
        row = {
            "workspace_id": WORKSPACE,
            "key": f"nudge:{number}",
            "kind": "nudge",
            "team_id": 1,
            "recipient": RILEY,
            "payload": {},
            "due_at": now - timedelta(days=age),
            "state": "failed",
            "reason": "The channel is archived.",
            "created_at": now,
        }
        place.change(insert(deliveries).values(row))
    assert place.found()["deliveries"] == (
        "warning",
        "2 failed in 7 days: 2 × The channel is archived.",
    )
