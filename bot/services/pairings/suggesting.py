"""Who could help whom: the learner's own team first, then others of the workspace."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice

from bot.db.queries.coaching.pairings import helping, pairings_since
from bot.db.queries.people.identity import TeamRevision, first_teams
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS, Diagnosis
from bot.domain.coaching.pairing import (
    MOST_HELPED,
    Helper,
    Pairing,
    School,
    first_day,
    helpers,
    is_there,
)
from bot.domain.days.periods import Period
from bot.domain.days.zones import local_date_in
from bot.domain.indicators import Indicator
from bot.domain.playbook.names import name_key
from bot.domain.progress.weekly_numbers import WeeklyTeam
from bot.domain.reports.digests import Coaching, Gap
from bot.domain.reports.what_to_coach import PairUp
from bot.domain.teams import TeamPlaybook
from bot.services.membership import team_of
from bot.services.weekly_numbers import weekly_team

_MOST_OTHER_TEAMS = 5
"""Looked through for somebody who could help: a digest must not read a whole workspace."""


@dataclass
class Suggesting:
    """Suggestions for one team's gaps in one week; other teams are read only where they must be.

    `gaps` are the team's in that week: who has one at a behaviour teaches it to nobody. `names`
    has those of everybody who was looked at, by user id.
    """

    session: Session
    playbook: TeamPlaybook
    weeks: WeeklyTeam
    week: Period
    now: datetime
    gaps: Sequence[Gap] = ()
    names: dict[str, str] = field(default_factory=dict)
    _offered: Counter[str] = field(default_factory=Counter)
    _others: dict[int, WeeklyTeam] = field(default_factory=dict)
    _helping: dict[int, Mapping[int, int]] = field(default_factory=dict)
    _running: Mapping[tuple[str, int], Pairing] | None = None

    def offer(self, gap: Gap, most: int) -> tuple[Helper, ...]:
        """The strongest of those; the first is offered, and soon to nobody else any more."""
        found = tuple(islice(self.for_gap(gap), most))
        self._offered.update(each.user_id for each in found[:1])
        return found

    def for_gap(self, gap: Gap) -> Iterator[Helper]:
        """Who can help with a gap, strongest first."""
        for_skill = gap.diagnosis is Diagnosis.SKILL
        return self.at(gap.user_id, gap.progress.indicator, for_skill=for_skill)

    def at(self, learner: str, behaviour: Indicator, *, for_skill: bool) -> Iterator[Helper]:
        """Who can help at a behaviour of the team, strongest first."""
        return helpers(learner, self._schools(behaviour), for_skill=for_skill)

    def running(self, learner: str, behaviour: Indicator) -> Pairing | None:
        """The pairing that the learner is in at this behaviour already."""
        if self._running is None:
            team = self.playbook.team
            found = pairings_since(self.session.connection, team.workspace_id, team.id, self._today)
            self._running = {(each.learner, each.behaviour_id): each for each in found}
        return self._running.get((learner, behaviour.id))

    @property
    def _today(self) -> date:
        return local_date_in(self.playbook.team.zone, self.now)

    def _schools(self, behaviour: Indicator) -> Iterator[School]:
        """One after the other, so that no team is read that nobody asks about any more."""
        yield from self._school(self.playbook, behaviour.name)
        for team in self._around:
            yield from self._school(team_of(self.session, team), behaviour.name)

    @cached_property
    def _around(self) -> list[TeamRevision]:
        own = self.playbook.team
        listed = first_teams(self.session.connection, own.workspace_id, _MOST_OTHER_TEAMS + 1)
        return [team for team in listed if team.team_id != own.id][:_MOST_OTHER_TEAMS]

    def _school(self, playbook: TeamPlaybook, name: str) -> Iterator[School]:
        behaviour, team_id = named(playbook, name), playbook.team.id
        if behaviour is None:
            return
        if team_id == self.playbook.team.id:
            weeks = self.weeks
        else:
            weeks = self._others.get(team_id) or weekly_team(
                self.session, playbook, self.week, READ_WEEKS, self.now
            )
            self._others[team_id] = weeks
        self.names |= {rep.user_id: rep.person.name or rep.user_id for rep in playbook.reps}
        following = next_step(playbook, behaviour)
        unable = self._unable(playbook) | self._short_of(behaviour)
        yield School(team_id, weeks, behaviour, following, unable)

    def _short_of(self, behaviour: Indicator) -> frozenset[str]:
        return frozenset(
            gap.user_id for gap in self.gaps if gap.progress.indicator.id == behaviour.id
        )

    def _unable(self, playbook: TeamPlaybook) -> frozenset[str]:
        first, busy = first_day(self._today), self._busy(playbook)
        return frozenset(
            rep.user_id
            for rep in playbook.reps
            if rep.person.is_deactivated
            or busy.get(rep.id, 0) + self._offered[rep.user_id] >= MOST_HELPED
            or not is_there(rep.calendar, first)
        )

    def _busy(self, playbook: TeamPlaybook) -> Mapping[int, int]:
        """How many people each of the team helps, by person id."""
        team = playbook.team
        if team.id not in self._helping:
            everybody = [rep.id for rep in playbook.reps]
            self._helping[team.id] = helping(
                self.session.connection, team.workspace_id, everybody, self._today
            )
        return self._helping[team.id]


def pairing_up(suggesting: Suggesting) -> PairUp:
    """Adds to what is worth coaching whom to learn it from, and why that one."""

    def pair_up(coaching: Coaching, gap: Gap) -> Coaching:
        running = suggesting.running(gap.user_id, coaching.behaviour)
        if running is not None:
            return replace(coaching, pair_with=running.teacher, is_paired=True)
        offered = suggesting.offer(gap, 1)
        if not offered:
            return coaching
        [found] = offered
        is_own = found.school.team_id == suggesting.playbook.team.id
        why = found.reason if is_own else f"is in {found.school.weeks.team}"
        text = f"{coaching.text} The strongest at it {why}."
        return replace(coaching, text=text, pair_with=found.user_id)

    return pair_up


def named(playbook: TeamPlaybook, name: str) -> Indicator | None:
    """The team's behaviour of this name, whatever the case."""
    key = name_key(name)
    return next((each for each in playbook.behaviours if name_key(each.name) == key), None)


def next_step(playbook: TeamPlaybook, behaviour: Indicator) -> Indicator | None:
    """What a behaviour leads to: the funnel's next one, or the result itself."""
    wanted = behaviour.leads_to or behaviour.drives
    return next((each for each in playbook.indicators if each.id == wanted), None)
