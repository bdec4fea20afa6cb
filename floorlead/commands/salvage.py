"""`salvage`: every table that can still be read of a damaged file, as one XLSX file; numbers masked unless asked for."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorlead import outputs, shelf
from floorlead.commands.common import format_option, output_option
from floorlead.commands.looking import copied
from floorlead.commands.pin import allow, pin_option, typed
from floorlead.commands.work import clock_of, say_done
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.phones import mask_in, masked
from floorlead.record import record
from floorlead.store import Refused, aftermath, file
from floorlead.store.erase import Numbers
from floorlead.store.errors import SQLITE
from floorlead.store.salvage import Table, tables
from floorlead.text import show
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.clock import Clock

PHONE = "phone"
"""Columns of this name hold nothing but a telephone number."""
SECRET = {("accounts", "hash")}
"""Columns that nobody needs to read."""
STARS = "***"
_HASH = re.compile(r"(?:[0-9]+:)?\$argon2[^',\s]*")
"""A PIN's hash, wherever the log tells it."""
RISK = N_(
    "With --phones everybody's whole number leaves the file and nobody is asked for a PIN; say --yes if that is meant"
)


@record
class Salvaged:
    """What was written, and how much of each table it holds."""

    path: Path
    tables: Sequence[Table]

    def told(self) -> str:
        """What was read and lost, a line for each table with something to tell."""
        lines = [_("{path}: {read} rows read, {log} told by the log, {lost} lost").format(
            path=self.path, read=sum(t.read for t in self.tables), log=sum(len(t.from_log) for t in self.tables),
            lost=_least(sum(t.lost for t in self.tables), all(t.sure for t in self.tables)))]  # fmt: skip
        for one in self.tables:
            if one.from_log or one.lost or one.bad_pages:
                lines.append(_("  {table}: {read} read, {log} told by the log, {lost} lost, {pages} pages unreadable").format(
                    table=show(one.name), read=one.read, log=len(one.from_log), lost=_least(one.lost, one.sure), pages=one.bad_pages))  # fmt: skip
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON-ready values."""
        rows = [
            {
                "table": t.name,
                "read": t.read,
                "from_log": len(t.from_log),
                "lost": t.lost,
                "lost_sure": t.sure,
                "bad_pages": t.bad_pages,
            }
            for t in self.tables
        ]
        return {"file": str(self.path), "tables": rows}


def _least(count: int, sure: bool) -> str:
    return str(count) if sure else _("at least {count}").format(count=count)


@click.command("salvage", short_help="Read out a damaged file. 抢救损坏的文件")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@output_option
@click.option("--phones", is_flag=True, help="Whole phone numbers. 手机号不打码")
@click.option("--yes", is_flag=True, help="Also where no PIN can be asked for. 查不了密码也要")
@pin_option
@format_option("text", "json")
@click.pass_obj
def command(
    options: Options, path: Path, output: Output | None, phones: bool, yes: bool, pin_stdin: bool, form: str
) -> None:
    """Write every table of FILE that can still be read as XLSX; FILE itself is only read. Page by page: a bad page loses
    what stood on it, and what the log still tells of that is taken from there. 逐页抢救能读出的内容, 原文件只读。

    JSON: `file`, `tables[]` (`table`, `read`, `from_log`, `lost` rows, `lost_sure` false where it is only the least, `bad_pages`), `warnings[]`.
    """
    done = salvage(
        path,
        clock_of(options),
        output.path if output else None,
        _permit(path, clock_of(options), yes, pin_stdin) if phones else None,
    )
    aftermath.did(done.told)
    say_done(done.to_dict(), done.told() + "\n", form)


def salvage(
    path: Path, clock: Clock, output: Path | None = None, permit: Callable[[Sequence[Table]], str] | None = None
) -> Salvaged:
    """Read a file and write what it holds. `permit` lets whole numbers out. Raises Refused; FILE is as it was."""
    found = read(path)
    remark = permit(found) if permit else _("Telephone numbers are masked")
    target = output or shelf.own(path) / "exports" / f"salvage-{clock.now():%Y%m%d-%H%M%S}.xlsx"
    outputs.write(target, _book(path, clock, found, remark, whole=permit is not None), path)
    return Salvaged(target, found)


def read(path: Path) -> list[Table]:
    """Every table of a copy of the file, on which a save that was cut off is taken back first. Raises Refused."""
    file.regular(path)
    with copied(path) as copy:
        if copy.with_name(copy.name + "-journal").exists():
            with contextlib.suppress(*SQLITE, Refused):
                file.connect(copy).close()
        found = tables(copy)
    if not any(one.rows for one in found):
        raise Refused("E545", _("Nothing of a floorlead file can be read in {path}").format(path=path))
    return found


def _permit(path: Path, clock: Clock, yes: bool, pin_stdin: bool) -> Callable[[Sequence[Table]], str]:
    """Whole numbers need the manager's PIN where the file still tells it, else a word that the risk is known."""

    def ask(found: Sequence[Table]) -> str:
        accounts = next(one for one in found if one.name == "accounts")
        if _sound_store_allows(path, clock, pin_stdin):
            return _("Whole numbers, with the manager's PIN where one is set; it is noted in the file")
        if any("manager" in row for row in accounts.rows.values()):
            _ask_of_rows(accounts, pin_stdin)
            return _("Whole numbers, with the manager's PIN; a damaged file cannot note it")
        if not yes:
            raise Refused("E546", _(RISK))
        return _("Whole numbers, without a PIN; a damaged file cannot note it")

    return ask


def _sound_store_allows(path: Path, clock: Clock, pin_stdin: bool) -> bool:
    """A file that can be opened after all is asked and notes it like any export. Raises Refused for a wrong PIN."""
    from floorlead.access import moves as access
    from floorlead.lock.queries import manager_has_pin
    from floorlead.store import open_store
    from floorlead.store.verify import verify

    try:
        if not verify(path).ok:
            return False
        store = open_store(path, clock, create=False)
    except Refused:
        return False
    try:
        if store.reading or not manager_has_pin(store):
            return False
        allow(store, "export", pin_stdin)
        rows = [("customers", row) for (row,) in store.rows("SELECT id FROM customers WHERE phone <> ''")]
        access.note(store, "export", rows, "salvage")
    finally:
        store.close()
    return True


def _ask_of_rows(accounts: Table, pin_stdin: bool) -> None:
    """The manager's PIN or the recovery code against what was read of the accounts. Raises Refused E413, E414."""
    from floorlead.lock.pins import fits
    from floorlead.lock.rules import MANAGERS
    from floorlead.text import fold

    pin = "".join(c for c in fold(typed("export", pin_stdin)) if c.isdigit())
    if not pin:
        raise Refused("E413", _("{what} needs the sales manager's PIN").format(what=_(MANAGERS["export"])))
    at = {name: n for n, name in enumerate(accounts.columns)}
    kept = [str(row[at["hash"]]) for row in accounts.rows.values() if row[at["role"]] in ("manager", "recovery")]
    if not any(fits(one, pin) for one in kept):
        raise Refused("E414", _("This is not the sales manager's PIN"))


def _book(path: Path, clock: Clock, found: Sequence[Table], remark: str, *, whole: bool) -> bytes:
    from floorlead.tables.book import Sheet, book

    mask = _mask(found)
    hide = (lambda text: _HASH.sub(STARS, text)) if whole else (lambda text: _HASH.sub(STARS, mask(text)))
    first: list[list[Any]] = [
        [_("Read out of {path} on {day}").format(path=path, day=f"{clock.now():%Y-%m-%d %H:%M}")],
        [remark],
        [],
    ]
    first += [
        [t.name, t.read, len(t.from_log), t.lost if t.sure else _least(t.lost, t.sure), t.bad_pages] for t in found
    ]
    headings = [_("table"), _("rows read"), _("told by the log"), _("rows lost"), _("pages unreadable")]
    sheets = [Sheet(_("salvage"), headings, first)]
    for one in found:
        rows = [_row(one, values, hide, whole) for values in one.rows.values()]
        sources = [_("log") if ident in one.from_log else "" for ident in one.rows]
        sheets.append(Sheet(one.name, [*one.columns, _("from")], [[*r, s] for r, s in zip(rows, sources, strict=True)]))
    return book(sheets)


def _mask(found: Sequence[Table]) -> Callable[[str], str]:
    """Stars for every number that looks like one, and for every number that the file keeps, however short."""
    kept = [
        str(row[one.columns.index(PHONE)] or "")
        for one in found if PHONE in one.columns for row in one.rows.values()
    ]  # fmt: skip
    numbers = Numbers(phone for phone in kept if phone.isdigit())
    return lambda text: numbers.without(mask_in(text))


def _row(table: Table, values: Sequence[object], hide: Callable[[str], str], whole: bool) -> list[object]:
    made: list[object] = []
    for name, value in zip(table.columns, values, strict=True):
        if (table.name, name) in SECRET:
            made.append(STARS if value else "")
        elif isinstance(value, bytes):
            made.append(hide(value.decode("utf-8", "replace")))
        elif name == PHONE and value and not whole:
            made.append(masked(str(value)))
        else:
            made.append(hide(value) if isinstance(value, str) else value)
    return made


__all__ = ["command", "read", "salvage"]
