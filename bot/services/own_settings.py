"""A rep's own settings: shown, and changed by the rep alone."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.db.queries.people.own_settings import keep_settings, own_zone
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.queries.privacy.audits import last_to_touch
from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.own_settings import (
    NUDGE_TIME,
    FilledSettings,
    OwnSettings,
    changed_meanwhile,
    chosen,
    settings_of,
)
from bot.domain.playbook.subjects import Subject, SubjectKind
from bot.domain.teams import Rep, Team
from bot.services import auditing
from bot.services.membership import Member, member, rep_standing
from bot.services.mended_recaps import plan_unnaming
from bot.services.playbooks.conflicts import about
from bot.services.requests.callers import Caller

CHANGED = "settings.changed"
"""The audit log's name for it."""
_MIDNIGHT = time(0)
_ELSEWHERE = "in another window"


@dataclass(frozen=True, slots=True)
class ShownSettings:
    """What the form shows. `zone_from` says who said where the rep is: "Slack", "your manager" or
    "your team"; `today` is the rep's local date."""

    settings: OwnSettings
    team: Team
    zone: str
    zone_from: str
    today: date


def settings_shown(session: Session, caller: Caller, now: datetime) -> ShownSettings:
    """The caller's settings. Raises UnknownPerson for somebody who is no rep."""
    who = _rep(session, caller)
    own, slack = own_zone(session.connection, who.rep.id)
    told = "your manager" if own else "Slack" if slack else "your team"
    settings = settings_of(who.rep, who.playbook.team, now)
    today = who.rep.today(now)
    return ShownSettings(settings, who.playbook.team, who.rep.person.zone.key, told, today)


def save_settings(
    session: Session, caller: Caller, form: FilledSettings, now: datetime
) -> tuple[OwnSettings, Team]:
    """Makes the form's settings the caller's own; what is so already is left as it is.

    Raises FormRefused, and Refusal where something was changed since the form was opened.
    """
    who = _rep(session, caller)
    team, before = who.playbook.team, settings_of(who.rep, who.playbook.team, now)
    wanted = chosen(form, before, team, who.rep.today(now))
    if wanted == before:
        return before, team
    if meanwhile := changed_meanwhile(form.shown, before):
        by = _by(session, caller, who) if NUDGE_TIME in meanwhile else _ELSEWHERE
        raise Refusal(
            f"Meanwhile {' and '.join(meanwhile)} changed, {by}. "
            "Nothing was saved: close this form and open it again."
        )
    _keep(session, who.rep, wanted)
    renew_revision(session.connection, team.id)
    if wanted.off_leaderboard and not before.off_leaderboard:
        plan_unnaming(session, team, who.rep, caller.key, now)
    _note(session, caller, team, before, wanted, now)
    return wanted, team


def _by(session: Session, caller: Caller, who: Member) -> str:
    """Who has changed the nudge time."""
    team, person = who.playbook.team, who.rep.person
    last = last_to_touch(session.connection, caller.workspace_id, team.id, _about(caller))
    if last == auditing.OPERATOR:
        return "by whoever runs Pacesetter, or by you elsewhere"
    by_others = last is not None and last not in (person.name, person.user_id)
    return f"by {last}, or by you elsewhere" if by_others else _ELSEWHERE


def _about(caller: Caller) -> str:
    return about(Subject(SubjectKind.REP, caller.user_id))


def _keep(session: Session, rep: Rep, wanted: OwnSettings) -> None:
    until = wanted.snoozed_until
    keep_settings(
        session.connection,
        rep.id,
        nudge_at=wanted.nudge_at,
        snoozed_until=None if until is None else rep.calendar.instant_of(until, _MIDNIGHT),
        paused=wanted.paused,
        quiet_weekdays=sorted(wanted.quiet_weekdays),
        celebrate_alone=wanted.celebrate_alone,
        off_leaderboard=wanted.off_leaderboard,
    )


def _note(
    session: Session,
    caller: Caller,
    team: Team,
    before: OwnSettings,
    wanted: OwnSettings,
    now: datetime,
) -> None:
    old = before.as_text()
    changed = {each: value for each, value in wanted.as_text().items() if old[each] != value}
    if wanted.nudge_at != before.nudge_at:  # which the manager's form shows, too
        changed["about"] = _about(caller)
    auditing.note(
        session,
        caller.workspace_id,
        caller.user_id,
        CHANGED,
        now,
        subject=caller.user_id,
        team_id=team.id,
        detail=changed,
    )


def _rep(session: Session, caller: Caller) -> Member:
    return member(session, rep_standing(session, caller.workspace_id, caller.user_id))
