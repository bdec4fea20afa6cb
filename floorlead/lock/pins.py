"""PINs and their argon2id hashes: each guess at a copied file has a price, and no PIN is ever written down.

A PIN locks the screen; it does not hide the file from whoever can copy it.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PASSES, MEMORY_KIB = 3, 32 * 1024
"""About a twentieth of a second for a try; above the least that OWASP names for argon2id (2 passes, 19 MiB)."""


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1, type=Type.ID)


def hashed(pin: str) -> str:
    """The PIN's length and its salted hash, as they are kept."""
    return f"{len(pin)}:{_hasher().hash(pin)}"


def fits(kept: str, pin: str) -> bool:
    """Whether a PIN is the one that was kept; takes about a twentieth of a second."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept.partition(":")[2], pin)
    except (VerificationError, InvalidHashError):
        return False


def new_code(digits: int) -> str:
    """A random recovery code."""
    return "".join(str(secrets.randbelow(10)) for _n in range(digits))
