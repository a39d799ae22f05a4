"""What many ask for at once, in as few transactions as they need."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.domain.errors import NotSaved
from jobs.together import Together


class Desk:
    """Doubles what it is asked, and keeps what was asked together; `wrong` breaks it."""

    def __init__(self, wrong: int | None = None, failure: Exception | None = None) -> None:
        self.asked: list[list[int]] = []
        self._wrong = wrong
        self._failure = failure or ValueError("wrong")

    async def answer(self, asked: Sequence[int]) -> list[int]:
        self.asked.append(list(asked))
        await asyncio.sleep(0)
        if self._wrong in asked:
            raise self._failure
        return [2 * each for each in asked]


async def test_what_is_asked_meanwhile_is_answered_next_all_at_once() -> None:
    desk = Desk()
    together = Together(desk.answer)
    first = asyncio.create_task(together.ask(1))
    while not desk.asked:  # noqa: ASYNC110  it is under way with the next turn of the loop
        await asyncio.sleep(0)
    assert list(await asyncio.gather(first, together.ask(2), together.ask(3))) == [2, 4, 6]
    assert desk.asked == [[1], [2, 3]]


async def test_after_many_a_pause_gathers_those_that_follow() -> None:
    desk = Desk()
    together = Together(desk.answer, pause=0.05)
    await asyncio.gather(*map(together.ask, range(5)))
    late = asyncio.create_task(together.ask(5))
    await asyncio.sleep(0.01)
    assert list(await asyncio.gather(late, together.ask(6))) == [10, 12]
    assert desk.asked == [[0, 1, 2, 3, 4], [5, 6]]


async def test_after_one_alone_nobody_waits() -> None:
    desk = Desk()
    together = Together(desk.answer, pause=60)
    async with asyncio.timeout(30):
        assert [await together.ask(1), await together.ask(2)] == [2, 4]


async def test_what_is_wrong_with_one_breaks_no_other() -> None:
    desk = Desk(wrong=2)
    together = Together(desk.answer)
    answers = await asyncio.gather(*map(together.ask, [1, 2, 3]), return_exceptions=True)
    assert [answers[0], answers[2]] == [2, 6]
    assert isinstance(answers[1], ValueError)
    assert desk.asked == [[1, 2, 3], [1], [2], [3]]


async def test_a_database_that_is_away_is_asked_once_for_all() -> None:
    desk = Desk(wrong=2, failure=NotSaved())
    together = Together(desk.answer)
    answers = await asyncio.gather(*map(together.ask, [1, 2, 3]), return_exceptions=True)
    assert all(isinstance(each, NotSaved) for each in answers)
    assert desk.asked == [[1, 2, 3]]
    with pytest.raises(NotSaved):
        await together.ask(2)
