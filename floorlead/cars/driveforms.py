"""The key of a test-drive car: who takes it at which odometer, when it is back, and the car's last drives.

A key that is out is one that must be back before the doors are locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.cars import board, moves, queries
from floorlead.cars.records import Car, Drive
from floorlead.people import queries as people
from floorlead.store import Refused, Store
from floorlead.text import as_number
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

LARGEST_KM = 999_999


class OnCar(Dialog):
    """What the boxes over a test-drive car share."""

    def car(self) -> Car | None:
        """The car as it is now."""
        return queries.of(self.page.store, int(self.args.get("id", 0)))

    @property
    def now(self) -> Car:
        """The car, which is there while the box is."""
        found = self.car()
        assert found
        return found

    def drive(self) -> Drive | None:
        """The drive that its key is out for."""
        return queries.drives_out(self.page.store).get(int(self.args.get("id", 0)))

    def alive(self) -> bool:
        """Whether the car is still there."""
        return self.car() is not None

    def heading(self) -> str:
        """Which car."""
        return f"{self.now.shown} {self.now.tail}"


def a_distance(typed: str) -> int | None:
    """A typed odometer in whole km, None for nothing typed. Raises Refused."""
    if not typed.strip():
        return None
    value = as_number(typed)
    if value is None or not 0 <= value <= LARGEST_KM:
        raise Refused("E201", _("'{text}' is no odometer; write it as 1280").format(text=typed.strip()))
    return round(value)


def read_on(store: Store, car: Car, typed: str) -> int | None:
    """A typed odometer of a car, which never runs backwards over all its drives. Raises Refused."""
    km, last = a_distance(typed), board.odometer(store, car)
    if km is not None and last is not None and km < last:
        raise Refused("E112", _("the odometer was at {last} km already").format(last=last))
    return km


class KeyOut(OnCar, Form):
    """The key leaves: with whom, at which odometer."""

    def alive(self) -> bool:
        """While the key is in."""
        return super().alive() and self.drive() is None

    def heading(self) -> str:
        """Which key."""
        return _("Key out") + "  " + super().heading()

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        km = board.odometer(self.page.store, self.now)
        hint = _("was {km} km").format(km=km) if km is not None else N_("km; may stay empty")
        return (
            Entry("who", N_("Who"), 40, hint=N_("number, name or pinyin initials")),
            Entry("km", N_("Odometer"), 9, hint=hint),
            Entry("note", N_("Note"), 60, hint=N_("the customer, the route")),
        )

    def save(self) -> None:
        """The key is out from now on. Raises Refused."""
        store, car = self.page.store, self.now
        who = people.meant(store, self.values.get("who", ""))
        if who is None:
            raise Refused("E202", _("Say who takes the key"))
        km, note = read_on(store, car, self.values.get("km", "")), self.values.get("note", "")
        self.finish(lambda: moves.key_out(store, car, who, km, note))


class KeyBack(OnCar, Form):
    """The key is back: the odometer now."""

    def alive(self) -> bool:
        """While the key is out."""
        return super().alive() and self.drive() is not None

    def heading(self) -> str:
        """Which key, out since when."""
        drive = self.drive()
        since = _("out since {time}").format(time=drive.out_at[11:16]) if drive else ""
        return "  ".join((_("Key back"), super().heading(), since))

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        km = board.odometer(self.page.store, self.now)
        hint = _("was {km} km").format(km=km) if km is not None else N_("km; may stay empty")
        return (Entry("km", N_("Odometer"), 9, hint=hint),)

    def save(self) -> None:
        """The key is back now. Raises Refused."""
        store, car, drive = self.page.store, self.now, self.drive()
        assert drive
        km = read_on(store, car, self.values.get("km", ""))
        self.finish(lambda: moves.key_back(store, car, drive, km))


class DriveCarBox(OnCar, Choice):
    """Enter on a test-drive car: its key, its drives, everything else about it."""

    def intro(self, cells: int) -> list[Line]:
        """Where its key is."""
        drive = self.drive()
        told = _("key in") if drive is None else _("out since {time}").format(time=drive.out_at[11:16])
        return [Line().put(" " + told), Line()]

    def choices(self) -> Sequence[str]:
        """What may be done."""
        return (
            _("the key is back") if self.drive() else _("hand the key out"),
            _("its drives"),
            _("everything about the car"),
        )

    def take(self, number: int) -> None:
        """Open what a digit means."""
        args: dict[str, Any] = {"id": self.args["id"]}
        key = "keyback" if self.drive() else "keyout"
        self.desk.open((key, "drives", "car")[number - 1], args)


class Drives(OnCar, Listing):
    """A car's drives, the newest first: who, out, back, how far."""

    def heading(self) -> str:
        """Whose drives."""
        return _("Drives") + "  " + super().heading()

    def lines(self, cells: int) -> list[Line]:
        """A line for each drive."""
        store = self.page.store
        names = {person.id: person.shown for person in people.everybody(store)}
        found = queries.drives_of(store, self.now, 100)
        told = [_drive_line(drive, names.get(drive.person_id or 0, "-")) for drive in found]
        self.args["lines"] = told or [_("no drive yet")]
        return super().lines(cells)


def _drive_line(drive: Drive, who: str) -> str:
    day, out = drive.out_at[5:10], drive.out_at[11:16]
    back = drive.back_at[11:16] if drive.back_at else _("still out")
    far = ""
    if drive.km_back is not None and drive.km_out is not None:
        far = _("{km} km").format(km=drive.km_back - drive.km_out)
    return "  ".join(filter(None, (day, f"{out}-{back}", who, far, drive.note)))


DIALOGS: dict[str, type[Dialog]] = {
    "keyout": KeyOut, "keyback": KeyBack, "drivecar": DriveCarBox, "drives": Drives,
}  # fmt: skip
