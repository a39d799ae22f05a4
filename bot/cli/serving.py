"""`pacesetter run`: the whole bot in one process."""

import gc

import click


@click.command("run")
def run_command() -> None:
    """Runs the whole bot: HTTP or Socket Mode, the clock, and everything it sends.

    Migrates an SQLite database by itself; refuses a PostgreSQL that is behind. Ends in under ten
    seconds on Ctrl-C or SIGTERM, with what is under way finished.
    """
    gc.disable()  # importing makes nothing but what stays: looking for garbage in it costs 0.2 s
    from bot.logs import set_up_logging
    from bot.settings import load_settings, require_for_serving
    from bot.wiring import prepare_database

    settings = load_settings()
    require_for_serving(settings)
    set_up_logging(settings.log_level, settings.log_format)
    prepare_database(settings.database_url)

    import uvloop

    from bot.cli.process import serve

    gc.freeze()  # nor shall a request wait while it is looked through again
    gc.enable()
    uvloop.run(serve(settings))
