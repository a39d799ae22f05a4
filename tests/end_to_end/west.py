"""Team West as a playbook file, for Slacks that choose their own ids."""

from pathlib import Path

PLAYBOOK = """\
workspace: {workspace}
timezone: Europe/London
teams:
  - name: West
    channel: {channel}
    managers: [{morgan}]
    workdays: [mon, tue, wed, thu, fri, sat, sun]  # whatever day it is tested on
    digest_at: mon 08:30
    reps: [{riley}, {sam}]
    results:
      - name: New customers
        unit: customers
        period: quarter
        target: 12
        behaviours:
          - {{name: First meetings, aliases: [meeting], target: 5, period: week}}
          - {{name: Prospecting calls, aliases: [call], unit: calls, target: 20, period: day}}
"""


def write_playbook(folder: Path, **ids: str) -> str:
    """The file's path; `ids` are those of the workspace, the channel, Morgan, Riley and Sam."""
    path = folder / "west.yaml"
    path.write_text(PLAYBOOK.format(**ids), encoding="utf-8")
    return str(path)
