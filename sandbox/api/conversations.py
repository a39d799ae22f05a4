"""conversations.*: opening, listing and reading them."""

from collections import defaultdict

from sandbox.api.call import Call, Method
from sandbox.errors import JsonObject, SlackError
from sandbox.message import Message
from sandbox.team import Conversation

KIND_OF_TYPE = {
    "public_channel": "channel",
    "private_channel": "group",
    "im": "im",
    "mpim": "mpim",
}
PAGE = 100
LARGEST_PAGE = 999


def as_api(call: Call, channel: Conversation) -> JsonObject:
    """The `channel` object of Slack's answers."""
    bot = call.team.seed.bot_user_id
    body: JsonObject = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "context_team_id": call.team.id,
    }
    if channel.kind == "im":
        others = channel.members - {bot}
        return {**body, "user": min(others, default=bot), "is_open": True}
    named = {"name": channel.name, "name_normalized": channel.name}
    return {
        **body,
        **named,
        "is_member": bot in channel.members,
        "num_members": len(channel.members),
    }


def open_direct(call: Call) -> JsonObject:
    """docs.slack.dev, conversations.open: by `users` (one to eight), or by `channel`."""
    known = len(call.team.conversations)
    channel = _to_open(call)
    short = {"id": channel.id}
    body = as_api(call, channel) if call.args.flag("return_im") else short
    return {"channel": body, **_already(known == len(call.team.conversations))}


def info(call: Call) -> JsonObject:
    return {"channel": as_api(call, call.conversation("read"))}


def listing(call: Call) -> JsonObject:
    """docs.slack.dev, conversations.list."""
    return _page(call, _visible(call))


def of_bot(call: Call) -> JsonObject:
    """docs.slack.dev, users.conversations: those that the bot is in."""
    bot = call.team.seed.bot_user_id
    return _page(call, [channel for channel in _visible(call) if bot in channel.members])


def history(call: Call) -> JsonObject:
    """docs.slack.dev, conversations.history: newest first, replies left out."""
    channel = call.conversation("history")
    _check_inside(call, channel)
    inside = [m for m in _between(call, channel.live()) if not m.is_reply or m.broadcast]
    return _messages(call, channel, inside[::-1])


def replies(call: Call) -> JsonObject:
    """docs.slack.dev, conversations.replies: a thread, oldest first."""
    channel = call.conversation("history")
    _check_inside(call, channel)
    ts = call.args.required("ts")
    if ts not in channel.messages:
        raise SlackError("thread_not_found")
    root = channel.messages[ts].thread_ts or ts
    thread = [m for m in channel.live() if m.ts == root or m.thread_ts == root]
    return _messages(call, channel, _between(call, thread))


def members(call: Call) -> JsonObject:
    found, cursor = call.page(sorted(call.conversation("read").members), PAGE, LARGEST_PAGE)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def join(call: Call) -> JsonObject:
    channel = call.conversation()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    channel.members.add(call.team.seed.bot_user_id)
    return {"channel": as_api(call, channel)}


def _to_open(call: Call) -> Conversation:
    users = call.args.names("users")
    if not users and call.args.text("channel"):
        return call.conversation()
    if not 1 <= len(users) <= 8:
        raise SlackError("users_list_not_supplied" if not users else "too_many_users")
    for user_id in users:
        person = call.team.user(user_id)
        if person.deleted:
            raise SlackError("user_disabled")
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
    if len(users) == 1:
        return call.team.direct(users[0])
    call.need("mpim:write")
    return call.team.group(set(users))


def _already(opened_before: bool) -> JsonObject:
    return {"no_op": True, "already_open": True} if opened_before else {}


def _visible(call: Call) -> list[Conversation]:
    kinds = {_kind(call, name) for name in call.args.names("types") or ["public_channel"]}
    hide_archived = call.args.flag("exclude_archived")
    bot = call.team.seed.bot_user_id
    return [
        channel
        for channel in call.team.conversations.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or bot in channel.members)
        and not (hide_archived and channel.is_archived)
    ]


def _kind(call: Call, name: str) -> str:
    if name not in KIND_OF_TYPE:
        raise SlackError("invalid_types")
    kind = KIND_OF_TYPE[name]
    call.need({"channel": "channels:read", "group": "groups:read"}.get(kind, f"{kind}:read"))
    return kind


def _page(call: Call, channels: list[Conversation]) -> JsonObject:
    found, cursor = call.page(channels, PAGE, LARGEST_PAGE)
    rows = [as_api(call, channel) for channel in found]
    return {"channels": rows, "response_metadata": {"next_cursor": cursor}}


def _check_inside(call: Call, channel: Conversation) -> None:
    if call.team.seed.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """By `oldest` and `latest`, which count only with `inclusive`."""
    oldest = float(call.args.text("oldest") or 0)
    latest = float(call.args.text("latest") or "inf")
    edges = {oldest, latest} if call.args.flag("inclusive") else set()
    return [m for m in messages if oldest < float(m.ts) < latest or float(m.ts) in edges]


def _messages(call: Call, channel: Conversation, found: list[Message]) -> JsonObject:
    page, cursor = call.page(found, PAGE, LARGEST_PAGE)
    everything = call.args.flag("include_all_metadata")
    threads = _threads(channel)
    rows = [_with_replies(m, threads[m.ts], metadata=everything) for m in page]
    more: JsonObject = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": rows, "has_more": bool(cursor), "pin_count": 0, **more}


def _threads(channel: Conversation) -> dict[str, list[Message]]:
    """The replies of each thread, oldest first."""
    found: dict[str, list[Message]] = defaultdict(list)
    for message in channel.live():
        if message.is_reply and message.thread_ts:
            found[message.thread_ts].append(message)
    return found


def _with_replies(message: Message, answers: list[Message], *, metadata: bool) -> JsonObject:
    body = message.as_api(metadata=metadata)
    if answers:
        thread = {
            "thread_ts": message.ts,
            "reply_count": len(answers),
            "latest_reply": answers[-1].ts,
        }
        body.update(thread, reply_users=sorted({answer.user for answer in answers}))
    return body


METHODS = (
    Method("conversations.open", open_direct, scope="im:write", tier=3),
    Method("conversations.info", info, tier=3),
    Method("conversations.list", listing, tier=2),
    Method("conversations.history", history, tier=3),
    Method("conversations.replies", replies, tier=3),
    Method("conversations.members", members, tier=4),
    Method("conversations.join", join, scope="channels:join", tier=3),
    Method("users.conversations", of_bot, tier=3),
)
