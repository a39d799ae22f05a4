"""Every page and every form of `/coach`, by name: a new one is a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import Edit
from bot.domain.playbook.subjects import Subject, SubjectKind
from bot.slack.views.coach import (
    away,
    counted,
    counting,
    hub,
    names,
    people,
    settings,
    targets,
    workspace,
)
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled

Page = Callable[[Desk, Kept, str], Json]
"""Draws a page; the text is what has just been saved, "" for nothing."""
Edits = Callable[[Desk, Kept, Filled], tuple[Edit, ...]]
"""What a form that was sent asks for. Raises FormRefused for what can't be read."""
About = Callable[[Place], Subject | None]
"""What a form shows and would overwrite; None for one that only adds."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a form is drawn, and what it asks for when it is sent."""

    draw: Callable[[Desk, Kept], Json]
    edits: Edits
    about: About


def _nothing(_place: Place) -> Subject | None:
    return None


def _always(kind: SubjectKind) -> About:
    return lambda _place: Subject(kind)


def _named(kind: SubjectKind) -> About:
    return lambda place: Subject(kind, place.subject)


PAGES: Final[Mapping[str, Page]] = {
    names.HUB: hub.hub,
    names.PEOPLE: people.people_page,
    names.COUNTED: counted.counted_page,
    names.TARGETS: targets.targets_page,
    names.AWAY: away.away_page,
    names.TEAMS: workspace.teams_page,
}

_rep = _named(SubjectKind.REP)
_indicator = _named(SubjectKind.INDICATOR)
_settings = _always(SubjectKind.SETTINGS)

FORMS: Final[Mapping[str, Form]] = {
    names.REP_ADD: Form(people.add_form, people.add_edits, _nothing),
    names.REP: Form(people.rep_form, people.rep_edits, _rep),
    names.REP_REMOVE: Form(people.remove_form, people.remove_edits, _rep),
    names.MANAGERS: Form(
        people.managers_form, people.managers_edits, _always(SubjectKind.MANAGERS)
    ),
    names.RESULT_ADD: Form(counting.result_form, counting.result_edits, _nothing),
    names.BEHAVIOUR_ADD: Form(counting.behaviour_form, counting.behaviour_edits, _nothing),
    names.INDICATOR: Form(counting.indicator_form, counting.indicator_edits, _indicator),
    names.INDICATOR_RETIRE: Form(counting.retire_form, counting.retire_edits, _indicator),
    names.INDICATOR_BACK: Form(counting.back_form, counting.back_edits, _nothing),
    names.TIMES: Form(settings.times_form, settings.times_edits, _settings),
    names.NEWS: Form(settings.news_form, settings.news_edits, _settings),
    names.RAMP: Form(settings.ramp_form, settings.ramp_edits, _settings),
    names.TEAM_ADD: Form(workspace.add_form, workspace.add_edits, _nothing),
    names.TEAM: Form(workspace.rename_form, workspace.rename_edits, _settings),
    names.TEAM_RETIRE: Form(workspace.retire_form, workspace.retire_edits, _settings),
    names.WORKSPACE: Form(
        workspace.workspace_form, workspace.workspace_edits, _always(SubjectKind.WORKSPACE)
    ),
}
"""Those that are a change of the playbook and no more; `handlers` knows the few others."""
