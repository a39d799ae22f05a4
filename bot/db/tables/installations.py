"""Where the app is installed: by OAuth, in a workspace or in a whole organisation."""

from sqlalchemy import JSON, Boolean, Column, String, Table, Text

from bot.db.tables.columns import metadata
from bot.db.types import Instant

installations = Table(
    "installations",
    metadata,
    Column("workspace_id", String(32), primary_key=True),  # T…, or E… for a whole organisation
    Column("organisation", String(32), index=True),  # the E… that a workspace is part of
    Column("is_org_wide", Boolean, nullable=False),
    Column("name", String(200)),
    Column("app_id", String(32)),
    Column("bot_user_id", String(32)),
    Column("installer", String(32)),  # the U… who installed it last
    Column("scopes", JSON, nullable=False),
    Column("token", Text),  # encrypted; empty where the organisation's serves
    Column("refresh_token", Text),  # encrypted; empty where tokens don't expire
    Column("expires_at", Instant),
    Column("renewing_until", Instant),  # somebody is renewing the token, at the longest until then
    Column("quiet_because", String(16)),
    Column("quiet_since", Instant),
    Column("installed_at", Instant, nullable=False),
    Column("revision", String(32), nullable=False),  # another with each change
)
