"""The manager's digest and the channel's recap: when they are due, and what they say (§2.7)."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.db.queries.entries.totals import Span
from bot.db.queries.feats.milestones import reached_in
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS, evidence_of
from bot.domain.coaching.links import is_told_in
from bot.domain.coaching.trends import WEEKS, trend_of
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.feats.celebrations import is_told
from bot.domain.feats.kudos import Received
from bot.domain.ledger.occasions import (
    Delivery,
    Moot,
    Occasion,
    OccasionKind,
    digest_key,
    recap_key,
)
from bot.domain.milestones import Milestone, highest_steps
from bot.domain.progress.kept_totals import KeptTotals
from bot.domain.progress.weekly_numbers import last_weeks
from bot.domain.reports.digests import (
    WORTH_SENDING_FOR,
    Digest,
    count_on_target,
    find_gaps,
    last_full_week,
    last_moment,
)
from bot.domain.reports.recaps import RecapFacts, worth_telling
from bot.domain.reports.what_to_coach import to_coach
from bot.domain.teams import Person, TeamPlaybook
from bot.services import ledger
from bot.services.celebrations.cheering import cheers
from bot.services.experiments.telling import experiments_of_week
from bot.services.kept_totals import kept_totals
from bot.services.kudos.telling import for_all_to_read, received
from bot.services.leaderboards import top_of_week
from bot.services.pairings.suggesting import Suggesting, pairing_up
from bot.services.pairings.telling import pairings_progress
from bot.services.practices import team_deals, team_links
from bot.services.recent_histories import recent_history
from bot.services.talks import talks
from bot.services.weekly_numbers import weekly_team_of
from bot.services.weeks import cost_of, rep_weeks, team_results, with_outlook

_WEEK = "week"


def due_digests(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Occasion, ...]:
    """The last digest of each manager that isn't in the ledger, about the last full week.

    Due at the team's digest time in the manager's own zone; not worth sending 48 hours later.
    """
    if not playbook.reps:
        return ()
    managers = [each for each in playbook.managers if not each.is_deactivated]
    due = (_digest_occasion(playbook, manager, now) for manager in managers)
    return _unplanned(session, playbook, [each for each in due if _is_wanted(playbook, each, now)])


def due_recaps(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Occasion, ...]:
    """The team's last recap, where it isn't in the ledger and there is good news to tell."""
    team = playbook.team
    if team.channel is None:
        return ()
    due = last_moment(team.digest_at, team.zone, now)
    week = last_full_week(team.zone, due)
    key = recap_key(team.id, week.start)
    occasion = _occasion(playbook, OccasionKind.RECAP, key, team.channel, due, week)
    if not _is_wanted(playbook, occasion, now) or not _unplanned(session, playbook, [occasion]):
        return ()
    return (occasion,) if _is_worth_a_recap(session, playbook, week, now) else ()


def digest(
    session: Session, playbook: TeamPlaybook, manager: str | None, week: Period, now: datetime
) -> Digest:
    """A team's week as it ended, as known at `now`, for the manager with this user id."""
    history = recent_history(session, playbook, playbook.reps, now, week.end)
    reps = rep_weeks(session, playbook, week, now, history)
    reps = with_outlook(session, playbook, reps, week, now, history)
    before = rep_weeks(session, playbook, week.previous(), now, history)
    weeks = weekly_team_of(playbook, week, READ_WEEKS, history.logged)
    kept = _kept(session, playbook, week, now)
    gaps = find_gaps(reps, week, evidence_of(weeks, playbook.behaviours, playbook.results))
    reached = _reached(session, playbook, week, now)
    suggesting = Suggesting(session, playbook, weeks, week, now, gaps)
    return Digest(
        team=playbook.team.name,
        manager=manager,
        week=week,
        on_target=count_on_target(reps, before, week),
        reps=reps,
        results=team_results(playbook, week, history, kept),
        celebrate=cheers(session, playbook, reached, now),
        gaps=gaps,
        coach=to_coach(gaps, reps, pairing_up(suggesting)),
        pairings=pairings_progress(session, playbook, week.end, now),
        experiments=experiments_of_week(session, playbook, week, now),
        silent=tuple(rep.user_id for rep in reps if rep.is_silent),
        cost=cost_of(session, playbook, week, reps, now),
        kudos=received(session, playbook, week, now),
        talks=talks(session, playbook, manager, week, now),
        deals=team_deals(session, playbook, week, now),
        links=team_links(session, playbook, week, now) if is_told_in(week) else (),
        trend=trend_of(weeks, playbook.behaviours, kept),
    )


def _kept(session: Session, playbook: TeamPlaybook, week: Period, now: datetime) -> KeptTotals:
    """Of the chart's weeks, and of the results' periods as far as the week's end."""
    periods = (playbook.period(result, week.end) for result in playbook.results)
    first = min([last_weeks(week, WEEKS)[0], *(period.start for period in periods)])
    return kept_totals(session, playbook, Span(first, week.end), now)


def digest_of_last_week(session: Session, playbook: TeamPlaybook, now: datetime) -> Digest:
    """The digest of the team's first manager, about the week that ended last where that one is.

    A team without a manager has one too, for nobody.
    """
    manager = next(iter(playbook.managers), None)
    zone = playbook.team.zone if manager is None else manager.zone
    user_id = None if manager is None else manager.user_id
    return digest(session, playbook, user_id, last_full_week(zone, now), now)


def digest_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Digest:
    """What a planned digest says. Raises `Moot` where its manager no longer leads the team."""
    manager = delivery.occasion.recipient
    if manager not in {person.user_id for person in playbook.managers}:
        raise Moot("no longer leads the team")
    return digest(session, playbook, manager, week_of(delivery), now)


def recap_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> RecapFacts:
    """What a planned recap says. Raises `Moot` where no good news is left."""
    week = week_of(delivery)
    if not _is_worth_a_recap(session, playbook, week, now):
        raise Moot("no good news")
    return recap_of(session, playbook, week, now)


def recap_of(session: Session, playbook: TeamPlaybook, week: Period, now: datetime) -> RecapFacts:
    """A week's good news as the channel may read it, as known at `now`."""
    news = _good_news(session, playbook, week, now)
    reps = rep_weeks(session, playbook, week, now)
    before = rep_weeks(session, playbook, week.previous(), now)
    return RecapFacts(
        team=playbook.team.name,
        week=week,
        cheers=cheers(session, playbook, news, now),
        on_target=worth_telling(count_on_target(reps, before, week)),
        kudos=_kudos_for_all(session, playbook, week, now),
        top=top_of_week(playbook, reps),
    )


def _is_worth_a_recap(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> bool:
    return bool(
        _good_news(session, playbook, week, now)
        or _kudos_for_all(session, playbook, week, now)
        or (
            playbook.team.leaderboard
            and top_of_week(playbook, rep_weeks(session, playbook, week, now))
        )
    )


def _kudos_for_all(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Received, ...]:
    return for_all_to_read(playbook, received(session, playbook, week, now))


def _reached(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Milestone, ...]:
    return highest_steps(reached_in(session.connection, playbook, week.start, week.end, now))


def _good_news(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Milestone, ...]:
    reached = _reached(session, playbook, week, now)
    return tuple(milestone for milestone in reached if is_told(playbook, milestone))


def _digest_occasion(playbook: TeamPlaybook, manager: Person, now: datetime) -> Occasion:
    due = last_moment(playbook.team.digest_at, manager.zone, now)
    week = last_full_week(manager.zone, due)
    key = digest_key(playbook.team.id, manager.user_id, week.start)
    return _occasion(playbook, OccasionKind.DIGEST, key, manager.user_id, due, week)


def _occasion(
    playbook: TeamPlaybook,
    kind: OccasionKind,
    key: str,
    recipient: str,
    due: datetime,
    week: Period,
) -> Occasion:
    return Occasion(
        key=key,
        kind=kind,
        workspace_id=playbook.team.workspace_id,
        team_id=playbook.team.id,
        recipient=recipient,
        due_at=due,
        expires_at=due + WORTH_SENDING_FOR,
        payload={_WEEK: week.start.isoformat()},
    )


def _is_wanted(playbook: TeamPlaybook, occasion: Occasion, now: datetime) -> bool:
    is_too_late = occasion.expires_at is not None and now >= occasion.expires_at
    return not is_too_late and not playbook.team.was_set_up_between(occasion.due_at, now)


def _unplanned(
    session: Session, playbook: TeamPlaybook, due: Sequence[Occasion]
) -> tuple[Occasion, ...]:
    keys = [occasion.key for occasion in due]
    known = ledger.known_keys(session, playbook.team.workspace_id, keys) if keys else ()
    return tuple(occasion for occasion in due if occasion.key not in known)


def week_of(delivery: Delivery) -> Period:
    """The week that a planned digest or recap is about."""
    return period_of(PeriodKind.WEEK, date.fromisoformat(str(delivery.occasion.payload[_WEEK])))
