"""Turns at a rate: so many a second for each name, a few at once."""

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
_FEW: Final = 1_000


class Slots(Generic[Name]):
    """When each name's next turn is: `rate` a second, `burst` of them at once; 0 is no limit.

    Of a name nothing is kept but the instant at which all that it took is worked off, and nothing
    at all after that: names that are silent cost no memory. Instants are seconds of any clock.
    (aiolimiter keeps 1 KB a name, and can't be told of turns that others took.)
    """

    def __init__(self, rate: float, burst: float) -> None:
        self._step = 1 / rate if rate else 0.0
        self._ahead = (burst - 1) * self._step
        self._worked_off: dict[Name, float] = {}
        self._most = _FEW

    def book(self, name: Name, now: float) -> float:
        """Takes the next turn; the seconds until it comes."""
        if not self._step:
            return 0.0
        until = max(now, self._worked_off.get(name, now))
        self._keep(name, until + self._step, now)
        return max(0.0, until - self._ahead - now)

    def took(self, name: Name, at: float) -> None:
        """A turn that is known of was taken at that instant, no earlier."""
        if not self._step:
            return
        self._keep(name, max(self._worked_off.get(name, at), at + self._step), at)

    def add(self, name: Name, at: float) -> None:
        """Another turn was taken at that instant; to be told in order."""
        if not self._step:
            return
        self._keep(name, max(self._worked_off.get(name, at), at) + self._step, at)

    def _keep(self, name: Name, until: float, now: float) -> None:
        self._worked_off[name] = until
        if len(self._worked_off) > self._most:
            self._worked_off = {each: at for each, at in self._worked_off.items() if at > now}
            self._most = max(_FEW, 2 * len(self._worked_off))
