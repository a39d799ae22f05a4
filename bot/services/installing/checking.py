"""Whether installations can be used: what `doctor` says of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.db.session import Session
from bot.domain.checks import Check, fine, problem, warning
from bot.domain.installations import Installation, Quiet
from bot.services.installing.installations import every_installation
from bot.services.installing.keys import TokenKeys
from bot.services.installing.rekeying import opens

_AGAIN: Final = "Have the app installed there again: /slack/install."
_LONG_OVERDUE: Final = timedelta(hours=1)


def check_installations(
    session: Session, keys: TokenKeys | None, now: datetime
) -> Iterator[tuple[Check, Installation | None]]:
    """One check for each installation, with the installation where its token can be used."""
    found = list(every_installation(session))
    if not found and keys is not None:
        yield warning("installations", "none yet", "Open /slack/install in a browser."), None
    for each in found:
        check = _check(session, keys, each, now)
        yield check, each if check.verdict != "problem" and each.quiet is None else None


def _check(session: Session, keys: TokenKeys | None, each: Installation, now: datetime) -> Check:
    what = f"installation {each.workspace_id}"
    if each.quiet is not None:
        return warning(what, f"quiet: {_WHY[each.quiet]}", _AGAIN)
    if keys is None:
        advice = "Set TOKEN_KEYS, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET."
        return problem(what, "its token can't be used without TOKEN_KEYS", advice)
    if not opens(session, keys, each.workspace_id):
        advice = f"Add the lost key to TOKEN_KEYS. Or: {_AGAIN}"
        return problem(what, "no key in TOKEN_KEYS opens its token, so it is quiet", advice)
    return _expiry(what, each, now)


def _expiry(what: str, each: Installation, now: datetime) -> Check:
    if each.expires_at is None:
        return fine(what, each.name or "in use")
    if not each.is_renewed:
        found = f"its token can't be renewed and expires at {each.expires_at:%Y-%m-%d %H:%M} UTC"
        return problem(what, found, _AGAIN)
    if each.expires_at < now - _LONG_OVERDUE:
        found = f"its token expired at {each.expires_at:%Y-%m-%d %H:%M} UTC"
        return warning(what, found, "It is renewed when it is next needed: is the bot running?")
    return fine(what, f"{each.name or 'in use'}, token renewed by itself")


_WHY: Final = {
    Quiet.NOT_INSTALLED: "not installed",
    Quiet.UNINSTALLED: "the app was removed",
    Quiet.REVOKED: "the token was revoked",
    Quiet.EXPIRED: "the token has expired and can't be renewed",
    Quiet.LOST_KEY: "the key is lost",
}
