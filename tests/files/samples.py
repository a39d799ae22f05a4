"""The example of interface.md as text, to be spoilt one line at a time."""

import pytest

from bot.files.playbook import parse
from bot.files.problems import PlaybookInvalid, Problem

EXAMPLE = """\
workspace: T01TEST
timezone: Europe/London        # where a person's own Slack zone is unknown
teams:
  - name: West
    channel: C01WEST           # celebrations
    managers: [U01MORGAN]
    workdays: [mon, tue, wed, thu, fri]
    holidays: GB-ENG           # ISO 3166 code
    nudge_at: "09:00"          # each rep's local time
    day_ends_at: "18:00"
    digest_at: mon 08:30       # each manager's local time
    reps:
      - U02RILEY
      - {user: U03SAM, timezone: America/New_York, segment: SDR, started_on: 2026-09-01}
      - {user: U04ALEX, away: [2026-12-14/2026-12-18, 2027-01-04], leaves_on: 2027-03-31}
    results:
      - name: New customers
        unit: customers
        period: quarter        # month | quarter | year
        target: 12             # per rep
        behaviours:
          - {name: First meetings, aliases: [meeting, fm], target: 5, period: week}
          - {name: Prospecting calls, aliases: [call], unit: calls, target: 20, period: day}
          - {name: Territory plan, target: 1, period: quarter}
          - {name: Conversations, target: 30, period: week, leads_to: First meetings}
    overrides:
      - {user: U03SAM, behaviour: First meetings, target: 3, from: 2026-11-01}
"""


def spoilt(old: str, new: str) -> str:
    """The example with one thing changed."""
    assert EXAMPLE.count(old) == 1, f"{old!r} should stand in the example once"
    return EXAMPLE.replace(old, new)


def problems_of(source: str | bytes) -> tuple[Problem, ...]:
    """Every problem of a text that is refused."""
    with pytest.raises(PlaybookInvalid) as refused:
        parse(source)
    return refused.value.problems


def lines_of(source: str | bytes) -> list[str]:
    """The problems as the command line prints them."""
    return [str(problem) for problem in problems_of(source)]
