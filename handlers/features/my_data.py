"""One's own data: what is kept, a copy as files in the direct messages, erasing it."""

from io import StringIO

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.files.tables import write_csv
from bot.services import my_data
from bot.services.requests.callers import Caller
from bot.slack import actions
from bot.slack.client import SlackClient
from bot.slack.conversing import open_view, push_view, update_view
from bot.slack.errors import PermissionMissing, SlackFailure, TokenRefused
from bot.slack.files import Upload
from bot.slack.messages.notices import notice
from bot.slack.views.my_data import ERASE, WORD, data_view, erase_form, erased_view, typed_word
from bot.slack.views.notice import notice_view
from bot.wiring import Session
from handlers.boundary import log_failure
from handlers.context import Context
from handlers.feature import Feature, NextView, Shown
from handlers.requests import ActionRequest, SubmissionRequest

_ON_ITS_WAY = "Your files are on their way: you find them in our direct messages in a moment."
_SENT_NOT = (
    "I couldn't hand over your files just now, so nothing was sent. Please try again later; if it "
    "happens again, tell whoever runs Pacesetter."
)
_NOT_ALLOWED = (
    "I may not hand over files in this Slack yet, so nothing was sent. Please ask whoever manages "
    "apps here to install Pacesetter again: that grants me the permission `files:write`. Then "
    "press the button once more."
)
_HERE = "This is what I keep of you, as you asked. Only you see it here."


class MyData:
    """A person's own rows."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._under_way: set[tuple[str, str]] = set()

    def feature(self) -> Feature:
        return Feature(
            presses={
                actions.MY_DATA: self._show,
                actions.EXPORT_MINE: self._export,
                actions.ERASE_MINE: self._explain,
            },
            forms={actions.ERASE_FORM: self._erase},
        )

    async def _show(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        kept = await self._context.within(request.caller).read(
            lambda s: my_data.my_data(s, request.caller)
        )
        await open_view(client, request.trigger_id, data_view(kept.rows))
        return Shown()

    async def _export(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """One at a time: a double click is one wish."""
        who = request.caller.workspace_id, request.caller.user_id
        if who not in self._under_way:
            self._under_way.add(who)
            self._context.background.start(self._send(request.caller))
        view_id = str(request.view.get("id", ""))
        await update_view(client, view_id, notice_view(notice(_ON_ITS_WAY), "My data"))
        return Shown()

    async def _explain(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        kept = await self._context.within(request.caller).read(
            lambda s: my_data.my_data(s, request.caller)
        )
        form = erase_form(kept.person_id, kept.rows, kept.team, kept.leads, kept.is_admin)
        await push_view(client, request.trigger_id, form)
        return Shown()

    async def _erase(self, request: SubmissionRequest, _client: AsyncWebClient) -> NextView:
        if typed_word(request.view) != ERASE:
            raise FormRefused({WORD: f"Nothing was erased. Type {ERASE} to erase everything."})
        kept_id = str(request.view.get("private_metadata") or "")
        person_id = int(kept_id) if kept_id.isascii() and kept_id.isdigit() else 0
        now, caller = self._context.now(), request.caller
        erased = await self._context.within(caller).write(
            lambda session: my_data.erase_mine(session, caller, person_id, now)
        )
        self._context.homes.opened(caller.workspace_id, caller.user_id)
        return NextView(erased_view(erased))

    async def _send(self, caller: Caller) -> None:
        """Nobody waits for it, so whatever comes of it is said in the direct messages."""
        try:
            client = await self._context.bot.clients.client_for(caller.workspace_id)
            if client is not None:
                await self._hand_over(client, caller)
        except (SlackFailure, Refusal) as failure:
            log_failure("own data not sent", failure)
        finally:
            self._under_way.discard((caller.workspace_id, caller.user_id))

    async def _hand_over(self, client: SlackClient, caller: Caller) -> None:
        channel = await client.open_dm(caller.user_id)
        try:
            files = await self._context.within(caller).read(lambda session: _files(session, caller))
            await client.share_files(channel, files, _HERE)
        except TokenRefused:
            raise
        except (SlackFailure, Refusal) as failure:
            reference = log_failure("own data not sent", failure)
            why = _NOT_ALLOWED if isinstance(failure, PermissionMissing) else _SENT_NOT
            await client.post(channel, notice(why), f"my_data:{reference}")


def _files(session: Session, caller: Caller) -> tuple[Upload, ...]:
    """Each table as a file of its own; text that a spreadsheet would run is guarded."""
    files = []
    for each in my_data.handed_over(session, caller):
        out = StringIO()
        write_csv(out, each.columns, each.rows)
        files.append(Upload(f"{each.name}.csv", out.getvalue().encode()))
    return tuple(files)
