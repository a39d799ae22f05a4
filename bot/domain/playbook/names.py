"""How names are told apart: as `/log` finds them, in any case, in singular or plural."""

from collections.abc import Iterable, Iterator

from bot.domain.grammar.entries import AND
from bot.domain.grammar.numbers import NUMBER_WORDS
from bot.domain.grammar.tails import BECAUSE
from bot.domain.grammar.words import WITH, spelling
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan, TeamPlan
from bot.domain.quantities import Unit, unit_named

MAX_NAME = 80
MAX_UNIT = 40


def name_key(name: str) -> str:
    """What all spellings have in common by which `/log` finds a name: "E-mails" and "email"."""
    *_, loosest = spelling(name)
    return loosest


COMMANDS = frozenset(map(name_key, ("help", "undo", "list", "edit", "won", "lost", "no decision")))
"""What `/log` does something else with (interface.md): no behaviour or result is called so."""
SMALL_WORDS = frozenset(
    name_key(word)
    for word in (*NUMBER_WORDS, *WITH, *BECAUSE, *AND, "x", "last", "ago", "today", "yesterday")
)
"""What `/log` reads as a quantity, an account or a day: no alias, which exists to be typed."""


def default_unit(name: str) -> Unit:
    """The unit of a behaviour or result whose playbook names none: its name, within a sentence."""
    first, *rest = name.split(" ")
    # "First meetings" → "first meetings", but "QBRs held" stays as it is.
    start = first.lower() if first[1:] == first[1:].lower() else first
    unit = " ".join([start, *rest])
    return unit_named(unit if len(unit) <= MAX_UNIT else "times")


def text_faults(path: Path, text: str | None, longest: int = MAX_NAME) -> Faults:
    """A name has to be something that fits into one line of a message."""
    if text is None:
        return
    if not text.strip():
        yield Fault(path, "is empty: write a name")
    elif len(text) > longest:
        yield Fault(path, f"is {len(text)} characters long: use at most {longest}")
    elif not text.isprintable():
        yield Fault(path, "must be one line of plain text")


def indicators_of(path: Path, team: TeamPlan) -> Iterator[tuple[Path, ResultPlan | BehaviourPlan]]:
    """Every result and behaviour of the team with its path, in the playbook's order."""
    for r, result in enumerate(team.results):
        here = (*path, "results", r)
        yield here, result
        yield from (
            ((*here, "behaviours", b), behaviour) for b, behaviour in enumerate(result.behaviours)
        )


def declared_name(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that this is a spelling of, None if it is none of them."""
    wanted = name_key(name)
    return next((each for each in known if name_key(each) == wanted), None)


def naming_faults(path: Path, team: TeamPlan) -> Faults:
    """Whatever `/log` could take for two things of the team, or could not be typed at all."""
    names: dict[str, str] = {}
    for here, plan in indicators_of(path, team):
        spot, key = (*here, "name"), name_key(plan.name)
        yield from text_faults(spot, plan.name)
        if key in COMMANDS:
            yield Fault(spot, f"“{plan.name}” means something else to /log: use another name")
        elif key in names:
            yield Fault(spot, f"the team already has “{names[key]}”: use another name")
        names.setdefault(key, plan.name)
    yield from _alias_faults(path, team, names)


def _alias_faults(path: Path, team: TeamPlan, names: dict[str, str]) -> Faults:
    owners: dict[str, Path] = {}
    labels: dict[Path, str] = {}
    for here, plan in indicators_of(path, team):
        labels[here] = plan.name
        for n, alias in enumerate(plan.aliases):
            spot, key = (*here, "aliases", n), name_key(alias)
            yield from _typing_faults(spot, alias)
            if key in names and key != name_key(plan.name):
                yield Fault(spot, f"“{alias}” is the name of “{names[key]}”: use another alias")
            elif owners.setdefault(key, here) != here:
                other = labels[owners[key]]
                yield Fault(spot, f"“{alias}” already stands for “{other}”: use another alias")


def _typing_faults(path: Path, alias: str) -> Faults:
    yield from text_faults(path, alias)
    if name_key(alias) in COMMANDS | SMALL_WORDS:
        yield Fault(path, f"“{alias}” means something else to /log: use another alias")
    elif alias.strip() and not any(letter.isalpha() for letter in alias):
        yield Fault(path, f"“{alias}” would be read as a number: use a word")
    elif any(mark in alias for mark in ",;"):
        yield Fault(path, "an alias can't have a comma or semicolon: /log divides entries there")
