"""Who hears of a milestone, and when: at once, or in the round-up of the team's day (§2.6)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from bot.db.queries.feats.milestones import reached_between
from bot.db.queries.ledger.posts import posts_planned, recap_moments, told_in
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, days_between
from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.feats.celebrations import (
    MOST_POSTS,
    WORTH_SAYING_FOR,
    is_of_day,
    is_private,
    last_roundup_day,
    listener,
    news_since,
    roundup_instant,
    volume,
)
from bot.domain.ledger.occasions import Occasion, OccasionKind, roundup_key
from bot.domain.loudness import Loudness
from bot.domain.milestones import Milestone, highest_steps
from bot.domain.teams import Team, TeamPlaybook, WeekMoment
from bot.services import ledger

MILESTONE, MILESTONES = "milestone", "milestones"
"""What the payloads of a celebration and of a round-up say."""
RECOUNT = "recount"
"""What the payload of a mend says besides, where only the count of kudos has changed."""
_LONGEST_WAIT = timedelta(days=8)
"""From a milestone to the round-up that tells of it, in a team that works one day a week."""


def announce(
    session: Session, playbook: TeamPlaybook, reached: Sequence[Milestone], now: datetime
) -> None:
    """Plans the posts of the big ones, in the transaction that reached them.

    Those for which the channel has no room left today wait for its round-up.
    """
    big = [each for each in reached if volume(playbook, each) is Loudness.LOUD]
    if big:
        ledger.add(session, _at_once(session, playbook, big, now), now)


def due_celebrations(
    session: Session, playbook: TeamPlaybook, now: datetime
) -> tuple[Occasion, ...]:
    """The posts about milestones that nobody has heard of yet: big ones, and the day's round-up.

    Only the last round-up that is due: after a longer outage one post says it all.
    """
    unheard = _unheard(session, playbook, now)
    if not unheard:
        return ()
    big = [each for each in unheard if volume(playbook, each) is Loudness.LOUD]
    posts = _at_once(session, playbook, big, now)
    told = {str(post.payload[MILESTONE]) for post in posts}
    left = [each for each in unheard if each.key not in told and not is_private(playbook, each)]
    return (*posts, *_roundup(session, playbook, left, now))


def roundups_that_may_tell(team: Team, milestone: Milestone, now: datetime) -> list[str]:
    """The keys of the round-ups that may have told of a milestone by now."""
    return _roundup_keys(team, milestone.reached_at, min(now, milestone.reached_at + _LONGEST_WAIT))


def _roundup_keys(team: Team, first: datetime, last: datetime) -> list[str]:
    days = days_between(local_date_in(team.zone, first), local_date_in(team.zone, last))
    return [roundup_key(team.id, day) for day in days]


def _at_once(
    session: Session, playbook: TeamPlaybook, big: Iterable[Milestone], now: datetime
) -> list[Occasion]:
    today = local_date_in(playbook.team.zone, now)
    private, public = [], []
    for milestone in big:
        if is_private(playbook, milestone):
            private.append(milestone)
        elif is_of_day(playbook.team, milestone, today):
            public.append(milestone)
    posted = public[: _room(session, playbook.team, now)] if public else []
    found = (_post(playbook, milestone) for milestone in (*private, *posted))
    return [occasion for occasion in found if occasion is not None]


def _room(session: Session, team: Team, now: datetime) -> int:
    """How many single posts the channel may still hear today.

    Each team that speaks there keeps a place for its round-up, and for a recap yet to come.
    """
    if team.channel is None:
        return 0
    today = local_date_in(team.zone, now)
    start = instant_in(team.zone, today, time.min)
    end = instant_in(team.zone, today + ONE_DAY, time.min)
    recaps = recap_moments(session.connection, team.workspace_id, team.channel)
    ahead = [moment for moment in recaps if _is_ahead(team, moment, today, now)]
    keys = posts_planned(session.connection, team.workspace_id, team.channel, start, end)
    # A round-up of today has its place already; a late one of another day takes one.
    taken = [key for key in keys if not (key.startswith("roundup:") and key.endswith(str(today)))]
    return max(0, MOST_POSTS - len(recaps) - len(ahead) - len(taken))


def _is_ahead(team: Team, moment: WeekMoment, today: date, now: datetime) -> bool:
    is_today = moment.weekday == today.weekday()
    return is_today and instant_in(team.zone, today, moment.time) > now


def _post(playbook: TeamPlaybook, milestone: Milestone) -> Occasion | None:
    recipient = listener(playbook, milestone)
    if recipient is None:
        return None
    return Occasion(
        key=milestone.celebration,
        kind=OccasionKind.CELEBRATION,
        workspace_id=playbook.team.workspace_id,
        team_id=playbook.team.id,
        recipient=recipient,
        due_at=milestone.reached_at,
        expires_at=milestone.reached_at + WORTH_SAYING_FOR,
        person_id=milestone.person_id,
        payload={MILESTONE: milestone.key},
    )


def _unheard(session: Session, playbook: TeamPlaybook, now: datetime) -> list[Milestone]:
    team = playbook.team
    since = news_since(team, now)
    reached = [
        milestone
        for milestone in reached_between(session.connection, playbook, since, now)
        if not team.was_set_up_between(milestone.reached_at, now)
        and listener(playbook, milestone) is not None
        and volume(playbook, milestone) is not Loudness.OFF
    ]
    told = _told(session, team, reached, since, now)
    return [each for each in highest_steps(reached) if each.celebration not in told]


def _told(
    session: Session, team: Team, reached: Sequence[Milestone], since: datetime, now: datetime
) -> Collection[str]:
    if not reached:
        return ()
    keys = _roundup_keys(team, since, now)
    roundups = told_in(session.connection, team.workspace_id, keys).values()
    alone = ledger.known_keys(
        session, team.workspace_id, [milestone.celebration for milestone in reached]
    )
    return alone.union(*roundups)


def _roundup(
    session: Session, playbook: TeamPlaybook, left: Iterable[Milestone], now: datetime
) -> tuple[Occasion, ...]:
    team = playbook.team
    day = last_roundup_day(team, now)
    due = roundup_instant(team, day)
    key = roundup_key(team.id, day)
    told = [milestone.celebration for milestone in left if milestone.reached_at <= due]
    if not told or team.channel is None or now >= due + WORTH_SAYING_FOR:
        return ()
    if team.was_set_up_between(due, now) or ledger.known_keys(session, team.workspace_id, [key]):
        return ()
    return (
        Occasion(
            key=key,
            kind=OccasionKind.CELEBRATION,
            workspace_id=team.workspace_id,
            team_id=team.id,
            recipient=team.channel,
            due_at=due,
            expires_at=due + WORTH_SAYING_FOR,
            payload={MILESTONES: told},
        ),
    )
