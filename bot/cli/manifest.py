"""`pacesetter manifest`: the Slack app, ready to paste."""

import click


@click.command("manifest")
@click.option("--url", "base_url", metavar="BASE", help="Where the bot is reached, https://….")
@click.option("--json", "as_json", is_flag=True, help="The same: the manifest is JSON.")
def manifest_command(base_url: str | None, as_json: bool) -> None:  # noqa: ARG001  one form
    """Prints the Slack app manifest, for Slack's “Create New App”, “From a manifest”.

    Without --url the app uses Socket Mode, which needs no public address.
    """
    from bot.slack.manifest import manifest_text

    click.echo(manifest_text(base_url))
