"""Asking together: what many sends want of the database at once, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from bot.clock import stopwatch
from bot.domain.errors import NotSaved

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_MANY: Final = 5
_MOST: Final = 200


class Together(Generic[Asked, Answer]):
    """Whatever is asked while an answer is under way is answered next, all at once.

    Nobody waits for company: who comes alone is answered alone, and at once. After an answer for
    many the next one is begun `pause` seconds later than that at the earliest: more will come.
    `answer` gives an answer for each that was asked, in order. Where it breaks, each is asked again
    alone, so that what is wrong with one breaks no other; NotSaved is meant for all.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]],
        pause: float = 0.0,
    ) -> None:
        self._answer = answer
        self._pause = pause
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._answering: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answer:
        """Its answer. Raises what `answer` raises."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, future))
        if self._answering is None:
            self._answering = asyncio.create_task(self._answer_all())
        return await future

    async def _answer_all(self) -> None:
        try:
            while self._waiting:
                began = stopwatch()
                portion, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._answer_these(portion)
                if len(portion) >= _MANY:
                    await asyncio.sleep(max(0.0, began + self._pause - stopwatch()))
        finally:
            self._answering = None

    async def _answer_these(self, portion: list[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._answer([asked for asked, _ in portion])
        except Exception as failure:  # noqa: BLE001  whoever asked handles it
            if len(portion) == 1 or isinstance(failure, NotSaved):
                for _, future in portion:
                    _fail(future, failure)
                return
            for each in portion:
                await self._answer_these([each])
            return
        for (_, future), answer in zip(portion, answers, strict=True):
            if not future.done():
                future.set_result(answer)


def _fail(future: asyncio.Future[Answer], failure: Exception) -> None:
    if not future.done():
        future.set_exception(failure)
