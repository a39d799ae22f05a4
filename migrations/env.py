"""How alembic reaches the database: over the connection that `bot.db.migrate` hands it."""

from alembic import context

from bot.db.tables import metadata


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters a table by making it anew
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
