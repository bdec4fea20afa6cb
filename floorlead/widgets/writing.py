"""Writing from the screen: what is done is said in one line, what cannot be saved now is kept and tried again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from floorlead import settings
from floorlead.record import record
from floorlead.store import Busy, CannotWrite, Refused, Store, aftermath, log
from floorlead.store import undo as undoing
from floorlead.widgets.page import Dialog
from floorlead.widgets.rooms import Rooms
from floorlead.words import _

UNDOABLE = ("do", "undo", "redo")
"""Kinds of action that Ctrl+Z or Ctrl+Y go on from."""


@record
class Unsaved:
    """An entry that waits for the file, and the dialog that it was made in."""

    act: Callable[[], object]
    page: str
    dialog: Dialog | None


class Writing(Rooms):
    """A desk's one way to write, and its way back."""

    options: dict[str, str]
    queue: list[Unsaved]
    trouble: str
    last: str
    _undoable: tuple[int, bool]
    _said_here: str
    final = False
    """Whether the sentence tells of something that Ctrl+Z does not take back."""
    _said_at = 0

    def do(self, act: Callable[[], object], *, quiet: bool = False) -> bool:
        """Carry out something that writes; what is refused is said, what cannot be saved now is tried again.

        Returns whether it was done.
        """
        unsaved = Unsaved(act, self.page.name, self.dialog())
        if self.queue:
            self.queue.append(unsaved)
            return False
        try:
            self.store.last = None
            act()
        except (Busy, CannotWrite) as refused:
            if refused.code != "E23":
                self.queue.append(unsaved)
            if isinstance(refused, Busy):
                self.is_held()
            else:
                self.trouble = str(refused)
            return False
        except Refused as refused:
            self.trouble = str(refused)
            return False
        self.tell_aftermath()
        if self.store.last and not quiet:
            if self.store.last_kind in UNDOABLE:
                self._undoable = (self.store.writes, True)
            self.say(_("Last: {words}").format(words=log.tell(*self.store.last)))
        return True

    def is_held(self) -> None:
        """Another program holds the file."""

    def tell_aftermath(self) -> None:
        """What did not work beside what was done stands on the warning line."""
        if told := aftermath.take():
            self.trouble = told

    def _retried(self) -> bool:
        """Save what waits, in its order; returns whether all of it is done. What is refused comes back with its box."""
        told = ""
        while self.queue:
            unsaved = self.queue[0]
            try:
                unsaved.act()
            except (Busy, CannotWrite) as refused:
                if isinstance(refused, Busy):
                    self.is_held()
                self.trouble = told or ("" if isinstance(refused, Busy) else str(refused))
                return False
            except Refused as refused:
                told = str(refused)
                if unsaved.dialog is not None and unsaved.dialog not in self.stacks[unsaved.page]:
                    unsaved.dialog.came_back(told)
                    self.stacks[unsaved.page].append(unsaved.dialog)
            self.queue.pop(0)
        self.trouble = told
        self.tell_aftermath()
        return True

    def say(self, sentence: str, *, here: bool = False) -> None:
        """Put a sentence on the last-action line until the next action; one that means only what is `here` goes with it."""
        self.last = sentence
        self._said_here = sentence if here else ""
        if self._said_at != self.store.writes:
            self.final = self.store.last_kind not in UNDOABLE
        self._said_at = self.store.writes

    def say_last(self) -> None:
        """Say again what Ctrl+Z would take back."""
        self.last, self.final = self._last_words(), False

    def _last_words(self) -> str:
        done, _redo = undoing.stacks(self.store)
        return _("Last: {words}").format(words=log.action(self.store, done[-1]).words()) if done else ""

    def can_undo(self) -> bool:
        """Whether Ctrl+Z has something to take back, and the last line does not tell of something else."""
        if self.final:
            return False
        if self._undoable[0] != self.store.writes:
            self._undoable = (self.store.writes, bool(undoing.stacks(self.store)[0]))
        return self._undoable[1]

    def undo(self, play: Callable[[Store], log.Action | None], said: str, nothing: str) -> None:
        """Undo or redo, go to what changed and say so."""
        done: list[log.Action | None] = []
        if not self.do(lambda: done.append(play(self.store)), quiet=True):
            return
        action = done[0]
        if action is None:
            self.say(self._why_nothing(nothing))
            return
        changes = undoing.changes_of(self.store, action.seq)
        self._jump(changes)
        self.options = settings.all_of(self.store)
        over = max(undoing.erased(self.store), default=0) > action.seq
        self.say(said.format(words=action.words()) + ("  " + _("(what was erased is stepped over)") if over else ""))

    def _why_nothing(self, nothing: str) -> str:
        if undoing.behind_a_seal(self.store):
            return _("Nothing to take back since the report was sealed")
        return _("What was erased with a customer's data is not taken back") if undoing.erased(self.store) else nothing

    def _jump(self, changes: Sequence[undoing.Change]) -> None:
        tables = {change.table for change in changes}
        here = tables & set(self.page.TABLES)
        target = self.page if here else next((p for p in self.pages if tables & set(p.TABLES)), self.page)
        self.page = target
        target.enter()
        target.show_changes(changes)
