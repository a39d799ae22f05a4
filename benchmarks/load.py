"""A closed loop of signed slash commands over a few kept-open connections."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

SIGNING_SECRET = "a secret of the benchmark"
_RECORDED = b"Recorded"
"""What every true answer says: an apology comes with status 200 as well, and sooner."""
_trigger = count(1)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a burst came to: answers a second, and each one's seconds, fastest first."""

    per_second: float
    seconds: list[float]
    body: bytes


def signed_commands(number: int, texts: Sequence[str], users: Sequence[str]) -> Iterator[bytes]:
    """Whole HTTP requests, each with a trigger of its own, signed just now.

    All users in turn; each types another text each time.
    """
    verifier = SignatureVerifier(SIGNING_SECRET)
    timestamp = str(int(time.time()))
    for n in range(number):
        body = urlencode(
            {
                "command": "/log",
                "text": texts[(n + n // len(users)) % len(texts)],
                "user_id": users[n % len(users)],
                "user_name": "riley",
                "team_id": "T01TEST",
                "team_domain": "test",
                "channel_id": "C01WEST",
                "channel_name": "west",
                "api_app_id": "A01TEST",
                "is_enterprise_install": "false",
                "response_url": "http://127.0.0.1:9/response",
                "trigger_id": f"trigger.{next(_trigger)}",
                "token": "legacy",
            }
        )
        signature = verifier.generate_signature(timestamp=timestamp, body=body)
        yield (
            "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n"
            f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature}\r\n\r\n"
            f"{body}"
        ).encode()


async def burst(port: int, requests: list[bytes], connections: int) -> Answers:
    """Sends them all, each connection one after the other; raises where one isn't recorded."""
    waiting = iter(requests)
    seconds: list[float] = []
    bodies: list[bytes] = []
    started = time.perf_counter()
    await asyncio.gather(*(_connection(port, waiting, seconds, bodies) for _ in range(connections)))
    elapsed = time.perf_counter() - started
    return Answers(len(requests) / elapsed, sorted(seconds), bodies[0])


async def _connection(
    port: int, waiting: Iterator[bytes], seconds: list[float], bodies: list[bytes]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_content_length(head))
        seconds.append(time.perf_counter() - started)
        if not head.startswith(b"HTTP/1.1 200") or _RECORDED not in body:
            raise RuntimeError(f"the server answered {head[:60]!r} {body[:300]!r}")
        if not bodies:
            bodies.append(body)
    writer.close()


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise RuntimeError("an answer without a length")
