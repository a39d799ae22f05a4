"""Where the app is installed by OAuth, with its tokens, encrypted."""

import sqlalchemy as sa
from alembic import op

from bot.db.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=32), nullable=True),
        sa.Column("is_org_wide", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("app_id", sa.String(length=32), nullable=True),
        sa.Column("bot_user_id", sa.String(length=32), nullable=True),
        sa.Column("installer", sa.String(length=32), nullable=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("refresh_token", sa.Text(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("renewing_until", Instant(), nullable=True),
        sa.Column("quiet_because", sa.String(length=16), nullable=True),
        sa.Column("quiet_since", Instant(), nullable=True),
        sa.Column("installed_at", Instant(), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_installations")),
    )
    op.create_index("ix_installations_organisation", "installations", ["organisation"])


def downgrade() -> None:
    op.drop_index("ix_installations_organisation", table_name="installations")
    op.drop_table("installations")
