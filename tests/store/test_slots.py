"""Terminals on one file: each has its own place, free again when its program ends."""

from __future__ import annotations

import json

import pytest

from floorlead.store import Store, slots


def left(store: Store, number: int, **place: object) -> None:
    """A terminal left its place."""
    store.keep_drafts({slots.key(number): json.dumps({"day": store.today().isoformat(), **place})})


def test_each_program_has_a_place(store: Store) -> None:
    """Three open at once, the second ends: the next one gets the second's place."""
    held = [slots.claim(store, "a") for _n in range(3)]
    assert [one.number for one in held] == [1, 2, 3]
    assert [one.key for one in held] == ["place", "place-2", "place-3"]
    held[1].let_go()
    assert slots.claim(store, "a").number == 2
    for one in held:
        one.let_go()


def test_a_terminal_finds_its_own(store: Store) -> None:
    """Both were killed: the second terminal comes back first, and takes what it left today, not what is lowest."""
    left(store, 1, terminal="pc one")
    left(store, 2, terminal="pc other")
    held = [slots.claim(store, "pc other") for _n in range(2)]
    assert [one.number for one in held] == [2, 1]


@pytest.mark.parametrize("day", ["2026-11-01", ""])
def test_an_old_name_does_not_lead_away(store: Store, day: str) -> None:
    """A window has the name that yesterday's second terminal had: who sits alone finds the first place."""
    left(store, 1, terminal="pc one")
    left(store, 2, terminal="pc other", day=day)
    assert slots.claim(store, "pc other").number == 1


def test_where_nothing_can_be_locked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that takes no file, or a file only looked at: the first place, as ever."""
    folder = store.path.with_suffix("")
    folder.mkdir(exist_ok=True)
    (folder / "terminals").write_text("in the way")
    assert slots.claim(store, "a").number == 1
    monkeypatch.setattr(store, "reading", True)
    assert slots.claim(store, "a").number == 1
