"""`pacesetter playbook`: teams, people, results, behaviours and targets as one YAML file."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.domain.counts import counted
from bot.domain.errors import Refusal

if TYPE_CHECKING:
    from bot.db.session import Session
    from bot.domain.playbook.plans import Playbook
    from bot.files.playbook import Reading
    from bot.files.templates import Template


@click.group("playbook")
def playbook_group() -> None:
    """Teams, people, results, behaviours and targets as one YAML file."""


@playbook_group.command("apply")
@click.argument("file", type=click.File("rb"))
@click.option("--workspace", metavar="T…", help="Apply it to this workspace, not the file's own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def apply_command(file: BinaryIO, workspace: str | None, as_json: bool) -> None:
    """Puts FILE into force; prints what changes.

    FILE is YAML, - for standard input. All or nothing; applied again, it changes nothing. What the
    file leaves out is retired from today, and its history stays.
    """
    reading = _read(file)
    playbook = reading.playbook if workspace is None else _moved(reading.playbook, workspace)
    from bot.clock import SystemClock
    from bot.services.playbooks.apply import apply_playbook
    from bot.services.playbooks.auditing_edits import note_applied
    from bot.settings import load_settings
    from bot.wiring import session_for

    with session_for(load_settings()) as everywhere, everywhere.of(playbook.workspace) as session:
        now = SystemClock().now()
        changes = apply_playbook(session, playbook, now)
        if changes:
            note_applied(session, playbook.workspace, changes, now)
    _warn(reading)
    if as_json:
        warnings = [str(warning) for warning in reading.warnings]
        told = {"workspace": playbook.workspace, "changes": changes, "warnings": warnings}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(changes) or "Nothing to change.")


@playbook_group.command("show")
@click.option("--workspace", metavar="T…", help="Needed only where there are several.")
def show_command(workspace: str | None) -> None:
    """Prints what is in force, as YAML."""
    from bot.files.playbook_text import dump
    from bot.settings import load_settings
    from bot.wiring import session_for

    with session_for(load_settings()) as session:
        text = dump(_in_force(session, workspace))
    click.echo(text, nl=False)


@playbook_group.command("validate")
@click.argument("file", type=click.File("rb"))
def validate_command(file: BinaryIO) -> None:
    """Names each mistake's place in FILE.

    FILE is YAML, - for standard input. Changes nothing, and needs no database.
    """
    reading = _read(file)
    _warn(reading)
    click.echo("\n".join(_summary(reading.playbook)))


@playbook_group.command("templates")
@click.argument("name", required=False)
def templates_command(name: str | None) -> None:
    """Playbooks to start from.

    A list of them; with a NAME, that one's text.

    \b
    pacesetter playbook templates outbound-sdr > playbook.yaml
    """
    from bot.files.templates import templates

    known = templates()
    click.echo(_listed(known) if name is None else _named(known, name), nl=name is None)


def _read(file: BinaryIO) -> "Reading":
    """Raises Refusal with a line for each problem of the file."""
    from bot.files.playbook import read
    from bot.files.problems import PlaybookInvalid
    from bot.files.yaml_tree import MAX_BYTES

    try:
        return read(file.read(MAX_BYTES + 1))
    except PlaybookInvalid as invalid:
        lines = [f"{file.name}: {problem}" for problem in invalid.problems]
        raise Refusal("\n".join(lines)) from None


def _warn(reading: "Reading") -> None:
    for warning in reading.warnings:
        click.echo(f"Warning: {warning}", err=True)


def _moved(playbook: "Playbook", workspace: str) -> "Playbook":
    from bot.domain.playbook.people import workspace_faults

    moved = replace(playbook, workspace=workspace)
    for fault in workspace_faults(moved):
        raise click.BadParameter(fault.sentence, param_hint="--workspace")
    return moved


def _in_force(session: "Session", workspace: str | None) -> "Playbook":
    from bot.services.playbooks.stored import stored_playbook
    from bot.services.workspaces import workspace_ids

    known = workspace_ids(session)
    if not known:
        raise Refusal(
            "There is no playbook yet: start from one of `pacesetter playbook templates`."
        )
    if workspace is None and len(known) > 1:
        raise Refusal(f"There are several workspaces: add --workspace {_any_of(known)}.")
    with session.of(workspace or known[0]) as theirs:
        found = stored_playbook(theirs, theirs.workspace_id)
    if found is None:
        raise Refusal(f"There is no workspace {workspace} here; there is {_any_of(known)}.")
    return found


def _any_of(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _summary(playbook: "Playbook") -> list[str]:
    """A line for each team: how much of everything it has."""
    lines = []
    for team in playbook.teams:
        counts = (
            counted(len(team.results), "result"),
            counted(len(team.behaviours), "behaviour"),
            counted(len(team.reps), "rep"),
            counted(len(team.managers), "manager"),
            counted(len(team.overrides), "override"),
        )
        lines.append(f"{team.name}: {', '.join(counts)}.")
    return lines or [f"{playbook.workspace}: no teams."]


def _listed(known: "list[Template]") -> str:
    width = max(len(template.name) for template in known)
    return "\n".join(
        f"{template.name:<{width}}  {template.title}\n{'':<{width}}  {template.summary}"
        for template in known
    )


def _named(known: "list[Template]", name: str) -> str:
    names = [template.name for template in known]
    wanted = name.lower().removesuffix(".yaml")
    if wanted not in names:
        raise Refusal(f"There is no template {name}; there is {_any_of(names)}.")
    return known[names.index(wanted)].text
