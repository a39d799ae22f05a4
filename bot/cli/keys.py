"""`pacesetter keys`: the keys that tokens are kept with."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.services.installing.keys import TokenKeys
    from bot.wiring import Session

T = TypeVar("T")
_NO_KEYS = "TOKEN_KEYS is missing: put the newest key first, then those that are still in use."


@click.group("keys")
def keys_group() -> None:
    """Keys for tokens at rest (TOKEN_KEYS)."""


@keys_group.command("generate")
def generate_command() -> None:
    """Prints a new key."""
    from bot.services.installing.keys import new_key

    click.echo(new_key())


@keys_group.command("rotate")
def rotate_command() -> None:
    """Encrypts every token with the newest key of TOKEN_KEYS; the bot may run meanwhile.

    Safe to repeat. A workspace whose key is lost is named and left as it is: it has to install the
    app again.
    """
    from bot.db.engine import make_engine
    from bot.services.installing.keys import TokenKeys
    from bot.settings import ConfigurationError, load_settings
    from bot.wiring import prepare_database

    settings = load_settings()
    if settings.token_keys is None:
        raise ConfigurationError([_NO_KEYS])
    prepare_database(settings.database_url)
    engine = make_engine(settings.database_url, busy_timeout=30.0)
    try:
        _rotate(engine, TokenKeys.parse(settings.token_keys.get_secret_value()))
    finally:
        engine.dispose()


def _rotate(engine: "Engine", keys: "TokenKeys") -> None:
    from bot.domain.errors import Refusal
    from bot.services.installing.keys import LostKey
    from bot.services.installing.rekeying import all_ids, rekey

    ids, changed, lost = _in_transaction(engine, all_ids), 0, []
    with click.progressbar(
        ids, label="Encrypting tokens", file=sys.stderr, hidden=not _is_watched()
    ) as workspaces:
        for workspace_id in workspaces:
            try:
                work = partial(rekey, keys=keys, workspace_id=workspace_id)
                changed += _in_transaction(engine, work)
            except LostKey:
                lost.append(workspace_id)
    click.echo(f"{changed} of {len(ids)} encrypted anew; {len(ids) - changed - len(lost)} were.")
    if lost:
        raise Refusal(
            f"No key opens the tokens of {', '.join(lost)}: add the lost key to TOKEN_KEYS, or "
            "have the app installed there again. Nothing else is held up."
        )


def _in_transaction(engine: "Engine", work: "Callable[[Session], T]") -> T:
    """Each row for itself: what is done stays done."""
    from sqlalchemy.exc import OperationalError

    from bot.db.engine import for_writing
    from bot.db.reach import EVERYWHERE, enter
    from bot.domain.errors import NotSaved
    from bot.wiring import Session

    try:
        with engine.connect() as connection, for_writing(connection).begin():
            return work(Session(enter(connection, EVERYWHERE)))
    except OperationalError as error:
        raise NotSaved from error


def _is_watched() -> bool:
    return sys.stderr.isatty()
