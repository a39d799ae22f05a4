"""The Bolt app: one dispatcher for each kind of request, the hot one first."""

import logging
import re
import secrets
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.listener.async_listener_error_handler import AsyncListenerErrorHandler
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotSaved
from bot.wiring import Wired
from handlers.background import Background
from handlers.chances import ChancesLoaded
from handlers.commands import Commands, HotPath
from handlers.context import Context, Wake, nobody_to_wake
from handlers.counting import Counting
from handlers.events import Events
from handlers.features.every import every_handle
from handlers.homes import Homes
from handlers.pressed import Pressed
from handlers.quiet import Doorkeeper, Installed
from handlers.shortcuts import Shortcuts
from handlers.submissions import Submissions

_log = structlog.get_logger(__name__)
_ANY = re.compile(r"[\s\S]*")
_NOT_FOR_US = (
    "app_rate_limited",
    "block_suggestion",
    "message_action",
    "shortcut",
    "view_closed",
)
"""What Slack may send though nobody here has asked for it: taken note of, no more."""


def build_app(
    bot: Wired,
    wake: Wake = nobody_to_wake,
    background: Background | None = None,
    homes: Homes | None = None,
) -> AsyncApp:
    """The app that answers Slack, through HTTP and through Socket Mode alike.

    `wake` is called with a workspace's id when something to send has just been committed there;
    `background` holds what is still under way once a request is answered; `homes` follows what
    happens here, and by its `watch` what happens elsewhere.

    `/log` goes past Bolt's listeners, which are tried in the order in which they are registered, at
    9 µs each (design §3).
    """
    background = background or Background()
    counting = Counting(bot)
    background.at_end(counting.flush)
    app = _app(bot, counting, background)
    context = Context(bot, homes or Homes(bot, background), wake, background)
    handles = every_handle(context)
    commands = Commands(context, handles.recording, handles.commands)
    shortcuts = Shortcuts(context, handles.shortcuts)
    app.use(HotPath(commands))
    app.use(ChancesLoaded())
    app.command(_ANY)(commands.other)
    app.action(_ANY)(Pressed(context, handles.presses).any)
    app.view(_ANY)(Submissions(context, handles.forms).any)
    app.global_shortcut(_ANY)(shortcuts.any)
    app.message_shortcut(_ANY)(shortcuts.any)
    app.event(_ANY)(Events(handles.events).any)
    return app


class _App(AsyncApp):
    """Bolt, which takes a payload of the wrong shape for an accident of ours; it is none.

    Nor is a body that says nothing at all, which Bolt only doesn't find a listener for. What the
    database couldn't take gets 503, so that Slack tells it again. What is answered is counted, once
    however often Slack tells of it.
    """

    counting: Counting

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        answer: BoltResponse = await super().async_dispatch(req)
        if answer.status == HTTPStatus.OK and "x-slack-retry-num" not in req.headers:
            self.counting.note(req.body)
        unhandled = answer.status == HTTPStatus.NOT_FOUND
        if unhandled and req.body.get("type") in _NOT_FOR_US:
            return BoltResponse(status=HTTPStatus.OK)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            _log.warning("request not saved", mode=req.mode)
            return answer
        if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR and not unhandled:
            return answer
        _log.warning("malformed request", mode=req.mode)
        return BoltResponse(status=HTTPStatus.BAD_REQUEST, body={"error": "malformed request"})


class _Failures(AsyncListenerErrorHandler):
    """What Bolt answers where a listener raises: 500, but for what the database couldn't take.

    Not by `app.error`: that looks into the body first, and breaks where it has the wrong shape.
    """

    async def handle(
        self, error: Exception, request: AsyncBoltRequest, response: BoltResponse | None
    ) -> None:
        if isinstance(error, NotSaved) and response is not None:
            response.status = HTTPStatus.SERVICE_UNAVAILABLE


def _app(bot: Wired, counting: Counting, background: Background) -> AsyncApp:
    secret = bot.settings.slack_signing_secret
    app = _App(
        name="pacesetter",
        logger=_silent(),
        process_before_response=True,  # else Bolt looks for an answer every 10 ms only
        # What a bot that hears no messages of its own and runs no workflow steps has no use for.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        # Without a secret nobody can sign: Socket Mode needs none, and HTTP refuses everything.
        signing_secret=secret.get_secret_value() if secret else secrets.token_hex(32),
        **_authorization(bot, background),
        installation_store=_NoInstallations(),
        client=AsyncWebClient(
            base_url=bot.settings.slack_api_url, session=bot.http, retry_handlers=[]
        ),
    )
    app.listener_runner.listener_error_handler = _Failures()
    app.counting = counting
    return app


def _authorization(bot: Wired, background: Background) -> dict[str, Any]:
    """Which token goes with a request: that of its workspace's installation, or the only one."""
    if bot.installing is None:
        return {"authorize": _Authorize(bot.bot_token)}
    doorkeeper = Doorkeeper(bot, bot.installing.tokens, background)
    return {"before_authorize": doorkeeper, "authorize": Installed()}


def _silent() -> logging.Logger:
    """Bolt's own log repeats the requests that it can't make sense of, whatever they quote."""
    logger = logging.getLogger("pacesetter.bolt")
    logger.setLevel(logging.CRITICAL)
    return logger


class _Authorize(AsyncAuthorize):
    """The bot's token for every request; Bolt's own way asks Slack (`auth.test`) each time.

    The last answer is kept: a token is one workspace's, and so are the requests.
    """

    def __init__(self, token: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._token = token
        self._last: AuthorizeResult | None = None

    async def __call__(self, **asked: Any) -> AuthorizeResult | None:
        workspace = asked.get("team_id")
        if self._last is None or self._last.team_id != workspace:
            self._last = AuthorizeResult(
                enterprise_id=asked.get("enterprise_id"),
                team_id=workspace,
                bot_token=self._token,
            )
        return self._last


class _NoInstallations(AsyncInstallationStore):
    """Says that nothing is installed.

    Passed explicitly, because SLACK_CLIENT_ID in the environment makes Bolt put a store of its own
    on disk.
    """

    async def async_save(self, installation: Installation) -> None:
        """Keeps nothing."""

    async def async_find_bot(self, **_asked: Any) -> Bot | None:
        return None

    async def async_find_installation(self, **_asked: Any) -> Installation | None:
        return None
