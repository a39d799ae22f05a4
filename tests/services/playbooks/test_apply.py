"""Applying a playbook: idempotent, all or nothing, and history stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, func, select

from bot.db.engine import for_writing, make_engine
from bot.db.queries.people.identity import find_standing, teams_of
from bot.db.session import Session
from bot.db.tables import indicators, targets, time_off
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.playbook.plans import OverridePlan, Playbook, RepPlan, TeamPlan
from bot.domain.progress.targets import base_target
from bot.domain.teams import TeamPlaybook
from bot.files.playbook import parse
from bot.files.templates import templates
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.stored import stored_playbook
from tests.domain.playbook.samples import (
    ALEX,
    CUSTOMERS,
    REVENUE,
    RILEY,
    SAM,
    a_behaviour,
    a_playbook,
    a_result,
    west,
)

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        yield Session(connection)
    engine.dispose()


def the_team(session: Session, name: str = "West") -> TeamPlaybook:
    [(_, _, revision)] = teams_of(session.connection, "T01TEST", name)
    return session.team(revision.team_id, revision.revision)


def base(session: Session, name: str, day: date, user: str = "U02RILEY") -> Decimal | None:
    book = the_team(session)
    indicator = next(one for one in book.indicators if one.name == name)
    rep = next(one for one in book.reps if one.user_id == user)
    return base_target(book.settings(rep, indicator), period_of(PeriodKind.WEEK, day))


def everything(connection: Connection) -> list[int | None]:
    tables = (indicators, targets, time_off)
    return [connection.scalar(select(func.max(table.c.id))) for table in tables]


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_what_was_applied_is_what_is_stored(session: Session, template: object) -> None:
    playbook = parse(getattr(template, "text", ""))
    assert apply_playbook(session, playbook, MONDAY)
    stored = stored_playbook(session, playbook.workspace)
    assert stored is not None
    assert [said(team) for team in stored.teams] == [said(team) for team in playbook.teams]


def said(team: TeamPlan) -> tuple[TeamPlan, set[OverridePlan]]:
    """A team with its overrides in no order, each with its period."""
    periods = {plan.name: plan.period for plan in team.indicators}
    overrides = {
        replace(override, period=override.period or periods[override.indicator])
        for override in team.overrides
    }
    return replace(team, overrides=()), overrides


def test_applying_the_same_again_changes_nothing(session: Session) -> None:
    assert apply_playbook(session, a_playbook(), MONDAY)
    before, revision = everything(session.connection), the_team(session).team.revision
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == ()
    assert everything(session.connection) == before
    assert the_team(session).team.revision == revision


def test_what_show_prints_applies_without_a_change(session: Session) -> None:
    override = OverridePlan(Decimal(3), user="U03SAM", behaviour="First meetings")
    apply_playbook(session, a_playbook(west(overrides=(override,))), MONDAY)
    shown = stored_playbook(session, "T01TEST")
    assert shown is not None
    assert apply_playbook(session, shown, WEDNESDAY) == ()


def test_the_first_target_covers_what_came_before_it(session: Session) -> None:
    apply_playbook(session, a_playbook(), WEDNESDAY)
    assert base(session, "First meetings", date(2020, 1, 1)) == 5


def test_a_changed_target_never_rewrites_the_past(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    meetings = a_behaviour("First meetings", target=Decimal(8))
    more = replace(CUSTOMERS, behaviours=(meetings, *CUSTOMERS.behaviours[1:]))
    changes = apply_playbook(session, a_playbook(west(results=(more, REVENUE))), WEDNESDAY)
    assert changes == ("West: First meetings: 8 a week from 2026-11-18",)
    assert base(session, "First meetings", WEDNESDAY.date()) == 5
    assert base(session, "First meetings", WEDNESDAY.date() + timedelta(days=7)) == 8


def test_an_override_counts_from_its_date(session: Session) -> None:
    override = OverridePlan(
        Decimal(3), user="U03SAM", behaviour="First meetings", from_date=date(2026, 11, 2)
    )
    apply_playbook(session, a_playbook(west(overrides=(override,))), MONDAY)
    assert base(session, "First meetings", date(2026, 10, 28), "U03SAM") == 5
    assert base(session, "First meetings", date(2026, 11, 4), "U03SAM") == 3
    assert base(session, "First meetings", date(2026, 11, 4)) == 5


def test_an_override_of_something_new_has_always_been_so(session: Session) -> None:
    override = OverridePlan(Decimal(3), segment="SDR", behaviour="First meetings")
    apply_playbook(session, a_playbook(west(overrides=(override,))), MONDAY)
    assert base(session, "First meetings", date(2026, 10, 28), "U03SAM") == 3
    assert base(session, "First meetings", date(2026, 10, 28)) == 5


def test_an_override_that_is_left_out_ends_today(session: Session) -> None:
    override = OverridePlan(Decimal(3), user="U03SAM", behaviour="First meetings")
    apply_playbook(session, a_playbook(west(overrides=(override,))), MONDAY)
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == (
        "West: First meetings for U03SAM: as the team from 2026-11-18",
    )
    assert base(session, "First meetings", WEDNESDAY.date(), "U03SAM") == 3
    assert base(session, "First meetings", WEDNESDAY.date() + timedelta(days=7), "U03SAM") == 5
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == ()


def test_a_changed_override_replaces_the_one_before(session: Session) -> None:
    three = OverridePlan(Decimal(3), user="U03SAM", behaviour="First meetings")
    apply_playbook(session, a_playbook(west(overrides=(three,))), MONDAY)
    four = a_playbook(west(overrides=(replace(three, target=Decimal(4)),)))
    assert len(apply_playbook(session, four, WEDNESDAY)) == 1
    assert apply_playbook(session, four, WEDNESDAY + timedelta(days=1)) == ()
    assert base(session, "First meetings", WEDNESDAY.date() + timedelta(days=7), "U03SAM") == 4


def test_a_behaviour_that_is_left_out_is_retired_and_comes_back_with_its_id(
    session: Session,
) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    before = {one.name: one.id for one in the_team(session).indicators}
    less = replace(CUSTOMERS, behaviours=CUSTOMERS.behaviours[:2])
    changes = apply_playbook(session, a_playbook(west(results=(less, REVENUE))), WEDNESDAY)
    assert changes == ("West: Opportunities retired from 2026-11-18; its history stays",)
    assert [one.name for one in the_team(session).retired] == ["Opportunities"]
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == ("West: Opportunities is back",)
    assert {one.name: one.id for one in the_team(session).indicators} == before


def test_a_person_who_is_left_out_leaves_today_and_may_come_back(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    changes = apply_playbook(session, a_playbook(west(reps=(RILEY, ALEX))), WEDNESDAY)
    assert changes == ("West: U03SAM leaves the team",)
    sam = find_standing(session.connection, "T01TEST", "U03SAM")
    assert sam is not None
    assert sam.team is None
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == ("West: U03SAM joins the team",)
    assert stored_playbook(session, "T01TEST") == a_playbook()


def test_a_rep_moves_between_teams(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    east = TeamPlan("East", reps=(SAM,), results=(a_result("Renewals", "Reviews"),))
    changes = apply_playbook(session, a_playbook(west(reps=(RILEY, ALEX)), east), WEDNESDAY)
    assert "West: U03SAM leaves the team" in changes
    assert "East: U03SAM joins the team" in changes
    assert [rep.user_id for rep in the_team(session, "East").reps] == ["U03SAM"]
    assert apply_playbook(session, a_playbook(west(), replace(east, reps=())), WEDNESDAY)
    assert [rep.user_id for rep in the_team(session).reps] == ["U02RILEY", "U03SAM", "U04ALEX"]


def test_a_team_that_is_left_out_is_retired_and_may_come_back(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    changes = apply_playbook(session, a_playbook(west(name="East", reps=())), WEDNESDAY)
    assert "West: retired from 2026-11-18; its history stays" in changes
    assert teams_of(session.connection, "T01TEST", "West") == []
    assert "West: is back" in apply_playbook(session, a_playbook(), WEDNESDAY)
    assert stored_playbook(session, "T01TEST") == a_playbook()


def test_days_off_that_were_taken_stay(session: Session) -> None:
    away = (
        DateRange(date(2026, 11, 10), date(2026, 11, 11)),
        DateRange(date(2026, 11, 16), date(2026, 11, 20)),
        DateRange(date(2026, 12, 24), date(2026, 12, 24)),
    )
    apply_playbook(session, a_playbook(west(reps=(replace(RILEY, away=away),))), MONDAY)
    apply_playbook(session, a_playbook(west(reps=(RILEY,))), WEDNESDAY)
    [riley] = the_team(session).reps
    assert riley.calendar.time_off == (
        DateRange(date(2026, 11, 10), date(2026, 11, 11)),
        DateRange(date(2026, 11, 16), date(2026, 11, 17)),
    )


def test_settings_change_with_a_word_about_each(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    rep = RepPlan("U02RILEY", name="Riley", timezone="America/New_York", nudge_at=time(10))
    changed = west(channel="C02NEW", holidays="GB-ENG", reps=(rep, SAM, ALEX), managers=())
    changes = apply_playbook(session, a_playbook(changed, timezone="Europe/Paris"), WEDNESDAY)
    assert changes == (
        "Workspace T01TEST: time zone UTC → Europe/Paris",
        "West: channel C01WEST → C02NEW",
        "West: holidays none → GB-ENG",
        "West: managed by nobody",
        "West, U02RILEY: name none → Riley",
        "West, U02RILEY: time zone none → America/New_York",
        "West, U02RILEY: nudges at none → 10:00",
    )
    assert stored_playbook(session, "T01TEST") == a_playbook(changed, timezone="Europe/Paris")


def test_two_workspaces_with_the_same_names_stay_apart(session: Session) -> None:
    apply_playbook(session, a_playbook(), MONDAY)
    apply_playbook(session, Playbook("T02OTHER", teams=(west(reps=(SAM,)),)), MONDAY)
    assert stored_playbook(session, "T01TEST") == a_playbook()
    assert apply_playbook(session, a_playbook(), WEDNESDAY) == ()
