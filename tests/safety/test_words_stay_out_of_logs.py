"""The log never says what people wrote, nor who they are called (docs/privacy.md)."""

import pytest
from sqlalchemy import text, update

from bot.db.tables import entries, people
from jobs.plan import plan_everything
from sandbox import Fault
from tests.handlers.conftest import Running
from tests.safety.twins import WORDS
from tests.teams import ALEX, MORGAN, RILEY, WORKSPACE

WORD = WORDS[WORKSPACE]
LINES = {
    "/log": (f"5 calls with {WORD}; {WORD}", f"5 {WORD}", f"won 4200 with {WORD}", "list", "undo"),
    "/pace": ("", "now", WORD, f"away {WORD}", f"plan 15:00 {WORD}"),
    "/coach": ("", WORD, "digest", f"prep <@{RILEY}>", f"notes <@{RILEY}>"),
    "/kudos": (f"<@{ALEX}> for {WORD}", WORD),
}


async def _everybody_writes(running: Running) -> None:
    for user in (RILEY, MORGAN, ALEX):
        person = running.person(user)
        for command, lines in LINES.items():
            for line in lines:
                await person.command(command, line)
        await person.say(f"3 calls with {WORD}")
        await person.open_home()
    await running.settled()


@pytest.fixture(autouse=True)
async def called(running: Running) -> None:
    named = update(people).values(name=WORD)
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(named))


async def test_a_day_of_use_leaves_no_words_in_the_log(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    await _everybody_writes(running)
    await plan_everything(running.bot, running.clock.now())
    told = capsys.readouterr()
    assert WORD not in told.out + told.err


async def test_nor_does_a_day_on_which_everything_fails(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    """Slack refuses everything, and the database has lost a table."""
    running.slack.fail("views.publish", Fault.server_error(500))
    running.slack.fail("views.open", Fault.server_error(500))
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(text(_WITHOUT)))
    await _everybody_writes(running)
    told = capsys.readouterr()
    assert "event not saved" in told.out
    assert WORD not in told.out + told.err


_WITHOUT = f"ALTER TABLE {entries.name} RENAME TO elsewhere"
