"""A closed loop of signed slash commands over a few kept-open connections."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

SIGNING_SECRET = "a secret of the benchmark"
RECORDED = b"Recorded"
"""What every true answer says: an apology comes with status 200 as well, and sooner."""
_trigger = count(1)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a burst came to: answers a second, and each one's seconds, fastest first."""

    per_second: float
    seconds: list[float]
    body: bytes

    @property
    def tail(self) -> float:
        """How much longer the slowest hundredth waits than the median: p99 ÷ p50."""
        return quantiles(self.seconds, n=100)[98] / median(self.seconds)


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


async def burst(
    port: int, requests: list[bytes], connections: int, says: bytes = RECORDED
) -> Answers:
    """Sends them all, each connection one after the other.

    Raises where an answer doesn't say what it is to say.
    """
    waiting = iter(requests)
    seconds: list[float] = []
    bodies: list[bytes] = []
    started = time.perf_counter()
    found = (_connection(port, waiting, says, seconds) for _ in range(connections))
    bodies = await asyncio.gather(*found)
    elapsed = time.perf_counter() - started
    return Answers(len(requests) / elapsed, sorted(seconds), next(filter(None, bodies)))


async def _connection(
    port: int, waiting: Iterator[bytes], says: bytes, seconds: list[float]
) -> bytes:
    """The last answer; opens the connection anew where the server has closed it (HTTP/1.0)."""
    body, streams = b"", None
    for request in waiting:
        started = time.perf_counter()
        reader, writer = streams = streams or await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _content_length(head)
        body = await (reader.read() if length is None else reader.readexactly(length))
        seconds.append(time.perf_counter() - started)
        if b" 200 " not in head[:15] or says not in body:
            raise RuntimeError(f"the server answered {head[:60]!r} {body[:300]!r}")
        if head.startswith(b"HTTP/1.0"):
            writer.close()
            streams = None
    if streams is not None:
        streams[1].close()
    return body


def _content_length(head: bytes) -> int | None:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return None
