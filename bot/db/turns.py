"""Pieces of work that take turns on one connection, and ask the database together.

A service asks one thing after the other, and on PostgreSQL waits for each answer. Where several
are in one transaction, each is a greenlet that gives way as it asks: what all of them want to know
goes to the server together, and comes back together. The services know nothing of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from greenlet import getcurrent, greenlet

from bot.db.outcomes import Failed, Outcome, Succeeded

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    arguments: Any


class Turn(greenlet):
    """One piece of work. It gives way at prepared statements only, and only until it does more.

    Those read, or insert once by a key: other transactions may do as much meanwhile. From its first
    other statement, which may have locked a row, a piece of work runs to its end.
    """

    gives_way: bool = True
    has_written: bool = False

    def ask(self, text: str, arguments: Any) -> Rows:
        """The statement's rows, once the others have asked as well."""
        self.has_written |= not text.startswith("SELECT")
        whoever_runs_us: Any = self.parent
        answer: Rows = whoever_runs_us.switch(_Question(text, arguments))
        return answer

    def keep_on(self) -> None:
        """From now on nobody comes in between."""
        self.gives_way = False
        self.has_written = True

    def go_on(self, answer: Iterable[Rows] = ()) -> _Question | Outcome:
        """Works until it asks, for the next time, or is done."""
        try:
            said = self.switch(*answer)
        except Exception as failure:  # noqa: BLE001  told to whoever asked for this work
            return Failed(failure, self.has_written)
        return Succeeded(said) if self.dead else said


def turn_to_give() -> Turn | None:
    """The piece of work that is running, if it gives way."""
    here = getcurrent()
    return here if isinstance(here, Turn) and here.gives_way else None


def keep_on(*_statement: Any) -> None:
    """For SQLAlchemy's `before_cursor_execute`: tells of each statement that isn't prepared."""
    here = getcurrent()
    if isinstance(here, Turn):
        here.keep_on()


def run_in_turns(raw: Any, works: Sequence[Callable[[], Any]]) -> list[Outcome]:
    """What each has come to, in their order; in as many round trips as the longest of them takes.

    `raw` is psycopg's connection, in their transaction. Raises what it raises for a question: the
    transaction is lost then for all of them.
    """
    turns = [Turn(work) for work in works]
    outcomes: dict[Turn, Outcome] = {}
    answers: dict[Turn, tuple[Rows, ...]] = dict.fromkeys(turns, ())
    try:
        while answers:
            said = {turn: turn.go_on(answer) for turn, answer in answers.items()}
            asked = {turn: it for turn, it in said.items() if isinstance(it, _Question)}
            outcomes |= {turn: it for turn, it in said.items() if not isinstance(it, _Question)}
            answers = _answered(raw, asked) if asked else {}
    finally:
        for turn in turns:
            if not turn.dead:
                turn.throw()  # its answer will never come
    return [outcomes[turn] for turn in turns]


def _answered(raw: Any, asked: dict[Turn, _Question]) -> dict[Turn, tuple[Rows, ...]]:
    with raw.pipeline():
        cursors = [raw.execute(each.text, each.arguments) for each in asked.values()]
    return {
        turn: (cursor.fetchall() if cursor.description else [],)
        for turn, cursor in zip(asked, cursors, strict=True)
    }
