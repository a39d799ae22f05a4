"""The sample team's past: always the same, and with somebody of every kind in it."""

from bot.demo.live import LiveBot
from bot.demo.sample import ALEX, HANNAH, MARIA, PRIYA, SAM, TOM
from bot.demo.workdays import history, workday
from bot.domain.progress.pace import Status
from bot.domain.progress.scorecards import Scorecard
from bot.domain.reports.digests import RepWeek
from bot.services.digesting import digest_of_last_week
from bot.services.scorecards import team_scorecards
from bot.wiring import Session
from tests.demo.visiting import london

FRIDAY_EVENING = london("2026-11-13 17:30")
MONDAY = london("2026-11-16 08:45")


async def scorecards(demo: LiveBot, at: str) -> tuple[Scorecard, ...]:
    team = await demo.team()
    assert team is not None
    return await demo.read(lambda session: team_scorecards(session, team, london(at)))


async def last_week(demo: LiveBot) -> dict[str, RepWeek]:
    team = await demo.team()
    assert team is not None

    def look(session: Session) -> dict[str, RepWeek]:
        digest = digest_of_last_week(session, team, demo.clock.now())
        return {rep.user_id: rep for rep in digest.reps}

    return await demo.read(look)


def test_it_is_the_same_each_time() -> None:
    assert list(history()) == list(history())
    assert 400 < len(list(history())) < 1000


def test_nobody_logs_at_weekends_or_on_holiday() -> None:
    days = {(row.user, row.occurred_on[:10]) for row in history()}

    assert all(london(f"{day} 12:00").weekday() < 5 for _, day in days)
    assert workday(ALEX, FRIDAY_EVENING.date()) is None


async def test_every_status_is_there(demo: LiveBot) -> None:
    found = {
        behaviour.status
        for day in (9, 10, 11, 12, 13)
        for card in await scorecards(demo, f"2026-11-{day:02} 12:00")
        for behaviour in card.behaviours
    }

    assert found >= set(Status)


async def test_the_week_before_shows_each_kind_of_rep(demo: LiveBot) -> None:
    week = await last_week(demo)
    done = {
        who: [
            float(each.actual / each.target) for each in week[who.user_id].behaviours if each.target
        ]
        for who in (PRIYA, SAM, TOM, HANNAH, MARIA)
    }

    assert min(done[PRIYA]) >= 1
    assert min(done[SAM]) >= 1
    assert done[TOM][0] < 0.6  # too few calls
    assert done[HANNAH][0] > 1.1  # calls enough …
    assert max(done[HANNAH][1:]) < 0.6  # … and little comes of them
    calls_of_a_beginner = week[MARIA.user_id].behaviours[0]
    assert calls_of_a_beginner.target is not None
    assert calls_of_a_beginner.target < 50
    assert ALEX.user_id not in week  # on holiday


async def test_the_first_digest_has_somebody_to_praise_and_to_coach(demo: LiveBot) -> None:
    team = await demo.team()
    assert team is not None
    digest = await demo.read(lambda session: digest_of_last_week(session, team, MONDAY))

    assert {cheer.milestone.user_id for cheer in digest.celebrate} >= {PRIYA.user_id, SAM.user_id}
    assert {gap.user_id for gap in digest.gaps} >= {TOM.user_id, HANNAH.user_id}
    assert {TOM.user_id, HANNAH.user_id} <= {coaching.user_id for coaching in digest.coach}
    assert digest.silent == ()
    assert digest.on_target.of == 6
