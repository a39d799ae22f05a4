"""What the Home tab shows, and whose has to be drawn again after a change (design §3)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from bot.db.queries.entries.totals import Span, daily_totals, span_of
from bot.db.queries.feats.milestones import held_by
from bot.db.queries.people import homes
from bot.db.queries.people.homes import Opener
from bot.db.queries.people.identity import TeamRevision, find_standing
from bot.db.session import Session
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.days.zones import local_date_in
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, highest_steps
from bot.domain.progress.kept_totals import KeptTotals
from bot.domain.progress.scorecards import Scorecard
from bot.domain.progress.targets import period_in_force
from bot.domain.quantities import ZERO
from bot.domain.reports.digests import TeamResult
from bot.domain.reports.homes import (
    MILESTONES_FOR,
    DayShare,
    Home,
    OwnPart,
    RepLine,
    TeamPart,
    next_nudge,
    week_shares,
)
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.agreements import open_commitments
from bot.services.kept_totals import kept_totals
from bot.services.membership import Member, find_member, team_of
from bot.services.nudging import nudge_history
from bot.services.plans_kept import kept_by
from bot.services.scorecards import ProgressByRep, progress, scorecard

_MOST_MILESTONES = 5


def home_of(session: Session, workspace_id: str, user_id: str, now: datetime) -> Home:
    """What the person's Home shows at `now`; for anybody, known or not."""
    has_teams = homes.has_teams(session.connection, workspace_id)
    standing = find_standing(session.connection, workspace_id, user_id)
    if standing is None:
        return Home(has_teams=has_teams)
    who = find_member(session, standing)
    drawn_from = [team for team in (standing.team, *standing.leads) if team is not None]
    return Home(
        own=None if who is None else _own(session, who, now),
        teams=tuple(_team(session, team, now) for team in standing.leads),
        is_known=True,
        is_admin=standing.person.is_admin,
        has_teams=has_teams,
        marks=frozenset((team.team_id, team.revision) for team in drawn_from),
    )


def opened(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    """To be called when somebody opens Home: from now on it is kept up to date."""
    homes.mark_opened(session.connection, workspace_id, user_id, now)


def ever_opened(session: Session) -> list[Opener]:
    """Everybody whose Home is kept up to date."""
    return homes.openers(session.connection)


def concerned(session: Session, workspace_id: str, user_ids: Collection[str]) -> list[str]:
    """Whose Home shows what these users do: their own, and their managers'."""
    return homes.openers_concerned(session.connection, workspace_id, user_ids)


def around(session: Session, team_ids: Collection[int]) -> list[Opener]:
    """Whose Home shows something of these teams."""
    return homes.openers_around(session.connection, team_ids)


def marks(session: Session, workspace_ids: Collection[str]) -> Mapping[int, str]:
    """The state of each team of these workspaces: one that differs from before has changed."""
    return homes.revisions(session.connection, workspace_ids)


def _own(session: Session, who: Member, now: datetime) -> OwnPart:
    card = scorecard(session, who.playbook, who.rep, now)
    return OwnPart(
        scorecard=card,
        week=_week(session, who, card, now),
        milestones=_milestones(session, who, now),
        nudge=next_nudge(who.rep, who.playbook.team, nudge_history(session, who.rep, now), now),
        managers=tuple(each.user_id for each in who.playbook.managers if each.id != who.rep.id),
        in_public=who.playbook.team.channel is not None and not who.rep.celebrate_alone,
        commitments=open_commitments(session, who.rep),
        plans=kept_by(session, who.rep, now),
    )


def _week(session: Session, who: Member, card: Scorecard, now: datetime) -> tuple[DayShare, ...]:
    week = period_of(PeriodKind.WEEK, card.today)
    counted = [each for each in card.behaviours if each.period == week]
    targets = {each.indicator.id: each.target for each in counted if each.target}
    if not targets:
        return ()
    logged = daily_totals(session.connection, {who.rep.id}, targets, span_of(week), now)
    weekly = [(target, logged.get((who.rep.id, id_), {})) for id_, target in targets.items()]
    return week_shares(weekly, who.rep, week)


def _milestones(session: Session, who: Member, now: datetime) -> tuple[Milestone, ...]:
    """The rep's own of the last weeks, newest first."""
    since = (now - MILESTONES_FOR).date()
    held = held_by(session.connection, who.playbook, who.rep.id, since)
    own = highest_steps(each for each in held if each.person_id == who.rep.id)
    newest = sorted(own, key=lambda each: each.reached_at, reverse=True)
    return tuple(newest[:_MOST_MILESTONES])


def _team(session: Session, led: TeamRevision, now: datetime) -> TeamPart:
    playbook = team_of(session, led)
    scored = progress(session, playbook, playbook.reps, playbook.indicators, now)
    today = local_date_in(playbook.team.zone, now)
    starts = [playbook.period(each, today).start for each in playbook.results]
    kept = kept_totals(session, playbook, Span(min(starts, default=today), today), now)
    return TeamPart(
        team_id=playbook.team.id,
        name=playbook.team.name,
        today=today,
        reps=tuple(_rep(playbook, rep, scored, now) for rep in playbook.present),
        results=tuple(_result(playbook, each, scored, kept, today) for each in playbook.results),
    )


def _rep(playbook: TeamPlaybook, rep: Rep, scored: ProgressByRep, now: datetime) -> RepLine:
    return RepLine(
        person_id=rep.id,
        user_id=rep.user_id,
        name=rep.person.name,
        behaviours=tuple(scored[rep.id, each.id] for each in playbook.behaviours),
        is_away=_is_away(playbook, rep, now),
    )


def _is_away(playbook: TeamPlaybook, rep: Rep, now: datetime) -> bool:
    """Off on a day on which the team works, as far as weekdays go."""
    today = rep.today(now)
    return today.weekday() in playbook.team.workdays and not rep.calendar.is_available(today)


def _result(
    playbook: TeamPlaybook,
    result: Indicator,
    scored: ProgressByRep,
    kept: KeptTotals,
    today: date,
) -> TeamResult:
    """All reps together, over the period that is open, with what is kept of who was erased."""
    standing = [scored[rep.id, result.id] for rep in playbook.reps]
    period = standing[0].period if standing else period_in_force(result, (), today)
    theirs = kept.within(result.id, period.start, today)
    return TeamResult(
        indicator=result,
        period=period,
        target=sum((each.target or ZERO for each in standing), theirs.target) or None,
        actual=sum((each.actual for each in standing), theirs.quantity),
    )
