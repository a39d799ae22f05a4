"""A form that comes after somebody else changed the same thing overwrites nothing."""

from bot.db.queries.privacy.audits import last_to_touch
from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.playbook.plans import Playbook
from bot.domain.playbook.subjects import Subject, SubjectKind, changed_since, state
from bot.domain.playbook.subjects import seen as seen_now
from bot.services.auditing import OPERATOR
from bot.services.playbooks.people_names import with_names

_AGAIN = "Nothing of yours was saved. Please close the form and open it again."
_OPERATOR = "Whoever runs Pacesetter"
_TOLD = 3
"""So many parts that changed are named; a form shows the others."""


def about(subject: Subject) -> str:
    """How the audit log names a subject."""
    return f"{subject.kind}:{subject.name.casefold()}"


def require_unchanged(
    session: Session,
    playbook: Playbook,
    team_id: int | None,
    team: str,
    subject: Subject,
    seen: str,
) -> None:
    """Raises Refusal, saying what is so now and who changed it, where it isn't as it was seen."""
    if seen_now(playbook, team, subject) == seen:
        return
    kinds = "indicator" if subject.kind is SubjectKind.INDICATORS else about(subject)
    who = last_to_touch(session.connection, playbook.workspace, team_id, kinds)
    who = _OPERATOR if who == OPERATOR else who
    now = state(playbook, team, subject)
    if not now:
        raise Refusal(" ".join(filter(None, (_gone(subject), _by(who), _AGAIN))))
    parts = [f"{name} is now {now[name]}" for name in changed_since(now, seen)][:_TOLD]
    told = with_names(session, playbook.workspace, f": {', '.join(parts)}" if parts else "")
    raise Refusal(f"{who or 'Somebody'} changed this while your form was open{told}. {_AGAIN}")


def _gone(subject: Subject) -> str:
    match subject.kind:
        case SubjectKind.REP:
            return "That person is no longer in the team."
        case SubjectKind.INDICATOR:
            return f"“{subject.name}” isn't there under that name any more."
        case _:
            return "That team isn't there any more."


def _by(who: str | None) -> str:
    return f"{who} changed that while your form was open." if who else ""
