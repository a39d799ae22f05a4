"""Whatever is edited, in whatever order: the file says it, and it is what is stored."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot.db.queries.playbooks.indicator_rows import team_rows
from bot.db.session import Session
from bot.db.tables import metadata
from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.loudness import Celebrations, Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.edits import (
    KEEP,
    AddBehaviour,
    AddRep,
    AddResult,
    ApplyTemplate,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    Edit,
    EndOverride,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RenameTeam,
    RetireIndicator,
    SetManagers,
    SetTarget,
    edited,
)
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.rules import faults, settled
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from bot.services.playbooks.editing import save_edits
from bot.services.playbooks.stored import stored_playbook
from tests.domain.playbook.samples import CUSTOMERS, a_playbook, west
from tests.services.playbooks.editors import ADMIN, EAST, WEDNESDAY, caller, two_workspaces

TODAY = WEDNESDAY.date()
TEAMS = st.sampled_from(["West", "East", "Far West"])
USERS = st.sampled_from(["U02RILEY", "U03SAM", "U04ALEX", "U05JO", "U08NEW"])
SEGMENTS = st.sampled_from(["SDR", "AE"])
NAMES = st.sampled_from(
    ["First meetings", "Opportunities", "Revenue", "Renewals", "Reviews", "Demos", "E-mails", "x y"]
)
ALIASES = st.lists(st.sampled_from(["fm", "demo", "mail", "rev"]), max_size=2).map(tuple)
UNITS = st.none() | st.sampled_from(["hours", "GBP", "calls"])
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(1000), places=2)
PERIODS = st.sampled_from(PeriodKind)
TIMES = st.sampled_from([time(8), time(9, 30), time(17), time(19)])
DATES = st.integers(-40, 60).map(lambda days: TODAY + timedelta(days))
ZONES = st.sampled_from(["Europe/London", "Asia/Tokyo"])


def said(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Left as it is, or one of the values."""
    return st.just(KEEP) | values


def or_none(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return said(st.none() | values)


VOLUMES = st.dictionaries(st.sampled_from(MilestoneKind), st.sampled_from(Loudness), max_size=3)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        ChangeSettings,
        timezone=or_none(ZONES),
        nudge_at=said(TIMES),
        day_ends_at=said(TIMES),
        leaderboard=said(st.booleans()),
        celebrations=said(VOLUMES.map(Celebrations.of)),
    ),
    st.builds(SetManagers, st.lists(USERS, max_size=3).map(tuple)),
    st.builds(RenameTeam, TEAMS),
    st.builds(AddRep, USERS, segment=st.none() | SEGMENTS, nudge_at=st.none() | TIMES),
    st.builds(
        ChangeRep,
        USERS,
        segment=or_none(SEGMENTS),
        started_on=or_none(DATES),
        nudge_at=or_none(TIMES),
    ),
    st.builds(MoveRep, USERS, TEAMS),
    st.builds(RemoveRep, USERS),
    st.builds(AddResult, NAMES, AMOUNTS, PERIODS, UNITS, ALIASES),
    st.builds(AddBehaviour, NAMES, NAMES, AMOUNTS, PERIODS, UNITS, ALIASES, st.none() | NAMES),
    st.builds(
        ChangeIndicator,
        NAMES,
        said(NAMES),
        said(UNITS),
        said(ALIASES),
        or_none(NAMES),
        said(PERIODS),
    ),
    st.builds(RetireIndicator, NAMES),
    st.builds(MoveIndicator, NAMES, st.integers(0, 4), st.none() | NAMES),
    st.builds(
        SetTarget,
        NAMES,
        AMOUNTS,
        st.none() | PERIODS,
        user=st.none() | USERS,
        since=st.none() | DATES,
    ),
    st.builds(SetTarget, NAMES, AMOUNTS, st.none() | PERIODS, segment=SEGMENTS),
    st.builds(EndOverride, NAMES, user=USERS) | st.builds(EndOverride, NAMES, segment=SEGMENTS),
    st.just(ApplyTemplate(TeamPlan("T", results=(CUSTOMERS,)))),
)
STEPS = st.lists(st.tuples(TEAMS, EDITS), max_size=12)


def attempted(playbook: Playbook, team: str, edit: Edit) -> Playbook:
    """The playbook after the edit; as it was where the edit is refused."""
    try:
        return edited(playbook, team, edit, TODAY)
    except Refusal:
        return playbook


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_after_any_edits_the_file_says_what_the_playbook_is(steps: list[tuple[str, Edit]]) -> None:
    playbook = settled(a_playbook(west(), EAST))
    for team, edit in steps:
        playbook = attempted(playbook, team, edit)
        assert faults(playbook) == ()
        assert settled(playbook) == playbook
    assert parse(dump(playbook)) == playbook


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_after_any_edits_what_is_stored_is_what_was_edited(steps: list[tuple[str, Edit]]) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        session = Session(connection)
        ids = two_workspaces(session)
        for team, edit in steps:
            _saved(session, ids, team, edit)
    engine.dispose()


def _saved(session: Session, ids: dict[str, int], team: str, edit: Edit) -> None:
    before = stored(session)
    team_id = ids["East" if team == "East" else "West"]
    name, _ = team_rows(session.connection, "T01TEST")[team_id]
    expected = attempted(before, name, edit)
    with session.connection.begin_nested() as attempt:
        try:
            save_edits(session, caller(ADMIN), team_id, (edit,), None, WEDNESDAY)
        except Refusal:
            attempt.rollback()
            expected = before
    assert nameless(stored(session)) == nameless(expected)


def stored(session: Session) -> Playbook:
    found = stored_playbook(session, "T01TEST")
    assert found is not None
    return found


def nameless(playbook: Playbook) -> Playbook:
    """Without people's names, which may come from Slack."""
    teams = (
        replace(team, reps=tuple(replace(rep, name=None) for rep in team.reps))
        for team in playbook.teams
    )
    return replace(playbook, teams=tuple(teams))
