"""What the demo's team reads, word for word: read the files when they change.

`GOLDEN=write` in the environment writes them anew. Would a manager act on the first sentence?
"""

import os
from pathlib import Path

import pytest

from bot.demo.live import LiveBot
from bot.demo.sample import HANNAH, MORGAN, TOM
from bot.demo.team import Cast
from bot.domain.days.periods import Period
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion, OccasionKind, nudge_key
from bot.domain.reports.digests import last_full_week
from bot.domain.teams import TeamPlaybook
from bot.services.digesting import digest, recap_of
from bot.services.nudging import nudge_facts
from bot.slack.message import Message
from bot.slack.messages.digest import digest_message
from bot.slack.messages.nudge import nudge
from bot.slack.messages.recap import recap
from bot.slack.words.digest import MENTIONS, told
from bot.wiring import Session
from tests.demo.golden_text import readable
from tests.demo.visiting import london

FOLDER = Path(__file__).parent / "golden"
MONDAY = london("2026-11-16 08:45")
WEDNESDAY = london("2026-11-18 09:00")
MOST_WORDS = 320
"""What is read in about a minute; the table and the chart are for looking."""


def check(name: str, message: Message) -> None:
    path, found = FOLDER / f"{name}.txt", readable(message)
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


async def team(demo: LiveBot) -> tuple[TeamPlaybook, Period]:
    playbook = await demo.team()
    assert playbook is not None
    return playbook, last_full_week(playbook.team.zone, MONDAY)


async def test_the_digest(demo: LiveBot) -> None:
    playbook, week = await team(demo)
    found = await demo.read(lambda session: digest(session, playbook, MORGAN.user_id, week, MONDAY))
    check("digest", digest_message(found))
    first_minute = [
        word
        for part in told(found, MENTIONS)
        if not (part.is_drawn or part.is_further)
        for line in (part.title, *part.lines)
        for word in line.split()
    ]
    assert len(first_minute) <= MOST_WORDS


async def test_the_recap(demo: LiveBot) -> None:
    playbook, week = await team(demo)
    found = await demo.read(lambda session: recap_of(session, playbook, week, MONDAY))
    check("recap", recap(found))


@pytest.mark.parametrize("who", [TOM, HANNAH], ids=["tom", "hannah"])
async def test_a_nudge(demo: LiveBot, who: Cast) -> None:
    playbook, _ = await team(demo)
    rep = next(rep for rep in playbook.reps if rep.user_id == who.user_id)
    key, kind = nudge_key(rep.user_id, WEDNESDAY.date()), OccasionKind.NUDGE
    workspace, number = playbook.team.workspace_id, playbook.team.id
    occasion = Occasion(key, kind, workspace, number, rep.user_id, WEDNESDAY, person_id=rep.id)
    delivery = Delivery(0, occasion, DeliveryState.PLANNED)

    def look(session: Session) -> Message:
        return nudge(nudge_facts(session, playbook, delivery, WEDNESDAY))

    check(f"nudge_{who.first_name.lower()}", await demo.read(look))
