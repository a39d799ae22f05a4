"""What teams had in all of people who have been erased; and erasing without reading all entries."""

import sqlalchemy as sa
from alembic import op

from bot.db.types import BigId, Quantity
from migrations.apart import hold_apart, let_together

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAME = "kept_totals"
_REPLACED = sa.text("replaced_by IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        _NAME,
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", BigId, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("indicator_id", BigId, nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("target", Quantity(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_{_NAME}_{name}"))
            for name, table in (
                ("workspace_id", "workspaces"),
                ("team_id", "teams"),
                ("indicator_id", "indicators"),
            )
        ),
        sa.PrimaryKeyConstraint("team_id", "local_date", "indicator_id", name=op.f(f"pk_{_NAME}")),
    )
    hold_apart(_NAME)
    op.create_index(
        "ix_entries_replaced_by",
        "entries",
        ["replaced_by"],
        sqlite_where=_REPLACED,
        postgresql_where=_REPLACED,
    )


def downgrade() -> None:
    op.drop_index("ix_entries_replaced_by", "entries")
    let_together(_NAME)
    op.drop_table(_NAME)
