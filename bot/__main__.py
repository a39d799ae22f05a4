"""`pacesetter`: the command line, put together, and the one place where its errors are told."""

import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from bot.cli.failures import told
from bot.cli.lazy import Lazy, LazyGroup

COMMANDS: Final = {
    "backup": Lazy("bot.cli.backups:backup_command", "Copy an SQLite database while it is used"),
    "demo": Lazy("bot.cli.demo:demo_command", "Try the bot beside a stand-in for Slack"),
    "digest": Lazy("bot.cli.digest:digest_command", "A manager's week"),
    "doctor": Lazy("bot.cli.doctor:doctor_command", "Check tokens, database, clock; what to do"),
    "export": Lazy("bot.cli.exporting:export_command", "What is recorded, as CSV or JSON"),
    "retention": Lazy(
        "bot.cli.retaining:retention_command", "Say how long a workspace's data is kept"
    ),
    "forget": Lazy("bot.cli.forgetting:forget_command", "Erase a person's or a workspace's data"),
    "import": Lazy("bot.cli.importing:import_commands", "Entries from a CSV file"),
    "keys": Lazy("bot.cli.keys:keys_group", "Keys for tokens at rest: generate, rotate"),
    "manifest": Lazy("bot.cli.manifest:manifest_command", "The Slack app, ready to paste"),
    "migrate": Lazy("bot.cli.migrating:migrate_command", "Bring the database to its newest schema"),
    "move": Lazy("bot.cli.moving:move_command", "From SQLite into an empty PostgreSQL"),
    "playbook": Lazy("bot.cli.playbook:playbook_group", "Teams, people and targets as a file"),
    "restore": Lazy("bot.cli.backups:restore_command", "Put a backup back, while the bot is down"),
    "run": Lazy("bot.cli.serving:run_command", "The whole bot in one process"),
    "scorecard": Lazy("bot.cli.reports:scorecard_command", "A rep's or a team's numbers"),
    "tick": Lazy("bot.cli.tick:tick_command", "Plan and send what is due, and end"),
    "web": Lazy("bot.cli.serving:web_command", "The half that answers Slack, on PostgreSQL"),
    "worker": Lazy("bot.cli.serving:worker_command", "The half that sends, on PostgreSQL"),
}
"""Name → where it is defined; a command is imported when it runs."""


@click.group(cls=LazyGroup, lazy=COMMANDS)
@click.version_option(package_name="pacesetter", message="%(prog)s %(version)s")
def pacesetter() -> None:
    """Coaches sales teams in Slack: log behaviours, see the pace, get one nudge a day."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs one command and exits: 0 done, 1 refused or failed, 2 wrong usage or configuration."""
    try:
        code = pacesetter.main(arguments, prog_name="pacesetter", standalone_mode=False)
    except Exception as error:  # noqa: BLE001  the command line's one error boundary
        code = told(error)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
