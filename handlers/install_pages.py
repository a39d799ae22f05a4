"""Pages that somebody sees while installing: plain HTML, with nothing from elsewhere."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from bot.domain.installations import Grant
from bot.services.installing.states import StateTrouble
from bot.slack.scopes import SCOPES

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1d2b31;--soft:#5b6b72;--paper:#fff;--desk:#eef3f4;
--line:#d9e2e5;--deep:#1f4e5f;--on-deep:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6eef0;--soft:#a3b3b9;--paper:#1b262b;
--desk:#10181b;--line:#2d3c42;--deep:#7fc4d8;--on-deep:#0c1a20}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;
background:var(--desk);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif}
main{max-width:36rem;width:100%;padding:clamp(1.5rem,5vw,3rem);background:var(--paper);
border:1px solid var(--line);border-radius:1rem}
.name{margin:0 0 1.5rem;font-weight:600;color:var(--deep)}
h1{margin:0 0 .75rem;font-size:1.75rem;line-height:1.25;text-wrap:balance}
p{margin:0 0 1rem}
ol,ul{margin:1.5rem 0;padding-left:1.4rem}
li{margin:.6rem 0;padding-left:.3rem}
li::marker{color:var(--deep);font-weight:600}
code{padding:.1em .35em;border-radius:.3em;background:var(--desk);font-size:.92em}
a.go{display:inline-block;padding:.65rem 1.3rem;border-radius:.5rem;background:var(--deep);
color:var(--on-deep);font-weight:600;text-decoration:none}
a.go:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
"""
_HASH: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}
_INSTALL: Final = "/slack/install"
_STATES: Final = {
    StateTrouble.USED: "This link has been used already",
    StateTrouble.EXPIRED: "That took longer than ten minutes",
    StateTrouble.ELSEWHERE: "This was begun in another browser",
    StateTrouble.FORGED: "This link isn't one of ours",
}


def welcome_page(grant: Grant, *, is_new: bool = True) -> HTMLResponse:
    """After an installation: what to do next, which is nothing where somebody has begun before."""
    where = escape(grant.name) if grant.name else "your workspace"
    if grant.is_org_wide:
        return _page(f"Pacesetter is in {where}", _for_an_organisation())
    opened = {"app": grant.app_id, "team": grant.workspace_id}
    link = f"https://slack.com/app_redirect?{urlencode(opened)}"
    slack = f'<p><a class="go" href="{escape(link)}">Open Slack</a></p>'
    if not is_new:
        body = "<p>It was here before: everything is as it was, and messages go out again.</p>"
        return _page(f"Pacesetter is back in {where}", body + slack)
    steps = (
        "Open Slack: a message from Pacesetter is waiting for you.",
        (
            "Press <b>Set up a team</b> in it, or type <code>/coach setup</code> at any time. "
            "With a template it takes about three minutes."
        ),
        (
            "Type <code>/invite @Pacesetter</code> in the team's channel, so that good news can be "
            "told there."
        ),
    )
    body = f"<p>Three steps are left, all of them in Slack.</p>{_listed('ol', steps)}{slack}"
    return _page(f"Pacesetter is in {where}", body)


def lacking_page(missing: Iterable[str]) -> HTMLResponse:
    """Installed, but without some of what it needs."""
    reasons = (f"<code>{escape(scope)}</code>: {escape(SCOPES[scope])}" for scope in missing)
    body = (
        "<p>Pacesetter is installed, but Slack has not granted all that it needs. Missing:</p>"
        f"{_listed('ul', reasons)}"
        "<p>Whoever runs Pacesetter compares the app's permissions with "
        "<code>pacesetter manifest</code>; then please install it once more.</p>"
        f"{_again('Install again')}"
    )
    return _page("Almost there", body, HTTPStatus.FORBIDDEN)


def denied_page() -> HTMLResponse:
    """Somebody said no."""
    body = (
        "<p>Nothing was installed, and nothing was changed.</p>"
        "<p>Where your workspace wants an admin's approval, ask one of them: Slack has offered to "
        f"send the request.</p>{_again('Try again')}"
    )
    return _page("You said no, and that's fine", body)


def state_page(trouble: StateTrouble) -> HTMLResponse:
    """A link that can't be used (any more)."""
    body = f"<p>Nothing was changed. Please begin once more from here.</p>{_again('Begin again')}"
    return _page(_STATES[trouble], body, HTTPStatus.BAD_REQUEST)


def failed_page(reason: str, *, status: HTTPStatus = HTTPStatus.BAD_GATEWAY) -> HTMLResponse:
    """Slack, or the database, didn't do its part."""
    body = f"<p>{escape(reason, quote=False)}</p>{_again('Try again')}"
    return _page("That didn't work just now", body, status)


def _for_an_organisation() -> str:
    steps = (
        (
            "In your organisation's settings in Slack, add Pacesetter to the workspaces that are "
            "to have it."
        ),
        (
            "In each of them, somebody who runs Slack types <code>/coach</code> and takes the role "
            "of Pacesetter's admin."
        ),
        "That person sets up the first team, which takes about three minutes.",
    )
    return f"<p>It is installed for the whole organisation.</p>{_listed('ol', steps)}"


def _again(words: str) -> str:
    return f'<p><a class="go" href="{_INSTALL}">{words}</a></p>'


def _listed(kind: str, items: Iterable[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def _page(title: str, body: str, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    """`title` and `body` are HTML already."""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="name">Pacesetter</p><h1>{title}</h1>{body}</main></body></html>'
    )
    return HTMLResponse(text, status, headers=dict(_HEADERS))
