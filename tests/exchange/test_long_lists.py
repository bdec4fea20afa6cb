"""A dealer's whole history in one file: it comes in without taking the office PC's memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from floorlead import clock
from floorlead.exchange import files, moves
from floorlead.exchange.records import Values, consumed
from floorlead.store import open_store, verify

ROWS = 4_000
A_ROW = 700
"""Bytes that a line of a list may take from reading to entering."""


def test_a_long_history_takes_little_memory(tmp_path: Path) -> None:
    """Read, looked at, entered, sealed into the chain: the most that was in memory is counted by the line."""
    store = open_store(tmp_path / "s.db", clock.stopped("2026-11-24T08:41"))
    lines = [f"2026-{n % 9 + 1:02d}-{n % 27 + 1:02d},QY,精英版{n % 7},云母白,{n % 90},S03,1,0,1,0" for n in range(ROWS)]
    data = "\n".join(["day,model,trim,colour,age_days,advisor,insured,financed,accessories,tradein", *lines]).encode()
    moves.plan(store, files.read(data, "warm.csv", "sales"))
    tracemalloc.start()
    plan = moves.plan(store, files.read(data, "sales.csv", "sales"))
    moves.carry_out(store, plan)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(plan.new) == ROWS == store.one("SELECT count(*) FROM sales")
    assert most / ROWS < A_ROW
    assert verify.verify(store.path).findings == []
    store.close()


def test_values_are_read_like_a_dictionary() -> None:
    one, other = Values({"a": 1, "b": ""}), Values({"b": "", "a": 1})
    assert (one["a"], one.get("c", 7), list(one), len(one)) == (1, 7, ["a", "b"], 2)
    assert one == other == {"a": 1, "b": ""}
    assert {**one, "b": 2} == {"a": 1, "b": 2}
    assert Values({"a": 1}) != one


def test_what_is_consumed_is_let_go() -> None:
    lines = [1, 2, 3]
    found = consumed(lines)
    assert next(found) == 1
    assert len(lines) == 2
    assert [*found] == [2, 3]
    assert lines == []
