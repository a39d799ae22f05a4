"""A set-up becomes a team: all or nothing, once."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.queries.playbooks.setups import last_to_change, team_id_named
from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.rules import settled
from bot.domain.setups.drafts import PREVIEW, Draft
from bot.domain.setups.filling import checked, team_named
from bot.domain.setups.foreseeing import Foreseen, foreseen
from bot.domain.setups.planning import planned, within
from bot.services.auditing import note
from bot.services.people import keep_profile_of
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.stored import stored_playbook
from bot.services.requests.callers import Caller
from bot.services.settingup.beginning import fingerprint
from bot.services.settingup.drafting import Under, go_on, keep, kept_draft


@dataclass(frozen=True, slots=True)
class SetUp:
    """A team that is there now, and what it will hear first."""

    draft: Draft
    plan: TeamPlan
    first: Foreseen


def preview(under: Under, now: datetime) -> Foreseen:
    """What the team will hear first, if it is saved as it stands."""
    plan = planned(under.draft, team_named(under.playbook, under.draft.team)).plan
    return foreseen(plan, under.playbook, under.draft.people, now)


def save(session: Session, caller: Caller, nonce: str, now: datetime) -> SetUp:
    """Makes the team so, once: again it says the same and changes nothing.

    Raises FormRefused or Refusal, with nothing changed, where something is wrong with it by now:
    another team of that name, a rep who is in another team, a change that somebody else has made.
    """
    kept = kept_draft(session, caller)
    if kept is not None and kept.nonce == nonce and kept.finished:
        return _saved_before(session, caller, kept, now)
    under = go_on(session, caller, nonce)
    draft, playbook = under.draft, under.playbook
    _require_unchanged(session, caller, draft, playbook)
    checked(draft, PREVIEW, playbook)
    plan = planned(draft, team_named(playbook, draft.team)).plan
    apply_playbook(session, settled(within(playbook, plan, draft.team)), now)
    for user, met in draft.people.items():
        if met.by_slack:
            keep_profile_of(session, caller.workspace_id, user, met.name, met.zone)
    _note(session, caller, plan, now)
    keep(session, caller, replace(draft, finished=True), now)
    return SetUp(draft, plan, foreseen(plan, playbook, draft.people, now))


def _saved_before(session: Session, caller: Caller, draft: Draft, now: datetime) -> SetUp:
    playbook = stored_playbook(session, caller.workspace_id) or Playbook(caller.workspace_id)
    plan = planned(draft, team_named(playbook, draft.team)).plan
    return SetUp(draft, plan, foreseen(plan, playbook, draft.people, now))


def _require_unchanged(session: Session, caller: Caller, draft: Draft, playbook: Playbook) -> None:
    """Nobody else has changed the team since, or made one of the same name."""
    if draft.team:
        there = team_named(playbook, draft.team)
        if there is None or fingerprint(there) != draft.seen:
            by = _by_whom(session, caller, draft.team)
            raise Refusal(
                f"{draft.team} has been changed{by} since you began, so nothing was saved. "
                "Start again from what is there now: /coach setup."
            )
        return
    wanted = " ".join(draft.name.casefold().split())
    for team in playbook.teams:
        if " ".join(team.name.casefold().split()) == wanted:
            by = _by_whom(session, caller, team.name)
            raise Refusal(
                f"A team “{team.name}” has been set up{by} meanwhile, so nothing was saved. "
                "Go back to the beginning and give yours another name."
            )


def _by_whom(session: Session, caller: Caller, team: str) -> str:
    team_id = team_id_named(session.connection, caller.workspace_id, team)
    who = None if team_id is None else last_to_change(session.connection, team_id)
    return f" by {who}" if who else ""


def _note(session: Session, caller: Caller, plan: TeamPlan, now: datetime) -> None:
    team_id = team_id_named(session.connection, caller.workspace_id, plan.name)
    note(
        session,
        caller.workspace_id,
        caller.user_id,
        "team.set_up",
        now,
        team_id=team_id,
        detail={"team": plan.name},
    )
