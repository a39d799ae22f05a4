"""Set-ups, people's own settings, kudos, one-to-ones, pairings, experiments, the audit log."""

import sqlalchemy as sa
from alembic import op

from bot.db.types import BigId, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW_COLUMNS = {
    "workspaces": ("charts_refused_at",),
    "people": ("off_leaderboard", "quiet_weekdays", "deactivated_at", "home_opened_at"),
    "teams": ("celebrations", "channel_trouble"),
    "handled_requests": ("answer",),
}
_NEW_TABLES = (
    "setups",
    "audit",
    "interactions",
    "kudos",
    "one_to_ones",
    "commitments",
    "experiments",
    "pairings",
    "experiment_members",
)


def upgrade() -> None:
    op.create_table(
        "setups",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_setups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setups")),
        sa.UniqueConstraint("workspace_id", "user_id", name=op.f("uq_setups_workspace_id_user_id")),
    )
    op.create_table(
        "audit",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=True),
        sa.Column("team_id", BigId, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_audit_team_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_workspace_at", "audit", ["workspace_id", "at"], unique=False)

    op.create_table(
        "interactions",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_interactions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_interactions_workspace_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "local_date", "kind", name=op.f("pk_interactions")),
    )
    op.create_table(
        "kudos",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", BigId, nullable=False),
        sa.Column("giver_id", BigId, nullable=False),
        sa.Column("receiver_id", BigId, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_kudos_giver_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["people.id"], name=op.f("fk_kudos_receiver_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_kudos_team_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_kudos_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos")),
        sa.UniqueConstraint(
            "workspace_id", "dedupe_key", name=op.f("uq_kudos_workspace_id_dedupe_key")
        ),
    )
    op.create_index("ix_kudos_about", "kudos", ["workspace_id", "about"], unique=False)
    op.create_index("ix_kudos_giver_day", "kudos", ["giver_id", "given_on"], unique=False)
    op.create_index("ix_kudos_team_day", "kudos", ["team_id", "given_on"], unique=False)

    op.create_table(
        "one_to_ones",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("manager_id", BigId, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["people.id"], name=op.f("fk_one_to_ones_manager_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_one_to_ones_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_one_to_ones_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_to_ones")),
        sa.UniqueConstraint(
            "workspace_id", "dedupe_key", name=op.f("uq_one_to_ones_workspace_id_dedupe_key")
        ),
    )
    op.create_index(
        "ix_one_to_ones_person_day", "one_to_ones", ["person_id", "held_on"], unique=False
    )

    op.create_table(
        "commitments",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("owner_id", BigId, nullable=False),
        sa.Column("one_to_one_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["one_to_one_id"], ["one_to_ones.id"], name=op.f("fk_commitments_one_to_one_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_commitments_owner_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_commitments_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_commitments_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index("ix_commitments_person", "commitments", ["person_id", "done_at"], unique=False)

    op.create_table(
        "experiments",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", BigId, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("indicator_id", BigId, nullable=False),
        sa.Column("next_id", BigId, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("stopped_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_experiments_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["next_id"], ["indicators.id"], name=op.f("fk_experiments_next_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_experiments_team_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_experiments_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experiments")),
    )
    op.create_index("ix_experiments_team", "experiments", ["team_id", "ends_on"], unique=False)

    op.create_table(
        "pairings",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", BigId, nullable=False),
        sa.Column("indicator_id", BigId, nullable=False),
        sa.Column("next_id", BigId, nullable=True),
        sa.Column("learner_id", BigId, nullable=False),
        sa.Column("teacher_id", BigId, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_pairings_indicator_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f("fk_pairings_learner_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["people.id"], name=op.f("fk_pairings_teacher_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_pairings_team_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_pairings_workspace_id")
        ),
        sa.ForeignKeyConstraint(["next_id"], ["indicators.id"], name=op.f("fk_pairings_next_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
    )
    op.create_index("ix_pairings_team", "pairings", ["team_id", "ends_on"], unique=False)

    op.create_table(
        "experiment_members",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("experiment_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("in_group", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiments.id"], name=op.f("fk_experiment_members_experiment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_experiment_members_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_experiment_members_workspace_id")
        ),
        sa.PrimaryKeyConstraint("experiment_id", "person_id", name=op.f("pk_experiment_members")),
    )
    op.create_index(
        "ix_experiment_members_person_id", "experiment_members", ["person_id"], unique=False
    )

    op.add_column(
        "people",
        sa.Column("off_leaderboard", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("people", sa.Column("quiet_weekdays", sa.JSON()))
    op.add_column("people", sa.Column("deactivated_at", Instant()))
    op.add_column("people", sa.Column("home_opened_at", Instant()))
    op.add_column("workspaces", sa.Column("charts_refused_at", Instant()))
    op.add_column("teams", sa.Column("celebrations", sa.JSON()))
    op.add_column("teams", sa.Column("channel_trouble", sa.String(length=32)))
    op.add_column("handled_requests", sa.Column("answer", sa.JSON()))
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("team_id", existing_type=BigId, nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM deliveries WHERE team_id IS NULL")
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("team_id", existing_type=BigId, nullable=False)
    for table, columns in _NEW_COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    for table in reversed(_NEW_TABLES):
        op.drop_table(table)
