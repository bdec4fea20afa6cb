"""Whose data are past their days, or one customer's, masked, who saw them, and erasing them for good: something typed
confirms, and the manager where he has a PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.access import moves, queries, rules
from floorlead.access.notes import still_named
from floorlead.access.records import Expired, Found, Purged
from floorlead.phones import masked
from floorlead.store import Refused
from floorlead.store.cleaning import Cleaned
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.final import Final
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import _

SHOWN = 9
LAST = 4
"""Digits of a number that are typed."""
SEEN = 7
"""Accesses in sight."""


class ExpiredBox(Choice):
    """The customers past their days; 1 goes on to erasing all of them."""

    def _old(self) -> list[Expired]:
        return queries.expired(self.store, self.store.today())

    def heading(self) -> str:
        return _("Customer data past their days: {count}").format(count=len(self._old()))

    def intro(self, cells: int) -> list[Line]:
        old = self._old()
        if not old:
            told = _(
                "Nobody's data are past the days that their grade keeps them. `floorlead purge` erases a single customer."
            )
            return [Line().put(" " + part) for part in wrap(told, cells - 2)]
        lines = [
            Line().col(" " + _starred(one.name), 12).col(masked(one.phone), 14).col(one.grade, 5)
            .put(_("last contact {day}, kept {days} days").format(day=one.last, days=one.keep))
            for one in old[:SHOWN]
        ]  # fmt: skip
        if len(old) > SHOWN:
            lines.append(Line().put(" " + _("and {count} more").format(count=len(old) - SHOWN), "dim"))
        return [*lines, Line()]

    def choices(self) -> Sequence[str]:
        return [_("erase all of them for good ..")] if self._old() else []

    def take(self, number: int) -> None:
        self.close()
        self.desk.open("erase_expired", {})


class PersonBox(Choice):
    """One customer's data: what would be erased, and who saw them; 1 goes on to erasing. `args["customer"]` is the row."""

    def _who(self) -> Found:
        return queries.found(self.store, [], [("customers", int(self.args["customer"]))])

    def _row(self) -> tuple[str, str]:
        sql = "SELECT name, phone FROM customers WHERE id = ? AND erased_on IS NULL"
        return next(iter(self.store.rows(sql, int(self.args["customer"]))), ("", ""))

    def alive(self) -> bool:
        return self._row() != ("", "")

    def heading(self) -> str:
        name, phone = self._row()
        return _("Data of {name}").format(name=f"{_starred(name)} {masked(phone)}".strip())

    def intro(self, cells: int) -> list[Line]:
        who = self._who()
        held = _("In the file: {customers} customers, {orders} orders, {entries} log entries").format(
            customers=len(who.customers), orders=len(who.orders), entries=len(who.entries)
        )
        seen = queries.seen(self.store, who.subjects)
        lines = [
            Line().put(f" {held}"),
            Line(),
            Line().put(" " + _("Who saw them"), "title").put(f" {len(seen)}", "dim"),
        ]
        for one in seen[:SEEN]:
            told = Line().col("  " + one.at[:16].replace("T", " "), 20).col(one.by, 8).put(_(rules.KINDS[one.kind]))
            lines.append(told.put(f"  {one.why}" if one.why else "", "dim"))
        if len(seen) > SEEN:
            lines.append(Line().put("  " + _("and {count} more").format(count=len(seen) - SEEN), "dim"))
        return [*lines, Line()]

    def choices(self) -> Sequence[str]:
        return [_("erase them for good ..")]

    def take(self, number: int) -> None:
        self.desk.close_dialog(self)
        self.desk.open("erase", {"customer": self.args["customer"]})

    def close(self) -> None:
        """Back to the book, where the box was asked for."""
        super().close()
        back_to(self.desk, int(self.args["customer"]))


class EraseBox(Final):
    """One customer for good: the last four digits of the number are typed, without a number the name."""

    def _row(self) -> tuple[str, str]:
        sql = "SELECT name, phone FROM customers WHERE id = ? AND erased_on IS NULL"
        return next(iter(self.store.rows(sql, int(self.args["customer"]))), ("", ""))

    def _who(self) -> Found:
        return queries.found(self.store, [], [("customers", int(self.args["customer"]))])

    def alive(self) -> bool:
        return self._row() != ("", "")

    def heading(self) -> str:
        name, phone = self._row()
        return _("Erase for good: {name}").format(name=f"{_starred(name)} {masked(phone)}".strip())

    def told(self) -> Sequence[str]:
        return _what_goes(self._who())

    def warned(self) -> Sequence[str]:
        return _ordered(self._who())

    def asked(self) -> str:
        return _("Type the last four digits of the number") if self._row()[1] else _("Type the name of the customer")

    def wanted(self) -> str:
        name, phone = self._row()
        return "".join(sign for sign in masked(phone) if sign.isdigit())[-LAST:] or name

    def carry_out(self) -> None:
        _ask(self.desk, self._who())

    def put_away(self) -> None:
        """Esc: back to the book, where it was asked for."""
        self.close()
        back_to(self.desk, int(self.args["customer"]))


class EraseExpired(Final):
    """Everybody whose data are past their days: how many they are is typed."""

    def _old(self) -> list[Expired]:
        return queries.expired(self.store, self.store.today())

    def _who(self) -> Found:
        return queries.found(self.store, [], [one.subject for one in self._old()])

    def alive(self) -> bool:
        return bool(self._old())

    def heading(self) -> str:
        return _("Erase for good: {count} past their days").format(count=len(self._old()))

    def told(self) -> Sequence[str]:
        return _what_goes(self._who())

    def warned(self) -> Sequence[str]:
        return _ordered(self._who())

    def asked(self) -> str:
        return _("Type how many they are")

    def wanted(self) -> str:
        return str(len(self._old()))

    def carry_out(self) -> None:
        _ask(self.desk, self._who())


def _what_goes(who: Found) -> list[str]:
    held = _("{customers} customers, {orders} orders, {entries} log entries lose name and number").format(
        customers=len(who.customers), orders=len(who.orders), entries=len(who.entries)
    )
    return [held, _("In the file, its log, its sealed reports and every backup. No undo and no backup brings it back.")]


def _ordered(who: Found) -> list[str]:
    if not who.open_orders:
        return []
    told = _("Open orders: {numbers}; deliver or cancel them first, until then nothing is erased")
    return [told.format(numbers=" ".join(who.open_orders))]


def back_to(desk: Any, customer: int) -> None:
    """The customer in the book."""
    desk.go_and_open("customers", "detail", {"customer": customer})


def _ask(desk: Any, who: Found) -> None:
    """Erase, once it may be done and the manager agrees."""
    try:
        moves.may_purge(who)
    except Refused as refused:
        desk.trouble = str(refused)
        return
    desk.ask_manager("purge", lambda: _purge(desk, who))


def _starred(name: str) -> str:
    return name[:1] + "**" if name else "-"


def _purge(desk: Any, who: Found) -> None:
    """Backups beside the keys, then the file itself."""
    store = desk.store
    path, clock, by = store.path, store.clock, store.by
    desk.say(_("Erasing, please wait"))

    def then(done: Any) -> None:
        if isinstance(done, Refused):
            desk.trouble = str(done)
            return
        desk.do(lambda: _finish(desk, who, done), quiet=True)

    desk.later(lambda: moves.purge_backups(path, clock, by, who), then)


def _finish(desk: Any, who: Found, done: Cleaned) -> None:
    desk.forget()
    purged = moves.purge_file(desk.store, who, done)
    desk.page.enter()
    if purged.left:
        desk.open(
            "listing", {"title": _("Delete these files yourself: they still hold a number"), "lines": list(purged.left)}
        )
    elif purged.outside:
        lines = [f"{one.path}  {one.at.replace('T', ' ')} {one.by}" for one in purged.outside]
        desk.open("listing", {"title": _("Written elsewhere, may hold a number: see to them yourself"), "lines": lines})
    elif purged.kept:
        desk.open("listing", {"title": _("These reports still name them"), "lines": [*map(still_named, purged.kept)]})
    desk.say(_told(purged))


def _told(done: Purged) -> str:
    told = _("Erased: {customers} customers, {orders} orders, {entries} log entries; {backups} backups written anew")
    return told.format(customers=done.customers, orders=done.orders, entries=done.entries, backups=done.backups)


PURGING: dict[str, type[Dialog]] = {
    "expired": ExpiredBox, "person": PersonBox, "erase": EraseBox, "erase_expired": EraseExpired,
}  # fmt: skip
"""The boxes about erasing, by name."""
