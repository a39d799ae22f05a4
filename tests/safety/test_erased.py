"""Whoever is erased is in no table any more, not even inside a key (design §6)."""

from sqlalchemy import insert, select

from bot.db.session import Session
from bot.db.tables import audit, deliveries, handled_requests
from bot.services import auditing
from bot.services.forgetting import forget_person
from tests.safety.twins import NOON
from tests.teams import ALEX, MORGAN, RILEY, WORKSPACE, TeamRows


def a_delivery(session: Session, west: TeamRows, key: str, payload: object, **more: object) -> None:
    row = {"kind": "celebration", "state": "sent", "due_at": NOON, "created_at": NOON}
    session.connection.execute(
        insert(deliveries).values(
            workspace_id=WORKSPACE,
            team_id=west.team_id,
            key=key,
            payload=payload,
            **{"recipient": "C01WEST"} | row | more,
        )
    )


def test_a_round_up_keeps_what_it_says_of_others(session: Session, west: TeamRows) -> None:
    told = [f"celebration:clean_sweep:{user}:2026-11-16" for user in (RILEY, ALEX)]
    a_delivery(session, west, "roundup:1:2026-11-20", {"milestones": told})
    forget_person(session, WORKSPACE, RILEY, NOON)
    (payload,) = session.connection.scalars(select(deliveries.c.payload))
    assert payload == {"milestones": [told[1]]}


def test_messages_that_are_about_the_person_alone_go(session: Session, west: TeamRows) -> None:
    a_delivery(session, west, f"mend:1:celebration:streak:{RILEY}:3", {"delivery": "x"})
    a_delivery(session, west, "mend:2", {"delivery": f"celebration:streak:{RILEY}:3"})
    a_delivery(session, west, "mend:3", {"delivery": f"celebration:streak:{RILEY}X:3"})
    forget_person(session, WORKSPACE, RILEY, NOON)
    assert list(session.connection.scalars(select(deliveries.c.key))) == ["mend:3"]


def test_the_audit_log_says_what_was_done_and_not_by_whom(session: Session, west: TeamRows) -> None:
    detail = {"about": f"rep:{RILEY}", "what": "segment"}
    for actor, subject in ((RILEY, MORGAN), (MORGAN, RILEY)):
        auditing.note(
            session, WORKSPACE, actor, "rep.changed", NOON, subject=subject, detail=detail
        )
    forget_person(session, WORKSPACE, RILEY, NOON)
    columns = audit.c.actor, audit.c.subject, audit.c.detail
    rows = session.connection.execute(select(*columns).order_by(audit.c.id)).all()
    anonymous = {"about": "rep:erased", "what": "segment"}
    assert rows == [("erased", MORGAN, anonymous), (MORGAN, None, anonymous)]


def test_requests_that_were_handled_are_forgotten(session: Session, west: TeamRows) -> None:
    keys = (f"press:C1:1.1:log:3:{RILEY}:5", f"press:C1:1.1:log:3:{ALEX}:5")
    for key in keys:
        row = {"workspace_id": WORKSPACE, "key": key, "handled_at": NOON}
        session.connection.execute(insert(handled_requests).values(**row))
    forget_person(session, WORKSPACE, RILEY, NOON)
    assert list(session.connection.scalars(select(handled_requests.c.key))) == [keys[1]]
