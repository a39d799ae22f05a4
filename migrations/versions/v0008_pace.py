"""Finding what a workspace was sent in the last seconds, so that processes share its pace."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SENT = sa.text("sent_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_deliveries_sent",
        "deliveries",
        ["workspace_id", "sent_at"],
        sqlite_where=_SENT,
        postgresql_where=_SENT,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_sent", "deliveries")
