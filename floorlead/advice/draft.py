"""Own quantities that are not saved yet: plain JSON over the newest version, taken back one by one."""

from __future__ import annotations

from typing import Any

from floorlead.advice.records import Edit, Edits

Step = tuple[str, Edit | None, Edit | None]
"""A change of one line: its key, the own quantity before and after (None = as advised)."""


class Draft:
    """Changes over `base`, the quantities of the newest version; `day` is when the first of them was made."""

    def __init__(self) -> None:
        self.base: Edits = {}
        self.changes: dict[str, Edit | None] = {}
        self.trail: list[Step] = []
        self.undone: list[Step] = []
        self.day = ""

    def rebase(self, base: Edits) -> None:
        """Take up the newest version; what it holds already is no change any more."""
        if base == self.base:
            return
        self.base = base
        self.changes = {key: edit for key, edit in self.changes.items() if edit != base.get(key)}
        if not self.changes:
            self.clear()

    def edits(self) -> dict[str, Edit]:
        """The own quantities as they are now."""
        return {key: edit for key, edit in {**self.base, **self.changes}.items() if edit is not None}

    def of(self, key: str) -> Edit | None:
        """A line's own quantity, None where the advice stands."""
        return self.changes[key] if key in self.changes else self.base.get(key)

    def unsaved(self) -> int:
        """How many lines differ from the newest version."""
        return sum(edit != self.base.get(key) for key, edit in self.changes.items())

    def put(self, key: str, edit: Edit | None, day: str) -> None:
        """Set a line's own quantity, or leave it to the advice again."""
        if edit == self.of(key):
            return
        if not self.unsaved():
            self.day = day
        self.trail.append((key, self.of(key), edit))
        self.undone.clear()
        self._put(key, edit)

    def _put(self, key: str, edit: Edit | None) -> None:
        self.changes[key] = edit
        if edit == self.base.get(key):
            del self.changes[key]

    def back(self) -> str:
        """Take the last change back; returns its line's key, empty where there is none."""
        if not self.trail:
            return ""
        step = self.trail.pop()
        self.undone.append(step)
        self._put(step[0], step[1])
        return step[0]

    def again(self) -> str:
        """Do again what was last taken back; returns its line's key, empty where there is none."""
        if not self.undone:
            return ""
        step = self.undone.pop()
        self.trail.append(step)
        self._put(step[0], step[2])
        return step[0]

    def clear(self) -> None:
        """Everything is saved."""
        self.changes, self.trail, self.undone, self.day = {}, [], [], ""

    def state(self) -> dict[str, Any]:
        """The changes as plain JSON."""
        if not (self.changes or self.trail or self.undone):
            return {}
        steps = [[[key, _kept(old), _kept(new)] for key, old, new in steps] for steps in (self.trail, self.undone)]
        changes = {key: _kept(edit) for key, edit in self.changes.items()}
        return {"changes": changes, "trail": steps[0], "undone": steps[1], "day": self.day}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again. Raises ValueError, KeyError or TypeError for what is no state."""
        changes = {str(key): _read(edit) for key, edit in state.get("changes", {}).items()}
        trail, undone = _steps(state.get("trail", [])), _steps(state.get("undone", []))
        self.changes, self.trail, self.undone, self.day = changes, trail, undone, str(state.get("day", ""))


def _kept(edit: Edit | None) -> list[Any] | None:
    return None if edit is None else [edit.quantity, edit.reason]


def _read(kept: list[Any] | None) -> Edit | None:
    return None if kept is None else Edit(int(kept[0]), str(kept[1]))


def _steps(kept: Any) -> list[Step]:
    return [(str(key), _read(old), _read(new)) for key, old, new in kept]


class Digits:
    """The digits that the last keys put on a line: a second one right behind the first makes one number of them."""

    def __init__(self) -> None:
        self.line = ""
        self.text = ""

    def take(self, line: str, key: str) -> int | None:
        """The number that a key makes on a line; None where `-` or the same digit again takes it back."""
        before = self.text if self.line == line else ""
        if key in ("-", before):
            self.line = self.text = ""
            return None
        self.line, self.text = line, before + key if len(before) == 1 and before != "0" else key
        return int(self.text)
