"""Files: announced, uploaded, completed, and what a conversation gets to see of them."""

from dataclasses import replace

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, Person, Sandbox
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST

CSV = "day,calls\n2026-11-23,5\n"


def row(file_id: str, title: str | None = None) -> dict[str, str | None]:
    """A file as the last step names it."""
    return {"id": file_id, "title": title}


async def announced(client: AsyncWebClient, length: int = len(CSV)) -> tuple[str, str]:
    """The address to post to, and the file's id."""
    answer = await client.files_getUploadURLExternal(filename="mine.csv", length=length)
    return str(answer["upload_url"]), str(answer["file_id"])


async def test_a_file_is_uploaded_into_direct_messages(
    slack: Sandbox, client: AsyncWebClient, riley: Person
) -> None:
    opened = await client.conversations_open(users="U02RILEY")
    await client.files_upload_v2(
        filename="mine.csv",
        content=CSV,
        title="Your data",
        channel=opened["channel"]["id"],
        initial_comment="Here it is.",
    )
    [message] = riley.direct_messages()
    assert message.text == "Here it is."
    [file] = message.files
    assert (file["title"], file["filetype"], file["size"]) == ("Your data", "csv", len(CSV))
    assert [kept.text() for kept in slack.files()] == [CSV]
    async with ClientSession() as session, session.get(file["url_private"]) as response:
        assert await response.text() == CSV
        assert response.headers["Content-Disposition"] == "attachment"
    url = f"{slack.control_url}files"
    async with ClientSession() as session, session.get(url) as response:
        assert [row["content"] for row in await response.json()] == [CSV]


async def test_a_person_s_own_id_is_no_conversation_for_files(client: AsyncWebClient) -> None:
    url, file_id = await announced(client)
    async with ClientSession() as session, session.post(url, data=CSV.encode()) as response:
        assert await response.text() == f"OK - {len(CSV)}"
    rows = [row(file_id)]
    sharing = client.files_completeUploadExternal(files=rows, channel_id="U02RILEY")
    assert await error(sharing) == "channel_not_found"
    outside = client.files_completeUploadExternal(files=rows, channel_id="C02LOUNGE")
    assert await error(outside) == "not_in_channel"


async def test_a_file_is_complete_only_once_and_only_when_its_bytes_are_there(
    client: AsyncWebClient,
) -> None:
    url, file_id = await announced(client)
    rows = [row(file_id, "Mine")]
    assert await error(client.files_completeUploadExternal(files=rows)) == "file_not_found"
    async with ClientSession() as session, session.post(url, data=b"short") as response:
        assert response.status == 400
    async with ClientSession() as session, session.post(url, data=CSV.encode()) as response:
        assert response.status == 200
    done = await client.files_completeUploadExternal(files=rows)
    assert done["files"][0]["title"] == "Mine"
    assert (await client.files_info(file=file_id))["file"]["name"] == "mine.csv"
    assert await error(client.files_completeUploadExternal(files=rows)) == "file_not_found"


async def test_files_need_their_scope_and_some_bytes(
    client: AsyncWebClient, clock: ManualClock
) -> None:
    assert await error(announced(client, 0)) == "invalid_arguments"
    assert await error(announced(client, 5_000_000)) == "file_upload_size_restricted"
    poor = replace(WEST, scopes=WEST.scopes - {"files:write"})
    async with Sandbox([poor], clock=clock) as slack:
        its = AsyncWebClient(poor.bot_token, base_url=slack.api_url, retry_handlers=[])
        assert await error(announced(its)) == "missing_scope"
