"""auth.test, api.test and apps.connections.open."""

from urllib.parse import urlsplit

from sandbox.api.call import Call, Method
from sandbox.errors import JsonObject, SlackError


def auth_test(call: Call) -> JsonObject:
    """docs.slack.dev, auth.test."""
    seed = call.team.seed
    return {
        "url": f"https://{seed.domain}.slack.com/",
        "team": seed.name,
        "user": seed.bot_name,
        "team_id": seed.id,
        "user_id": seed.bot_user_id,
        "bot_id": seed.bot_id,
        "is_enterprise_install": False,
    }


def api_test(values: JsonObject) -> JsonObject:
    """docs.slack.dev, api.test: gives back what it gets, or fails as it is told."""
    if "error" in values:
        raise SlackError(str(values["error"]), args=values)
    return {"args": values} if values else {}


def connections_open(call: Call) -> JsonObject:
    """docs.slack.dev, apps.connections.open: where a Socket Mode client connects to."""
    ticket = call.team.tickets.socket()
    host = urlsplit(call.base_url).netloc
    return {"url": f"ws://{host}/link/?ticket={ticket}&app_id={call.team.seed.app_id}"}


def revoke(call: Call) -> JsonObject:
    """docs.slack.dev, auth.revoke: this token is good no more; `test` only tries it."""
    if call.issued is None:
        raise SlackError("not_allowed_token_type")
    if call.args.flag("test"):
        return {"revoked": False}
    call.issued.error = "token_revoked"
    return {"revoked": True}


METHODS = (
    Method("auth.test", auth_test),
    Method("auth.revoke", revoke, tier=3),
    Method("apps.connections.open", connections_open, tier=2, token="app"),
)
