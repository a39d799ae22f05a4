"""A worker takes the next job in the order of Procrastinate's own index, however many wait.

Whoever gathers statistics finds the queue empty, as a rule. For the few rows that it then expects
PostgreSQL would rather sort all that wait, each time: 31 ms a job with 3,000 waiting, 2 ms so
(docs/scaling.md).
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TAKE = "procrastinate.procrastinate_fetch_job_v2(character varying[], bigint)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER FUNCTION {_TAKE} SET enable_sort TO off")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER FUNCTION {_TAKE} RESET enable_sort")
