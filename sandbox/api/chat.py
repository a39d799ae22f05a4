"""chat.*: posting, changing and deleting messages."""

from dataclasses import replace

from sandbox.api.call import Call, Method
from sandbox.api.content import Content, content
from sandbox.errors import JsonObject, SlackError
from sandbox.message import Message
from sandbox.team import Conversation


def addressee(call: Call) -> Conversation:
    """Where a message goes: a conversation, or a person's direct messages by user id."""
    wanted = call.args.required("channel")
    if wanted[0] in "UW":
        person = call.team.users.get(wanted)
        if person is None or person.deleted or person.is_bot:
            raise SlackError("channel_not_found")
        return call.team.direct(wanted)
    return call.team.conversation(wanted)


def post_message(call: Call) -> JsonObject:
    """docs.slack.dev, chat.postMessage."""
    channel = addressee(call)
    check_may_post(call, channel)
    said = content(call.args)
    if said.is_empty:
        raise SlackError("no_text")
    thread = call.args.text("thread_ts")
    call.team.check_thread(channel, thread)
    broadcast = call.args.flag("reply_broadcast") and thread is not None
    message = from_bot(call, channel.id, said, thread)
    stored = call.team.store(replace(message, broadcast=broadcast))
    shown = stored.as_api(metadata=True)
    return {"channel": channel.id, "ts": stored.ts, "message": shown}


def post_ephemeral(call: Call) -> JsonObject:
    """docs.slack.dev, chat.postEphemeral: seen by one person, in no history."""
    channel = addressee(call)
    check_may_post(call, channel)
    user = call.team.user(call.args.required("user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    said = content(call.args)
    if said.is_empty:
        raise SlackError("no_text")
    message = from_bot(call, channel.id, said, call.args.text("thread_ts"))
    stored = call.team.store(replace(message, ephemeral_to=user.id))
    return {"message_ts": stored.ts}


def update(call: Call) -> JsonObject:
    """docs.slack.dev, chat.update: what is not given stays as it was."""
    message = _own(call, "cant_update_message")
    said = content(call.args)
    text = message.text if said.text is None else said.text
    blocks = message.blocks if said.blocks is None else said.blocks
    changed = message.with_content(call.team.new_ts(), text, blocks)
    if said.attachments is not None:
        changed = replace(changed, attachments=said.attachments)
    if said.metadata is not None:
        changed = replace(changed, metadata=said.metadata or None)
    if not (changed.text or changed.blocks or changed.attachments):
        raise SlackError("no_text")
    shown = call.team.store(changed).as_api(metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": shown}


def delete(call: Call) -> JsonObject:
    """docs.slack.dev, chat.delete."""
    message = _own(call, "cant_delete_message")
    call.team.store(replace(message, deleted=call.team.new_ts()))
    return {"channel": message.channel, "ts": message.ts}


def _own(call: Call, refusal: str) -> Message:
    """A message that this bot posted in a conversation that still takes changes."""
    channel = call.conversation()
    if channel.is_archived:
        raise SlackError("is_archived")
    message = call.team.message(channel.id, call.args.required("ts"))
    if message.user != call.team.seed.bot_user_id:
        raise SlackError(refusal)
    return message


def check_may_post(call: Call, channel: Conversation) -> None:
    """Raises `is_archived`, `messages_tab_disabled` or `not_in_channel`."""
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_direct and not call.team.seed.messages_tab:
        raise SlackError("messages_tab_disabled")
    outside = call.team.seed.bot_user_id not in channel.members
    if outside and "chat:write.public" not in call.team.seed.scopes:
        raise SlackError("not_in_channel")


def from_bot(
    call: Call,
    channel: str,
    said: Content,
    thread: str | None,
    files: tuple[JsonObject, ...] = (),
) -> Message:
    """A new message of the bot's, not stored yet."""
    seed = call.team.seed
    return Message(
        ts=call.team.new_ts(),
        channel=channel,
        user=seed.bot_user_id,
        text=said.text or "",
        blocks=said.blocks or (),
        attachments=said.attachments or (),
        files=files,
        metadata=said.metadata or None,
        thread_ts=thread,
        bot_id=seed.bot_id,
        app_id=seed.app_id,
        team=seed.id,
    )


METHODS = (
    Method("chat.postMessage", post_message, scope="chat:write", posts=True),
    Method("chat.postEphemeral", post_ephemeral, scope="chat:write", posts=True),
    Method("chat.update", update, scope="chat:write", tier=3),
    Method("chat.delete", delete, scope="chat:write", tier=3),
)
