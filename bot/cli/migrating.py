"""`pacesetter migrate`: the database's schema brought up to this version."""

import click


@click.command("migrate")
def migrate_command() -> None:
    """Brings the database to the newest schema, all or nothing.

    On SQLite every command does so by itself; on PostgreSQL run this before the start and after
    each upgrade.
    """
    from bot.db.engine import make_engine
    from bot.db.migrate import LATEST, current_revision
    from bot.settings import load_settings
    from bot.wiring import migrate, schema_problem

    url = load_settings().database_url
    engine = make_engine(url)
    behind, found = schema_problem(engine), current_revision(engine)
    engine.dispose()
    if behind:
        found = migrate(url)  # anew: somebody else may have migrated meanwhile
    if found is None or found < LATEST:
        click.echo(f"Migrated from {found or 'an empty database'} to {LATEST}.")
    else:
        click.echo(f"Nothing to do: the database's schema is {found}.")
