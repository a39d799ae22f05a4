"""The playbooks that come with the package are ones the method would be proud of."""

import pytest

from bot.domain.days.periods import PeriodKind
from bot.domain.quantities import Measure
from bot.files.playbook import parse, read
from bot.files.playbook_text import dump
from bot.files.templates import Template, templates

every = pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)


def test_there_is_one_for_each_kind_of_team() -> None:
    names = [template.name for template in templates()]
    assert names == [
        *("account-management", "field-sales", "inside-sales"),
        *("outbound-sdr", "saas-new-business"),
    ]


@every
def test_a_template_is_valid_as_it_stands_and_not_thin(template: Template) -> None:
    assert read(template.text).warnings == ()


@every
def test_a_template_keeps_to_the_methods_numbers(template: Template) -> None:
    (team,) = parse(template.text).teams
    assert 2 <= len(team.results) <= 3
    assert 8 <= len(team.behaviours) <= 12
    assert all(3 <= len(result.behaviours) <= 5 for result in team.results)


@every
def test_a_template_shows_what_the_file_can_do(template: Template) -> None:
    (team,) = parse(template.text).teams
    assert any(behaviour.leads_to for behaviour in team.behaviours)
    assert {behaviour.period for behaviour in team.behaviours} - {PeriodKind.WEEK}
    assert Measure.MONEY in {result.unit.measure for result in team.results}
    assert all(behaviour.aliases for behaviour in team.behaviours)


@every
def test_a_template_says_what_to_replace(template: Template) -> None:
    assert "replace:" in template.text
    assert "T01YOURWORKSPACE" in template.text.split("workspace: ")[0]


@every
def test_a_template_introduces_itself_in_two_lines(template: Template) -> None:
    assert template.title
    assert not template.title.startswith("#")
    assert template.summary.endswith(".")


@every
def test_a_template_can_be_written_and_read_again(template: Template) -> None:
    playbook = parse(template.text)
    assert parse(dump(playbook)) == playbook
