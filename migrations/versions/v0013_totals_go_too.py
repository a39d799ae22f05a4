"""Kept totals go with their team: the release before, which doesn't know them, can erase one."""

from typing import Final

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAME: Final = "kept_totals"
_REFERENCES: Final = {
    "workspace_id": "workspaces",
    "team_id": "teams",
    "indicator_id": "indicators",
}


def upgrade() -> None:
    _refer("CASCADE")


def downgrade() -> None:
    _refer(None)


def _refer(ondelete: str | None) -> None:
    with op.batch_alter_table(_NAME) as batch:
        for column, table in _REFERENCES.items():
            name = op.f(f"fk_{_NAME}_{column}")
            batch.drop_constraint(name, type_="foreignkey")
            batch.create_foreign_key(name, table, [column], ["id"], ondelete=ondelete)
