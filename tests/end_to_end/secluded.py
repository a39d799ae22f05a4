"""A network of one's own for programs that listen on all interfaces: nobody else hears them.

Inside, every port is free and 127.0.0.1 is all there is. From outside each port named at the start
is reached through a Unix socket. Run as a program this file is the keeper of such a network.
"""

import asyncio
import fcntl
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE_S

_READY = b"ready\n"
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


class NoNetworkError(Exception):
    """This machine gives out no networks; says why."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network of its own; `folder` holds a Unix socket for each port that can be reached."""

    folder: Path
    keeper: int

    def inside(self, command: Sequence[str]) -> list[str]:
        """The command that runs `command` in this network."""
        join = ["nsenter", f"--target={self.keeper}", "--user", "--net", "--preserve-credentials"]
        return [*join, "--", *command]

    def socket(self, port: int) -> str:
        """The Unix socket that leads to a port in here."""
        return str(self.folder / f"{port}")


@contextmanager
def own_network(folder: Path, ports: Sequence[int]) -> Iterator[Network]:
    """Keeps a network as long as the block runs. Raises `NoNetworkError`."""
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        raise NoNetworkError("needs Linux with unshare and nsenter (util-linux)")
    keeping = ["unshare", "--map-root-user", "--net", sys.executable, __file__, str(folder)]
    with subprocess.Popen(
        [*keeping, *map(str, ports)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as keeper:
        assert keeper.stdout
        try:
            if keeper.stdout.readline() != _READY:
                raise NoNetworkError("this machine lets nobody have a network of their own")
            yield Network(folder, keeper.pid)
        finally:
            keeper.kill()


def _keep(folder: Path, ports: Sequence[int]) -> None:
    """Brings the loopback up and relays until somebody ends this process, or its parent dies."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        name, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, request))
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", name, flags | _UP))
    asyncio.run(_relay(folder, ports))


async def _relay(folder: Path, ports: Sequence[int]) -> None:
    for port in ports:

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int = port
        ) -> None:
            await _join(reader, writer, port)

        await asyncio.start_unix_server(serve, folder / f"{port}")
    sys.stdout.buffer.write(_READY)
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    try:
        there = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        writer.close()
        return
    await asyncio.gather(_pour(reader, there[1]), _pour(there[0], writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
    except OSError:
        pass
    writer.close()


def wait_until_listening(path: str, port: int, program: "subprocess.Popen[bytes]") -> None:
    """Waits for a port behind a Unix socket, or on 127.0.0.1 where `path` is empty.

    Raises TimeoutError, or ChildProcessError once the program has ended.
    """
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if program.poll() is not None:
            raise ChildProcessError(f"it ended with {program.returncode}")
        if _answers(path, port):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing listens on {port}")


def _answers(path: str, port: int) -> bool:
    """Whether somebody talks HTTP there: a relay takes connections even for nobody."""
    family = socket.AF_UNIX if path else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as knocking:
        knocking.settimeout(1.0)
        try:
            knocking.connect(path or ("127.0.0.1", port))
            knocking.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return knocking.recv(5) == b"HTTP/"
        except OSError:
            return False


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), [int(port) for port in sys.argv[2:]])
