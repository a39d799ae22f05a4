"""A playbook written out reads back as the same playbook."""

from hypothesis import HealthCheck, given, settings

from bot.domain.playbook.plans import Playbook
from bot.domain.playbook.rules import faults, settled
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from tests.files.samples import EXAMPLE
from tests.files.strategies import playbooks

CANONICAL = """\
workspace: T01TEST
timezone: Europe/London
teams:
  - name: West
    channel: C01WEST
    managers: [U01MORGAN]
    workdays: [mon, tue, wed, thu, fri]
    holidays: GB-ENG
    nudge_at: "09:00"
    day_ends_at: "18:00"
    digest_at: mon 08:30
    reps:
      - U02RILEY
      - {user: U03SAM, timezone: America/New_York, segment: SDR, started_on: 2026-09-01}
      - {user: U04ALEX, leaves_on: 2027-03-31, away: [2026-12-14/2026-12-18, 2027-01-04]}
    results:
      - name: New customers
        unit: customers
        period: quarter
        target: 12
        behaviours:
          - {name: First meetings, aliases: [meeting, fm], target: 5, period: week}
          - {name: Prospecting calls, aliases: [call], unit: calls, target: 20, period: day}
          - {name: Territory plan, target: 1, period: quarter}
          - {name: Conversations, target: 30, period: week, leads_to: First meetings}
    overrides:
      - {user: U03SAM, behaviour: First meetings, target: 3, from: 2026-11-01}
"""


def test_the_example_is_written_as_it_was_without_its_comments() -> None:
    assert dump(parse(EXAMPLE)) == CANONICAL


def test_what_an_operator_sets_is_written() -> None:
    text = EXAMPLE.replace('"09:00"', "08:15").replace("mon 08:30", "fri 16:00")
    text = text.replace("[mon, tue, wed, thu, fri]", "[sun, mon]").replace(
        "target: 12", "target: .5"
    )
    written = dump(parse(text.replace("    overrides:", "    ramp: [0.5]\n    overrides:")))
    for line in (
        "workdays: [mon, sun]",
        'nudge_at: "08:15"',
        "digest_at: fri 16:00",
        "ramp: [0.5]",
        "target: 0.5",
    ):
        assert f"    {line}\n" in written


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(playbooks())
def test_what_is_written_reads_back_the_same(playbook: Playbook) -> None:
    assert faults(playbook) == ()
    assert settled(playbook) == playbook
    text = dump(playbook)
    assert parse(text) == playbook
    assert dump(parse(text)) == text
