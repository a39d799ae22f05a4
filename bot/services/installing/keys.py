"""Tokens at rest: Fernet, with keys that rotate, each text bound to its workspace."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class MalformedKeys(ValueError):
    """Some keys aren't Fernet keys; `positions` counts from 1. A key itself is never told."""

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(f"keys {positions} are no Fernet keys")
        self.positions = tuple(positions)


class LostKey(Exception):
    """None of the keys opens a token."""


class TokenKeys:
    """TOKEN_KEYS: the first one encrypts, all of them decrypt."""

    def __init__(self, keys: Sequence[Fernet]) -> None:
        self._newest = keys[0]
        self._all = MultiFernet(keys)

    @classmethod
    def parse(cls, text: str) -> "TokenKeys":
        """Keys with commas between, the newest first. Raises MalformedKeys."""
        keys, malformed = [], []
        for position, part in enumerate(text.split(","), start=1):
            try:
                keys.append(Fernet(part.strip()))
            except ValueError:
                malformed.append(position)
        if malformed:
            raise MalformedKeys(malformed)
        return cls(keys)

    def encrypt(self, workspace_id: str, secret: str) -> str:
        """For the row of this workspace alone: in another's, it can't be decrypted."""
        return self._newest.encrypt(json.dumps([workspace_id, secret]).encode()).decode()

    def decrypt(self, workspace_id: str, stored: str) -> str:
        """Raises LostKey, also for a text that was encrypted for another workspace."""
        try:
            whose, secret = json.loads(self._all.decrypt(stored))
        except (InvalidToken, ValueError) as error:
            raise LostKey from error
        if whose != workspace_id:
            raise LostKey
        return str(secret)

    def is_newest(self, stored: str) -> bool:
        """Whether the newest key opens it."""
        try:
            self._newest.decrypt(stored)
        except InvalidToken:
            return False
        return True


def new_key() -> str:
    """A key for TOKEN_KEYS."""
    return Fernet.generate_key().decode()


def key_of(secret: str) -> Fernet:
    """A key from whatever an operator has chosen as a secret."""
    return Fernet(urlsafe_b64encode(sha256(b"pacesetter:" + secret.encode()).digest()))
