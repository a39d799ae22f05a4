"""Requests from workspaces without a token: answered with a sentence, and nothing is done."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.errors import NotSaved
from bot.domain.installations import Access, NotInstalled, Quiet
from bot.slack.addresses import is_slacks
from bot.slack.conversing import ephemeral, respond
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.views.notice import notice_view
from bot.wiring import Wired
from handlers.background import Background
from handlers.boundary import nobody_to_tell, sentence_for
from handlers.payloads import Body
from handlers.requests import workspace_of

if TYPE_CHECKING:
    from bot.tokens import InstalledTokens

_FAREWELLS: Final = (
    "app_uninstalled",
    "tokens_revoked",
    "team_access_granted",
    "team_access_revoked",
)
"""Events that are about the token: they are heard without one."""
_UNSIGNED: Final = ("url_verification", "ssl_check")
_KEY: Final = "pacesetter.access"

Next = Callable[[], Awaitable[BoltResponse]]


class Doorkeeper(AsyncMiddleware):
    """Lets requests of workspaces with a token pass; Slack has signed them, that is checked."""

    def __init__(self, bot: Wired, tokens: "InstalledTokens", background: Background) -> None:
        self._http = bot.http
        self._api_url = bot.settings.slack_api_url
        self._tokens = tokens
        self._background = background

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Next,  # noqa: A002  Bolt passes it by this name
    ) -> BoltResponse:
        workspace_id = workspace_of(req.body)
        if workspace_id is None or _is_about_the_token(req.body):
            return await next()
        try:
            access = await self._tokens.access(workspace_id, req.context.enterprise_id)
        except NotSaved as failure:
            return self._answer(req.body, notice(sentence_for(failure)), again=True)
        if access.quiet is None:
            req.context[_KEY] = access
            return await next()
        return self._answer(req.body, notice(NotInstalled(access.quiet).sentence))

    def _answer(self, body: Body, message: Message, *, again: bool = False) -> BoltResponse:
        """In the way that each kind of request is answered in; `again` where it may be repeated."""
        kind, url = body.get("type"), body.get("response_url")
        if kind == "event_callback":
            status = HTTPStatus.SERVICE_UNAVAILABLE if again else HTTPStatus.OK
            return BoltResponse(status=status)
        if kind == "view_submission":
            shown = {"response_action": "update", "view": notice_view(message)}
            return BoltResponse(status=HTTPStatus.OK, body=shown)
        if isinstance(body.get("command"), str):
            return BoltResponse(status=HTTPStatus.OK, body=ephemeral(message))
        if isinstance(url, str) and is_slacks(url, self._api_url):
            self._background.start(self._say(url, message))
        return BoltResponse(status=HTTPStatus.OK)

    async def _say(self, url: str, message: Message) -> None:
        with nobody_to_tell():
            await respond(self._http, url, message)


class Installed(AsyncAuthorize):
    """The token that the doorkeeper has found."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    async def __call__(self, **asked: Any) -> AuthorizeResult | None:
        access = asked["context"].get(_KEY) or Access(Quiet.NOT_INSTALLED)
        return AuthorizeResult(
            enterprise_id=asked.get("enterprise_id"),
            team_id=asked.get("team_id"),
            bot_token=access.token,
        )


def _is_about_the_token(body: Body) -> bool:
    event = body.get("event")
    kind = event.get("type") if isinstance(event, dict) else None
    return kind in _FAREWELLS or body.get("type") in _UNSIGNED
