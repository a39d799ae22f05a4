"""A set-up is begun, taken up again, and filled in place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.queries.people.identity import find_standing
from bot.db.queries.playbooks.setups import find_setup, keep_setup, team_id_named
from bot.db.session import Session
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.permissions import Actor
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.setups.documents import document_of, draft_of
from bot.domain.setups.drafts import Draft, Met, following, is_place, places, preceding
from bot.domain.setups.filling import Fields, checked, filled, team_named
from bot.services.membership import actor, standing, team_of
from bot.services.playbooks.stored import stored_playbook
from bot.services.requests.callers import Caller
from bot.services.settingup.beginning import first_draft

_BEGUN_ANEW = (
    "This set-up has been started again in another window, or saved there: close this one and "
    "type /coach setup."
)


class NotForYou(NotPermitted):
    """Somebody who runs no team wants to set one up."""


@dataclass(frozen=True, slots=True)
class Under:
    """A set-up under way: the draft within its playbook; `is_admin` whether managers are its
    person's to name, `resumed` whether it was begun earlier.
    """

    draft: Draft
    playbook: Playbook
    is_admin: bool
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What came back from one place: its fields, and what Slack says of the people chosen.

    `bot_is_in` says whether the bot could post in the channel that was chosen, None where none was.
    """

    nonce: str
    place: str
    fields: Fields
    people: Mapping[str, Met]
    bot_is_in: bool | None = None


def begin(session: Session, caller: Caller, team: str, now: datetime) -> Under:
    """The person's set-up as it was left, else a new one: of a new team, or of `team`.

    Raises NotForYou for somebody who runs no team, Refusal where it isn't clear which one.
    """
    kept = _kept(session, caller)
    if kept is None or kept.finished or _is_untouched(session, caller, kept):
        return begin_anew(session, caller, team, now)
    return replace(_under(session, caller, kept), resumed=True)


def begin_anew(session: Session, caller: Caller, team: str, now: datetime) -> Under:
    """A new set-up, in the place of whatever was left. Raises as `begin`."""
    asking = _asking(session, caller)
    playbook = _playbook(session, caller)
    chosen = _chosen_team(session, caller, playbook, asking, team)
    draft = first_draft(session, caller, playbook, chosen)
    _keep(session, caller, draft, now)
    return Under(draft, playbook, asking.is_admin)


def go_on(session: Session, caller: Caller, nonce: str) -> Under:
    """The set-up with this nonce. Raises Refusal where it has been begun anew or saved."""
    kept = _kept(session, caller)
    if kept is None or kept.nonce != nonce or kept.finished:
        raise Refusal(_BEGUN_ANEW)
    return _under(session, caller, kept)


def advance(
    session: Session,
    caller: Caller,
    step: Step,
    templates: Mapping[str, TeamPlan],
    now: datetime,
) -> Under:
    """Takes what was filled in, and goes to the next place.

    Raises FormRefused where something is wrong at a field, Refusal for a set-up begun anew.
    """
    under = go_on(session, caller, step.nonce)
    draft = checked(_filled(under, step, templates), step.place, under.playbook)
    draft = replace(draft, place=following(draft, step.place))
    _keep(session, caller, draft, now)
    return replace(under, draft=draft)


def go_back(
    session: Session,
    caller: Caller,
    step: Step,
    templates: Mapping[str, TeamPlan],
    now: datetime,
) -> Under:
    """Keeps what was typed, right or wrong, and goes to the place before."""
    under = go_on(session, caller, step.nonce)
    draft = _filled(under, step, templates)
    draft = replace(draft, place=preceding(draft, step.place))
    _keep(session, caller, draft, now)
    return replace(under, draft=draft)


def keep(session: Session, caller: Caller, draft: Draft, now: datetime) -> None:
    """Stores the draft."""
    _keep(session, caller, draft, now)


def kept_draft(session: Session, caller: Caller) -> Draft | None:
    """The person's draft, saved or not."""
    return _kept(session, caller)


def _filled(under: Under, step: Step, templates: Mapping[str, TeamPlan]) -> Draft:
    draft = under.draft
    if not is_place(draft, step.place):
        return draft
    after = filled(draft, step.place, step.fields, templates)
    managers = after.managers if under.is_admin else draft.managers  # which admins alone name
    people = {**after.people, **step.people}
    is_in = draft.bot_is_in if step.bot_is_in is None else step.bot_is_in
    return replace(after, people=people, managers=managers, bot_is_in=is_in)


def _under(session: Session, caller: Caller, draft: Draft) -> Under:
    asking = _asking(session, caller)
    playbook = _playbook(session, caller)
    if draft.team:
        _require_team(session, caller, asking, draft.team)
    elif not asking.is_admin:
        raise NotForYou("Only a Pacesetter admin can set up a new team.")
    if not is_place(draft, draft.place):
        draft = replace(draft, place=places(draft)[0])
    return Under(draft, playbook, asking.is_admin)


def _asking(session: Session, caller: Caller) -> Actor:
    found = find_standing(session.connection, caller.workspace_id, caller.user_id)
    if found is None or not (found.person.is_admin or found.leads):
        raise NotForYou("Only managers and Pacesetter admins can set up teams.")
    return actor(found)


def _playbook(session: Session, caller: Caller) -> Playbook:
    return stored_playbook(session, caller.workspace_id) or Playbook(caller.workspace_id)


def _require_team(session: Session, caller: Caller, asking: Actor, name: str) -> None:
    team_id = team_id_named(session.connection, caller.workspace_id, name)
    if team_id is None:
        raise Refusal(f"There is no team “{name}” any more. Type /coach setup to begin anew.")
    if not (asking.is_admin or team_id in asking.leads):
        raise NotForYou(f"Only {name}'s managers and Pacesetter admins can set it up.")


def _chosen_team(
    session: Session, caller: Caller, playbook: Playbook, asking: Actor, wanted: str
) -> TeamPlan | None:
    """The team to set up again; None for a new one, which is for admins."""
    if wanted:
        name = _spelt(wanted, [team.name for team in playbook.teams])
        _require_team(session, caller, asking, name)
        return team_named(playbook, name)
    if asking.is_admin:
        return None
    who = standing(session, caller.workspace_id, caller.user_id)
    led = [team_of(session, team).team.name for team in who.leads]
    if len(led) > 1:
        listed = " or ".join(f"/coach setup {name}" for name in led)
        raise Refusal(f"Which team? Type {listed}.")
    return team_named(playbook, led[0])


def _spelt(wanted: str, names: Sequence[str]) -> str:
    said = " ".join(wanted.casefold().split())
    for name in names:
        if " ".join(name.casefold().split()) == said:
            return name
    raise Refusal(f"There is no team “{wanted}”. Type /coach setup for a new one.")


def _is_untouched(session: Session, caller: Caller, draft: Draft) -> bool:
    """Whether it says no more than it said when it was begun."""
    playbook = _playbook(session, caller)
    fresh = first_draft(session, caller, playbook, team_named(playbook, draft.team))
    return draft == replace(fresh, nonce=draft.nonce)


def _kept(session: Session, caller: Caller) -> Draft | None:
    document = find_setup(session.connection, caller.workspace_id, caller.user_id)
    return None if document is None else draft_of(document)


def _keep(session: Session, caller: Caller, draft: Draft, now: datetime) -> None:
    document = document_of(draft)
    keep_setup(session.connection, caller.workspace_id, caller.user_id, document, now)
