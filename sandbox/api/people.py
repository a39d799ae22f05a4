"""users.*, dnd.* and reactions.*"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.api.call import Call, Method
from sandbox.errors import JsonObject, SlackError
from sandbox.team import Team
from sandbox.workspace import User

DND_USERS = 50
PAGE = 200
LARGEST_PAGE = 1000
SLACKBOT = User("USLACKBOT", "slackbot", "Slackbot", tz="America/Los_Angeles")
"""In every workspace; Slack doesn't call it a bot."""


def as_api(team: Team, user: User) -> JsonObject:
    """The `user` object of Slack's answers and events; the address only with its scope."""
    real_name = user.real_name or user.name
    # A display name is something that people choose; most never do.
    profile = {"real_name": real_name, "display_name": "", "team": team.id}
    if user.email and "users:read.email" in team.seed.scopes:
        profile["email"] = user.email
    body: JsonObject = {
        "id": user.id,
        "team_id": team.id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(team.clock.now().timestamp()),
    }
    if user.deleted:
        return body
    return {**body, "real_name": real_name, **_ranks(user), **_zone(user, team.clock.now())}


def _ranks(user: User) -> JsonObject:
    """Whoever has a higher rank has the lower ones too."""
    owner = user.is_owner or user.is_primary_owner
    return {
        "is_admin": user.is_admin or owner,
        "is_owner": owner,
        "is_primary_owner": user.is_primary_owner,
        "is_restricted": False,
        "is_ultra_restricted": False,
    }


def info(call: Call) -> JsonObject:
    wanted = call.args.required("user")
    found = SLACKBOT if wanted == SLACKBOT.id else call.team.user(wanted)
    return {"user": as_api(call.team, found)}


def listing(call: Call) -> JsonObject:
    """docs.slack.dev, users.list: everybody, the deactivated, bots and Slackbot included."""
    found, cursor = call.page([*call.team.users.values(), SLACKBOT], PAGE, LARGEST_PAGE)
    rows = [as_api(call.team, user) for user in found]
    now = int(call.team.clock.now().timestamp())
    return {"members": rows, "cache_ts": now, "response_metadata": {"next_cursor": cursor}}


def dnd_info(call: Call) -> JsonObject:
    """docs.slack.dev, dnd.info."""
    wanted = call.args.text("user") or call.team.seed.bot_user_id
    return {**_dnd(call.team.user(wanted)), "snooze_enabled": False}


def dnd_team_info(call: Call) -> JsonObject:
    """docs.slack.dev, dnd.teamInfo: fifty people at most."""
    wanted = call.args.names("users")
    if not wanted or len(wanted) > DND_USERS:
        raise SlackError("too_many_users" if wanted else "invalid_arguments")
    known = [call.team.users[user] for user in wanted if user in call.team.users]
    return {"users": {user.id: _dnd(user) for user in known}}


def react(call: Call) -> JsonObject:
    """docs.slack.dev, reactions.add."""
    name = call.args.required("name").strip(":")
    message = call.team.message(call.conversation().id, call.args.required("timestamp"))
    mine = (name, call.team.seed.bot_user_id)
    if mine in message.reactions:
        raise SlackError("already_reacted")
    call.team.store(replace(message, reactions=(*message.reactions, mine)))
    return {}


def _zone(user: User, now: datetime) -> JsonObject:
    if user.tz is None:
        return {}
    local = now.astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    seconds = int(offset.total_seconds()) if offset is not None else 0
    return {"tz": user.tz, "tz_label": local.tzname(), "tz_offset": seconds}


def _dnd(user: User) -> JsonObject:
    start, end = user.dnd_start or 1, user.dnd_end or 1
    return {
        "dnd_enabled": user.dnd_start is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }


METHODS = (
    Method("users.info", info, scope="users:read", tier=4),
    Method("users.list", listing, scope="users:read", tier=2),
    Method("dnd.info", dnd_info, scope="dnd:read", tier=3),
    Method("dnd.teamInfo", dnd_team_info, scope="dnd:read", tier=2),
    Method("reactions.add", react, scope="reactions:write", tier=3),
)
