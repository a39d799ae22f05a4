"""A way to PostgreSQL on which a commit, or its answer, is lost."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from sqlalchemy.engine import make_url

_MUCH = 65_536


@dataclass
class Line:
    """Passes on what goes to and fro between psycopg and a cluster's socket.

    With `loses` "commit" the first COMMIT never arrives; with "answer" it does, and what the server
    says to it is lost. Both ends are cut then, and nobody comes through again once it `is_cut_off`.
    """

    url: str
    loses: str = "nothing"
    is_cut_off: bool = False
    _listening: socket.socket = field(default_factory=socket.socket)
    _ends: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self._start(self._take_calls)
        return self

    def __exit__(self, *_: object) -> None:
        _cut(self._listening, *self._ends)
        for thread in self._threads:
            thread.join()
        for each in (self._listening, *self._ends):
            each.close()

    @property
    def through(self) -> str:
        """The database's address on this line."""
        port = self._listening.getsockname()[1]
        given = make_url(self.url)
        return given.set(host="127.0.0.1", port=port, query={}).render_as_string(False)

    def _take_calls(self) -> None:
        folder = str(make_url(self.url).query["host"])
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.is_cut_off:
                    near.close()
                    continue
                far = socket.socket(socket.AF_UNIX)
                self._ends += (near, far)
                far.connect(f"{folder}/.s.PGSQL.5432")
                self._start(partial(self._ask, near, far))
                self._start(partial(_pass_on, far, near))

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while said := near.recv(_MUCH):
                if b"COMMIT" in said and self.loses != "nothing":
                    self._lose(said, near, far)
                    return
                far.sendall(said)
        _cut(near, far)

    def _lose(self, said: bytes, near: socket.socket, far: socket.socket) -> None:
        self.is_cut_off = self.is_cut_off or self.loses == "all"
        lost, self.loses = self.loses, "nothing"
        near.shutdown(socket.SHUT_WR)
        if lost != "commit":
            far.sendall(said)
        _cut(near, far)


def _pass_on(far: socket.socket, near: socket.socket) -> None:
    with suppress(OSError):
        while said := far.recv(_MUCH):
            near.sendall(said)
    _cut(far, near)


def _cut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
