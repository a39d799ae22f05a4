"""Requests like those that Slack sends, with something wrong about them."""

import copy
import json
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from bot.slack.actions import split_id

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
        self._users, self._rows = users, rows
        self._by_name = _grouped((name_of(body), body) for body in real)
        self._names = sorted(self._by_name)
        leaves = [(str(key), leaf) for body in real for _, key, leaf, _ in _leaves(body)]
        self._seen = [leaf for _, leaf in leaves]
        self._by_key = _grouped(leaves)

    def request(self, random: Random) -> Body:
        """One request, as form fields: of each handle as often as of any other."""
        body = copy.deepcopy(random.choice(self._by_name[random.choice(self._names)]))
        for _ in range(random.choice((0, 1, 1, 2, 3, 6))):
            self._mutate(random, body)
        self._sign_as(random, body)
        return as_fields(body)

    def _mutate(self, random: Random, body: Body) -> None:
        places = list(_leaves(body))
        said = [place for place in places if not place[3]]
        if not said:
            return
        holder, key, value, _ = random.choice(places if random.randrange(4) == 0 else said)
        match random.randrange(7):
            case 0:
                del holder[key]
            case 1 if isinstance(value, str):
                holder[key] = self._cut(random, value)
            case 2:
                holder[key] = str(random.choice(self._rows))
            case 3:
                holder[key] = copy.deepcopy(random.choice(self._seen))
            case 4:
                holder[key] = copy.deepcopy(random.choice(self._by_key.get(str(key), [value])))
            case _:
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
            _tell_of(body["event"], user)
        else:
            body |= {"user": {"id": user}, "team": {"id": "T01TEST"}, "trigger_id": fresh}
            if isinstance(body.get("view"), dict):
                body["view"]["id"] = f"V{fresh}"


def _tell_of(event: Any, user: Any) -> None:
    """An event names somebody by id, or with the whole profile."""
    if isinstance(event, dict) and isinstance(event.get("user"), dict):
        event["user"]["id"] = user
    elif isinstance(event, dict):
        event["user"] = user


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for name, each in pairs:
        groups.setdefault(name, []).append(each)
    return groups


def name_of(body: Body) -> str:
    """The handle that takes a request, `press undo`."""
    if "command" in body:
        return str(body["command"])
    if "event" in body:
        return f"event {body['event']['type']}"
    if body["type"] == "block_actions":
        return f"press {split_id(body['actions'][0]['action_id'])[0]}"
    if body["type"] == "view_submission":
        return f"form {body['view']['callback_id']}"
    return f"shortcut {body.get('callback_id')}"


def _mutated_json(random: Random, value: str, rows: Sequence[int]) -> str:
    """Metadata is JSON inside a text: something inside it is another value."""
    try:
        inner = json.loads(value)
    except ValueError:
        return value[::-1]
    places = list(_leaves(inner)) if isinstance(inner, dict | list) else []
    if places:
        holder, key, *_ = random.choice(places)
        holder[key] = random.choice((random.choice(JUNK), random.choice(rows)))
    return json.dumps(inner)


def _leaves(part: Any, drawn: bool = False) -> Iterator[tuple[Any, Any, Any, bool]]:
    """Every value, with what holds it, under which key, and whether it only repeats what was drawn:
    blocks, which nobody reads, are the most of many a request."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(pairs):
        is_drawn = drawn or key == "blocks"
        yield part, key, value, is_drawn
        if isinstance(value, dict | list):
            yield from _leaves(value, is_drawn)


def as_fields(body: Body) -> Body:
    """As `Running.signed` takes it: a command is a form; an interaction a form with one field; an
    event, under no name, JSON."""
    if body.get("type") == "event_callback" or "event" in body:
        return {"": body}
    if "command" in body:
        said = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
        return {k: v.encode(errors="replace").decode() for k, v in said.items()}
    return {"payload": body}
