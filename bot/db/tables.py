"""Every table. Each row belongs to a workspace, and names it in `workspace_id`."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from bot.db.types import BigId, Instant, Quantity

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _workspace() -> Column[str]:
    return Column("workspace_id", ForeignKey("workspaces.id"), nullable=False)


def _ref(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigId, ForeignKey(f"{table}.id"), nullable=nullable)


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(32), primary_key=True),  # Slack's T… (or E… of an organisation)
    Column("name", String(200)),
    Column("timezone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)

people = Table(
    "people",
    metadata,
    _id(),
    _workspace(),
    Column("user_id", String(32), nullable=False),  # Slack's U… or W…
    Column("name", String(200)),
    Column("timezone", String(64)),  # set for this person, before Slack's
    Column("slack_timezone", String(64)),  # as Slack last told us
    Column("is_admin", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("nudge_at", Time),
    Column("snoozed_until", Instant),
    Column("paused", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("celebrate_alone", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("dm_channel", String(32)),  # the D… that conversations.open gave
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "user_id"),
)

teams = Table(
    "teams",
    metadata,
    _id(),
    _workspace(),
    Column("name", String(200), nullable=False),
    Column("channel", String(32)),  # C… or G…; celebrations and the recap go here
    Column("timezone", String(64)),
    Column("workdays", JSON, nullable=False),  # [0, 1, 2, 3, 4], Monday 0
    Column("holidays", String(16)),  # ISO 3166, "GB-ENG"
    Column("nudge_at", Time, nullable=False),
    Column("day_ends_at", Time, nullable=False),
    Column("digest_weekday", Integer, nullable=False),  # Monday 0
    Column("digest_time", Time, nullable=False),
    Column("ramp", JSON, nullable=False),  # ["0.25", "0.5", "0.75"]
    Column("ramp_results", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("leaderboard", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("created_at", Instant, nullable=False),
    Column("retired_on", Date),
    Column("revision", String(32), nullable=False),  # a new one with every change of the team
    UniqueConstraint("workspace_id", "name"),
)

team_managers = Table(
    "team_managers",
    metadata,
    _workspace(),
    Column("team_id", BigId, ForeignKey("teams.id"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False, default=0, server_default=text("0")),
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    _workspace(),
    _ref("team_id", "teams"),
    _ref("person_id", "people"),
    Column("position", Integer, nullable=False, default=0, server_default=text("0")),
    Column("segment", String(80)),
    Column("started_on", Date),
    Column("leaves_on", Date),  # the last day that counts
    Column("created_at", Instant, nullable=False),
    Column("left_on", Date),  # retired from this day on; empty while a member
    Index("ix_memberships_team_id", "team_id"),
    Index(
        "uq_memberships_active",
        "person_id",
        unique=True,
        sqlite_where=text("left_on IS NULL"),
        postgresql_where=text("left_on IS NULL"),
    ),
)

time_off = Table(
    "time_off",
    metadata,
    _id(),
    _workspace(),
    _ref("person_id", "people"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("source", String(16), nullable=False),  # playbook | slack
    Index("ix_time_off_person_id", "person_id"),
)

indicators = Table(
    "indicators",
    metadata,
    _id(),
    _workspace(),
    _ref("team_id", "teams"),
    Column("kind", String(16), nullable=False),  # behaviour | result
    Column("name", String(200), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("period", String(16), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    _ref("drives_id", "indicators", nullable=True),
    _ref("leads_to_id", "indicators", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("retired_on", Date),  # no longer logged from this day on
    UniqueConstraint("team_id", "name"),
)

targets = Table(
    "targets",
    metadata,
    _id(),
    _workspace(),
    _ref("indicator_id", "indicators"),
    _ref("person_id", "people", nullable=True),  # a rep's own
    Column("segment", String(80)),  # a segment's; the team's where both are empty
    Column("amount", Quantity, nullable=False),
    Column("period", String(16), nullable=False),
    Column("effective_from", Date),  # empty: it was always so
    Column("ended_on", Date),  # taken back: no period that begins on this day or later has it
    Column("created_at", Instant, nullable=False),
    Index("ix_targets_indicator_id", "indicator_id"),
)

entries = Table(
    "entries",
    metadata,
    _id(),
    _workspace(),
    _ref("person_id", "people"),
    _ref("indicator_id", "indicators"),
    Column("quantity", Quantity, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("source", String(16), nullable=False),  # slack | import
    Column("dedupe_key", String(200), nullable=False),
    Column("external_id", String(200)),
    Column("account", Text),
    Column("note", Text),
    Column("deal", String(64)),  # the rows of one deal share it
    Column("outcome", String(16)),  # won | lost | no_decision
    Column("amount", Quantity),
    Column("reason", Text),
    Column("undone_at", Instant),
    _ref("replaced_by", "entries", nullable=True),
    UniqueConstraint("workspace_id", "dedupe_key"),
    Index(
        "ix_entries_person_day",
        "person_id",
        "local_date",
        "indicator_id",
        "occurred_at",
        "quantity",
        "undone_at",  # always empty here, but SQLite would look it up in the table
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
    Index(  # one indicator's history, however much else was logged: a lifetime, a best week
        "ix_entries_person_indicator",
        "person_id",
        "indicator_id",
        "local_date",
        "occurred_at",
        "quantity",
        "undone_at",  # always empty here, but SQLite would look it up in the table
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
)

milestones = Table(
    "milestones",
    metadata,
    _id(),
    _workspace(),
    _ref("team_id", "teams"),
    _ref("person_id", "people", nullable=True),  # empty: the whole team's
    _ref("indicator_id", "indicators", nullable=True),
    Column("key", String(200), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("threshold", Integer),
    Column("period_start", Date),
    Column("reached_at", Instant, nullable=False),
    Column("reached_on", Date, nullable=False),
    Column("times", Integer, nullable=False, default=1, server_default=text("1")),
    Column("revoked_at", Instant),  # an undo made it untrue
    UniqueConstraint("workspace_id", "key"),
    Index("ix_milestones_team_day", "team_id", "reached_on"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _workspace(),
    Column("key", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    _ref("team_id", "teams"),
    _ref("person_id", "people", nullable=True),
    Column("recipient", String(32), nullable=False),  # U… or C…
    Column("payload", JSON, nullable=False),  # what the message is about, for rendering
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("state", String(16), nullable=False),  # planned | sending | sent | dropped | failed
    Column("reason", String(80)),
    Column("not_before", Instant),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, default=0, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("channel", String(32)),  # where it went
    Column("ts", String(32)),  # and under which timestamp
    UniqueConstraint("workspace_id", "key"),
    Index(
        "ix_deliveries_pending",
        "workspace_id",
        "due_at",
        sqlite_where=text("state IN ('planned', 'sending')"),
        postgresql_where=text("state IN ('planned', 'sending')"),
    ),
    Index("ix_deliveries_person_kind", "person_id", "kind", "due_at"),
)

handled_requests = Table(
    "handled_requests",
    metadata,
    Column("workspace_id", String(32), primary_key=True),  # an event may name one unknown to us
    Column("key", String(200), primary_key=True),
    Column("handled_at", Instant, nullable=False, index=True),
)
