"""What another terminal does in the very moment before this one's write begins."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from floorlead.store import Store


@contextlib.contextmanager
def meanwhile(
    store: Store, act: Callable[[], object], *, at: str = "BEGIN IMMEDIATE", number: int = 1
) -> Iterator[None]:
    """Let `act` happen, once, right before the store's `number`th statement that begins with `at`."""
    left = [number]

    def look(statement: str) -> None:
        if statement.startswith(at):
            left[0] -= 1
            if not left[0]:
                act()

    store.connection.set_trace_callback(look)
    try:
        yield
    finally:
        store.connection.set_trace_callback(None)
