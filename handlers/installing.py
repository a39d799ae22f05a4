"""Installing by OAuth: `/slack/install` and `/slack/oauth_redirect`."""

import asyncio
from http import HTTPStatus
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.domain.errors import Refusal
from bot.domain.installations import Grant
from bot.services.installing import installations
from bot.services.installing.states import LASTS_S, StateRefused, use_up
from bot.services.welcoming import wants_welcome, welcome
from bot.slack.answers import SlackUser
from bot.slack.errors import Refused, SlackFailure
from bot.slack.scopes import SCOPES
from bot.tokens import Installing
from bot.wiring import Session, Wired
from handlers.context import Wake
from handlers.install_pages import (
    denied_page,
    failed_page,
    lacking_page,
    state_page,
    welcome_page,
)

_COOKIE: Final = "pacesetter_install"
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_WITHIN_S: Final = 1.5
_LONGEST: Final = 1000
_TURNED_DOWN: Final = "access_denied"
_UNKEPT: Final = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
_OUR_FAULT: Final = frozenset({"bad_client_secret", "invalid_client_id", "bad_redirect_uri"})

log = structlog.get_logger(__name__)


class InstallPages:
    """The two addresses. Whoever installs first becomes the workspace's first admin (§2.8)."""

    def __init__(self, bot: Wired, installing: Installing, wake: Wake) -> None:
        self._bot = bot
        self._installing = installing
        self._wake = wake

    async def begin(self, request: Request) -> Response:
        """To Slack, where somebody is asked; a cookie proves that the same browser comes back."""
        issued = self._installing.states.issue(self._bot.clock.now())
        answer = RedirectResponse(
            self._installing.oauth.address(issued.state), HTTPStatus.FOUND, _UNKEPT
        )
        answer.set_cookie(
            _COOKIE,
            issued.proof,
            max_age=LASTS_S,
            path="/slack",
            httponly=True,
            samesite="lax",  # it comes back from Slack's site
            secure=request.url.hostname not in _LOCAL,
        )
        return answer

    async def finish(self, request: Request) -> Response:
        """Back from Slack, with a code or with a no."""
        asked = request.query_params
        now = self._bot.clock.now()
        state, proof = asked.get("state", ""), request.cookies.get(_COOKIE, "")
        try:
            nonce = self._installing.states.check(state[:_LONGEST], proof[:_LONGEST], now)
            if asked.get("error"):
                return _refused(asked["error"])
            await self._bot.transactions.everywhere.write(lambda s: use_up(s, nonce, now))
            return await self._install(asked.get("code", "")[:_LONGEST])
        except StateRefused as refused:
            log.warning("install_state_refused", trouble=refused.trouble.value)
            return state_page(refused.trouble)
        except Refusal as refusal:  # the database, above all
            return failed_page(refusal.sentence, status=HTTPStatus.SERVICE_UNAVAILABLE)
        except SlackFailure as failure:
            log.warning("not_installed", code=failure.code)
            return failed_page(_why(failure))

    async def _install(self, code: str) -> Response:
        now = self._bot.clock.now()
        grant = await self._installing.oauth.exchange(code, now)
        person = await self._installer(grant)

        def work(session: Session) -> bool:
            installations.keep(session, self._installing.keys, grant, now)
            is_one = bool(grant.installer) and not grant.is_org_wide
            is_new = is_one and wants_welcome(session, grant.workspace_id)
            if is_new:
                welcome(
                    session,
                    grant.workspace_id,
                    grant.installer,
                    now,
                    name=person.name if person else None,
                    zone=person.zone if person else None,
                    workspace_name=grant.name,
                )
            return is_new

        is_new = await self._bot.transactions.everywhere.write(work)
        self._installing.tokens.forget()
        self._wake(grant.workspace_id)
        log.info("installed", workspace=grant.workspace_id, org_wide=grant.is_org_wide)
        missing = [scope for scope in SCOPES if scope not in grant.scopes]
        return lacking_page(missing) if missing else welcome_page(grant, is_new=is_new)

    async def _installer(self, grant: Grant) -> SlackUser | None:
        """Name and zone of whoever installs, where Slack tells them in time."""
        client = self._bot.clients.client_with(grant.token)
        try:
            async with asyncio.timeout(_WITHIN_S):
                return await client.users_info(grant.installer)
        except (SlackFailure, TimeoutError):
            return None


def _refused(code: str) -> Response:
    if code == _TURNED_DOWN:
        return denied_page()
    return failed_page("Slack didn't let it be installed. Please try again, or ask an admin.")


def _why(failure: SlackFailure) -> str:
    if failure.code in _OUR_FAULT:
        return "The app's own settings don't fit: whoever runs Pacesetter has to look at them."
    if isinstance(failure, Refused):
        return "Slack doesn't take this any more. Nothing was changed; please begin once more."
    return "Slack didn't answer. Nothing was changed; please try again."
