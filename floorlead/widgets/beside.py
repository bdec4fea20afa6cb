"""What is half typed while the file is held lies in a file of its own beside it; a start takes up what a kill left there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from floorlead.secrets import hidden
from floorlead.store import Busy, CannotWrite, Refused, typed
from floorlead.text import in_all
from floorlead.widgets.page import Dialog
from floorlead.widgets.writing import Writing
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


class Beside(Writing):
    """A desk whose half-typed text is kept wherever it can be."""

    waiting: list[tuple[str, str]]
    unkept = False
    """Whether what is half typed could be kept nowhere."""
    _beside = ""
    """What lies in the file beside."""

    def unsaved(self) -> int:
        """How many entries and keys wait for the file."""
        return len(self.queue) + len(self.waiting)

    def all_kept(self) -> bool:
        """Whether everything that was entered or typed is in the file."""
        return not (self.unsaved() or self.unkept or self._beside)

    def keep(self) -> None:
        """Keep the place and what is half typed; while the file is held, in a file beside it. Raises Refused."""
        self.unkept = True
        self._keep_somewhere()
        self.unkept = False

    def _keep_somewhere(self) -> None:
        try:
            super().keep()
        except (Busy, CannotWrite) as refused:
            if isinstance(refused, Busy):
                self.is_held()
                self.owe(self._keep_again)
            self._keep_beside()
            if not isinstance(refused, Busy):
                raise
            return
        if self.unsaved():
            self._keep_beside()
        elif self._beside:
            typed.entered(self.store.path)
            self._beside = ""

    def owe(self, work: Callable[[], object]) -> None:
        """Something is done as soon as the file is free."""

    def _keep_again(self) -> None:
        with contextlib.suppress(Refused):
            self.keep()

    def _keep_beside(self) -> None:
        state = {**self._state(), "dialogs": self._dialogs_with_queued()}
        waits = self.waiting if self._writes_text() else []
        told = json.dumps(in_all([state, _runs(waits)], hidden), ensure_ascii=False)
        if self.store.reading or told == self._beside:
            return
        try:
            place, waits = json.loads(told)
            typed.keep(self.store.path, {"place": place, "waiting": waits})
            self._beside = told
        except OSError as error:
            sentence = _("What is typed now cannot be kept: {reason}")
            raise Refused("E423", sentence.format(reason=error.strerror)) from error

    def _writes_text(self) -> bool:
        """Whether what waits is a text: digits that may be somebody's PIN reach no file."""
        top = self.dialog()
        if (
            cast("Desk", self).locked
            or ("key", "f12") in self.waiting
            or (top is not None and type(top) is self.shared.get("pin"))
        ):
            return False
        return top is not None and any(kind == "text" for kind, _value in self.waiting)

    def _dialogs_with_queued(self) -> Any:
        """The open dialogs, with those whose entry still waits on top: their text is not saved yet."""
        gone: list[tuple[str, Dialog]] = []
        for one in self.queue:
            if one.dialog is not None and one.dialog not in self.stacks[one.page]:
                self.stacks[one.page].append(one.dialog)
                gone.append((one.page, one.dialog))
        try:
            return self._state()["dialogs"]
        finally:
            for page, dialog in gone:
                self.stacks[page].remove(dialog)

    def take_left(self) -> str | None:
        """The place that a program left which was killed while the file was held; what was typed after it waits."""
        left = typed.take(self.store.path) if not self.store.reading else {}
        if not isinstance(left.get("place"), dict):
            return None
        self._beside = "left"
        if not cast("Desk", self).locked:
            self.waiting = [(str(kind), str(value)) for kind, value in left.get("waiting", ())]
        return json.dumps(left["place"])


def _runs(waiting: list[tuple[str, str]]) -> list[list[str]]:
    """What waits with the signs of a text put together, so that a number in it is seen as one."""
    runs: list[list[str]] = []
    for kind, value in waiting:
        if kind == "text" and runs and runs[-1][0] == "text" and "\b" not in (value, runs[-1][1]):
            runs[-1][1] += value
        else:
            runs.append([kind, value])
    return runs
