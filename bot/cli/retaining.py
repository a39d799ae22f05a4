"""`pacesetter retention`: how long a workspace keeps its history."""

import click

from bot.domain.counts import counted


@click.command("retention")
@click.option("--workspace", metavar="T…", required=True, help="Whose history.")
@click.option("--years", type=click.IntRange(1, 50), help="Whole years to keep, and this one.")
@click.option("--for-ever", is_flag=True, help="Keep everything, as it is at first.")
def retention_command(workspace: str, years: int | None, for_ever: bool) -> None:
    """Says how long a workspace's history is kept, or (with an option) changes that.

    What is older goes within a day of the running bot, for good: entries, notes, agreements that
    are settled, kudos, time off. Milestones stay.
    """
    from bot.clock import SystemClock
    from bot.services.retaining import keep_for, kept_by, kept_from
    from bot.settings import load_settings
    from bot.wiring import session_for

    if years and for_ever:
        raise click.UsageError("Say --years or --for-ever, not both.")
    now = SystemClock().now()
    with session_for(load_settings()) as session:
        if years or for_ever:
            keep_for(session, workspace, years, now)
        kept = kept_by(session, workspace)
    said = "for ever"
    if kept is not None:
        said = f"from {kept_from(kept, now)} on ({counted(kept, 'whole year')})"
    click.echo(f"{workspace} keeps its history {said}.")
