"""Where reps stand: progress for many at once, and whole scorecards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.db.queries.entries.totals import Span, span_of, totals
from bot.db.session import Session
from bot.domain.days.periods import Period
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.scorecards import Scorecard
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.forecasting import with_forecasts
from bot.services.streaks import Streaks, streaks
from bot.services.tallies import Sums

ProgressByRep = Mapping[tuple[int, int], Progress]
"""(rep id, indicator id) → where the rep stands."""


@dataclass(frozen=True, slots=True)
class Question:
    """One rep, one indicator, and the period that is open on the rep's `today`."""

    rep: Rep
    indicator: Indicator
    settings: Sequence[TargetSetting]
    today: date
    period: Period

    @property
    def spans(self) -> tuple[Span, Span]:
        """The sums that the answer takes."""
        return span_of(self.period), Span(self.today, self.today)

    @property
    def target(self) -> Decimal | None:
        """What the period asks of the rep."""
        return target_for(self.indicator, self.settings, self.period, self.rep.calendar)

    def answer(self, sums: Sums) -> Progress:
        whose = self.rep.id, self.indicator.id
        return assess(
            self.indicator,
            self.settings,
            self.rep.calendar,
            self.today,
            actual=sums.of(*whose, span_of(self.period)),
            today_actual=sums.of(*whose, Span(self.today, self.today)),
            period=self.period,
        )


def progress(
    session: Session,
    playbook: TeamPlaybook,
    reps: Iterable[Rep],
    indicators: Iterable[Indicator],
    now: datetime,
    on: date | None = None,
) -> ProgressByRep:
    """Where each rep stands with each indicator as of `now`, without streaks.

    Over the period that is open on each rep's local date of `now`; or over that of the date `on`,
    as it stands now. One query, whatever the number of reps and indicators.
    """
    asked = tuple(questions(playbook, reps, tuple(indicators), now, on))
    spans = {span for each in asked for span in each.spans}
    people = {each.rep.id for each in asked}
    measured = {each.indicator.id for each in asked}
    sums = totals(session.connection, people, measured, spans, now)
    return {(each.rep.id, each.indicator.id): each.answer(sums) for each in asked}


def questions(
    playbook: TeamPlaybook,
    reps: Iterable[Rep],
    indicators: Sequence[Indicator],
    now: datetime,
    on: date | None = None,
) -> Iterator[Question]:
    """What `progress` asks, for callers that have sums of their own."""
    for rep in reps:
        today = rep.today(now)
        for indicator in indicators:
            settings = playbook.settings(rep, indicator)
            period = period_in_force(indicator, settings, on or today)
            yield Question(rep, indicator, settings, today, period)


def scorecard(session: Session, playbook: TeamPlaybook, rep: Rep, now: datetime) -> Scorecard:
    """One rep's scorecard as of `now`, with streaks, forecasts and consistency."""
    return team_scorecards(session, playbook, now, (rep,))[0]


def team_scorecards(
    session: Session, playbook: TeamPlaybook, now: datetime, reps: Sequence[Rep] | None = None
) -> tuple[Scorecard, ...]:
    """The scorecards of these reps, or of all the team's, in the playbook's order."""
    reps = playbook.reps if reps is None else reps
    standing = progress(session, playbook, reps, playbook.indicators, now)
    standing = with_forecasts(session, playbook, standing, now)
    running = streaks(session, playbook, reps, playbook.behaviours, now)
    return tuple(_scorecard(playbook, rep, now, standing, running) for rep in reps)


def _scorecard(
    playbook: TeamPlaybook, rep: Rep, now: datetime, standing: ProgressByRep, running: Streaks
) -> Scorecard:
    behaviours = (
        replace(standing[rep.id, each.id], streak=running[rep.id, each.id].length)
        for each in playbook.behaviours
    )
    return Scorecard(
        user_id=rep.user_id,
        name=rep.person.name,
        team=playbook.team.name,
        as_of=now,
        today=rep.today(now),
        behaviours=tuple(behaviours),
        results=tuple(standing[rep.id, each.id] for each in playbook.results),
    )
