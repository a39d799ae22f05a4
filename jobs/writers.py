"""Who writes what: for each kind of occasion the facts, from a service, and their message."""

from datetime import datetime

from bot.domain.ledger.occasions import Delivery, OccasionKind
from bot.domain.nudging.nudges import MOST_BEHAVIOURS
from bot.domain.teams import TeamPlaybook
from bot.services.agreements import agreed_facts, due_facts, is_agreement
from bot.services.celebrations.cheering import celebration_facts, mend_facts
from bot.services.digesting import digest_facts, recap_facts
from bot.services.experiments.telling import readout_facts
from bot.services.kudos.mending import is_for_kudos
from bot.services.kudos.telling import kudos_facts
from bot.services.mended_recaps import is_for_recap, mended_recap
from bot.services.nudging import nudge_facts
from bot.services.pairings.telling import worksheet_facts
from bot.services.reminding import reminder_facts
from bot.services.troubles.noticing import notice_facts
from bot.slack.messages.celebration import celebration
from bot.slack.messages.commitments import agreed_message, due_message
from bot.slack.messages.digest import digest_message
from bot.slack.messages.experiment import readout
from bot.slack.messages.kudos import kudos
from bot.slack.messages.nudge import nudge
from bot.slack.messages.pairing import worksheet
from bot.slack.messages.recap import recap
from bot.slack.messages.reminder import reminder
from bot.slack.messages.welcome import welcome_message
from bot.slack.trouble_notices import trouble
from bot.wiring import Session
from jobs.rendering import AboutWorkspace, Removal, Rendered, Writers


def all_writers() -> Writers:
    """The writer of each kind of occasion."""
    return {
        OccasionKind.NUDGE: _nudge,
        OccasionKind.CELEBRATION: _celebration,
        OccasionKind.RECAP: _recap,
        OccasionKind.DIGEST: _digest,
        OccasionKind.REMINDER: _reminder,
        OccasionKind.MEND: _mend,
        OccasionKind.KUDOS: _kudos,
        OccasionKind.NOTICE: _notice,
        OccasionKind.WORKSHEET: _worksheet,
        OccasionKind.EXPERIMENT: _experiment,
        OccasionKind.COMMITMENT: _commitment,
        OccasionKind.WELCOME: AboutWorkspace(_welcome),
    }


def _nudge(session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime) -> Rendered:
    facts = nudge_facts(session, playbook, delivery, now)
    return Rendered(nudge(facts), tuple(gap.indicator.name for gap in facts.gaps[:MOST_BEHAVIOURS]))


def _celebration(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    return Rendered(celebration(celebration_facts(session, playbook, delivery, now)))


def _recap(session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime) -> Rendered:
    return Rendered(recap(recap_facts(session, playbook, delivery, now)))


def _digest(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    return Rendered(digest_message(digest_facts(session, playbook, delivery, now)))


def _reminder(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    facts = reminder_facts(session, playbook, delivery, now)
    return Rendered(reminder(facts))


def _mend(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered | Removal:
    if is_for_kudos(delivery):  # they are mended only by being taken back
        return Removal()
    if is_for_recap(delivery):
        instead = mended_recap(session, playbook, delivery, now)
        return Removal() if instead is None else Rendered(recap(instead))
    facts = mend_facts(session, playbook, delivery, now)
    return Removal() if facts.instead is None else Rendered(celebration(facts.instead))


def _kudos(session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime) -> Rendered:
    return Rendered(kudos(kudos_facts(session, playbook, delivery, now)))


def _notice(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    return Rendered(trouble(notice_facts(session, playbook, delivery, now)))


def _worksheet(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    return Rendered(worksheet(worksheet_facts(session, playbook, delivery, now)))


def _commitment(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    if is_agreement(delivery):
        return Rendered(agreed_message(agreed_facts(session, playbook, delivery, now)))
    return Rendered(due_message(due_facts(session, playbook, delivery)))


def _experiment(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Rendered:
    return Rendered(readout(readout_facts(session, playbook, delivery, now)))


def _welcome(_session: Session, _delivery: Delivery, _now: datetime) -> Rendered:
    return Rendered(welcome_message())
