"""`pacesetter keys`, and what the doctor says of installations."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from bot.__main__ import pacesetter
from bot.db.engine import for_writing, make_engine
from bot.db.session import Session
from bot.db.tables import installations
from bot.domain.installations import Grant
from bot.services.installing.installations import keep
from bot.services.installing.keys import TokenKeys, new_key
from bot.settings import ConfigurationError, Settings, load_settings, needed_for_serving
from bot.slack.scopes import SCOPES

NOW = datetime.now(UTC)
OLD, NEW, LOST = new_key(), new_key(), new_key()


def a_grant(workspace_id: str, **more: Any) -> Grant:
    about: dict[str, Any] = {
        "workspace_id": workspace_id,
        "organisation": None,
        "is_org_wide": False,
        "name": f"Company {workspace_id}",
        "app_id": "A1",
        "bot_user_id": "U0BOT",
        "installer": "U01MORGAN",
        "scopes": frozenset(SCOPES),
        "token": f"xoxb-{workspace_id}",
        "refresh_token": f"xoxe-1-{workspace_id}",
        "expires_at": NOW + timedelta(hours=5),
    }
    return Grant(**about | more)


@pytest.fixture
def installed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[Session], Any]], Any]]:
    """Two workspaces under the old key, one under a lost one."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TOKEN_KEYS", f"{NEW},{OLD}")
    engine = make_engine(database_url)

    def run(work: Callable[[Session], Any]) -> Any:
        with engine.connect() as connection, for_writing(connection).begin():
            return work(Session(connection))

    for workspace_id, key in (("T1", OLD), ("T2", OLD), ("T3", LOST)):
        run(partial(keep, keys=TokenKeys.parse(key), grant=a_grant(workspace_id), now=NOW))
    yield run
    engine.dispose()


def pacesetter_says(*arguments: str) -> Result:
    return CliRunner().invoke(pacesetter, arguments)


def rows(run: Callable[[Callable[[Session], Any]], Any]) -> dict[str, Any]:
    found = run(lambda s: s.connection.execute(select(installations)).all())
    return {row.workspace_id: row for row in found}


def test_a_new_key_is_one_that_is_taken() -> None:
    key = pacesetter_says("keys", "generate").stdout.strip()
    keys = TokenKeys.parse(key)
    assert keys.decrypt("T1", keys.encrypt("T1", "xoxb-1")) == "xoxb-1"


def test_rotating_encrypts_all_anew_and_names_what_is_lost(installed: Any) -> None:
    first = pacesetter_says("keys", "rotate")
    assert "2 of 3 encrypted anew" in first.stdout
    assert "T3" in str(first.exception)
    found, newest = rows(installed), TokenKeys.parse(NEW)
    for workspace_id in ("T1", "T2"):
        row = found[workspace_id]
        assert newest.decrypt(workspace_id, row.token) == f"xoxb-{workspace_id}"
        assert newest.decrypt(workspace_id, row.refresh_token) == f"xoxe-1-{workspace_id}"
    assert TokenKeys.parse(LOST).decrypt("T3", found["T3"].token) == "xoxb-T3"
    assert "0 of 3 encrypted anew; 2 were" in pacesetter_says("keys", "rotate").stdout
    assert rows(installed) == found, "what is done is done"


def test_rotating_needs_keys(installed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN_KEYS")
    assert "TOKEN_KEYS is missing" in str(pacesetter_says("keys", "rotate").exception)


def test_the_doctor_names_lost_keys_quiet_workspaces_and_missing_scopes(
    installed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    quiet = {"quiet_because": "uninstalled", "quiet_since": NOW}
    fewer = sorted(set(SCOPES) - {"files:write"})
    installed(
        lambda s: s.connection.execute(
            update(installations).where(installations.c.workspace_id == "T2").values(quiet)
        )
    )
    installed(
        lambda s: s.connection.execute(
            update(installations).where(installations.c.workspace_id == "T1").values(scopes=fewer)
        )
    )
    lines = pacesetter_says("doctor").stdout.splitlines()
    [lacking] = [line for line in lines if "scopes in T1" in line]
    assert "reinstall to grant files:write" in lacking
    assert any(line.startswith("warning  installation T2: quiet") for line in lines)
    [lost] = [line for line in lines if "installation T3" in line]
    assert lost.startswith("problem")
    assert not any("xox" in line or NEW in line for line in lines)


OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "SLACK_STATE_SECRET": "t",
    "TOKEN_KEYS": NEW,
}


@pytest.mark.parametrize("missing", OAUTH)
def test_the_variables_of_oauth_come_together(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name, value in OAUTH.items():
        monkeypatch.delenv(name, raising=False)
        if name != missing:
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "x")
    with pytest.raises(ConfigurationError) as refused:
        load_settings(needed_for_serving)
    [sentence] = refused.value.sentences
    assert sentence.startswith(f"{missing} is missing")


def test_oauth_needs_no_bot_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**OAUTH, "SLACK_SIGNING_SECRET": "x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    load_settings(needed_for_serving)


def test_malformed_keys_are_told_by_their_position_and_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOKEN_KEYS", f"{NEW},secret-but-wrong,,{OLD}")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    [sentence] = refused.value.sentences
    assert sentence.startswith("TOKEN_KEYS must be Fernet keys")
    assert "no. 2, no. 3" in sentence
    assert "secret" not in sentence


def test_no_secret_shows_in_text() -> None:
    settings = Settings(token_keys=NEW, slack_client_id="1", _env_file=None)  # type: ignore[arg-type]
    assert NEW not in repr(settings)
    assert "xoxb" not in repr(a_grant("T1"))
