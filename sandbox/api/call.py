"""One authenticated call of a Web API method, and what a method is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from sandbox.api.arguments import Arguments
from sandbox.errors import JsonObject, SlackError
from sandbox.oauth import Issued
from sandbox.team import Conversation, Team

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """What a method gets: the workspace of the token, and the arguments.

    `issued` is the token that was granted by OAuth; others have the scopes of the seed.
    """

    team: Team
    args: Arguments
    base_url: str
    issued: Issued | None = None

    def need(self, scope: str) -> None:
        """Raises `missing_scope`, telling which one was needed and which are there."""
        provided = self.issued.scopes if self.issued else self.team.seed.scopes
        if scope not in provided:
            listed = ",".join(sorted(provided))
            raise SlackError("missing_scope", needed=scope, provided=listed)

    def conversation(self, verb: str | None = None, name: str = "channel") -> Conversation:
        """The conversation of an argument; with `verb` (`read`, `history`) its scope is checked."""
        found = self.team.conversation(self.args.required(name))
        if verb:
            self.need(f"{SCOPE_OF_KIND[found.kind]}:{verb}")
        return found

    def page(self, rows: list[T], default: int, most: int) -> tuple[list[T], str]:
        """One page of `rows` by `limit` and `cursor`, and the cursor of the next one."""
        limit = self.args.integer("limit", default)
        if not 1 <= limit <= most:
            raise SlackError("invalid_limit")
        start = _start(self.args.text("cursor"))
        following = start + limit
        return rows[start:following], str(following) if following < len(rows) else ""


SCOPE_OF_KIND = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class Method:
    """A method's name, what does it, the scope it always needs, and how often it may be called:
    `tier` (calls a minute), or `posts` (messages to a channel)."""

    name: str
    run: Callable[[Call], JsonObject]
    scope: str | None = None
    tier: int | None = None
    posts: bool = False
    token: Literal["bot", "app", "none"] = "bot"


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdigit():
        raise SlackError("invalid_cursor")
    return int(cursor)
