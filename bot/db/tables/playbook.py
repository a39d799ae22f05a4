"""Who is expected to do what: workspaces, people, teams, behaviours, targets."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Time,
    UniqueConstraint,
    text,
)

from bot.db.tables.columns import metadata, own_id, ref, workspace
from bot.db.types import BigId, Instant, Quantity

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(32), primary_key=True),  # Slack's T… (or E… of an organisation)
    Column("name", String(200)),
    Column("timezone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("keep_years", Integer),  # how long what was logged is kept; empty: for ever
    Column("charts_refused_at", Instant),  # when its Slack last took a message only without charts
    Column("forgotten_before", Instant),  # the ledger may have lost what fell due before
)

people = Table(
    "people",
    metadata,
    own_id(),
    workspace(),
    Column("user_id", String(32), nullable=False),  # Slack's U… or W…
    Column("name", String(200)),
    Column("timezone", String(64)),  # set for this person, before Slack's
    Column("slack_timezone", String(64)),  # as Slack last told us
    Column("is_admin", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("nudge_at", Time),
    Column("snoozed_until", Instant),
    Column("paused", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("celebrate_alone", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("off_leaderboard", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("quiet_weekdays", JSON),  # [4]: no nudge on Fridays, the person's own wish
    Column("deactivated_at", Instant),  # in Slack; empty for whoever is there
    Column("home_opened_at", Instant),  # the first time; who never opened Home needs none
    Column("dm_channel", String(32)),  # the D… that conversations.open gave
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "user_id"),
)

teams = Table(
    "teams",
    metadata,
    own_id(),
    workspace(),
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
    Column("celebrations", JSON),  # {"streak": "loud"}: what differs from the usual
    Column("channel_trouble", String(32)),  # archived | deleted | not_in_channel; empty: fine
    # {"at": "2026-11-22", "behaviours": [7]}: what nudges don't move; empty: not reckoned yet
    Column("unmoved", JSON(none_as_null=True)),
    Column("created_at", Instant, nullable=False),
    Column("retired_on", Date),
    Column("revision", String(32), nullable=False),  # a new one with every change of the team
    UniqueConstraint("workspace_id", "name"),
)

team_managers = Table(
    "team_managers",
    metadata,
    workspace(),
    Column("team_id", BigId, ForeignKey("teams.id"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False, default=0, server_default=text("0")),
)

memberships = Table(
    "memberships",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),
    ref("person_id", "people"),
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
    own_id(),
    workspace(),
    ref("person_id", "people"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("source", String(16), nullable=False),  # playbook | slack
    Index("ix_time_off_person_id", "person_id"),
)

indicators = Table(
    "indicators",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),
    Column("kind", String(16), nullable=False),  # behaviour | result
    Column("name", String(200), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("period", String(16), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    ref("drives_id", "indicators", nullable=True),
    ref("leads_to_id", "indicators", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("retired_on", Date),  # no longer logged from this day on
    UniqueConstraint("team_id", "name"),
)

targets = Table(
    "targets",
    metadata,
    own_id(),
    workspace(),
    ref("indicator_id", "indicators"),
    ref("person_id", "people", nullable=True),  # a rep's own
    Column("segment", String(80)),  # a segment's; the team's where both are empty
    Column("amount", Quantity, nullable=False),
    Column("period", String(16), nullable=False),
    Column("effective_from", Date),  # empty: it was always so
    Column("ended_on", Date),  # taken back: no period that begins on this day or later has it
    Column("created_at", Instant, nullable=False),
    Index("ix_targets_indicator_id", "indicator_id"),
)

setups = Table(  # guided set-ups that were begun and can be taken up again
    "setups",
    metadata,
    own_id(),
    workspace(),
    Column("user_id", String(32), nullable=False),  # who is setting up
    Column("document", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "user_id"),
)
