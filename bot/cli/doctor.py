"""`pacesetter doctor`: looks at everything the bot relies on, and says what to do."""

import asyncio
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.domain.checks import Check, Verdict, fine, problem, warning

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from bot.domain.installations import Installation
    from bot.settings import Settings

_MEGABYTE = 1_000_000
_TOO_LITTLE, _LITTLE = 100 * _MEGABYTE, 1_000 * _MEGABYTE
_PATIENCE_S = 5


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def doctor_command(as_json: bool) -> None:
    """Checks settings, database, clock, time zones, tokens, scopes, channels and Slack.

    One line each; exit code 1 where one is a problem.
    """
    found: list[Check] = []
    for check in _checks():
        found.append(check)
        if not as_json:
            click.echo(_line(check))
    if as_json:
        click.echo(json.dumps([asdict(check) for check in found], ensure_ascii=False, indent=2))
    sys.exit(any(check.verdict is Verdict.PROBLEM for check in found))


def _line(check: Check) -> str:
    advice = f" → {check.advice}" if check.advice else ""
    return f"{check.verdict:<8} {check.name}: {check.found}{advice}"


def _checks() -> Iterator[Check]:
    from bot.settings import ConfigurationError, load_settings, needed_for_serving
    from bot.slack.checking import scopes_check

    try:
        load_settings(needed_for_serving)
        yield fine("settings", "complete")
    except ConfigurationError as error:
        yield from map(_setting, error.sentences)
    try:
        settings = load_settings()
    except ConfigurationError:
        return  # said already
    channels: list[tuple[str, str, str]] = []
    installed: list[Installation] = []
    yield from _database(settings, channels, installed)
    yield from _slack(settings, channels)
    for each in installed:
        yield scopes_check(f"scopes in {each.workspace_id}", each.scopes)


def _setting(sentence: str) -> Check:
    if " is missing: " in sentence:
        return _advised("settings", sentence)
    what = "file" if sentence.startswith(".env") else "variable"
    return problem("settings", sentence, f"Correct the {what}.")


def _advised(what: str, sentence: str) -> Check:
    """A problem whose sentence says after its colon what to do."""
    found, _, advice = sentence.partition(": ")
    return problem(what, found, advice[:1].upper() + advice[1:])


def _database(
    settings: "Settings",
    channels: list[tuple[str, str, str]],
    installed: "list[Installation]",
) -> Iterator[Check]:
    """Looks at the database, from outside in; leaves the teams' channels in `channels`, and the
    installations whose tokens can be used in `installed`."""
    from sqlalchemy.exc import DBAPIError

    from bot.db.engine import database_address, make_engine
    from bot.db.moving.source import WAS_MOVED, is_moved

    address = database_address(settings.database_url)
    if address.get_backend_name() == "sqlite":
        yield from _file(address)
        if not _path(address).exists():
            return  # connecting would make an empty one
    else:
        address = address.update_query_dict({"connect_timeout": str(_PATIENCE_S)})
    engine = make_engine(address.render_as_string(hide_password=False), busy_timeout=_PATIENCE_S)
    try:
        if is_moved(engine):
            yield _advised("database", WAS_MOVED)
            return
        yield from _contents(engine, channels)
        yield from _installations(settings, engine, installed)
    except DBAPIError as error:
        detail = str(error.orig).strip().partition("\n")[0]
        yield problem("database", detail, "Check DATABASE_URL, and that the database runs.")
    finally:
        engine.dispose()


def _file(address: "URL") -> Iterator[Check]:
    path = _path(address)
    if not path.exists():
        yield warning("database", "there is none yet", "`pacesetter migrate` or `run` makes it.")
    folder = path.parent
    if not folder.is_dir():
        yield problem("disk", f"there is no folder {folder}", "Make it, or change DATABASE_URL.")
        return
    free = shutil.disk_usage(folder).free
    found = f"{free // _MEGABYTE:,} MB free"
    if free < _TOO_LITTLE:
        yield problem("disk", found, "Make room: entries will soon not be saved any more.")
    elif free < _LITTLE:
        yield warning("disk", found, "Make room before it runs out.")
    else:
        yield fine("disk", found)


def _path(address: "URL") -> Path:
    return Path(address.database or "").absolute()


def _contents(engine: "Engine", channels: list[tuple[str, str, str]]) -> Iterator[Check]:
    from bot.clock import SystemClock
    from bot.db.engine import for_writing
    from bot.db.queries.checks import is_writable, obeys_policies
    from bot.db.reach import EVERYWHERE, enter
    from bot.db.session import Session
    from bot.services.checking import check_setup, team_channels
    from bot.wiring import schema_problem

    with engine.connect() as connection, for_writing(connection).begin():
        if not is_writable(connection):
            yield problem("database", "it is read-only", "Point DATABASE_URL at the primary.")
        is_held_apart = obeys_policies(connection)
    yield fine("database", f"{engine.dialect.name}, reachable and writable")
    if not is_held_apart:
        advice = "Use one with NOSUPERUSER NOBYPASSRLS: docs/operating.md, PostgreSQL's role."
        yield warning("role", "it is above row-level security", advice)
    behind = schema_problem(engine)
    if behind is not None:
        yield _advised("migrations", behind)
        return
    yield fine("migrations", "the schema is the newest")
    with engine.connect() as connection, connection.begin():
        session = Session(enter(connection, EVERYWHERE))
        yield from check_setup(session, SystemClock().now())
        channels.extend(team_channels(session))


def _installations(
    settings: "Settings", engine: "Engine", installed: "list[Installation]"
) -> Iterator[Check]:
    from bot.clock import SystemClock
    from bot.db.reach import EVERYWHERE, enter
    from bot.db.session import Session
    from bot.services.installing.checking import check_installations
    from bot.services.installing.keys import TokenKeys
    from bot.wiring import schema_problem

    if schema_problem(engine) is not None:
        return
    text = settings.token_keys
    keys = None if text is None else TokenKeys.parse(text.get_secret_value())
    with engine.connect() as connection, connection.begin():
        session = Session(enter(connection, EVERYWHERE))
        for check, usable in check_installations(session, keys, SystemClock().now()):
            yield check
            if usable is not None:
                installed.append(usable)


def _slack(settings: "Settings", channels: list[tuple[str, str, str]]) -> list[Check]:
    from bot.clock import SystemClock
    from bot.slack.checking import SlackChecks

    def secret(value: object) -> str | None:
        reveal = getattr(value, "get_secret_value", None)
        return reveal() if reveal else None

    async def run() -> list[Check]:
        checks = SlackChecks(settings.slack_api_url, SystemClock().now)
        tokens = secret(settings.slack_bot_token), secret(settings.slack_app_token)
        return [check async for check in checks.run(*tokens, channels)]

    return asyncio.run(run())
