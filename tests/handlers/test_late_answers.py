"""What takes longer than Slack waits is answered in time, and told when it is there."""

import pytest

from handlers import commands
from tests.handlers.conftest import Running
from tests.teams import MORGAN, RILEY


@pytest.fixture(autouse=True)
def no_patience(patient_bot: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes too long."""
    monkeypatch.setattr(commands, "PATIENCE_S", 0.0)


async def test_a_digest_that_takes_long_comes_once_it_is_there(running: Running) -> None:
    morgan = running.person(MORGAN)
    reply = await morgan.command("/coach", "digest")
    assert reply.ok
    await running.settled()
    assert "One moment" in morgan.ephemerals()[0].text
    assert "the week of Mon 9 Nov" in morgan.ephemerals()[-1].text


async def test_a_refusal_comes_late_as_well(running: Running) -> None:
    riley = running.person(RILEY)
    await riley.command("/coach", "digest")
    await running.settled()
    assert "for its manager" in riley.ephemerals()[-1].text


async def test_a_form_opens_all_the_same_and_nothing_more_is_said(running: Running) -> None:
    morgan = running.person(MORGAN)
    await morgan.command("/coach", f"notes <@{RILEY}>")
    await running.settled()
    assert morgan.modal is not None
    assert len(morgan.ephemerals()) == 1
