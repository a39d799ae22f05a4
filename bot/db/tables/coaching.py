"""What managers and reps agree on: one-to-ones, commitments, pairings, experiments."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from bot.db.tables.columns import metadata, own_id, ref, workspace
from bot.db.types import BigId, Instant

one_to_ones = Table(
    "one_to_ones",
    metadata,
    own_id(),
    workspace(),
    ref("person_id", "people"),  # the rep
    ref("manager_id", "people"),  # who held it; the note is for the rep's managers alone
    Column("held_on", Date, nullable=False),  # the manager's local date
    Column("note", Text),
    Column("dedupe_key", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "dedupe_key"),
    Index("ix_one_to_ones_person_day", "person_id", "held_on"),
)

commitments = Table(
    "commitments",
    metadata,
    own_id(),
    workspace(),
    ref("person_id", "people"),  # the rep with whom it was agreed, and who sees it
    ref("owner_id", "people"),  # who has to do it: the rep or the manager
    ref("one_to_one_id", "one_to_ones", nullable=True),
    Column("text", Text, nullable=False),
    Column("due_on", Date),  # the owner's local date
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    Index("ix_commitments_person", "person_id", "done_at"),
)

pairings = Table(
    "pairings",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),  # the learner's
    ref("indicator_id", "indicators"),
    ref("next_id", "indicators", nullable=True),  # what shall come of it; empty: how much of it
    ref("learner_id", "people"),
    ref("teacher_id", "people"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("cancelled_at", Instant),
    Index("ix_pairings_team", "team_id", "ends_on"),
    Index("ix_pairings_teacher", "teacher_id", "ends_on"),
)

experiments = Table(
    "experiments",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),
    Column("question", Text, nullable=False),
    Column("method", Text, nullable=False),  # what those in the group "new" do
    ref("indicator_id", "indicators"),
    ref("next_id", "indicators", nullable=True),  # a conversion's next step; empty: the volume
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    Index("ix_experiments_team", "team_id", "ends_on"),
)

experiment_members = Table(
    "experiment_members",
    metadata,
    workspace(),
    Column("experiment_id", BigId, ForeignKey("experiments.id"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, index=True),
    Column("in_group", String(16), nullable=False),  # new (does the new thing) | usual
)
