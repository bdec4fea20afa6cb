"""The Monday order advice: as text, JSON or PDF."""

from __future__ import annotations

import click

from floorlead.commands.common import day_option, format_option, output_option
from floorlead.commands.work import as_json, day_of, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output


@click.command(short_help="Order advice, model by colour. 订车建议")
@day_option
@click.option("--revision", type=click.IntRange(1), help="A saved version. 第几版")
@format_option("text", "json", "pdf")
@output_option
@click.pass_obj
def advice(options: Options, day: str | None, revision: int | None, form: str, output: Output | None) -> None:
    """Print the day's order advice: the saved version, else what follows from today's stock. 打印订车建议, 有算式。

    JSON: `as_of`, `version` (0 = not saved), `saved_at`, `saved_by`, `window_days`, `target_days`, `push_days`,
    `order_day` (the next one), `is_order_day`, `calendar_known`; `models[]` with `model`, `model_name`, `sold`, `rate`,
    `target_days`, `target`, `minimum`, `free`, `in_transit`, `available`, `waiting_orders`, `need`, `advice`; `lines[]`
    with `model`, `model_name`, `colour`, `sold`, `share`, `goal`, `free`, `in_transit`, `waiting_orders`, `advice`,
    `quantity`, `reason`, `trims[]` (`trim`, `quantity`), `blocked_trims[]`; `push_first[]` with `model`, `model_name`,
    `trim`, `colour`, `age`, `vin`, `spot` ("" on none), `cars`.
    """
    from floorlead.advice import queries, sheet
    from floorlead.advice.papers import sheet_of

    store = open_for(options, check="behind")
    found = queries.record_of(store, day_of(store, day), revision or 0)
    told = (
        as_json(sheet.to_json(found)) if form == "json" else drawn(sheet.draw(sheet_of(store, found)), form, store.path)
    )
    store.wait_checked()
    out(told, output)
