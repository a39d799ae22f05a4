"""How far back a workspace's ledger has been pruned: nothing from before is planned again."""

import sqlalchemy as sa
from alembic import op

from bot.db.types import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("forgotten_before", Instant()))


def downgrade() -> None:
    op.drop_column("workspaces", "forgotten_before")
