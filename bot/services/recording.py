"""Recording entries, and taking them back (design §2.4).

Entries are append-only: undo and edit mark the old rows, so that sums leave them out.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import blake2b
from itertools import islice

from bot.db.queries.entries.one_by_one import (
    add_entries,
    find_entry,
    mark_undone,
    newest,
    recent_entries,
    recorded_under,
    standing_rows,
)
from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.entries import Entry, NewEntry, Origin, Recorded, Undone, row_key
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.grammar.requests import MAX_DAYS_BACK, LogRequest
from bot.domain.indicators import Indicator
from bot.domain.limits import check_limits
from bot.domain.milestones import MilestoneKind
from bot.domain.progress.pace import Progress
from bot.domain.retired import retired_sentence
from bot.domain.teams import TeamPlaybook
from bot.services.celebrations.celebrating import celebrate, reconsider
from bot.services.membership import Member, find_member, member, require_indicators
from bot.services.scorecards import Question, questions
from bot.services.tallies import Tally

SLACK = "slack"
_NOON = time(12)
_REACH = timedelta(days=2 * MAX_DAYS_BACK + 2)
"""An entry recorded in the last 31 days is for a date up to 31 days before that, in any zone."""
_ROWS_OF_A_DEAL = 2


def record(
    session: Session, standing: Standing, request: LogRequest, origin: Origin, now: datetime
) -> Recorded:
    """Records a request of a rep, all its entries or none, and tells what it did to the periods.

    A dedupe key that was seen before gives what was recorded then, and records nothing. Raises
    Refusal where the person is no rep or the request isn't within the team's playbook and limits.
    """
    who = member(session, standing)
    _check(who, request, now)
    entries = add_entries(session.connection, _rows(who, request, origin, now))
    if entries is None:
        keys = [row_key(origin.dedupe_key, n) for n in range(len(request.entries))]
        return _recorded_before(session, who, keys, now)
    return _celebrated(session, who, entries, now)


def edit(
    session: Session, standing: Standing, entry_id: int, request: LogRequest, now: datetime
) -> Recorded:
    """Puts a request in the place of one of the rep's own entries, or of its whole deal.

    Editing what was edited already gives what took its place, and records nothing. Raises Refusal
    for an entry that was taken back or isn't there, NotPermitted for somebody else's.
    """
    who = member(session, standing)
    entry = _own(session, standing, entry_id)
    _check(who, request, now)
    old = standing_rows(session.connection, entry)
    if not old:
        return _replaced_before(session, who, entry_id, now)
    rows = _rows(who, request, Origin(SLACK, f"edit:{old[0].id}"), now)
    new = add_entries(session.connection, rows)
    if new is None:
        raise Refusal("That entry has changed meanwhile. `/log list` shows how it stands.")
    mark_undone(session.connection, old, now, new)
    reconsider(session, who.playbook, who.rep, _indicators(old), _days(old), now)
    return _celebrated(session, who, new, now)


def undo(session: Session, standing: Standing, entry_id: int, now: datetime) -> Undone:
    """Takes one of the rep's own entries back, with all rows of its deal.

    Doing so again changes nothing. Raises Refusal where the entry isn't there, NotPermitted where
    it is somebody else's.
    """
    entry = _own(session, standing, entry_id)
    rows = standing_rows(session.connection, entry)
    mark_undone(session.connection, rows, now)
    who = find_member(session, standing)
    if who is not None and rows:
        reconsider(session, who.playbook, who.rep, _indicators(rows), _days(rows), now)
    shown = rows or (entry,)
    moved = _progress(session, who, shown, now) if who is not None else ()
    today = local_date_in(standing.person.zone, now)
    return Undone(shown, entry.day, today, moved, repeated=not rows)


def undo_last(session: Session, standing: Standing, now: datetime) -> Undone:
    """Takes back what the person logged last from Slack; called again, what was before it.

    Goes back as far as entries can be for; raises Refusal where nothing is left.
    """
    since = (now - _REACH).date()
    entry = newest(session.connection, standing.person.id, SLACK, since)
    if entry is None or entry.recorded_at < now - timedelta(days=MAX_DAYS_BACK):
        raise Refusal(
            "There is nothing left to take back: "
            f"you logged nothing here in the last {MAX_DAYS_BACK} days."
        )
    return undo(session, standing, entry.id, now)


def recent(
    session: Session, standing: Standing, now: datetime, limit: int = 10
) -> tuple[Entry, ...]:
    """The person's entries that stand, recorded last first; a deal once, by its first row."""
    since = (now - _REACH).date()
    found = recent_entries(session.connection, standing.person.id, since, limit * _ROWS_OF_A_DEAL)
    first_of_deal = {entry.deal: entry.id for entry in found if entry.deal is not None}
    shown = (each for each in found if each.id == first_of_deal.get(each.deal or "", each.id))
    return tuple(islice(shown, limit))


def _celebrated(session: Session, who: Member, entries: Sequence[Entry], now: datetime) -> Recorded:
    touched = _indicators(entries)
    tally = Tally(session, who.rep, touched, now)
    asked = _asked(who, entries, now)
    tally.want({span for question in asked for span in question.spans})
    days, added = _days(entries), _amounts(entries)
    reached = celebrate(session, who.playbook, who.rep, touched, days, now, added, tally)
    return Recorded(
        entries=tuple(entries),
        day=entries[0].day,
        today=who.rep.today(now),
        progress=tuple(question.answer(tally) for question in asked),
        milestones=reached,
        first=any(each.kind is MilestoneKind.FIRST_ENTRY for each in reached),
    )


def _recorded_before(session: Session, who: Member, keys: Sequence[str], now: datetime) -> Recorded:
    workspace_id = who.rep.person.workspace_id
    return _again(session, who, recorded_under(session.connection, workspace_id, keys), now)


def _replaced_before(session: Session, who: Member, entry_id: int, now: datetime) -> Recorded:
    workspace_id = who.rep.person.workspace_id
    old = find_entry(session.connection, workspace_id, entry_id)
    if old is None or old.replaced_by is None:
        raise Refusal("That entry was taken back already. Log it again with `/log`.")
    new = find_entry(session.connection, workspace_id, old.replaced_by)
    return _again(session, who, (new,) if new else (), now)


def _again(session: Session, who: Member, entries: tuple[Entry, ...], now: datetime) -> Recorded:
    if not entries or entries[0].person_id != who.rep.id:
        raise NotPermitted("Only the person who logged an entry can change it.")
    moved = _progress(session, who, entries, now)
    return Recorded(entries, entries[0].day, who.rep.today(now), moved, repeated=True)


def _progress(
    session: Session, who: Member, entries: Sequence[Entry], now: datetime
) -> tuple[Progress, ...]:
    """The periods of the entries' day; for indicators of the team that the rep is in now."""
    tally = Tally(session, who.rep, _indicators(entries), now)
    asked = _asked(who, entries, now)
    tally.want({span for question in asked for span in question.spans})
    return tuple(question.answer(tally) for question in asked)


def _asked(who: Member, entries: Sequence[Entry], now: datetime) -> tuple[Question, ...]:
    touched = {entry.indicator.id for entry in entries}
    counted = [each for each in _known(who.playbook) if each.id in touched]
    return tuple(questions(who.playbook, (who.rep,), counted, now, on=entries[0].day))


def _known(playbook: TeamPlaybook) -> tuple[Indicator, ...]:
    return (*playbook.indicators, *playbook.retired)


def _own(session: Session, standing: Standing, entry_id: int) -> Entry:
    entry = find_entry(session.connection, standing.person.workspace_id, entry_id)
    if entry is None:
        raise Refusal("I can't find that entry. `/log list` shows your recent ones.")
    if entry.person_id != standing.person.id:
        raise NotPermitted("Only the person who logged an entry can change it.")
    return entry


def _check(who: Member, request: LogRequest, now: datetime) -> None:
    """Forms and old buttons ask for things that the grammar would not let pass."""
    require_indicators(who.playbook)
    active = {indicator.id for indicator in who.playbook.indicators}
    for asked in request.entries:
        if asked.indicator.id not in active:
            raise Refusal(retired_sentence(who.playbook, asked.indicator))
    check_limits(request, who.rep.today(now))


def _rows(who: Member, request: LogRequest, origin: Origin, now: datetime) -> list[NewEntry]:
    deal = _deal_id(origin) if request.deal else None
    return [
        NewEntry(
            workspace_id=who.rep.person.workspace_id,
            person_id=who.rep.id,
            indicator=asked.indicator,
            quantity=asked.quantity,
            request=request,
            origin=origin,
            number=number,
            deal=deal,
            occurred_at=_occurred_at(who, request.day, now),
            recorded_at=now,
        )
        for number, asked in enumerate(request.entries)
    ]


def _deal_id(origin: Origin) -> str:
    return blake2b(origin.dedupe_key.encode(), digest_size=16).hexdigest()


def _occurred_at(who: Member, day: date, now: datetime) -> datetime:
    if day == who.rep.today(now):
        return now
    return who.rep.calendar.instant_of(day, _NOON)


def _indicators(entries: Collection[Entry]) -> tuple[Indicator, ...]:
    return tuple({entry.indicator.id: entry.indicator for entry in entries}.values())


def _amounts(entries: Collection[Entry]) -> Mapping[int, Decimal]:
    """What was logged, by indicator id."""
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    for entry in entries:
        found[entry.indicator.id] += entry.quantity
    return found


def _days(entries: Collection[Entry]) -> frozenset[date]:
    return frozenset(entry.day for entry in entries)
