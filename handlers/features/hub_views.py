"""Which view stands at a place of `/coach`."""

from dataclasses import replace
from functools import lru_cache

from bot.domain.errors import Refusal
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.subjects import Subject, SubjectKind, seen
from bot.services.playbooks.desk import admins_seen, desk
from bot.services.requests.callers import Caller
from bot.slack.views.coach import away, names, targets, workspace
from bot.slack.views.coach import templates as template_views
from bot.slack.views.coach.every import FORMS, PAGES
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.templates import Offer
from bot.slack.views.fields import Json
from handlers.context import Context

_ORDER = Subject(SubjectKind.INDICATORS)
_DRAWN = {name: form.draw for name, form in FORMS.items()} | {
    names.TARGET: targets.target_form,
    names.AWAY_ADD: away.away_form,
    names.ADMINS: workspace.admins_form,
}


async def read_desk(context: Context, caller: Caller, team_id: int) -> Desk:
    """The team as this person may see it. Raises NotPermitted, UnknownPerson."""
    now = context.now()
    return await context.within(caller).read(lambda s: desk(s, caller, team_id, now))


def is_page(place: Place) -> bool:
    """Whether it is a page to look at, not a form to send."""
    return place.page in PAGES or place.page == names.TEMPLATES


def view_of(desk: Desk, kept: Kept, said: str = "") -> Json:
    """The page or form at this place; the hub where there is none. Raises Refusal for a form about
    what is no longer there. `said` is what has just been saved."""
    name = kept.place.page
    kept = replace(kept, seen=_seen(desk, kept.place))
    if name in PAGES:
        return PAGES[name](desk, kept, said)
    if name in _DRAWN:
        return _DRAWN[name](desk, kept)
    if name == names.TEMPLATES:
        return template_views.templates_page(kept, offers(), said)
    if name == names.TEMPLATE:
        return template_views.template_form(desk, kept, offer(kept.place.subject))
    return PAGES[names.HUB](desk, kept, said)


def _seen(desk: Desk, place: Place) -> str:
    """What the subject of a form looks like now, or the order that a page shows."""
    if place.page == names.ADMINS:
        return admins_seen(desk.admins)
    subject = about(place)
    return "" if subject is None else seen(desk.playbook, desk.plan.name, subject)


def about(place: Place) -> Subject | None:
    """What a form would overwrite, or a page's buttons would move."""
    if place.page in {names.COUNTED, names.TEMPLATE}:
        return _ORDER
    return FORMS[place.page].about(place) if place.page in FORMS else None


def offer(name: str) -> Offer:
    """The template of this name. Raises Refusal."""
    found = next((each for each in offers() if each.name == name), None)
    if found is None:
        raise Refusal("That template isn't there any more.")
    return found


@lru_cache(maxsize=1)
def offers() -> tuple[Offer, ...]:
    """Every template that comes with the package."""
    from bot.files.playbook import parse  # noqa: PLC0415  YAML would slow every start down
    from bot.files.templates import templates  # noqa: PLC0415  the same

    return tuple(
        Offer(each.name, each.title, each.summary, parse(each.text).teams[0])
        for each in templates()
    )
