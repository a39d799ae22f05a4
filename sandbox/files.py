"""Files as the sandbox keeps them: announced, uploaded, then shared."""

from dataclasses import dataclass
from urllib.parse import quote

from sandbox.errors import JsonObject, SlackError

KINDS = {
    "csv": ("csv", "CSV", "text/csv"),
    "json": ("json", "JSON", "application/json"),
    "txt": ("text", "Plain Text", "text/plain"),
    "png": ("png", "PNG", "image/png"),
    "pdf": ("pdf", "PDF", "application/pdf"),
    "zip": ("zip", "Zip", "application/zip"),
}
OTHER = ("binary", "Binary", "application/octet-stream")


@dataclass(slots=True)
class File:
    """One file. `length` is what the app announced, in bytes; `content` None until it is uploaded;
    `title` None until the upload is completed. `key` is the secret of its upload address."""

    id: str
    key: str
    name: str
    length: int
    owner: str
    created: int
    content: bytes | None = None
    title: str | None = None

    def take(self, content: bytes) -> None:
        """The upload. Raises `invalid_length` where it isn't as long as was announced."""
        if self.title is not None:
            raise SlackError("invalid_upload_url")
        if len(content) != self.length:
            raise SlackError("invalid_length")
        self.content = content

    def text(self) -> str:
        """The content as a person would read it."""
        return (self.content or b"").decode("utf-8", errors="replace")

    def as_api(self, base_url: str, team_id: str) -> JsonObject:
        """The `file` object of Slack's answers and messages."""
        kind, pretty, mime = KINDS.get(self.name.rpartition(".")[2].lower(), OTHER)
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": mime,
            "filetype": kind,
            "pretty_type": pretty,
            "user": self.owner,
            "user_team": team_id,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": f"{base_url}/files/{team_id}/{self.id}/{quote(self.name, safe='')}",
        }
