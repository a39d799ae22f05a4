"""What happens in a workspace of itself: people and channels change, the app is thrown out."""

from sandbox.acting.events import Events
from sandbox.acting.reply import Reply, reply_from
from sandbox.api import people
from sandbox.errors import JsonObject
from sandbox.team import Conversation
from sandbox.workspace import Channel, User, Workspace
from sandbox.world import World


class Happenings:
    """Each changes the state first and then tells the bot, where it subscribes to that event."""

    def __init__(self, world: World, events: Events) -> None:
        self._world = world
        self._events = events

    async def emit(self, event: JsonObject, workspace: str | None = None) -> Reply:
        """Sends any event as it is, subscribed or not."""
        team = self._world.team(workspace)
        answer = await self._events.send(team, {"event_ts": team.new_ts(), **event})
        return reply_from(team, str(event.get("user", "")), answer, [])

    async def change_user(
        self, user_id: str, workspace: str | None = None, **changes: object
    ) -> User:
        """Changes fields of a person (`tz`, `deleted`, `is_admin`, `dnd_start`, …)."""
        team = self._world.team(workspace)
        user = team.change_user(user_id, **changes)
        await self._tell({"type": "user_change", "user": people.as_api(team, user)}, workspace)
        return user

    async def add_user(self, user: User, workspace: str | None = None) -> User:
        """Somebody joins the workspace."""
        team = self._world.team(workspace)
        team.users[user.id] = user
        await self._tell({"type": "team_join", "user": people.as_api(team, user)}, workspace)
        return user

    async def archive(self, channel: str, workspace: str | None = None) -> None:
        self._conversation(channel, workspace).is_archived = True
        await self._tell({"type": "channel_archive", "channel": channel}, workspace)

    async def unarchive(self, channel: str, workspace: str | None = None) -> None:
        self._conversation(channel, workspace).is_archived = False
        await self._tell({"type": "channel_unarchive", "channel": channel}, workspace)

    def remove_bot(self, channel: str, workspace: str | None = None) -> None:
        """Somebody takes the bot out of a channel."""
        bot = self._world.team(workspace).seed.bot_user_id
        self._conversation(channel, workspace).members.discard(bot)

    def revoke_token(self, workspace: str | None = None, error: str = "token_revoked") -> None:
        """The bot's token is no good any more (`token_revoked` or `account_inactive`)."""
        self._world.team(workspace).token_error = error

    def restore_token(self, workspace: str | None = None) -> None:
        """The app is installed again."""
        self._world.team(workspace).token_error = None

    async def uninstall(self, workspace: str | None = None) -> None:
        """The app is removed: the token dies, two events tell of it."""
        team = self._world.team(workspace)
        team.token_error = "account_inactive"
        bot = {"oauth": [], "bot": [team.seed.bot_user_id]}
        await self._tell({"type": "tokens_revoked", "tokens": bot}, workspace)
        await self._tell({"type": "app_uninstalled"}, workspace)

    def add_workspace(self, seed: Workspace) -> None:
        """A further workspace installs the app."""
        self._world.add(seed)

    def add_channel(self, channel: Channel, workspace: str | None = None) -> None:
        self._world.team(workspace).add_channel(channel)

    def _conversation(self, channel: str, workspace: str | None) -> Conversation:
        return self._world.team(workspace).conversations[channel]

    async def _tell(self, event: JsonObject, workspace: str | None) -> None:
        team = self._world.team(workspace)
        if event["type"] in team.seed.events:
            await self.emit(event, workspace)
