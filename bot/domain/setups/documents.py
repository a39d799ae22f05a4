"""A draft as JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.setups.drafts import Draft, DraftIndicator, DraftResult, Met, Times


def document_of(draft: Draft) -> dict[str, Any]:
    """Plain values for a JSON column."""
    return asdict(draft)


def draft_of(document: Mapping[str, Any]) -> Draft:
    """The draft that was kept so."""
    own = dict(document)
    own["results"] = tuple(_result(each) for each in document["results"])
    own["people"] = {user: Met(**met) for user, met in document["people"].items()}
    times = document["times"]
    own["times"] = Times(**times | {"workdays": tuple(times["workdays"])})
    return Draft(**own | {name: tuple(document[name]) for name in ("reps", "managers")})


def _result(kept: Mapping[str, Any]) -> DraftResult:
    behaviours = tuple(_indicator(each) for each in kept["behaviours"])
    return DraftResult(kept["name"], kept["target"], tuple(kept["aliases"]), behaviours)


def _indicator(kept: Mapping[str, Any]) -> DraftIndicator:
    return DraftIndicator(kept["name"], kept["target"], tuple(kept["aliases"]), kept["leads_to"])
