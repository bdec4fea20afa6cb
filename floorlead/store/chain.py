"""The hash chain over the actions: each link covers the one before and a salted digest of what was done.

Because the link covers only the digest, a payload and its salt can be erased and the chain still verifies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

SEAL_DIGITS = 16
"""Hex digits of a seal that are printed on paper."""


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks: the one spelling of a record."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha(*parts: str) -> str:
    """SHA-256 in hex over length-prefixed parts, so that no two lists of parts look alike."""
    return hashed(parts)


def hashed(parts: Iterable[str]) -> str:
    """The same over parts that come one by one, of which only one at a time is in memory."""
    import hashlib  # only what writes or verifies needs it

    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def new_salt() -> str:
    """Sixteen random bytes in hex."""
    return os.urandom(16).hex()


def payload_digest(salt: str, what: str, args: str, changes: Iterable[Sequence[Any]]) -> str:
    """The salted digest of what an action did; a change is (id, table, row, op, old, new)."""
    cells = ("" if cell is None else f"={cell}" for change in changes for cell in change)
    return hashed(chain((salt, what, args), cells))


def link(before: str, action: Sequence[Any], digest: str) -> str:
    """The action's link; `action` is (seq, id, at, day, by, kind, target, first_change)."""
    return sha(before, *("" if cell is None else str(cell) for cell in action), digest)


def seal_of(previous: str, number: int, revision: int, day: str, body: str, head: str) -> str:
    """A report's seal under the first rule: its body, number and revision, the seal before it and the chain's head."""
    return sha(previous, str(number), str(revision), day, body, head)
