"""What `doctor` finds: one line for each thing that it looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Nothing to do; worth a look; must be mended before the bot works."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and what to do about it ("" where nothing is)."""

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


def fine(name: str, found: str) -> Check:
    return Check(name, Verdict.OK, found)


def warning(name: str, found: str, advice: str) -> Check:
    return Check(name, Verdict.WARNING, found, advice)


def problem(name: str, found: str, advice: str) -> Check:
    return Check(name, Verdict.PROBLEM, found, advice)
