"""Requests like those that Slack sends, with something wrong about them."""

import copy
import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

Body = dict[str, Any]

JUNK: Sequence[Any] = (
    None,
    "",
    " ",
    0,
    -1,
    2**31,
    2**63,
    10**30,
    1.5,
    True,
    [],
    {},
    [[]],
    {"a": {}},
    "x" * 3001,
    "\x00",
    "\u202e",
    "\ud83d",  # half a character
    "📞" * 80,
    "٥",
    "²",
    "NaN",
    "1e999",
    "<!channel>",
    "&lt;!here&gt;",
    "<@U01MORGAN>",
    "'; DROP TABLE entries; --",
    "=HYPERLINK(1)",
    "{}",
    "null",
    "|||",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "24:00",
    "../../etc/passwd",
    "http://169.254.169.254/latest",
)


class Mutator:
    """Makes requests of a body of real ones."""

    def __init__(self, real: Sequence[Body], users: Sequence[str], rows: Sequence[int]) -> None:
        """`users` are those whose requests they shall be; `rows` ids that exist."""
        self._real, self._users, self._rows = real, users, rows
        self._seen = [leaf for body in real for _, _, leaf in _leaves(body)]

    def request(self, random: Random) -> Body:
        """One request, as form fields."""
        body = copy.deepcopy(random.choice(self._real))
        for _ in range(random.choice((1, 1, 2, 3, 6))):
            self._mutate(random, body)
        self._sign_as(random, body)
        return _as_fields(body)

    def _mutate(self, random: Random, body: Body) -> None:
        places = list(_leaves(body))
        if not places:
            return
        holder, key, value = random.choice(places)
        kind = random.randrange(6)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(value, str):
            holder[key] = self._cut(random, value)
        elif kind == 2:
            holder[key] = str(random.choice(self._rows))
        elif kind == 3:
            holder[key] = copy.deepcopy(random.choice(self._seen))
        else:
            holder[key] = copy.deepcopy(random.choice(JUNK))

    def _cut(self, random: Random, value: str) -> str:
        at = random.randrange(len(value) + 1)
        junk = str(random.choice(JUNK))
        inner = _mutated_json(random, value, self._rows)
        return random.choice((value[:at], value[:at] + junk + value[at:], value * 3, inner))

    def _sign_as(self, random: Random, body: Body) -> None:
        """All are somebody's, whatever was mutated: else they'd all end at the door. In one of ten
        this somebody makes no sense."""
        user: Any = random.choice(self._users)
        if random.randrange(10) == 0:
            user = copy.deepcopy(random.choice(JUNK))
        fresh = f"{random.getrandbits(40)}"
        if "command" in body:
            body |= {"user_id": user, "team_id": "T01TEST", "trigger_id": fresh}
        elif "event" in body:
            body |= {"team_id": "T01TEST", "event_id": f"Ev{fresh}"}
            if isinstance(body["event"], dict):
                body["event"]["user"] = user
        else:
            body |= {"user": {"id": user}, "team": {"id": "T01TEST"}, "trigger_id": fresh}
            if isinstance(body.get("view"), dict):
                body["view"]["id"] = f"V{fresh}"


def _mutated_json(random: Random, value: str, rows: Sequence[int]) -> str:
    """Metadata is JSON inside a text: something inside it is another value."""
    try:
        inner = json.loads(value)
    except ValueError:
        return value[::-1]
    places = list(_leaves(inner)) if isinstance(inner, dict | list) else []
    if places:
        holder, key, _ = random.choice(places)
        holder[key] = random.choice((random.choice(JUNK), random.choice(rows)))
    return json.dumps(inner)


def _leaves(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every value that isn't empty, with what holds it and under which key."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(pairs):
        yield part, key, value
        if isinstance(value, dict | list):
            yield from _leaves(value)


def _as_fields(body: Body) -> Body:
    """A command is a form; an interaction a form with one field; an event JSON."""
    if body.get("type") == "event_callback" or "event" in body:
        return {"": body}
    if "command" in body:
        said = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
        return {k: v.encode(errors="replace").decode() for k, v in said.items()}
    return {"payload": body}
