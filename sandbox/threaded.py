"""The sandbox in a background thread: the same names, without `await`."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Self

from sandbox.acting.person import Person
from sandbox.acting.reply import ANSWERED_WITHIN, Reply

START_SECONDS = 5.0


class Blocking:
    """Passes everything on to `target`; what is async there runs in the loop, and is waited for."""

    def __init__(self, target: object, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_run", run)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not iscoroutinefunction(value):
            return value

        @wraps(value)
        def waiting(*args: Any, **kwargs: Any) -> Any:
            return self._run(value(*args, **kwargs))

        return waiting

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._target, name, value)


class ThreadedSandbox(Blocking):
    """A context manager. `person(…)` gives a person whose methods block until they are answered."""

    def __init__(self, sandbox: object) -> None:
        loop = asyncio.new_event_loop()
        super().__init__(
            sandbox, lambda work: asyncio.run_coroutine_threadsafe(work, loop).result()
        )
        thread = threading.Thread(target=loop.run_forever, name="sandbox", daemon=True)
        object.__setattr__(self, "_loop", loop)
        object.__setattr__(self, "_thread", thread)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._run(self._target.start())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._target.stop())
        self._end()

    def person(self, user_id: str, workspace: str | None = None) -> Any:
        """A Person (see there) without `await`."""
        person: Person = self._target.person(user_id, workspace)
        return Blocking(person, self._run)

    def answered(self, reply: Reply, within: float = ANSWERED_WITHIN) -> Reply:
        """`Reply.answered` without `await`."""
        waited: Reply = self._run(reply.answered(within))
        return waited

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_SECONDS)
        self._loop.close()
