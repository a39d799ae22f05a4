"""Whoever changes targets, people or settings, or reads somebody's notes, is in the audit log.

A crawler presses and sends whatever there is; each time a row has changed that others depend on,
the log must have grown. So a new form that forgets it is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from bot.db.tables import audit, metadata
from tests.handlers.conftest import Running
from tests.safety.crawling import Crawler
from tests.safety.rights import all_rows
from tests.safety.twins import ADMIN, WORDS
from tests.teams import MORGAN, RILEY, WORKSPACE

AUDITED = (
    "experiments indicators memberships pairings people targets team_managers teams workspaces"
).split()
_BESIDES = {
    "people": {"home_opened_at", "dm_channel", "name", "slack_timezone", "deactivated_at"},
    "teams": {"revision", "channel_trouble"},
    "workspaces": {"charts_refused_at", "name"},
}
"""What the bot notes by itself, or Slack tells."""
_OWN = {
    "people": {"snoozed_until", "celebrate_alone", "off_leaderboard", "quiet_weekdays", "paused"}
}
"""One's own wishes about one's own messages: nobody else's to change."""
LINES = {
    "/pace": ("", "away 12-16 dec", "away <@U02RILEY> 21 dec", "snooze today"),
    "/coach": (
        "",
        "setup",
        "target",
        "pair",
        "experiment",
        "prep <@U02RILEY>",
        "notes <@U02RILEY>",
    ),
}


def _rows(engine: Engine) -> Mapping[str, Any]:
    found = all_rows(engine)
    left_out = {name: _BESIDES.get(name, set()) | _OWN.get(name, set()) for name in AUDITED}
    return {
        name: {
            key: {k: v for k, v in row.items() if k not in left_out[name]}
            for key, row in found[name].items()
        }
        for name in AUDITED
    }


@dataclass
class Auditor(Crawler):
    """A crawler that looks at the log after whatever it has done."""

    rows: Mapping[str, Any] = field(default_factory=dict)
    lines: int = 0
    changes: int = 0
    silent: list[str] = field(default_factory=list)

    async def done(self) -> None:
        await super().done()
        engine = self.running.bot.engine
        rows, lines = _rows(engine), len(all_rows(engine)[audit.name])
        changed = [name for name in AUDITED if self.rows and rows[name] != self.rows[name]]
        if changed and lines == self.lines:
            last = self.running.slack.journal[-1]
            self.silent.append(f"{changed} after {last.method}: {str(last.body)[:300]}")
        self.changes += bool(changed)
        self.rows, self.lines = rows, lines


async def test_every_change_that_others_depend_on_leaves_a_line(running: Running) -> None:
    changes, silent = 0, []
    for user in (MORGAN, ADMIN, RILEY):
        auditor = Auditor(running, running.person(user))
        await auditor.done()
        for command, lines in LINES.items():
            for line in lines:
                await auditor.type(command, line)
        await auditor.look_around()
        changes += auditor.changes
        silent += auditor.silent
    assert silent == []
    assert changes > 5


async def test_reading_notes_leaves_a_line(running: Running) -> None:
    before = await running.rows(select(audit.c.id))
    await running.person(MORGAN).command("/coach", f"notes <@{RILEY}>")
    await running.settled()
    modal = running.person(MORGAN).modal
    assert modal is not None
    assert WORDS[WORKSPACE] in str(modal.blocks)
    assert len(await running.rows(select(audit.c.id))) == len(before) + 1


def test_every_table_is_audited_or_has_a_reason_not_to_be() -> None:
    own = set("entries commitments interactions kudos one_to_ones setups time_off".split())
    bots_own = set("audit deliveries handled_requests installations milestones".split())
    parts = {"experiment_members", "kept_totals"}  # change with an experiment, with an erasing
    assert own | bots_own | parts | set(AUDITED) == {table.name for table in metadata.sorted_tables}
