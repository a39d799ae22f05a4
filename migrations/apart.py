"""Row-level security: PostgreSQL holds each workspace's rows apart a second time (design §6).

A transaction says whose rows it may touch in the setting `pacesetter.workspace`: one workspace's
id, or `*` for the whole installation. Where it says nothing every row is there, as for the release
before this one, which knows of no such setting and goes on beside a newer one for a while; the bot
itself opens its connections with a setting that is nobody's (`bot.db.reach`).
"""

from alembic import op

_SAID = "(SELECT current_setting('pacesetter.workspace', true))"
_ALL = "(SELECT coalesce(current_setting('pacesetter.workspace', true), '') IN ('', '*'))"
# Subqueries, so that PostgreSQL asks once a statement and not once a row.


def hold_apart(table: str, column: str = "workspace_id") -> None:
    """Has the table's rows seen and changed by their own workspace alone, its owner's too.

    To be called for each new table. On SQLite nothing: there `bot.db.apart` is the only wall.
    """
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY apart ON "{table}" USING ({column} = {_SAID} OR {_ALL})')


def let_together(table: str) -> None:
    """Takes it back."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f'DROP POLICY apart ON "{table}"')
    op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY')
