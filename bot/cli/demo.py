"""`pacesetter demo`: the bot beside a local stand-in for Slack, with a team that works."""

import click


@click.command("demo")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The stand-in's, if free.")
@click.option("--no-browser", is_flag=True, expose_value=False, help="Opens no page (none yet).")
def demo_command(port: int) -> None:
    """Plays a fortnight of a team of eight against a local stand-in for Slack.

    Prints what everybody types, presses and reads. Needs no Slack, no tokens and no network, keeps
    nothing, and ends by itself.
    """
    import asyncio

    from bot.demo.run import run_demo
    from bot.domain.errors import Refusal
    from bot.logs import set_up_logging

    set_up_logging("error")
    try:
        asyncio.run(run_demo(click.echo, port))
    except OSError as taken:
        sentence = f"Port {port} can't be used ({taken.strerror}): try another with --port."
        raise Refusal(sentence) from taken
