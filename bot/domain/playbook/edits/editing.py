"""A playbook, changed by one edit and checked by the rules that hold for every playbook."""

from datetime import date

from bot.domain.playbook.edits.kinds import Edit
from bot.domain.playbook.plans import Playbook


def edited(playbook: Playbook, team: str, edit: Edit, today: date) -> Playbook:
    """The playbook after the edit of `team` (its name; that of an `AddTeam` doesn't matter).

    `today` is the team's local date, from which an undated target counts. Raises FormRefused with
    a sentence for each field of the edit that is wrong, and Refusal for what is no field's.
    """
    raise NotImplementedError
