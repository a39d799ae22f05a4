"""`pacesetter backup` and `restore`: an SQLite database as one file, and back."""

import json
from pathlib import Path

import click

from bot.domain.errors import Refusal

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def backup_command(file: Path, as_json: bool) -> None:
    """Copies the database to FILE while the bot runs, and checks the copy.

    For SQLite; a PostgreSQL is backed up with pg_dump.
    """
    from bot.db.backups import backup

    size = backup(_database(), file)
    if as_json:
        click.echo(json.dumps({"file": str(file), "bytes": size}))
    else:
        click.echo(f"Backed up to {file}: {size:,} bytes, checked.")


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def restore_command(file: Path, yes: bool, as_json: bool) -> None:
    """Puts FILE in the place of the database, after a question. Stop the bot first.

    For SQLite; a PostgreSQL is restored with pg_restore.
    """
    from bot.db.backups import restore

    target = _database()
    if target.exists() and not yes:
        question = f"Replace all that is in {target} by {file}? This can't be undone."
        click.confirm(question, abort=True, err=True)
    revision = restore(file, target)
    if as_json:
        click.echo(json.dumps({"file": str(file), "schema": revision}))
    else:
        click.echo(f"Restored {file}; its schema is {revision}.")


def _database() -> Path:
    from bot.db.engine import database_address
    from bot.settings import load_settings

    address = database_address(load_settings().database_url)
    if address.get_backend_name() != "sqlite":
        raise Refusal(
            "DATABASE_URL names a PostgreSQL: pg_dump and pg_restore back it up and restore it "
            "(docs/operating.md)."
        )
    return Path(str(address.database))
