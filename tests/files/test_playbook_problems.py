"""Every problem of a playbook file is named at once, each with its place."""

import pytest

from tests.files.samples import EXAMPLE, lines_of, problems_of, spoilt

BEHAVIOUR = "teams[0].results[0].behaviours"
A_RESULT = "      - {name: Result %s, target: 1, period: month}\n"


@pytest.mark.parametrize(
    "old, new, line",
    [
        ("T01TEST", "test", "line 1, column 12: workspace: “test” is no workspace id"),
        ("timezone: Europe", "timezon: Europe", "line 2, column 1: timezon: unknown key; did you"),
        ("Europe/London", "Europe/Londn", "line 2, column 11: timezone: I don't know the time"),
        ("    channel:", "    chanel:", "line 5, column 5: teams[0].chanel: unknown key; did you"),
        ("C01WEST ", '"#west" ', "line 5, column 14: teams[0].channel: “#west” is no channel"),
        ("mon, tue", "mon, tues", "line 7, column 21: teams[0].workdays[1]: must be one of mon,"),
        ("[mon, tue, wed, thu, fri]", "[]", "line 7, column 15: teams[0].workdays: is empty"),
        ("GB-ENG", "GB-XX", "line 8, column 15: teams[0].holidays: I know no public holidays"),
        ('"09:00"', '"24:00"', "line 9, column 15: teams[0].nudge_at: must be a time of 24"),
        ('"09:00"', "9", "line 9, column 15: teams[0].nudge_at: must be a time of 24"),
        ('"18:00"', '"08:59"', "line 10, column 18: teams[0].day_ends_at: must be after the"),
        ("mon 08:30", "08:30", "line 11, column 16: teams[0].digest_at: must be a weekday and"),
        ("U02RILEY", "riley", "line 13, column 9: teams[0].reps[0].user: “riley” is no user id"),
        ("U02RILEY", "U04ALEX", "line 15, column 16: teams[0].reps[2].user: U04ALEX is already"),
        ("2026-09-01", "1 Sept", "line 14, column 78: teams[0].reps[1].started_on: must be a"),
        ("2026-09-01", "9999-12-31", "line 14, column 78: teams[0].reps[1].started_on: must be a"),
        (
            "2026-12-18",
            "9999-12-31",
            "line 15, column 32: teams[0].reps[2].away[0]: must be a date or",
        ),
        ("2026-12-18", "2026-12-01", "line 15, column 32: teams[0].reps[2].away[0]: 2026-12-14 to"),
        (
            "target: 12 ",
            "target: 1_2 ",
            "line 20, column 17: teams[0].results[0].target: must be a number",
        ),
        ("2026-12-18", "mid", "line 15, column 32: teams[0].reps[2].away[0]: must be a date or"),
        ("period: quarter  ", "period: week  ", "line 19, column 17: teams[0].results[0].period:"),
        ("period: quarter  ", "period: term  ", "line 19, column 17: teams[0].results[0].period:"),
        ("target: 12 ", "target: 0 ", "line 20, column 17: teams[0].results[0].target: must be"),
        ("target: 5,", "target: -5,", f"line 22, column 68: {BEHAVIOUR}[0].target: must be more"),
        ("target: 5,", "target: five,", f"line 22, column 68: {BEHAVIOUR}[0].target: must be a n"),
        ("target: 5,", 'target: "5",', f"line 22, column 68: {BEHAVIOUR}[0].target: must be a n"),
        ("target: 5,", "target: true,", f"line 22, column 68: {BEHAVIOUR}[0].target: must be a n"),
        ("target: 5,", "target: 5.555,", f"line 22, column 68: {BEHAVIOUR}[0].target: has more"),
        ("target: 5, ", "", f"line 22, column 13: {BEHAVIOUR}[0].target: is missing"),
        ("[call]", "[call, fm]", f"line 23, column 55: {BEHAVIOUR}[1].aliases[1]: “fm” already"),
        ("Territory plan", "First meeting", f"line 24, column 20: {BEHAVIOUR}[2].name: the team"),
        ("Territory plan", "2026", f"line 24, column 20: {BEHAVIOUR}[2].name: must be text: put"),
        ("leads_to: First", "leads_to: Frst", f"line 25, column 71: {BEHAVIOUR}[3].leads_to: the"),
        ("user: U03SAM, b", "user: U9, b", "line 27, column 16: teams[0].overrides[0].user: U9 is"),
        ("behaviour: F", "behaviour: f2 ", "line 27, column 35: teams[0].overrides[0].behaviour:"),
    ],
)
def test_a_problem_is_named_with_its_place(old: str, new: str, line: str) -> None:
    (problem,) = lines_of(spoilt(old, new))
    assert problem.startswith(line)


def test_an_unknown_key_with_nothing_like_it_lists_the_known_ones() -> None:
    (line,) = lines_of("colour: red\n" + EXAMPLE)
    known = "workspace, timezone, name, teams"
    assert line == f"line 1, column 1: colour: unknown key; known here: {known}"


def test_an_alias_that_two_behaviours_share_is_refused_at_the_second_one() -> None:
    (problem,) = problems_of(spoilt("[call]", "[call,\n              MEETINGS]"))
    assert (problem.line, problem.column) == (24, 15)


def test_the_fourth_result_is_refused_at_its_line() -> None:
    text = spoilt("    overrides:\n", "".join(A_RESULT % n for n in "ABCD") + "    overrides:\n")
    (problem,) = problems_of(text)
    assert (problem.line, problem.where) == (28, "teams[0].results[3]")


def test_the_thirteenth_behaviour_is_refused_at_its_line() -> None:
    more = "".join(f"          - {{name: Habit {c}, target: 1}}\n" for c in "ABCDEFGHIJ")
    (problem,) = problems_of(spoilt("    overrides:\n", more + "    overrides:\n"))
    assert (problem.line, problem.where) == (34, f"{BEHAVIOUR}[12]")


def test_a_rep_in_two_teams_is_refused_at_the_second() -> None:
    text = EXAMPLE + "  - name: East\n    reps: [U05KIM, U02RILEY]\n"
    (line,) = lines_of(text)
    assert line.startswith("line 29, column 20: teams[1].reps[1].user: U02RILEY is already a rep")


def test_a_repeated_key_is_refused_at_the_second() -> None:
    (line,) = lines_of(spoilt("        target: 12", "        unit: deals\n        target: 12"))
    assert line == "line 20, column 9: teams[0].results[0].unit: is already set in line 18"


def test_everything_is_said_at_once_in_the_order_of_the_file() -> None:
    text = (
        spoilt("timezone: Europe/London", "tmezone: Europe/London")
        .replace("GB-ENG", "XX")
        .replace("U02RILEY", "[riley]")
        .replace("target: 12 ", "target: twelve ")
        .replace("target: 20", "target: 0")
        .replace("- {name: Territory plan, target: 1, period: quarter}", "- Territory plan")
        .replace("from: 2026-11-01", "from: soon")
    )
    results = "".join(A_RESULT % n for n in "ABC")
    text = text.replace("    overrides:\n", f"{results}    overrides:\n")
    assert [(problem.line, problem.where) for problem in problems_of(text)] == [
        (2, "tmezone"),
        (8, "teams[0].holidays"),
        (13, "teams[0].reps[0]"),
        (20, "teams[0].results[0].target"),
        (23, f"{BEHAVIOUR}[1].target"),
        (24, f"{BEHAVIOUR}[2]"),
        (28, "teams[0].results[3]"),
        (30, "teams[0].overrides[0].from"),
    ]


def test_the_refusals_sentence_holds_all_of_them() -> None:
    lines = lines_of("teams: []\ncolour: red\n")
    assert len(lines) == 2
    assert lines[0] == "line 1, column 1: workspace: is missing"


@pytest.mark.parametrize(
    "text, places",
    [
        ("workspace: T01TEST", ["teams"]),
        ("workspace: T01TEST\nteams:", ["teams"]),
        ("workspace: T01TEST\nteams: West", ["teams"]),
        ("workspace: T01TEST\nteams: [West]", ["teams[0]"]),
        ("workspace: T01TEST\nteams: [{}]", ["teams[0].name"]),
        ("workspace: T01TEST\nteams: [{name: W, results: [{}]}]", ["name", "period", "target"]),
        ("workspace: T01TEST\nteams: [{name: W, managers: [~, 5]}]", ["[0]", "[1]"]),
        ("workspace: T01TEST\nteams: [{name: W, ramp_results: maybe}]", ["ramp_results"]),
        ("workspace: T01TEST\nteams: [{name: W, overrides: [{target: 1}]}]", ["[0]", "[0]"]),
    ],
)
def test_what_is_missing_or_of_another_kind_is_named_once(text: str, places: list[str]) -> None:
    problems = problems_of(text)
    assert len(problems) == len(places)
    for problem, place in zip(problems, places, strict=True):
        assert problem.where.endswith(place)


def test_a_problem_is_one_readable_line_whatever_the_file_repeats() -> None:
    (line,) = lines_of(EXAMPLE + '"very\\n' + "long" * 9999 + '": 1\n')
    assert len(line) < 1000
    assert "\n" not in line
