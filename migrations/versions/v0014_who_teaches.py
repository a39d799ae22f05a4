"""Whom somebody helps is looked up by the helper, for each digest: not among all pairings."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NAME = "ix_pairings_teacher"


def upgrade() -> None:
    op.create_index(_NAME, "pairings", ["teacher_id", "ends_on"])


def downgrade() -> None:
    op.drop_index(_NAME, "pairings")
