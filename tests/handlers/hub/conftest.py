"""A manager at the hub, over real signed HTTP: on SQLite, and again on PostgreSQL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from bot.db.tables import people
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.services.playbooks.stored import stored_playbook
from bot.slack.views.coach.place import Place, read_kept
from sandbox import Person
from tests.handlers.conftest import Answer, Running
from tests.teams import ALEX, MORGAN, WORKSPACE

Given = Mapping[str, Any]


@dataclass
class AtHub:
    """Somebody with `/coach` open."""

    running: Running
    person: Person

    async def open(self, text: str = "") -> "AtHub":
        reply = await self.person.command("/coach", text)
        assert reply.ok, reply.detail
        return self

    async def go(self, page: str, subject: str = "", number: int | None = None) -> "AtHub":
        """Presses what leads there, in whatever is open."""
        view = self.person.modal
        assert view is not None
        action, value, block = _way(view.blocks, page, subject, number)
        reply = await self.person.press(view, action, value, block)
        assert reply.ok, reply.detail
        return self

    async def send(self, **given: Any) -> dict[str, str]:
        """Fills in and sends what is open; the errors by field."""
        values = {name: {"value": value} for name, value in given.items()}
        reply = await self.person.submit(values=values)
        assert reply.ok, reply.detail
        await self.running.settled()
        return reply.errors

    @property
    def title(self) -> str:
        assert self.person.modal is not None
        return self.person.modal.title

    @property
    def shown(self) -> str:
        """All that the open view says."""
        assert self.person.modal is not None
        return json.dumps(self.person.modal.blocks, ensure_ascii=False)

    @property
    def seen(self) -> str:
        assert self.person.modal is not None
        return read_kept(self.person.modal.body).seen

    def value(self, field: str) -> Any:
        """What a field begins with."""
        assert self.person.modal is not None
        for block in self.person.modal.blocks:
            if block["block_id"] == field:
                found = {k: v for k, v in block["element"].items() if k.startswith("initial_")}
                return next(iter(found.values()), None)
        raise AssertionError(f"no {field}")

    def fields(self) -> list[str]:
        assert self.person.modal is not None
        return [b["block_id"] for b in self.person.modal.blocks if b["type"] == "input"]

    async def again(self) -> Answer:
        """Sends the last form a second time."""
        payload = self.running.slack.calls("view_submission")[-1].body
        return await self.running.signed({"payload": payload})

    async def forged(self, place: Place, *, seen: str = "") -> Answer:
        """Sends the last form as if it had been opened somewhere else."""
        payload = dict(self.running.slack.calls("view_submission")[-1].body)
        view = dict(payload["view"], id="VFORGED")
        kept = json.loads(view["private_metadata"]) | {"at": place.code, "seen": seen}
        payload["view"] = view | {"private_metadata": json.dumps(kept)}
        return await self.running.signed({"payload": payload})

    async def playbook(self) -> Playbook:
        found = await self.running.bot.transactions.of(WORKSPACE).read(
            lambda session: stored_playbook(session, WORKSPACE)
        )
        assert found is not None
        return found

    async def west(self) -> TeamPlan:
        return next(team for team in (await self.playbook()).teams if team.name == "West")


def _way(
    blocks: list[Any], page: str, subject: str, number: int | None
) -> tuple[str, str | None, str]:
    """The element that leads to a place: (action, value where it is a menu, block)."""
    for block in blocks:
        elements = [*block.get("elements", ()), block.get("accessory")]
        for element in filter(None, elements):
            options = element.get("options") or []
            for code in (element.get("value"), *(option["value"] for option in options)):
                if code is not None and _leads(code, page, subject, number):
                    value = code if options else None
                    return element["action_id"], value, block["block_id"]
    raise AssertionError(f"nothing leads to {page} {subject}")


def _leads(code: str, page: str, subject: str, number: int | None) -> bool:
    at, _, place, about = code.split("|", 3)
    return at == page and about == subject and number in (None, int(place))


@pytest.fixture
def hub(running: Running) -> AtHub:
    """Morgan, who leads West."""
    return AtHub(running, running.person(MORGAN))


@pytest.fixture
async def second(running: Running) -> AtHub:
    """Alex, an admin, who has the same pages open."""
    await make_admin(running, ALEX)
    return AtHub(running, running.person(ALEX))


async def make_admin(running: Running, user: str) -> None:
    change = update(people).where(people.c.user_id == user).values(is_admin=True)
    await running.bot.transactions.everywhere.write(
        lambda session: session.connection.execute(change)
    )
