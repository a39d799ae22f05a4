"""The playbook of the best, links and deals out of a team's entries."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import event, update

from bot.db.session import Session
from bot.db.tables import entries
from bot.domain.coaching.deals import Weakness
from bot.domain.coaching.links import Verdict
from bot.domain.grammar.requests import Outcome
from bot.services.digesting import digest_of_last_week
from bot.services.practices import practices
from bot.slack.words.practices import link_lines
from tests.services.months_of_entries import add_entries, an_entry, weekly
from tests.teams import INDICATORS, RepRow, TeamRows, a_team

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LAST_WEEK = date(2026, 11, 16)
LISTED = INDICATORS[:4]


def north(session: Session, size: int = 6, name: str = "North") -> TeamRows:
    reps = [RepRow(f"U0{name}{n}", f"{name} {n}") for n in range(size)]
    team = a_team(session.connection, name, reps=reps, listed=LISTED)
    for n, rep in enumerate(reps):
        user = rep.user_id
        add_entries(session, weekly(team, user, "First meetings", 8 - n / 10, LAST_WEEK, 12))
        add_entries(session, weekly(team, user, "New customers", 9 - n, LAST_WEEK, 12))
    return team


def test_the_hours_are_the_reps_own_and_imports_have_none(session: Session) -> None:
    team = north(session)
    session.connection.execute(update(entries).values(account="Acme"))
    found = practices(session, team.playbook(session), MONDAY)
    (meetings,) = found.best[0].benchmarks
    assert meetings.amount == 8
    assert meetings.habits.weekdays == (1,)
    assert meetings.habits.from_hour in {11, 12}  # noon in London, of one entry a week
    assert meetings.habits.per_account == 12
    session.connection.execute(update(entries).values(source="import"))
    again = practices(session, team.playbook(session), MONDAY).best[0].benchmarks[0]
    assert again.amount == 8
    assert again.habits.weekdays == ()


def test_a_deal_of_two_rows_is_one_and_old_or_undone_ones_are_none(session: Session) -> None:
    team = north(session)
    user = "U0North0"
    old = LAST_WEEK - timedelta(weeks=12)
    won: dict[str, Any] = {"outcome": "won", "deal": "d1"}
    lost: dict[str, Any] = {"outcome": "lost", "reason": "Budget"}
    add_entries(
        session,
        [
            an_entry(team, user, "New customers", LAST_WEEK, **won),
            an_entry(team, user, "Revenue", LAST_WEEK, 4200, **won),
            an_entry(team, user, "New customers", LAST_WEEK, 0, **lost),
            an_entry(team, user, "New customers", old, 0, **lost),
            an_entry(team, user, "New customers", LAST_WEEK, 0, **lost, undone_at=MONDAY),
        ],
    )
    deals = practices(session, team.playbook(session), MONDAY).deals
    assert {each.value: share.count for each, share in deals.shares.items()} == {
        "won": 1,
        "lost": 1,
        "no_decision": 0,
    }
    assert [(each.weakness, each.count) for each in deals.reasons] == [(Weakness.BUSINESS_CASE, 1)]
    assert deals.shares[Outcome.WON].low > 0


def test_a_digest_tells_links_once_a_quarter_and_deals_always(session: Session) -> None:
    team = north(session)
    book = team.playbook(session)
    assert digest_of_last_week(session, book, MONDAY).links == ()
    first = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)  # about the week that ended on 4 October
    links = digest_of_last_week(session, book, first).links
    assert [link.behaviour.name for link in links] == ["First meetings", "Prospecting calls"]
    assert {link.verdict for link in links} == {Verdict.UNKNOWN}
    assert digest_of_last_week(session, book, first + timedelta(weeks=1)).links == ()
    deals = digest_of_last_week(session, book, MONDAY).deals
    assert deals is not None
    assert deals.total == 0


def test_a_quarters_first_digest_tells_lag_interval_and_n_of_a_link_that_is_there(
    session: Session,
) -> None:
    reps = [RepRow(f"U0WEST{n}", f"West {n}") for n in range(6)]
    team = a_team(session.connection, "West", reps=reps, listed=LISTED)
    random, last = Random(7), date(2026, 9, 28)
    for rep in reps:
        met = [random.randint(1, 9) for _ in range(50)]
        for back, meetings in enumerate(met):
            day = last - timedelta(weeks=back)
            rows = [an_entry(team, rep.user_id, "First meetings", day, meetings)]
            if back >= 2:  # what was won two weeks after it
                won, by_luck = day + timedelta(weeks=2), random.randint(0, 9)
                rows.append(an_entry(team, rep.user_id, "New customers", won, meetings + by_luck))
            add_entries(session, rows)
    first = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
    told = digest_of_last_week(session, team.playbook(session), first)
    link = next(each for each in told.links if each.behaviour.name == "First meetings")
    assert (link.verdict, link.lag, link.reps) == (Verdict.PROVEN, 2, 6)
    assert 0 < link.low < link.correlation < link.high < 1
    [said] = link_lines([link], str)
    sure = f"95 % range {link.low:.2f} to {link.high:.2f}"
    assert f"came 2 weeks later (correlation {link.correlation:.2f} at 2 weeks, {sure}; " in said
    assert said.endswith("weeks of 6 reps compared).")


def test_the_number_of_statements_does_not_grow_with_the_team(session: Session) -> None:
    def statements(team: TeamRows) -> int:
        playbook = team.playbook(session)
        seen: list[str] = []

        def listener(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(session.connection, "before_cursor_execute", listener)
        practices(session, playbook, MONDAY)
        event.remove(session.connection, "before_cursor_execute", listener)
        return len(seen)

    small, big = north(session, 2, "Small"), north(session, 25, "Big")
    assert statements(small) == statements(big) == 4
