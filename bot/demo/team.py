"""The team of the demo: eight reps in three time zones, their manager, and what is asked of them.

All names are invented.
"""

from dataclasses import dataclass
from typing import Final

from sandbox import Channel, User, Workspace

WORKSPACE: Final = "T01HARBOUR"
CHANNEL: Final = "C01HARBOUR"
LONDON, NEW_YORK, AUCKLAND = "Europe/London", "America/New_York", "Pacific/Auckland"


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody of the demo."""

    user_id: str
    name: str
    zone: str

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


MORGAN: Final = Cast("U01MORGAN", "Morgan Ellis", LONDON)
REPS: Final = (
    Cast("U02RILEY", "Riley Stone", LONDON),
    Cast("U03PRIYA", "Priya Nair", LONDON),
    Cast("U04TOM", "Tom Fielding", LONDON),
    Cast("U05HANNAH", "Hannah Brandt", LONDON),
    Cast("U06SAM", "Sam Okafor", NEW_YORK),
    Cast("U07MARIA", "Maria Delgado", NEW_YORK),
    Cast("U08ALEX", "Alex Tane", AUCKLAND),
    Cast("U09KIRI", "Kiri Walker", AUCKLAND),
)
EVERYBODY: Final = (MORGAN, *REPS)

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
      - {user: U04TOM, name: Tom Fielding, timezone: Europe/London, away: [2026-03-25]}
      - {user: U05HANNAH, name: Hannah Brandt, timezone: Europe/London}
      - {user: U06SAM, name: Sam Okafor, timezone: America/New_York}
      - {user: U07MARIA, name: Maria Delgado, timezone: America/New_York}
      - {user: U08ALEX, name: Alex Tane, timezone: Pacific/Auckland}
      - {user: U09KIRI, name: Kiri Walker, timezone: Pacific/Auckland}
    results:
      - name: New customers
        unit: customers
        period: month
        target: 2
        behaviours:
          - name: Prospecting calls
            aliases: [call]
            unit: calls
            target: 10
            period: day
            leads_to: First meetings
          - {name: First meetings, aliases: [meeting], target: 5, period: week, leads_to: Proposals}
          - {name: Proposals, target: 2, period: week}
      - {name: Revenue, unit: GBP, period: quarter, target: 30000, behaviours: []}
"""


def workspace() -> Workspace:
    """The team's Slack, with the app installed."""
    users = tuple(
        User(
            each.user_id,
            each.first_name.lower(),
            each.name,
            tz=each.zone,
            is_admin=each is MORGAN,
        )
        for each in EVERYBODY
    )
    members = tuple(each.user_id for each in EVERYBODY)
    channel = Channel(CHANNEL, "harbour", members)
    return Workspace(WORKSPACE, "Harbour Software", "harbour", users, (channel,))
