"""What nudges don't move, reckoned once a week; a person's earlier nudges from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NAME = "ix_deliveries_person_kind"


def upgrade() -> None:
    op.add_column("teams", sa.Column("unmoved", sa.JSON()))
    op.drop_index(_NAME, "deliveries")
    op.create_index(_NAME, "deliveries", ["person_id", "workspace_id", "kind", "due_at", "state"])


def downgrade() -> None:
    op.drop_index(_NAME, "deliveries")
    op.create_index(_NAME, "deliveries", ["person_id", "kind", "due_at"])
    op.drop_column("teams", "unmoved")
