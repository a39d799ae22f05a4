"""The digest as a message: the method's order, within Slack's limits (design §2.7)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.reports.digests import OnTarget
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages.digest import digest_message
from bot.slack.words.digest import Voice, spoken, told
from sandbox.blocks import message_blocks
from tests.slack.messages.good_news import NASTY, digest_of

NAMES = Voice(called=lambda user_id: user_id, safe=str)


def all_of(message: Message) -> Iterator[Message]:
    yield message
    yield from message.thread


def all_text(message: Message) -> str:
    return "\n".join(
        f"{each.text}\n{block.get('text', {}).get('text', '')}"
        for each in all_of(message)
        for block in each.blocks
    )


def test_it_goes_from_expectations_by_behaviours_and_results_to_feedback() -> None:
    message = digest_message(digest_of(3, 3))
    ids = [str(block["block_id"]).partition(":")[0] for block in message.blocks]
    assert list(dict.fromkeys(ids)) == [
        "title",
        "lead",
        "expectations",
        "behaviours",
        "table",
        "results",
        "celebrate",
        "gaps",
        "coach",
        "pair",
        "silent",
        "cost",
    ]
    assert message.thread == ()


def test_it_says_so_where_nobody_is_in_the_team_or_all_fell_short_alike() -> None:
    empty = replace(digest_of(0, 1), gaps=(), coach=(), silent=())
    assert told(empty, NAMES)[0].lines[0].startswith("Nobody is in this team yet")
    digest = digest_of(5, 1)
    gaps = tuple(replace(digest.gaps[0], user_id=rep.user_id) for rep in digest.reps)
    coached = (replace(digest.coach[0], user_id=digest.reps[0].user_id),)
    alike = replace(digest, gaps=gaps, coach=coached, silent=())
    assert told(alike, NAMES)[0].lines[0].startswith("All 5 fell short of")


def test_the_table_has_a_row_for_each_rep_and_a_column_for_each_behaviour() -> None:
    message = digest_message(digest_of(4, 3))
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 5
    assert {len(row) for row in table["rows"]} == {4}
    assert table["rows"][1][1]["text"] == "✅ 7/5"


@pytest.mark.parametrize("name", ["Behaviour", "&" * 70, "<!channel>" * 7])
@pytest.mark.parametrize("reps, behaviours", [(2, 1), (60, 12), (100, 12)])
def test_a_digest_of_any_size_passes_every_limit(reps: int, behaviours: int, name: str) -> None:
    message = digest_message(digest_of(reps, behaviours, name=name))
    for each in all_of(message):
        check(each)
        assert message_blocks(list(each.blocks))
    rows = [
        row
        for each in all_of(message)
        for block in each.blocks
        if block["type"] == "table"
        for row in block["rows"][1:]
    ]
    assert len(rows) == reps


def test_what_users_typed_is_escaped_once() -> None:
    message = digest_message(digest_of(3, 2, name=NASTY, team=NASTY))
    written = all_text(message)
    assert "<!channel>" not in written.replace(str(message.blocks[0]["text"]["text"]), "")
    assert message.blocks[0]["text"]["type"] == "plain_text"  # in which nothing is live
    assert "&lt;!channel&gt; &amp;" in written
    assert "&amp;lt;" not in written


def test_it_says_why_in_numbers_and_whom_to_pair_with() -> None:
    written = all_text(digest_message(digest_of(3, 2)))
    assert "<@U00000001>, Behaviour 1: 2 of 5, 3 short (effort)." in written
    assert (
        "<@U00000001> (effort): Behaviour 1: 2 of 5, 3 short. The strongest at it did 7 of 5. "
        "Pair up with <@U00000000>."
    ) in written
    assert "Revenue: GBP 21,000 of the quarter’s 50,000, 42 %." in written


@pytest.mark.parametrize(
    "before, words",
    [(0, "up from 0 the week before"), (1, "as many as the week"), (3, "down from 3 the week")],
)
def test_expectations_stand_against_the_week_before(before: int, words: str) -> None:
    digest = replace(digest_of(4, 1), on_target=OnTarget(1, 4, before))
    assert words in told(digest, NAMES)[1].lines[0]


def test_gaps_of_the_silent_are_not_listed_one_by_one() -> None:
    parts = {part.name: part.lines for part in told(digest_of(4, 3), NAMES)}
    assert len(parts["short"]) == 6
    assert not any("U00000003" in line for line in parts["short"])
    assert "U00000003" in parts["silent"][0]


def test_parts_with_nothing_to_say_are_left_out() -> None:
    whole = digest_of(3, 2)
    quiet = replace(whole, celebrate=(), gaps=(), coach=(), silent=(), results=())
    assert [part.name for part in told(quiet, NAMES)] == [
        "lead",
        "expectations",
        "behaviours",
        "cost",
        "reps",
    ]


def test_a_team_without_targets_is_told_so() -> None:
    empty = replace(digest_of(2, 1), on_target=OnTarget(0, 0, 0))
    assert "Nobody had a target" in spoken(told(empty, NAMES))


def test_a_digest_of_nobody_is_still_a_message() -> None:
    nobody = replace(digest_of(2, 1), reps=(), gaps=(), coach=(), silent=(), celebrate=())
    assert message_blocks(list(check(digest_message(nobody)).blocks))
