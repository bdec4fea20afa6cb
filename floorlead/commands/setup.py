"""Beginning: an invented showroom, an empty file, a list of people, the key self-test."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from floorlead import streams
from floorlead.commands.calendar import import_calendar
from floorlead.commands.common import format_option, import_facts, import_lines, sure_option
from floorlead.commands.exchange import READERS
from floorlead.commands.rota import import_rota
from floorlead.commands.work import clock_of, open_for, open_sure, out, say_done
from floorlead.entry import Options, run_app
from floorlead.record import replace
from floorlead.store import Refused, making, open_store
from floorlead.text import clean
from floorlead.words import _


@click.command(short_help="An invented showroom to try. 示例展厅")
@click.option("--reset", is_flag=True, help="Make it anew. 重新做一份")
@click.option("--no-open", is_flag=True, help="Only make it. 只建不打开")
@click.option("--showroom", type=click.Choice(["demo", "standard"]), default="demo",
              help="demo: with 30 days behind it; standard: 12 people, nothing entered. 示例或标准展厅")  # fmt: skip
@click.pass_obj
def demo(options: Options, reset: bool, no_open: bool, showroom: str) -> None:
    """Open an invented showroom, dated today, in its own file: your own is never touched. 打开示例展厅, 不碰你的数据。"""
    from floorlead.setup.demo import is_demo, make_demo

    path = options.named("demo.db")
    if not no_open and (told := streams.no_terminal()):
        streams.tell(told)
        sys.exit(2)
    if reset or not path.exists() or not path.stat().st_size:
        make_demo(path, clock_of(options), showroom)
    elif not is_demo(path):
        raise Refused("E71", _("{path} is not a demo showroom; it was not touched").format(path=path))
    if no_open:
        out(f"{path}\n", None)
        return
    sys.exit(run_app(replace(options, store=str(path))))


@click.command(short_help="Make an empty file. 新建空数据文件")
@click.option("--name", default="", help="The showroom's name. 展厅名")
@click.option("--leader", default="", help="The leader's name. 组长姓名")
@click.pass_obj
def init(options: Options, name: str, leader: str) -> None:
    """Make an empty showroom file. 新建一个空的展厅数据文件。"""
    from floorlead import settings

    if options.path.exists() and options.path.stat().st_size:
        raise Refused("E70", _("{path} is there already; it was not touched").format(path=options.path))
    values = {"showroom": clean(name, 60), "leader": clean(leader, 40), "language": options.lang}
    try:
        with making.made_whole(options.path) as temp, contextlib.closing(open_store(temp, clock_of(options))) as store:
            for key, value in values.items():
                if value:
                    settings.put(store, key, value, undoable=False)
    except OSError as error:
        sentence = _("{path} cannot be made: {reason}")
        raise Refused("E18", sentence.format(path=options.path, reason=error.strerror)) from error
    out(f"{options.path}\n", None)


@click.group("import", short_help="Read a list from a file. 导入名单")
def import_() -> None:
    """Read lists from CSV or XLSX files, all or nothing. 从 CSV 或 XLSX 文件导入, 要么全部要么不动。"""


for reader in (*READERS, import_calendar, import_rota):
    import_.add_command(reader)


@import_.command("people", short_help="Staff from CSV or XLSX. 员工名单")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only tell what would happen. 只预览")
@sure_option
@format_option("text", "json")
@click.pass_obj
def import_people(options: Options, file: Path, dry_run: bool, sure: bool, form: str) -> None:
    """Import staff (UTF-8 with or without BOM, GB18030); each refused line is named with its reason. 导入员工名单。

    JSON: `new`, `changed`, `same`, `refused[]` (`line`, `text`, `reason`), `imported`, `warnings[]`.
    """
    from floorlead.people import queries
    from floorlead.people.files import read_people
    from floorlead.store.backup import back_up

    store = open_sure(options, sure, reading=dry_run and options.path.exists(), create=True)
    try:
        found = read_people(file.read_bytes())
    except ValueError as error:
        raise Refused("E75", str(error)) from error
    plan = queries.plan_import(store, found)
    imports = not dry_run and not found.refused
    if imports:
        if store.rows("SELECT 1 FROM people LIMIT 1"):
            back_up(store, "import")
        queries.import_people(store, plan)
    lines = import_lines(plan, found.refused)
    if found.refused and not dry_run:
        lines.append(_("Nothing was imported; mend these lines and try again"))
    say_done(import_facts(plan, found.refused, imports), "\n".join(lines) + "\n", form)
    sys.exit(1 if found.refused and not dry_run else 0)


@click.command(short_help="Try which keys arrive. 键盘自检")
@click.option("--report", is_flag=True, help="Print what the last test found. 显示上次结果")
@click.pass_obj
def keys(options: Options, report: bool) -> None:
    """Try which keys get through this terminal and input method. 看看哪些键能用。"""
    if report:
        store = open_for(options)
        out((store.draft("keytest") or _("no key test yet")) + "\n", None)
        return
    sys.exit(run_app(options, page="welcome"))
