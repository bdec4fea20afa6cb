"""The newest stock-take as text, JSON or PDF."""

from __future__ import annotations

import click

from floorlead.commands.common import format_option, output_option
from floorlead.commands.work import as_json, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _


@click.command(short_help="The newest stock-take. 最近一次盘点")
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def stocktake(options: Options, form: str, output: Output | None) -> None:
    """Print the newest stock-take: its list, or its result once it is closed. 打印最近一次盘点: 清单, 结束后是结果。

    JSON: `as_of` (a day), `begun_at`, `closed_at` (null while it goes on), `expected` and `seen` (numbers, null without one),
    `unseen[]` (`vin`, `model`, `trim`, `colour`, `placement`, `spot`, `stock_state`, `note`), `found[]` (`typed`, `at`,
    `note`, `car` as in `unseen` or null) and `due` (the day by which one is to be closed, or null).
    """
    from floorlead.stocktake import queries, sheet
    from floorlead.store import Refused

    store = open_for(options)
    take = queries.newest(store)
    walk = queries.walk(store, take) if take else None
    if form == "json":
        day = store.today()
        out(as_json(sheet.to_json(day, walk, queries.due(store, day))), output)
        return
    none = _("There is no stock-take yet; the page Stock-take begins one")
    if walk is None and form == "text":
        out(none + "\n", output)
        return
    if walk is None:
        raise Refused("E165", none)
    from floorlead.stocktake.papers import paper

    out(drawn(paper(store, walk), form, store.path), output)
