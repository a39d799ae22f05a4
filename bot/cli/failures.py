"""What went wrong, said on stderr in a sentence or two, and the exit code that goes with it."""

import click

from bot.domain.errors import NotSaved, Refusal

REFUSED = 1
MISUSED = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""


def told(error: Exception) -> int:
    """Tells the operator about an error that ended a command; gives back the exit code."""
    match error:
        case click.ClickException():
            error.show()
            return error.exit_code
        case click.Abort():
            return _aborted(error)
        case NotSaved():
            _say(_not_saved(error))
        case Refusal():
            _say(error.sentence)
        case _:
            return _configuration_or_unexpected(error)
    return REFUSED


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _not_saved(error: NotSaved) -> str:
    """What the database says, too: an operator can do something about it."""
    cause = getattr(error.__cause__, "orig", error.__cause__)
    detail = str(cause or "").strip().partition("\n")[0] or "it is locked, full or out of reach"
    return f"The database didn't keep it, so nothing was changed: {detail}."


def _aborted(abort: click.Abort) -> int:
    """Ctrl-C, or a question that was answered with no."""
    if isinstance(abort.__cause__, KeyboardInterrupt):
        return INTERRUPTED
    _say("Stopped: nothing was changed.")
    return REFUSED


def _configuration_or_unexpected(error: Exception) -> int:
    from bot.settings import ConfigurationError

    if isinstance(error, ConfigurationError):
        for sentence in error.sentences:
            _say(sentence)
        return MISUSED
    if _debugging():
        _say(_details(error))
    _say(
        f"Something went wrong that wasn't foreseen ({type(error).__name__}): "
        "run with LOG_LEVEL=debug for details."
    )
    return REFUSED


def _debugging() -> bool:
    from bot.settings import ConfigurationError, load_settings

    try:
        return load_settings().log_level == "debug"
    except ConfigurationError:
        return False


def _details(error: Exception) -> str:
    import traceback

    from bot.logs import redacted

    return redacted("".join(traceback.format_exception(error)).rstrip())
