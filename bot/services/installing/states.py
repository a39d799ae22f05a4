"""OAuth's `state`: signed, good for ten minutes, once, and in one browser alone."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from bot.db.queries.ledger import handled
from bot.db.session import Session
from bot.services.installing.keys import key_of

LASTS_S: Final = 600
_NOBODYS: Final = "install"
"""In place of a workspace's id, which isn't known before the installation."""


class StateTrouble(StrEnum):
    """Why a state isn't taken."""

    FORGED = "forged"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    USED = "used"


class StateRefused(Exception):
    """A state that isn't taken, and why."""

    def __init__(self, trouble: StateTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Issued:
    """A new state, and what the browser is to show with it (a cookie)."""

    state: str
    proof: str


class States:
    """Issues states without storing anything, so that nobody fills the database by asking.

    What is stored is the hash of a state that was used, by whichever process took it.
    """

    def __init__(self, secret: str) -> None:
        self._key = key_of(secret)

    def issue(self, now: datetime) -> Issued:
        proof = token_urlsafe(24)
        content = json.dumps([token_urlsafe(16), _hashed(proof)]).encode()
        return Issued(self._key.encrypt_at_time(content, int(now.timestamp())).decode(), proof)

    def check(self, state: str, proof: str, now: datetime) -> str:
        """What is in it, to be used up. Raises StateRefused for a forged or expired one, and for
        one of another browser.

        Not the text is used up but what it says: base64 can say the same in several ways.
        """
        if not state.isascii():
            raise StateRefused(StateTrouble.FORGED)
        at = int(now.timestamp())
        try:
            nonce, expected = json.loads(self._key.decrypt_at_time(state, LASTS_S, at))
        except InvalidToken as error:
            raise StateRefused(_trouble(self._key, state)) from error
        if not compare_digest(expected, _hashed(proof)):
            raise StateRefused(StateTrouble.ELSEWHERE)
        return str(nonce)


def use_up(session: Session, nonce: str, now: datetime) -> None:
    """Uses a state up, whichever process asks. Raises StateRefused where it was used before."""
    if not handled.take(session.connection, _NOBODYS, f"state:{_hashed(nonce)}", now):
        raise StateRefused(StateTrouble.USED)


def _trouble(key: Fernet, state: str) -> StateTrouble:
    """What we have signed is merely late."""
    try:
        key.decrypt(state)
    except InvalidToken:
        return StateTrouble.FORGED
    return StateTrouble.EXPIRED


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
