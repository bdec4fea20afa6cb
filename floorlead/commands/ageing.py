"""The age list on the command line: as the paper, as PDF, or as JSON for other programs."""

from __future__ import annotations

import click

from floorlead.commands.common import format_option, output_option
from floorlead.commands.work import as_json, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output


@click.command(short_help="The ageing list. 库龄表")
@click.option("--all", "whole", is_flag=True, help="All cars on hand, not only the old ones. 全部在库车")
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def ageing(options: Options, whole: bool, form: str, output: Output | None) -> None:
    """Print the cars that stand too long; JSON has all cars on hand. 打印库龄表: 超过重点天数的车; JSON 为全部在库车。

    JSON: `as_of`, `thresholds`, `apr` (a fraction), `cars[]` (oldest first) with `vin`, `model`, `colour`, `trim`,
    `spot`, `stock_age`, `paid_age`, `built_age` (days), `bucket`, `interest_per_day`, `interest_to_date` (yuan),
    `announced[]` (`day`, `kind`: push, tell, offer or move, `age`, `owner` (who pushes the car), `offer`, `by` (who
    announced it), `since` in words), then `buckets` (count of each) and `interest_per_day` of all.
    """
    from floorlead.ageing import papers, queries, sheet

    store = open_for(options, check="behind")
    day = store.today()
    if form == "json":
        made: bytes | str = as_json(sheet.to_json(queries.aged(store, day)))
    else:
        shown = [one.id for one in queries.aged(store, day).cars] if whole else None
        made = drawn(sheet.draw(papers.read(store, day, shown)), form, store.path)
    store.wait_checked()
    out(made, output)
