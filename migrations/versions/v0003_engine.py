"""The job engine's own tables, on PostgreSQL: Procrastinate 3.10, in a schema of its own
that stays off the search path but where jobs are deferred.

The SQL is Procrastinate's (MIT licence), kept here so that this revision always makes the same
tables, whichever version is installed.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SCHEMA = Path(__file__).with_name("procrastinate_3_10.sql")

_BY_LOCK = """
CREATE INDEX pacesetter_jobs_lock_idx ON procrastinate_jobs (lock)
WHERE status IN ('todo', 'doing')
"""
"""Ours: with 10,000 drains waiting, taking one took 19 ms with it (docs/scaling.md)."""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    before = connection.exec_driver_sql("SHOW search_path").scalar_one()
    op.execute("CREATE SCHEMA procrastinate")
    op.execute("SET LOCAL search_path TO procrastinate, pg_catalog")
    # Many statements at once, with percent signs: only the driver itself takes them as they are.
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(_SCHEMA.read_text(encoding="utf-8"))
    op.execute(_BY_LOCK)
    op.execute(f"SET LOCAL search_path TO {before}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SCHEMA procrastinate CASCADE")
