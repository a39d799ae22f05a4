"""The team that the demo opens with: seven reps, each with a week of their own, and who leads them.

All names are invented.
"""

from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Final

from bot.demo.team import LONDON, NEW_YORK, Cast
from bot.domain.talks.one_to_one_forms import BY_MANAGER, BY_REP, FilledNote, Row
from bot.slack.manifest import manifest
from sandbox import Channel, User, Workspace, commands_of, shortcuts_of

WORKSPACE: Final = "T01HARBOUR"
CHANNEL: Final = "C01HARBOUR"
EVERYONE: Final = "C02GENERAL"

MORGAN: Final = Cast("U01MORGAN", "Morgan Ellis", LONDON)
ROBIN: Final = Cast("U10ROBIN", "Robin Hale", LONDON)
RILEY: Final = Cast("U02RILEY", "Riley Stone", LONDON)
PRIYA: Final = Cast("U03PRIYA", "Priya Nair", LONDON)
TOM: Final = Cast("U04TOM", "Tom Fielding", LONDON)
HANNAH: Final = Cast("U05HANNAH", "Hannah Brandt", LONDON)
SAM: Final = Cast("U06SAM", "Sam Okafor", NEW_YORK)
MARIA: Final = Cast("U07MARIA", "Maria Delgado", NEW_YORK)
ALEX: Final = Cast("U08ALEX", "Alex Tane", LONDON)
REPS: Final = (RILEY, PRIYA, TOM, HANNAH, SAM, MARIA, ALEX)
PLAYED: Final = (RILEY, SAM, MORGAN, ROBIN)
"""Whom one can be: a rep, a rep in another time zone, the manager, an admin."""

ONE_TO_ONE: Final = FilledNote(
    date(2026, 11, 13),
    "Too much time in quotes. Wants to go back to calling before ten. Keep it light next time.",
    (
        Row("Keep nine to ten free for calls, every day", BY_REP, date(2026, 11, 16)),
        Row("Take Tom’s two open quotes over to Robin", BY_MANAGER, date(2026, 11, 18)),
    ),
)
"""What Morgan noted after a one-to-one with Tom."""

MARIA_STARTS: Final = date(2026, 11, 2)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a rep works: calls on a usual day, meetings and proposals in a usual week.

    `logs_at` is the local time at which the rep sits down to log. `deals` maps a week (0 is the
    first of the history) to the weekday on which one is won.
    """

    calls: int
    meetings: int
    proposals: int
    logs_at: time
    deals: MappingProxyType[int, int] = field(default_factory=lambda: MappingProxyType({}))


def _deals(**weeks: int) -> MappingProxyType[int, int]:
    return MappingProxyType({int(week[1:]): weekday for week, weekday in weeks.items()})


HABITS: Final = MappingProxyType(
    {
        RILEY: Habit(10, 5, 2, time(16, 30), _deals(w2=2, w5=3, w7=1)),
        PRIYA: Habit(12, 7, 3, time(16, 40), _deals(w0=3, w2=1, w4=0, w5=2, w6=3, w8=1)),
        TOM: Habit(4, 3, 1, time(17, 0), _deals(w3=4)),
        HANNAH: Habit(13, 2, 1, time(17, 10), _deals(w1=2)),
        SAM: Habit(11, 5, 2, time(16, 15), _deals(w1=4, w4=2, w6=1, w8=3)),
        MARIA: Habit(8, 3, 1, time(16, 50)),
        ALEX: Habit(11, 5, 2, time(16, 20), _deals(w2=4, w4=3, w5=0)),
    }
)
"""Priya is strong. Tom does too little. Hannah calls a lot and little comes of it. Maria is new,
Alex on holiday, Riley and Sam are yours to play."""

PLAYBOOK: Final = """\
workspace: T01HARBOUR
name: Harbour Software
timezone: Europe/London
teams:
  - name: Harbour
    channel: C01HARBOUR
    managers: [U01MORGAN]
    holidays: GB-ENG
    nudge_at: "09:00"
    day_ends_at: "18:00"
    digest_at: mon 08:30
    reps:
      - {user: U02RILEY, name: Riley Stone, timezone: Europe/London}
      - {user: U03PRIYA, name: Priya Nair, timezone: Europe/London}
      - {user: U04TOM, name: Tom Fielding, timezone: Europe/London}
      - {user: U05HANNAH, name: Hannah Brandt, timezone: Europe/London}
      - {user: U06SAM, name: Sam Okafor, timezone: America/New_York}
      - {user: U07MARIA, name: Maria Delgado, timezone: America/New_York, started_on: 2026-11-02}
      - {user: U08ALEX, name: Alex Tane, timezone: Europe/London, away: [2026-11-09/2026-11-20]}
    results:
      - name: New customers
        unit: customers
        period: quarter
        target: 4
        behaviours:
          - name: Prospecting calls
            aliases: [call]
            unit: calls
            target: 10
            period: day
            leads_to: First meetings
          - {name: First meetings, aliases: [meeting], target: 5, period: week, leads_to: Proposals}
          - {name: Proposals, target: 2, period: week}
      - {name: Revenue, unit: GBP, period: quarter, target: 24000, behaviours: []}
"""


def workspace() -> Workspace:
    """Their Slack, with the app installed."""
    everybody = (MORGAN, *REPS, ROBIN)
    users = tuple(
        User(
            each.user_id,
            each.first_name.lower(),
            each.name,
            tz=each.zone,
            is_admin=each is ROBIN,
        )
        for each in everybody
    )
    ids = tuple(each.user_id for each in everybody)
    channels = (
        Channel(CHANNEL, "harbour", ids),
        Channel(EVERYONE, "general", ids, has_bot=False),
    )
    app = manifest()
    return Workspace(
        WORKSPACE,
        "Harbour Software",
        "harbour",
        users,
        channels,
        commands=commands_of(app),
        shortcuts=shortcuts_of(app),
    )
