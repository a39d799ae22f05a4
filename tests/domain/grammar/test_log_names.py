"""A behaviour is found by name or alias, by a unique prefix, or as a question by likeness."""

import pytest

from bot.domain.grammar.log import parse_log
from bot.domain.grammar.refusals import NotUnderstood
from tests.domain.grammar.team import TEAM, TODAY, amounts, indicator, read, refused


@pytest.mark.parametrize(
    "text, name",
    [
        ("first meeting", "First meetings"),
        ("FM", "First meetings"),
        ("2 fms", "First meetings"),
        ("follow ups kept", "Follow-ups kept"),
        ("followups kept", "Follow-ups kept"),
        ("opportunity identified", "Opportunities identified"),
        ("evenement", "Événements"),
        ("ÉVÉNEMENTS", "Événements"),
        ("new customer", "New customers"),
        ("demo", "Demos"),
    ],
)
def test_names_are_found_whatever_their_case_number_accents_and_hyphens(
    text: str, name: str
) -> None:
    assert [found for _, found in amounts(text)] == [name]


@pytest.mark.parametrize(
    "text, name",
    [
        ("2 first", "First meetings"),
        ("2 prospecting c", "Prospecting calls"),
        ("2 opp", "Opp"),
        ("2 follow-up", "Follow-ups kept"),
        ("2 opportunity", "Opp"),
        ("2 new", "New customers"),
    ],
)
def test_a_unique_prefix_is_enough(text: str, name: str) -> None:
    ((quantity, found),) = amounts(text)
    assert (quantity, found[: len(name)]) == ("2", name)


def test_an_ambiguous_prefix_asks_which() -> None:
    refusal = refused("3 de with Acme")
    assert "Demos or Demos with CFO" in refusal.sentence
    assert refusal.choices == ("3 Demos with Acme", "3 Demos with CFO with Acme")


def test_the_whole_name_beats_a_longer_one_that_begins_with_it() -> None:
    assert amounts("2 demos") == [("2", "Demos")]


@pytest.mark.parametrize(
    "text, amount",
    [
        ("demo with CFO", ("1", "Demos with CFO")),
        ("2 demos with cfo", ("2", "Demos with CFO")),
        ("1st visit", ("1", "1st visits")),
        ("2 1st visits", ("2", "1st visits")),
        ("3 calls, cold", ("3", "Calls, cold")),
        ("3 calls cold", ("3", "Calls, cold")),
    ],
)
def test_names_may_contain_digits_commas_and_with(text: str, amount: tuple[str, str]) -> None:
    assert amounts(text) == [amount]


def test_an_account_in_quotes_is_no_part_of_a_name() -> None:
    request = read('1 demo with "CFO"')
    assert (request.entries[0].indicator.name, request.account) == ("Demos", "CFO")
    assert read("demo with CFO with Acme").account == "Acme"


@pytest.mark.parametrize(
    "text, corrected",
    [
        ("5 cals", "5 Prospecting calls"),
        ("5 mettings", "5 First meetings"),
        ("2 demmos yesterday", "2 Demos 2026-11-22"),
        ("5 visits", "5 1st visits"),
        ("1h seling tme; x", "1h Selling time; x"),
        ("cals", "1 Prospecting calls"),
        ("5 cals, 2 demos with Acme", "5 Prospecting calls, 2 Demos with Acme"),
        ("5 calle", "5 Prospecting calls"),
        ("calls 3 demos 2", "3 Prospecting calls, 2 Demos"),
        ("5 calls 2 demos", "5 Prospecting calls, 2 Demos"),
        ("5 calls and", "5 Prospecting calls"),
        ("5 calls at Acme tue", "5 Prospecting calls with Acme 2026-11-17"),
        ("5 calls fridy", "5 Prospecting calls 2026-11-20"),
        ("5 calls yesturday; x", "5 Prospecting calls 2026-11-22; x"),
        ("I made 5 calls yesterday", "5 Prospecting calls 2026-11-22"),
        ("just did 5 calls, 2 demos with Acme", "5 Prospecting calls, 2 Demos with Acme"),
        ("half 5 calls", None),
        ("wonn 4200 with Acme", "won 4200 with Acme"),
    ],
)
def test_what_is_only_like_a_name_is_a_question(text: str, corrected: str) -> None:
    assert refused(text).corrected == corrected


def test_a_word_of_the_name_is_a_question_where_no_alias_says_it() -> None:
    team = (indicator(1, "Prospecting calls", "calls"), indicator(2, "E-mails", "e-mails"))
    with pytest.raises(NotUnderstood) as refusal:
        parse_log("20 calls", team, TODAY)
    assert refusal.value.choices == ("20 Prospecting calls",)
    with pytest.raises(NotUnderstood) as refusal:
        parse_log("20 mails", team, TODAY)
    assert refusal.value.choices == ("20 E-mails",)


def test_what_is_like_nothing_is_told_what_can_be_logged() -> None:
    refusal = refused("5 calls, 3 xyzzy with Acme")
    assert refusal.corrected is None
    assert "“xyzzy”" in refusal.sentence
    assert "First meetings, Prospecting calls" in refusal.sentence
    assert "“2 First meetings”" in refusal.sentence


def test_a_line_has_one_day() -> None:
    assert "One day a line" in refused("5 calls yesterday, 3 demos today").sentence


def test_a_guess_never_drops_a_number() -> None:
    assert refused("3-4 calls").choices == ()


def test_a_sentence_repeats_at_most_forty_characters() -> None:
    assert "x" * 41 not in refused("5 " + "x" * 500).sentence


def test_two_indicators_of_one_name_are_asked_about() -> None:
    twins = (indicator(1, "Visits", "visits"), indicator(2, "visits", "visits"))
    with pytest.raises(NotUnderstood, match="could be"):
        parse_log("5 visits", twins, TODAY)


@pytest.mark.parametrize(
    "plural, singular",
    [
        ("analyses", "analysis"),
        ("bonuses", "bonus"),
        ("companies", "company"),
        ("boxes", "box"),
        ("pitches", "pitch"),
        ("houses", "house"),
        ("processes", "process"),
        ("demoes", "demo"),
    ],
)
def test_plurals_on_either_side_are_understood(plural: str, singular: str) -> None:
    for name, typed in ((plural, singular), (singular, plural)):
        team = (*TEAM, indicator(30, name, "things"))
        if (typed, name) != ("demoes", "demo"):
            assert parse_log(f"2 {typed}", team[-1:], TODAY).entries[0].indicator.name == name
