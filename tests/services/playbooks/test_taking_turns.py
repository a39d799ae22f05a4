"""Two changes of a workspace's playbook at the same instant: one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from bot.db.engine import for_writing, make_engine
from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.playbook.edits import AddBehaviour, SetTarget
from bot.domain.playbook.subjects import Subject, SubjectKind
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.editing import Saved, editable, save_edits
from bot.services.requests.callers import Caller
from tests.domain.playbook.samples import a_playbook
from tests.services.playbooks.editors import MONDAY, MORGAN, WEDNESDAY, WORKSPACE, stored

T = TypeVar("T")
FEW = 4


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def within(engine: Engine, work: Callable[[Session], T]) -> T:
    with engine.connect() as connection, for_writing(connection).begin():
        return work(Session(connection))


def at_once(engine: Engine, work: Callable[[Session], T]) -> list[T]:
    """The same work in several transactions that begin together."""
    ready = Barrier(FEW)

    def one(_: int) -> T:
        ready.wait(10)
        return within(engine, work)

    with ThreadPoolExecutor(FEW) as threads:
        return list(threads.map(one, range(FEW)))


def test_of_files_that_are_applied_at_once_one_changes_something(engine: Engine) -> None:
    changes = at_once(engine, lambda session: apply_playbook(session, a_playbook(), MONDAY))
    assert len([lines for lines in changes if lines]) == 1


def test_a_form_that_arrives_several_times_at_once_is_saved_once(engine: Engine) -> None:
    within(engine, lambda session: apply_playbook(session, a_playbook(), MONDAY))
    edit = AddBehaviour("Demos", "Revenue", Decimal(1))
    once = Caller(WORKSPACE, MORGAN, "V1")

    def submit(session: Session) -> Saved:
        return save_edits(session, once, 1, (edit,), None, WEDNESDAY)

    assert len(set(at_once(engine, submit))) == 1
    names = [each.name for each in within(engine, stored).behaviours]
    assert names.count("Demos") == 1


def test_of_forms_about_the_same_that_arrive_at_once_one_is_saved(engine: Engine) -> None:
    within(engine, lambda session: apply_playbook(session, a_playbook(), MONDAY))
    subject = Subject(SubjectKind.INDICATOR, "First meetings")
    asking = Caller(WORKSPACE, MORGAN, "open")
    seen = within(engine, lambda session: editable(session, asking, 1).seen(subject))
    amounts = iter(range(10, 10 + FEW))

    def submit(session: Session) -> int:
        amount = next(amounts)
        edit = SetTarget("First meetings", Decimal(amount))
        who = Caller(WORKSPACE, MORGAN, f"V{amount}")
        try:
            save_edits(session, who, 1, (edit,), seen, WEDNESDAY)
        except Refusal:
            return 0
        return amount

    (kept,) = [amount for amount in at_once(engine, submit) if amount]
    (meetings, *_) = within(engine, stored).behaviours
    assert meetings.target == kept
