"""`pacesetter run`: the whole bot in one process."""

import click


@click.command("run")
def run_command() -> None:
    """Runs the whole bot: HTTP or Socket Mode, the clock, and everything it sends.

    Migrates an SQLite database by itself; refuses a PostgreSQL that is behind. Ends in under ten
    seconds on Ctrl-C or SIGTERM, with what is under way finished.
    """
    from bot.logs import set_up_logging
    from bot.settings import load_settings, require_for_serving
    from bot.wiring import prepare_database

    settings = load_settings()
    require_for_serving(settings)
    set_up_logging(settings.log_level, settings.log_format)
    prepare_database(settings.database_url)

    import uvloop

    from bot.cli.process import serve

    uvloop.run(serve(settings))
