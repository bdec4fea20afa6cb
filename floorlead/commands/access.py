"""Personal data on the command line: erase customers for good, and tell who saw somebody's data.

Numbers may come by standard input or a prompt, so that they stand in no shell history.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from floorlead.access.notes import still_named
from floorlead.commands.common import format_option
from floorlead.commands.pin import allow, pin_option
from floorlead.commands.work import WrongUse, open_for, say_done, say_json_or
from floorlead.entry import Options
from floorlead.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from floorlead.access.records import Expired, Found, Outside, Purged, Seen


def _numbers(phones: tuple[str, ...], prompt: str) -> list[str]:
    """The numbers named, those on standard input for a lone `-`, or what is typed at a prompt when there is none."""
    if phones == ("-",) or (not phones and not sys.stdin.isatty()):
        return [line.strip() for line in sys.stdin if line.strip()]
    if not phones:
        return [str(click.prompt(prompt, hide_input=True, err=True, default="", show_default=False))]
    return list(phones)


@click.command(short_help="Erase customers for good. 彻底清除客户")
@click.argument("phones", nargs=-1, metavar="[PHONE]...")
@click.option("--expired", is_flag=True, help="Everybody past the days that data are kept. 所有超过保留天数的客户")
@click.option("--dry-run", is_flag=True, help="Only tell who it would be. 只看, 不清除")
@click.option("--yes", is_flag=True, help="Erase; it cannot be undone. 确认清除, 不能撤销")
@pin_option
@format_option("text", "json")
@click.pass_obj
def purge(
    options: Options, phones: tuple[str, ...], expired: bool, dry_run: bool, yes: bool, pin_stdin: bool, form: str
) -> None:
    """Erase the owners of these numbers (`-`: from standard input) from the file, its log and every backup. 彻底清除这些
    客户: 数据、记录和所有备份。

    JSON: `done`, `phones`, `customers`, `orders`, `entries`, `open_orders[]`, `expired[]` (`name`, `phone` masked, `grade`,
    `last`, `keep`), and when done `texts`, `actions`, `backups`, `replaced`, `papers[]` (kept papers removed), `outside[]` (files written elsewhere: `path`, `at`, `by`, `there`), `left[]` (files that still hold a number), `reports`
    (sealed reports that they were erased from), `kept_reports[]` (`number`, `revision`, `day`: sealed before seals could let
    go of a name).
    """
    from floorlead.access import moves, queries
    from floorlead.phones import LEAST, MOST, digits, starred

    if dry_run == yes:
        raise WrongUse(_("Say --dry-run to look, or --yes to erase for good"))
    store = open_for(options, reading=dry_run)
    old = queries.expired(store, store.today()) if expired else []
    asked = [] if expired and not phones else _numbers(phones, _("Phone number"))
    if strange := [one for one in asked if not LEAST <= len(digits(one)) <= MOST]:
        raise WrongUse(_("'{text}' is no telephone number").format(text=starred(strange[0])))
    who = queries.found(store, asked, [one.subject for one in old])
    if dry_run:
        say_json_or(_facts(who, old), _told(who, old), form)
        return
    moves.may_purge(who)
    allow(store, "purge", pin_stdin)
    done = moves.purge(store, who)
    say_done({**_facts(who, old, done=True), **_counts(done)}, _erased(done), form)


def _facts(who: Found, old: list[Expired], *, done: bool = False) -> dict[str, object]:
    from floorlead.access.queries import told
    from floorlead.phones import masked

    rows = [
        {
            "name": one.name,
            "phone": masked(one.phone),
            "grade": one.grade,
            "last": one.last.isoformat(),
            "keep": one.keep,
        }
        for one in old
    ]
    return {"done": done, **told(who), "open_orders": list(who.open_orders), "expired": [] if done else rows}


def _counts(done: Purged) -> dict[str, object]:
    return {
        "texts": done.texts, "actions": done.actions, "backups": done.backups, "replaced": done.replaced,
        "left": list(done.left), "reports": done.reports, "papers": list(done.papers),
        "outside": [{"path": one.path, "at": one.at, "by": one.by, "there": one.there} for one in done.outside],
        "kept_reports": [{"number": one.number, "revision": one.revision, "day": one.day} for one in done.kept],
    }  # fmt: skip


def _told(who: Found, old: list[Expired]) -> str:
    from floorlead.phones import masked

    rows = [f"  {one.name}  {masked(one.phone)}  {one.grade}  {one.last}" for one in old]
    told = _("Would be erased: {customers} customers, {orders} orders, {entries} log entries").format(
        customers=len(who.customers), orders=len(who.orders), entries=len(who.entries)
    )
    if who.open_orders:
        rows.append(
            _("Still to be delivered, so nothing is erased: {numbers}").format(numbers=" ".join(who.open_orders))
        )
    return "\n".join([told, *rows, _("Nothing was changed")]) + "\n"


def _erased(done: Purged) -> str:
    told = _("Erased: {customers} customers, {orders} orders, {entries} log entries; {backups} backups written anew")
    lines = [told.format(customers=done.customers, orders=done.orders, entries=done.entries, backups=done.backups)]
    if done.replaced:
        lines.append(_("{count} backups could not be searched; a new one took their place").format(count=done.replaced))
    if done.reports:
        lines.append(_("{count} sealed reports say in their place that they were erased").format(count=done.reports))
    lines += [still_named(one) for one in done.kept]
    if done.papers:
        lines.append(_("{count} kept papers named them and were removed").format(count=len(done.papers)))
    lines += [_("Still holds a number, see to it yourself: {path}").format(path=path) for path in done.left]
    lines += outside_lines(done.outside)
    return "\n".join(lines) + "\n"


def outside_lines(found: Sequence[Outside]) -> list[str]:
    """The files that were written elsewhere, a line each below the sentence that says what they are."""
    from floorlead.text import show

    if not found:
        return []
    said = _("{count} files were written elsewhere and may hold a number; see to them yourself:").format(
        count=len(found)
    )
    gone = _("not found there now")
    lines = [f"  {one.at.replace('T', ' ')}  {one.by}  {show(one.path)}" for one in found]
    return [said, *(line if one.there else f"{line}  ({gone})" for line, one in zip(lines, found, strict=True))]


@click.command("who-saw", short_help="Who saw somebody's data. 谁看过客户资料")
@click.argument("phone", required=False, default="")
@format_option("text", "json")
@click.pass_obj
def who_saw(options: Options, phone: str, form: str) -> None:
    """Tell who saw the data of a number's owner, the newest first; asking is noted too. Without PHONE it is asked for, or
    read from standard input. 列出谁看过这个客户的资料, 本次查询也会记录。

    JSON: a list of `day`, `at`, `by`, `kind` (reveal, export, print, search, who_saw, purge), `why`, `count`, `table`, `row`.
    """
    from floorlead.access import moves, queries
    from floorlead.phones import digits

    store = open_for(options, reading=False)
    number = (_numbers((phone,) if phone else (), _("Phone number")) or [""])[0]
    if not digits(number):
        raise WrongUse(_("Say whose data it is about: a phone number"))
    seen = queries.who_saw(store, number)
    subjects = queries.subjects(store, number)
    moves.note(store, "who_saw", subjects, count=len(seen))
    say_json_or([_row(one) for one in seen], _lines(seen), form)


def _row(one: Seen) -> dict[str, object]:
    return {
        "day": one.day.isoformat(), "at": one.at, "by": one.by, "kind": one.kind, "why": one.why, "count": one.count,
        "table": one.subject[0], "row": one.subject[1],
    }  # fmt: skip


def _lines(seen: list[Seen]) -> str:
    from floorlead.access.rules import KINDS

    lines = [
        f"{one.at.replace('T', ' ')}  {one.by}  {_(KINDS[one.kind])}  {one.count}  {one.why}".rstrip() for one in seen
    ]
    return "\n".join(lines or [_("Nobody saw it, as far as the file knows")]) + "\n"
