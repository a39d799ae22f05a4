"""Scorecards as JSON and as text for a terminal."""

from decimal import Decimal
from typing import Any

from bot.domain.days.periods import Period, PeriodKind
from bot.domain.progress.consistency import Consistency
from bot.domain.progress.pace import Progress, Status
from bot.domain.progress.scorecards import Scorecard
from bot.domain.quantities import plain
from bot.slack.words.chances import chance_in_numbers, steadiness_in_numbers


def number(amount: Decimal | None) -> int | float | None:
    """A JSON number; whole ones without a point."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def as_document(scorecard: Scorecard) -> dict[str, Any]:
    """The scorecard in the form of interface.md."""
    return {
        "user": scorecard.user_id,
        "name": scorecard.name,
        "team": scorecard.team,
        "as_of": scorecard.as_of.isoformat(),
        "behaviours": [_behaviour(scorecard, each) for each in scorecard.behaviours],
        "results": [_result(each) for each in scorecard.results],
    }


def _behaviour(scorecard: Scorecard, progress: Progress) -> dict[str, Any]:
    driven = scorecard.driven_by(progress)
    today = {
        "today_target": number(progress.today_target),
        "today_actual": number(progress.today_actual),
    }
    return {
        "name": progress.indicator.name,
        "result": driven.indicator.name if driven else None,
        "unit": progress.indicator.unit.name,
        "period": _period(progress.period),
        "target": number(progress.target),
        "actual": number(progress.actual),
        "expected": number(progress.expected),
        "attainment": number(progress.attainment),
        "pace": number(progress.pace),
        "status": (progress.status or Status.NOT_STARTED).value,  # interface.md: always one
        "ask_today": number(progress.ask_today),
        "streak": progress.streak,
        "forecast": progress.forecast,
        **_consistency(progress.consistency),
        **(today if _is_daily(progress) else {}),
    }


def _result(progress: Progress) -> dict[str, Any]:
    return {
        "name": progress.indicator.name,
        "unit": progress.indicator.unit.name,
        "period": _period(progress.period),
        "target": number(progress.target),
        "actual": number(progress.actual),
        "attainment": number(progress.attainment),
    }


def _consistency(found: Consistency | None) -> dict[str, float | None]:
    """The share of the last periods on target, of how many, and the quartiles' distance."""
    spread = None if found is None else found.spread
    return {
        "consistency": None if found is None else round(found.share, 3),
        "consistency_of": 0 if found is None else found.of,
        "consistency_spread": None if spread is None else round(spread, 3),
    }


def _period(period: Period) -> dict[str, str]:
    return {
        "kind": period.kind.value,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def _is_daily(progress: Progress) -> bool:
    """Whether the target is daily; on a day off only the indicator itself can tell."""
    if progress.today_target is not None:
        return True
    week = progress.period.kind is PeriodKind.WEEK
    return week and progress.indicator.period is PeriodKind.DAY


def as_text(scorecard: Scorecard) -> str:
    """The scorecard for people to read, a line for each behaviour and result."""
    who = f"{scorecard.name} ({scorecard.user_id})" if scorecard.name else scorecard.user_id
    width = max(
        (len(each.indicator.name) for each in (*scorecard.behaviours, *scorecard.results)),
        default=0,
    )
    lines = [f"{who} · {scorecard.team} · {scorecard.today:%a} {scorecard.today}"]
    lines += [f"  {each.indicator.name:<{width}}  {_told(each)}" for each in scorecard.behaviours]
    lines += [f"  {each.indicator.name:<{width}}  {_score(each)}" for each in scorecard.results]
    return "\n".join(lines)


def _score(progress: Progress) -> str:
    unit, period = progress.indicator.unit.name, progress.period
    if progress.target is None:
        amount = f"{plain(progress.actual)} {unit}, no target"
    else:
        amount = f"{plain(progress.actual)} of {plain(progress.target)} {unit}"
    return f"{amount} ({period.kind} from {period.start})"


def _told(progress: Progress) -> str:
    parts = [_score(progress)]
    if progress.today_target is not None:
        parts.append(f"today {plain(progress.today_actual)} of {plain(progress.today_target)}")
    if progress.status is not None:
        parts.append(progress.status.value.replace("_", " "))
    if progress.ask_today:
        parts.append(f"ask today {plain(progress.ask_today)}")
    if progress.streak:
        parts.append(f"streak {progress.streak}")
    parts += filter(None, (chance_in_numbers(progress), steadiness_in_numbers(progress)))
    return " · ".join(parts)
