"""What a team has reached counts whoever was erased, where four or more stand behind it (§6)."""

from bot.db.queries.feats.milestones import held_by
from bot.db.session import Session
from bot.domain.feats.celebrations import Cheer
from bot.domain.milestones import Milestone, MilestoneKind
from bot.services import recording
from bot.services.celebrations.celebrating import celebrate_imported
from bot.services.celebrations.cheering import cheers
from bot.services.forgetting import forget_person
from bot.slack.words.headlines import headline
from tests.services.logging_entries import log
from tests.services.statements import statements
from tests.services.team_totals import (
    CUSTOMERS,
    MEETINGS,
    NOW,
    PEOPLE,
    a_team_of,
    each_logs,
)
from tests.teams import WORKSPACE, TeamRows

FIVE, FOUR = PEOPLE[:5], PEOPLE[:4]
TEAM = (MilestoneKind.TEAM_RESULT, MilestoneKind.TEAM_TARGET)


def reached(session: Session, team: TeamRows, user: str, name: str, amount: int) -> list[Milestone]:
    """What of the whole team is newly reached by an entry."""
    recorded = log(session, team, name, amount, NOW, user=user)
    return [each for each in recorded.milestones if each.kind in TEAM]


def percents(session: Session, team: TeamRows) -> set[int | None]:
    """Of the team's result, those that hold."""
    held = held_by(session.connection, team.playbook(session), team.people[FOUR[1]])
    return {each.threshold for each in held if each.kind is MilestoneKind.TEAM_RESULT}


def costs(session: Session, team: TeamRows, name: str) -> int:
    """The statements of an entry like one before it."""
    for _ in range(2):
        with statements(session) as seen:
            log(session, team, name, 1, NOW, user=FIVE[1])
    return len(seen)


def said(session: Session, team: TeamRows, milestones: list[Milestone]) -> list[str]:
    found: tuple[Cheer, ...] = cheers(session, team.playbook(session), milestones, NOW)
    return [headline(each) for each in found]


def test_a_result_of_the_team_counts_what_the_erased_had_and_was_asked(session: Session) -> None:
    team = a_team_of(session, FOUR)
    each_logs(session, team, FOUR, CUSTOMERS, 5)
    forget_person(session, WORKSPACE, FOUR[0], NOW)
    assert reached(session, team, FOUR[1], CUSTOMERS, 3) == []  # 18 of 36, but 23 of 48
    half = reached(session, team, FOUR[1], CUSTOMERS, 1)
    assert said(session, team, half) == [
        "is at 50 % of the quarter’s target for New customers: 24 of 48"
    ]


def test_what_an_undo_makes_untrue_is_reckoned_in_the_same_way(session: Session) -> None:
    team = a_team_of(session, FOUR)
    each_logs(session, team, FOUR, CUSTOMERS, 5)
    forget_person(session, WORKSPACE, FOUR[0], NOW)
    for amount in (5, 1, 1):
        log(session, team, CUSTOMERS, amount, NOW, user=FOUR[1])
    assert percents(session, team) == {50}
    for left in ({50}, {50}, set()):  # 26, 25 and 20 of 48 are left
        recording.undo_last(session, team.standing(session, FOUR[1]), NOW)
        assert percents(session, team) == left


def test_a_team_on_target_is_told_with_the_numbers_that_it_had(session: Session) -> None:
    team = a_team_of(session, FIVE)
    each_logs(session, team, FIVE[1:], MEETINGS, 6, NOW.date())
    together = reached(session, team, FIVE[0], MEETINGS, 5)
    before = said(session, team, together)
    assert before == ["is on target for First meetings: 29 of 25 together"]
    forget_person(session, WORKSPACE, FIVE[1], NOW)
    assert said(session, team, together) == before


def test_who_was_erased_short_of_the_target_is_nobody_where_all_are_on_target(
    session: Session,
) -> None:
    team = a_team_of(session, FIVE)
    each_logs(session, team, FIVE[2:], MEETINGS, 5, NOW.date())
    each_logs(session, team, FIVE[:1], MEETINGS, 1, NOW.date())
    forget_person(session, WORKSPACE, FIVE[0], NOW)
    together = reached(session, team, FIVE[1], MEETINGS, 5)
    assert said(session, team, together) == ["is on target for First meetings: 20 of 20 together"]


def test_an_import_finds_the_same(session: Session) -> None:
    team = a_team_of(session, FOUR)
    each_logs(session, team, FOUR[:1], CUSTOMERS, 1)
    each_logs(session, team, FOUR[1:], CUSTOMERS, 6)
    forget_person(session, WORKSPACE, FOUR[0], NOW)
    celebrate_imported(session, team.playbook(session), ())
    assert percents(session, team) == set()  # 18 of 36, but 19 of 43
    each_logs(session, team, FOUR[1:2], CUSTOMERS, 3)
    celebrate_imported(session, team.playbook(session), ())
    assert percents(session, team) == {50}


def test_what_was_celebrated_of_the_team_remains(session: Session) -> None:
    team = a_team_of(session, FOUR)
    each_logs(session, team, FOUR[1:], CUSTOMERS, 9)
    assert reached(session, team, FOUR[0], CUSTOMERS, 1)
    assert percents(session, team) == {50}
    forget_person(session, WORKSPACE, FOUR[0], NOW)
    assert percents(session, team) == {50}


def test_a_log_asks_for_what_is_kept_only_where_it_asks_for_the_teams_result(
    session: Session,
) -> None:
    team = a_team_of(session, FIVE)
    each_logs(session, team, FIVE, MEETINGS, 1)
    each_logs(session, team, FIVE, CUSTOMERS, 1)
    before = {name: costs(session, team, name) for name in (MEETINGS, CUSTOMERS)}
    forget_person(session, WORKSPACE, FIVE[0], NOW)
    team.playbook(session)
    assert costs(session, team, MEETINGS) == before[MEETINGS]
    assert costs(session, team, CUSTOMERS) == before[CUSTOMERS] + 1
