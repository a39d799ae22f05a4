"""Row-level security on every table; sums of entries from an index that names the workspace."""

import sqlalchemy as sa
from alembic import op

from migrations.apart import hold_apart, let_together

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OF_A_WORKSPACE = (
    "audit commitments deliveries entries experiment_members experiments handled_requests "
    "indicators installations interactions kudos memberships milestones one_to_ones pairings "
    "people setups targets team_managers teams time_off"
).split()
_SUMMED = {
    "ix_entries_person_day": ["local_date", "indicator_id", "occurred_at", "quantity", "undone_at"],
    "ix_entries_person_indicator": [
        "indicator_id",
        "local_date",
        "occurred_at",
        "quantity",
        "undone_at",
    ],
}


def upgrade() -> None:
    _index(["person_id", "workspace_id"])
    hold_apart("workspaces", "id")
    for table in _OF_A_WORKSPACE:
        hold_apart(table)


def downgrade() -> None:
    for table in _OF_A_WORKSPACE:
        let_together(table)
    let_together("workspaces")
    _index(["person_id"])


def _index(first: list[str]) -> None:
    """The person goes first: the release before this one doesn't ask for the workspace."""
    standing = sa.text("undone_at IS NULL")
    for name, rest in _SUMMED.items():
        op.drop_index(name, "entries")
        op.create_index(
            name, "entries", [*first, *rest], sqlite_where=standing, postgresql_where=standing
        )
