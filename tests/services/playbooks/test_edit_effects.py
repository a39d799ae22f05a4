"""What a change of target will do is what it does once it is saved."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits import EndOverride, SetTarget
from bot.domain.playbook.effects import TargetEffect
from bot.domain.progress.targets import period_in_force, target_for
from bot.services.playbooks.editing import effect_this_week
from bot.services.workspaces import active_playbook
from tests.services.playbooks.editors import (
    ALEX,
    MORGAN,
    RILEY,
    SAM,
    WEDNESDAY,
    caller,
    save,
)

D = Decimal
NEXT_MONDAY = date(2026, 11, 23)
MONDAY_BEFORE = WEDNESDAY - timedelta(days=9)


def effect(session: Session, teams: dict[str, int], edit: SetTarget | EndOverride) -> TargetEffect:
    return effect_this_week(session, caller(MORGAN), teams["West"], edit, WEDNESDAY)


def in_force(session: Session, team_id: int, name: str, now: datetime) -> Mapping[str, object]:
    """Each rep's target for this period and the next, as stored now."""
    book = active_playbook(session, team_id)
    assert book is not None
    indicator = next(each for each in book.indicators if each.name == name)
    found = {}
    for rep in book.reps:
        settings = book.settings(rep, indicator)
        this = period_in_force(indicator, settings, rep.today(now))
        following = period_in_force(indicator, settings, this.end + ONE_DAY)
        periods = (this, following)
        found[rep.user_id] = [
            (each, target_for(indicator, settings, each, rep.calendar)) for each in periods
        ]
    return found


STEPS: tuple[SetTarget | EndOverride, ...] = (
    SetTarget("First meetings", D(8)),
    SetTarget("First meetings", D(3), user=SAM),
    SetTarget("First meetings", D(4), user=SAM, since=date(2026, 12, 7)),
    SetTarget("First meetings", D(2), user=SAM, since=date(2026, 11, 16)),
    SetTarget("First meetings", D(6), segment="SDR"),
    EndOverride("First meetings", user=SAM),
    SetTarget("First meetings", D(2), PeriodKind.DAY, user=RILEY, since=date(2026, 11, 23)),
    SetTarget("First meetings", D(3), PeriodKind.DAY),
    SetTarget("First meetings", D(4)),
    SetTarget("First meetings", D(30), PeriodKind.MONTH),
    SetTarget("New customers", D(10), user=RILEY, since=date(2026, 10, 1)),
    SetTarget("New customers", D(11), user=RILEY, since=date(2026, 10, 1)),
    EndOverride("New customers", user=RILEY),
    EndOverride("First meetings", segment="SDR"),
)


def test_what_is_foretold_is_what_happens(session: Session, teams: dict[str, int]) -> None:
    for edit in STEPS:
        told = effect(session, teams, edit)
        save(session, teams["West"], edit)
        happened = in_force(session, teams["West"], told.indicator, WEDNESDAY)
        foretold = {
            rep.user_id: [(each.period, each.after) for each in (rep.now, rep.next)]
            for rep in told.reps
        }
        assert foretold == {user: happened[user] for user in foretold}, edit


def test_a_weekly_target_changed_on_a_wednesday_counts_from_monday(
    session: Session, teams: dict[str, int]
) -> None:
    told = effect(session, teams, SetTarget("First meetings", D(8)))
    assert (told.amount, told.period, told.counts_from) == (D(8), PeriodKind.WEEK, NEXT_MONDAY)
    riley = told.reps[0]
    assert (riley.user_id, riley.name) == (RILEY, "Riley")
    assert (riley.now.before, riley.now.after) == (D(5), D(5))
    assert (riley.next.before, riley.next.after) == (D(5), D(8))
    assert riley.next.period.start == NEXT_MONDAY


def test_only_those_are_named_whom_it_concerns(session: Session, teams: dict[str, int]) -> None:
    def users(edit: SetTarget | EndOverride) -> list[str]:
        return [rep.user_id for rep in effect(session, teams, edit).reps]

    assert users(SetTarget("First meetings", D(8))) == [RILEY, SAM, ALEX]
    assert users(SetTarget("First meetings", D(8), segment="SDR")) == [SAM]
    assert users(SetTarget("First meetings", D(8), user=ALEX)) == [ALEX]


def test_a_past_date_can_change_the_period_that_runs(
    session: Session, teams: dict[str, int]
) -> None:
    told = effect(
        session, teams, SetTarget("New customers", D(6), user=RILEY, since=date(2026, 10, 1))
    )
    assert told.counts_from == date(2026, 10, 1)
    assert (told.reps[0].now.before, told.reps[0].now.after) == (D(12), D(6))


def test_a_daily_amount_counts_from_its_day(session: Session, teams: dict[str, int]) -> None:
    save(
        session, teams["West"], SetTarget("First meetings", D(1), PeriodKind.DAY), now=MONDAY_BEFORE
    )
    told = effect(session, teams, SetTarget("First meetings", D(2), user=ALEX))
    assert told.counts_from == WEDNESDAY.date()
    assert (told.reps[0].now.before, told.reps[0].now.after) == (D(5), D(8))


def test_what_could_not_be_saved_has_no_effect_to_show(
    session: Session, teams: dict[str, int]
) -> None:
    with pytest.raises(FormRefused):
        effect(session, teams, SetTarget("First meetings", D(0)))
    with pytest.raises(Refusal):
        effect(session, teams, EndOverride("First meetings", user=ALEX))
