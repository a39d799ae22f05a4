"""Pairings and experiments of a digest, as JSON."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.domain.coaching.pairing_progress import PairingProgress, Stretch
    from bot.domain.experiments.effects import Effect, Sum
    from bot.domain.experiments.readouts import ReadOut
    from bot.domain.indicators import Indicator


def pairing_document(progress: "PairingProgress") -> dict[str, Any]:
    """Before: the learner's four weeks before it; since: from its Monday on, in weeks of work."""
    pairing = progress.pairing
    return {
        "learner": pairing.learner,
        "teacher": pairing.teacher,
        "behaviour": progress.behaviour.name,
        "leads_to": _name(progress.following),
        "start": pairing.starts_on.isoformat(),
        "end": pairing.ends_on.isoformat(),
        "before": _stretch(progress.before),
        "since": _stretch(progress.since),
    }


def experiment_document(read: "ReadOut") -> dict[str, Any]:
    """`effect` only once it has come to its planned end; `rate` is per try, or per day of work."""
    plan = read.experiment.plan
    return {
        "question": plan.question,
        "behaviour": read.behaviour.name,
        "leads_to": _name(read.following),
        "start": plan.starts_on.isoformat(),
        "end": plan.ends_on.isoformat(),
        "phase": read.phase.value,
        "new": _group(read.new),
        "usual": _group(read.usual),
        "effect": None if read.effect is None else _effect(read.effect),
    }


def _name(indicator: "Indicator | None") -> str | None:
    return None if indicator is None else indicator.name


def _stretch(stretch: "Stretch") -> dict[str, Any]:
    return {"weeks": round(stretch.weeks, 2), "done": stretch.done, "led": stretch.led}


def _group(group: "Sum") -> dict[str, Any]:
    return {
        "people": group.people,
        "tried": group.tried,
        "led": group.led,
        "rate": round(group.rate, 4),
    }


def _effect(effect: "Effect") -> dict[str, Any]:
    return {
        "difference": round(effect.difference, 4),
        "low": round(effect.low, 4),
        "high": round(effect.high, 4),
        "chance": round(effect.chance, 3),
    }
