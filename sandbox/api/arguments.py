"""The arguments of a Web API call, whether they came as JSON, as a form or in the query."""

import json
from typing import Any

from aiohttp import web

from sandbox.errors import JsonObject, SlackError

TRUE = {"1", "true", "True"}
FALSE = {"0", "false", "False", ""}


class Arguments:
    """Typed access to what was sent. Raises `invalid_arguments` with the field's name."""

    def __init__(self, values: JsonObject) -> None:
        self.values = values

    def text(self, name: str) -> str | None:
        """A string; empty ones count as absent."""
        value = self.values.get(name)
        return None if value in (None, "") else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise _invalid(f"missing required field: {name}", name)
        return value

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if isinstance(value, bool):
            return value
        if value is None or str(value) in FALSE:
            return False
        if str(value) not in TRUE:
            raise _invalid("must be a boolean", name)
        return True

    def integer(self, name: str, default: int) -> int:
        value = self.values.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise _invalid("must be an integer", name) from None

    def names(self, name: str) -> list[str]:
        """A list, or a string with commas."""
        value = self.values.get(name) or []
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def document(self, name: str, code: str) -> Any:
        """JSON inside an argument (forms carry it as a string); `code` is raised if it is none."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError(code) from None


async def arguments(request: web.Request) -> Arguments:
    """Reads a request. Raises `invalid_json`, `json_not_object`, `invalid_post_type`."""
    values: JsonObject = dict(request.query)
    if request.method != "POST":
        return Arguments(values)
    if request.content_type == "application/json":
        values.update(_object(await request.text()))
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        values.update(dict(await request.post()))
    elif await request.read():
        raise SlackError("invalid_post_type")
    return Arguments(values)


def bearer(request: web.Request, args: Arguments) -> str | None:
    """The token, from the header or from the arguments (where it does not stay)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    inside = args.values.pop("token", None)
    return token.strip() if scheme.lower() == "bearer" else inside


def _object(text: str) -> JsonObject:
    try:
        data = json.loads(text or "{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(data, dict):
        raise SlackError("json_not_object")
    return data


def _invalid(words: str, name: str) -> SlackError:
    message = f"[ERROR] {words} [json-pointer:/{name}]"
    return SlackError("invalid_arguments", messages=[message])
