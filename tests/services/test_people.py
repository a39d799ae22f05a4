"""Names as Slack says them, kept so that a playbook file may say them, too."""

import pytest

from bot.db.session import Session
from bot.domain.playbook.rules import settled
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from bot.services.people import keep_profile_of
from bot.services.playbooks.stored import stored_playbook
from tests.teams import RILEY, WORKSPACE, TeamRows


def kept_name(session: Session, slack_says: str) -> str | None:
    keep_profile_of(session, WORKSPACE, RILEY, slack_says, None)
    playbook = stored_playbook(session, WORKSPACE)
    assert playbook is not None
    assert parse(dump(playbook)) == settled(playbook)
    return next(rep.name for rep in playbook.teams[0].reps if rep.user == RILEY)


@pytest.mark.parametrize(
    "slack_says, kept",
    [
        ("  Riley \t Reed\n", "Riley Reed"),
        ("L" * 300, "L" * 80),
        ("L" * 79 + " Reed", "L" * 79),
        ("Ri\u200bley\u202e \u0007Reed", "Riley Reed"),
        ("\u200b\u202e", "Riley"),
    ],
)
def test_a_name_from_slack_is_kept_as_a_file_may_say_it(
    session: Session, west: TeamRows, slack_says: str, kept: str
) -> None:
    assert kept_name(session, slack_says) == kept
