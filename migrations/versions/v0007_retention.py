"""How long a workspace keeps what was logged."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("keep_years", sa.Integer()))


def downgrade() -> None:
    op.drop_column("workspaces", "keep_years")
