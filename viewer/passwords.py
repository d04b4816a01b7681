"""Decides how passwords are kept (argon2id) and what a one-time password looks like."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from index.domain.errors import WrongUse

_hasher = PasswordHasher()
_turns = BoundedSemaphore(2)
"""A check costs 64 MB: a crowd at the door waits its turn instead of filling the memory."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is misread when it is copied by hand from paper: no i, l, o, 0, 1."""


def hashed(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def fits(password_hash: str, password: str) -> bool:
    """Whether it is the password; an unknown person costs the same time as a known one."""
    try:
        with _turns:
            return _hasher.verify(password_hash or _nobodys(), password) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def one_time() -> str:
    """A password to be handed over on paper and changed at the first sign-in: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def check_strength(password: str, length: int) -> None:
    """Raises WrongUse("weak-password") when it is too short."""
    if len(password) < length:
        raise WrongUse("weak-password", length=length)
