"""A form that two terminals fill: fields left alone follow the other one's; where both wrote, a digit takes either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floorlead.phones import mask_in
from floorlead.record import record
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import _

THEIRS, OURS = "1", "2"


def meet(values: dict[str, str], was: dict[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Bring a form's values up to what stands there now; returns what stands in the fields that both changed."""
    both: dict[str, str] = {}
    for name in values:
        if name not in now or now[name] == values[name]:
            continue
        if values[name] == was.get(name, ""):
            values[name] = now[name]
        elif now[name] != was.get(name, ""):
            both[name] = now[name]
    was.update(now)
    return both


@record
class Entry:
    """A field of a form: free text, or `choices` (value, words) picked by a digit. `hint` is the expected format."""

    name: str
    word: str
    limit: int = 60
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    own: str = ""
    """The text field for what is typed where a digit would choose; else the next one below."""


class Contested(Dialog):
    """Fields that another terminal may change while they are filled."""

    values: dict[str, str]
    error: str

    def entries(self) -> Sequence[Entry]:
        """The form's fields."""
        return ()

    def standing(self) -> Mapping[str, str] | None:
        """What stands in the file now, as this form's texts; None for something new."""
        return None

    def meet(self) -> None:
        """Take in what another terminal wrote meanwhile. Raises Refused where both wrote the same field."""
        self.args.pop("both", None)  # both values were shown: what is saved again counts
        now = self.standing()
        if now is not None and (both := meet(self.values, self.args["was"], now)):
            self.args["both"] = both
            self._go_to_both()
            raise Refused("E422", self._both_words())

    def _both_words(self) -> str:
        return _(
            "Another terminal changed this field too: {theirs} takes theirs, {ours} keeps yours; ^S saves yours"
        ).format(theirs=THEIRS, ours=OURS)

    def _go_to_both(self) -> None:
        names = [entry.name for entry in self.entries()]
        if (found := self._first()) and found[0] in names:
            self.args["at"] = names.index(found[0])

    def _decide(self, key: str) -> None:
        """One digit takes what the other terminal wrote, or leaves what was typed here."""
        found = self._first()
        if found is None or key not in (THEIRS, OURS):
            return
        name, theirs = found
        if key == THEIRS:
            self.values[name] = theirs
        del self.args["both"][name]
        self.error = ""
        self._go_to_both()

    def _first(self) -> tuple[str, str] | None:
        """The field that is to be decided next, with what the other terminal wrote."""
        both: dict[str, str] = self.args.get("both") or {}
        return next(iter(both.items()), None)

    def both_lines(self, cells: int) -> list[Line]:
        """Both values of the field that is to be decided, with the digit that takes each."""
        told: list[Line] = []
        if (found := self._first()) is None:
            return told
        name, written = found
        told += [Line().put(f" {part}", "error") for part in wrap(f"!! {self._both_words()} (E422)", cells - 2)]
        told.append(Line().put(" " + next((_(one.word) for one in self.entries() if one.name == name), ""), "cursor"))
        for digit, word, value in ((THEIRS, _("theirs"), written), (OURS, _("yours"), self.values[name])):
            for n, part in enumerate(wrap(mask_in(self._shown(name, value)) or "-", cells - 16)):
                line = Line().put(f" {'' if n else digit} ", "key", f"key:{digit}").col("" if n else word, 10)
                told.append(line.put(part, "", f"key:{digit}"))
        return told

    def _shown(self, name: str, value: str) -> str:
        """A field's value in words."""
        entry = next((one for one in self.entries() if one.name == name), None)
        return next((_(word) for code, word in entry.choices if code == value), value) if entry else value
