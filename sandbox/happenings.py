"""What happens in a workspace of itself: people and channels change, the app is thrown out."""

from sandbox.acting.events import Events
from sandbox.acting.reply import Reply, reply_from
from sandbox.api import people
from sandbox.errors import JsonObject, SlackError
from sandbox.oauth import App
from sandbox.team import Conversation, Team
from sandbox.workspace import Channel, User, Workspace
from sandbox.world import World


class Happenings:
    """Each changes the state first and then tells the bot, where it subscribes to that event.

    Events about private channels have names of their own (`group_archive` …), and only reach a bot
    that is inside.
    """

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
        """Changes fields of a person (`name`, `real_name`, `tz`, `deleted`, `is_admin`, …)."""
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
        await self._archived(channel, workspace, "archive", now=True)

    async def unarchive(self, channel: str, workspace: str | None = None) -> None:
        await self._archived(channel, workspace, "unarchive", now=False)

    async def rename(self, channel: str, name: str, workspace: str | None = None) -> None:
        """A channel has another name from now on."""
        place = self._conversation(channel, workspace)
        place.name = name
        created = int(self._world.clock.now().timestamp())
        named = {"id": channel, "name": name, "name_normalized": name, "created": created}
        named |= {"is_channel": place.kind == "channel"}
        event = {"type": f"{place.kind}_rename", "channel": named}
        await self._tell_inside(place, event, workspace)

    async def delete_channel(self, channel: str, workspace: str | None = None) -> None:
        """A channel is gone, with all that was said in it."""
        place = self._conversation(channel, workspace)
        del self._world.team(workspace).conversations[channel]
        await self._tell_inside(
            place, {"type": f"{place.kind}_deleted", "channel": channel}, workspace
        )

    async def remove_bot(
        self, channel: str, workspace: str | None = None, by: str | None = None
    ) -> None:
        """Somebody (`by`) takes the bot out of a channel."""
        place, team = self._conversation(channel, workspace), self._world.team(workspace)
        bot = team.seed.bot_user_id
        place.members.discard(bot)
        left = {"type": f"{place.kind}_left", "channel": channel, "actor_id": by or _anybody(team)}
        await self._tell(left, workspace)
        await self._tell(_left(team, place, bot), workspace)

    async def leave(self, user: str, channel: str, workspace: str | None = None) -> None:
        """Somebody leaves a channel, or is taken out of it."""
        place, team = self._conversation(channel, workspace), self._world.team(workspace)
        place.members.discard(team.user(user).id)
        await self._tell_inside(place, _left(team, place, user), workspace)

    async def join(self, user: str, channel: str, workspace: str | None = None) -> None:
        """Somebody, or the bot, is let into a channel."""
        place, team = self._conversation(channel, workspace), self._world.team(workspace)
        place.members.add(team.user(user).id)
        event = {**_left(team, place, user), "type": "member_joined_channel"}
        await self._tell_inside(place, event, workspace)

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
        self._world.desk.revoke(team, "account_inactive")
        bot = {"oauth": [], "bot": [team.seed.bot_user_id]}
        await self._tell({"type": "tokens_revoked", "tokens": bot}, workspace)
        await self._tell({"type": "app_uninstalled"}, workspace)

    def consent(self, address: str, user: str, workspace: str | None = None) -> dict[str, str]:
        """Somebody says yes at the address of `/slack/install`: what the browser comes back with.

        Raises SlackError for an address that Slack doesn't take."""
        return self._world.desk.consent(address, self._world.team(workspace), user)

    def offer(self, app: App) -> None:
        """The app's id and secret, and whether its tokens expire."""
        self._world.desk.app = app

    def add_workspace(self, seed: Workspace) -> None:
        """A further workspace installs the app."""
        self._world.add(seed)

    def add_channel(self, channel: Channel, workspace: str | None = None) -> None:
        self._world.team(workspace).add_channel(channel)

    async def _archived(self, channel: str, workspace: str | None, what: str, *, now: bool) -> None:
        place = self._conversation(channel, workspace)
        place.is_archived = now
        event = {"type": f"{place.kind}_{what}", "channel": channel}
        event |= {"user": _anybody(self._world.team(workspace))}
        await self._tell_inside(place, event, workspace)

    def _conversation(self, channel: str, workspace: str | None) -> Conversation:
        found = self._world.team(workspace).conversations[channel]
        if found.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        return found

    async def _tell_inside(
        self, place: Conversation, event: JsonObject, workspace: str | None
    ) -> None:
        """Public channels' changes are told to every bot, but comings and goings, and all that
        happens in private ones, only to one that is inside."""
        private = place.kind == "group" or str(event["type"]).startswith("member_")
        bot = self._world.team(workspace).seed.bot_user_id
        if bot in place.members or not private:
            await self._tell(event, workspace)

    async def _tell(self, event: JsonObject, workspace: str | None) -> None:
        team = self._world.team(workspace)
        if event["type"] in team.seed.events:
            await self.emit(event, workspace)


def _left(team: Team, place: Conversation, user: str) -> JsonObject:
    kind = "G" if place.kind == "group" else "C"
    where = {"channel": place.id, "channel_type": kind, "team": team.id}
    return {"type": "member_left_channel", "user": user, **where}


def _anybody(team: Team) -> str:
    """Who does what nobody in particular is said to do: an admin, where there is one."""
    people = [user for user in team.users.values() if not (user.is_bot or user.deleted)]
    people.sort(key=lambda user: not (user.is_admin or user.is_owner))
    return people[0].id if people else team.seed.bot_user_id
