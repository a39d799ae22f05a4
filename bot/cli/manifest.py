"""`pacesetter manifest`: the Slack app, ready to paste."""

import click

from bot.domain.errors import Refusal


@click.command("manifest")
@click.option("--url", "base_url", metavar="BASE", help="Where the bot is reached, https://….")
@click.option("--json", "as_json", is_flag=True, help="The same: the manifest is JSON.")
@click.option("--token-rotation", is_flag=True, help="Tokens that expire after twelve hours.")
@click.option("--org", "org_wide", is_flag=True, help="For a whole organisation at once.")
def manifest_command(
    base_url: str | None,
    as_json: bool,  # noqa: ARG001  one form
    token_rotation: bool,
    org_wide: bool,
) -> None:
    """Prints the Slack app manifest, for Slack's “Create New App”, “From a manifest”.

    Without --url the app uses Socket Mode, which needs no public address.
    """
    from bot.slack.manifest import manifest_text

    try:
        click.echo(manifest_text(base_url, token_rotation=token_rotation, org_wide=org_wide))
    except Refusal as refusal:
        raise click.BadParameter(refusal.sentence, param_hint="--url") from None
