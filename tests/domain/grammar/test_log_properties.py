"""Whatever is typed: no other error, the same reading twice, and what is printed reads back."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.grammar.log import parse_log
from bot.domain.grammar.printing import print_log
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import LoggedAmount, LogRequest
from bot.domain.indicators import Indicator
from tests.domain.grammar.team import TEAM, TODAY, indicator

WORDS = st.sampled_from(
    "5 calls call demo demos with CFO won lost no decision because yesterday tue 20 nov 3 days ago "
    "last friday 2026-11-20 , ; and a an x5 1h30 prospecting fm first meeting revenue £4.2k 4,200 "
    '" "Acme" Acme of - −1 0 NaN &amp; &lt;!channel&gt; <@U1|sam> <!here> 31 feb visits 1st on '
    "cals \u200f مرحبا 🚀 ½ 1,5 : = for at deal opp new customers ` /log undo help 1e9 w/ /".split()
)
LINES = st.lists(st.one_of(WORDS, st.just("\n")), max_size=14).map(" ".join)
TEXTS = st.one_of(LINES, st.text(max_size=80), st.tuples(LINES, st.text(max_size=40)).map("".join))
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def outcome(text: str, team: tuple[Indicator, ...], today: date) -> LogRequest | NotUnderstood:
    try:
        return parse_log(text, team, today)
    except NotUnderstood as refusal:
        return refusal


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
@example('5 calls with "A ; B"; c', TODAY)
@example("5 calls; `x`", TODAY)
@example("5 calls with &amp;lt;@U1|sam>", TODAY)
@example("lost because of mice and men", TODAY)
def test_every_text_is_read_or_kindly_refused_and_printed_lines_read_back(
    text: str, today: date
) -> None:
    found = outcome(text, TEAM, today)
    if isinstance(found, LogRequest):
        assert parse_log(print_log(found, today, TEAM), TEAM, today) == found
        assert today - timedelta(days=31) <= found.day <= today
        assert all(Decimal(0) < e.quantity for e in found.entries if not found.deal)
    else:
        assert 10 < len(found.sentence) < 500
        assert all(parse_log(choice, TEAM, today).entries for choice in found.choices)


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAYS)
def test_reading_twice_gives_the_same(text: str, today: date) -> None:
    first, second = outcome(text, TEAM, today), outcome(text, TEAM, today)
    if isinstance(first, NotUnderstood) and isinstance(second, NotUnderstood):
        assert (first.sentence, first.choices) == (second.sentence, second.choices)
    else:
        assert first == second


NAMES = st.one_of(
    st.text(min_size=1, max_size=20).filter(str.strip),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(str.strip),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), LINES, st.sampled_from(["calls", "hours", "GBP"]))
def test_no_name_that_a_playbook_gives_breaks_the_grammar(
    names: list[str], text: str, unit: str
) -> None:
    team = tuple(indicator(n, name, unit, result=n % 2 == 1) for n, name in enumerate(names))
    for line in (text, f"2 {names[0]}", f"{names[0]} with {text}"):
        found = outcome(line, team, TODAY)
        if isinstance(found, LogRequest):
            assert found.entries
        else:
            assert all(parse_log(choice, team, TODAY) for choice in found.choices)


ACCOUNTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30), LINES
).map(lambda text: " ".join(text.replace("&amp;", "&").split()) or None)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TEAM), st.integers(1, 2400)), min_size=1, max_size=5),
    ACCOUNTS,
    st.integers(0, 31),
)
def test_every_entry_that_can_be_recorded_can_be_typed(
    rows: list[tuple[Indicator, int]], account: str | None, back: int
) -> None:
    entries = tuple(LoggedAmount(i, Decimal(cents) / 100) for i, cents in rows)
    request = LogRequest(entries, TODAY - timedelta(days=back), account=account)
    assert parse_log(print_log(request, TODAY, TEAM), TEAM, TODAY) == request
