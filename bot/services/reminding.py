"""If-then plans: a rep says when, and is reminded then, once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY
from bot.domain.errors import Refusal
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import Delivery, Moot, Occasion, OccasionKind, Payload
from bot.domain.nudging.reminders import PlanChange, ReminderFacts, asked_for, reminder_key
from bot.domain.progress.pace import Progress
from bot.domain.quantities import plain
from bot.domain.retired import retired_sentence
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger
from bot.services.membership import member
from bot.services.scorecards import progress

_FURTHEST = timedelta(days=31)
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as it is on record now, what that changed, and the rep's date."""

    facts: ReminderFacts
    change: PlanChange
    today: date


def plan_reminder(
    session: Session,
    standing: Standing,
    indicator: Indicator,
    at: time,
    now: datetime,
    day: date | None = None,
    quantity: Decimal | None = None,
) -> Planned:
    """Plans one reminder at the rep's local time `at` of `day` (today, unless given).

    `quantity` is what its button will log, today's ask unless given. The same plan twice is one:
    another quantity takes the place of the first, none leaves it as it is.
    Raises Refusal for a time that has passed, a day too far ahead, and a retired behaviour.
    """
    who = member(session, standing)
    if all(each.id != indicator.id for each in who.playbook.indicators):
        raise Refusal(retired_sentence(who.playbook, indicator))
    today = who.rep.today(now)
    day = day or today
    due = _due(who.rep, day, at, now)
    occasion = _occasion(who.playbook, who.rep, indicator, (day, at), due, quantity)
    change, stands = _put_down(session, occasion, now)
    facts = _facts(session, who.playbook, who.rep, indicator, (day, at), _quantity(stands), now)
    return Planned(facts, change, today)


def _put_down(session: Session, occasion: Occasion, now: datetime) -> tuple[PlanChange, Payload]:
    """Puts the plan into the ledger; what that changed, and the payload that stands there now."""
    wanted = occasion.payload
    if ledger.add(session, (occasion,), now):
        return PlanChange.NEW, wanted
    known = ledger.find(session, occasion.workspace_id, occasion.key)
    stands = known.occasion.payload if known else wanted
    if not wanted["quantity"] or _quantity(wanted) == _quantity(stands):
        return PlanChange.NONE, stands
    if not ledger.change(session, occasion.workspace_id, occasion.key, wanted):
        return PlanChange.NONE, stands  # on its way already
    return PlanChange.CHANGED, wanted


def reminder_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> ReminderFacts:
    """What the reminder says as things stand now.

    Raises `Moot` where the rep has left the team, or the team no longer counts the behaviour.
    """
    occasion = delivery.occasion
    rep = playbook.rep(occasion.person_id or 0)
    if rep is None:
        raise Moot("no longer in the team")
    wanted = occasion.payload.get("indicator")
    indicator = next((each for each in playbook.indicators if each.id == wanted), None)
    if indicator is None:
        raise Moot("no longer counted")
    when = rep.calendar.local_date(occasion.due_at), time.fromisoformat(str(occasion.payload["at"]))
    return _facts(session, playbook, rep, indicator, when, _quantity(occasion.payload), now)


def _quantity(payload: Payload) -> Decimal | None:
    asked = payload.get("quantity")
    return Decimal(str(asked)) if asked else None


def _due(rep: Rep, day: date, at: time, now: datetime) -> datetime:
    due = rep.calendar.instant_of(day, at)
    if due <= now:
        raise Refusal(f"{at:%H:%M} has passed where you are. Choose a later time of today.")
    if day - rep.today(now) > _FURTHEST:
        raise Refusal(f"{day} is too far ahead: plan up to {_FURTHEST.days} days ahead.")
    return due


def _occasion(
    playbook: TeamPlaybook,
    rep: Rep,
    indicator: Indicator,
    when: tuple[date, time],
    due: datetime,
    quantity: Decimal | None,
) -> Occasion:
    day, at = when
    return Occasion(
        key=reminder_key(rep.user_id, day, indicator, at),
        kind=OccasionKind.REMINDER,
        workspace_id=playbook.team.workspace_id,
        team_id=playbook.team.id,
        recipient=rep.user_id,
        due_at=due,
        expires_at=rep.calendar.instant_of(day + ONE_DAY, _MIDNIGHT),
        person_id=rep.id,
        payload={
            "indicator": indicator.id,
            "at": f"{at:%H:%M}",
            "quantity": "" if quantity is None else plain(quantity),
        },
    )


def _facts(
    session: Session,
    playbook: TeamPlaybook,
    rep: Rep,
    indicator: Indicator,
    when: tuple[date, time],
    quantity: Decimal | None,
    now: datetime,
) -> ReminderFacts:
    scored = progress(session, playbook, (rep,), (indicator,), now)
    stands: Progress = scored[rep.id, indicator.id]
    day, at = when
    return ReminderFacts(rep.user_id, at, day, stands, quantity or asked_for(stands))
