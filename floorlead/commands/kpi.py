"""The month's figures and the monthly appraisal as text, JSON, PDF or a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from floorlead.commands.common import format_option, output_as
from floorlead.commands.work import WrongUse, as_json, drawn, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.store import Store

F = TypeVar("F", bound=Callable[..., Any])


def _month_option(command: F) -> F:
    return click.option("--month", help="The month: 2026-11, -1 for the last one; this one when none is named. 哪个月")(
        command
    )


_out_option = output_as("-o", "--out", "--output")


def month_of(store: Store, text: str | None) -> str:
    """The month asked for: `2026-11`, `-1`, this one when none was. Raises WrongUse."""
    from floorlead.kpi import rules

    now = rules.month_of(store.today())
    if not text:
        return now
    typed = text.strip()
    try:
        if typed[:1] in "+-" and typed[1:].isdecimal() and len(typed) < 6:
            return rules.moved(now, int(typed))
        return rules.month_of(rules.first_of(typed))
    except ValueError as error:
        told = _("'{text}' is not a month; write it as 2026-11").format(text=text)
        raise WrongUse(told) from error


@click.command(short_help="The month's key figures. 月度指标")
@_month_option
@format_option("text", "json")
@_out_option
@click.pass_obj
def kpi(options: Options, month: str | None, form: str, output: Output | None) -> None:
    """Print the key figures of a month, each with its counts. 打印一个月的指标,都带分子分母。

    JSON: `month`, `definitions` ({figure: code}), `team` and `people[]` (with `number`, `name`); each figure is
    {"n": .., "d": .., "rate": ..}, rate a fraction (accessory_value: yuan a car), null where d is 0.
    """
    from floorlead.kpi import lists, papers, queries, sheet

    store = open_for(options)
    name = month_of(store, month)
    if form == "json":
        out(as_json(sheet.to_json(lists.book(store), queries.month(store, name))), output)
    else:
        out(drawn(papers.paper(store, name), form, store.path), output)


@click.command(short_help="The monthly appraisal. 月度考核")
@_month_option
@format_option("text", "json", "pdf", "xlsx")
@_out_option
@click.pass_obj
def appraisal(options: Options, month: str | None, form: str, output: Output | None) -> None:
    """Print a month's appraisal: as closed, else as it stands. 打印月度考核: 已关账的按关账,没有的按现在。

    JSON: `month`, `closed` (null, or `revision`, `at`, `by`, `reason`), `people[]` (`number`, `name`, `total`, `work`,
    `attendance`, `absent_days`, `parts` ({part: points or null}), `indicators`, `points[]`: `source`, `day`, `text`, `points`,
    `counts`, `objection`). XLSX without --out goes beside the file, and its path is printed.
    """
    from floorlead.appraisal import exporting, papers, queries, sheet

    store = open_for(options)
    name = month_of(store, month)
    if form == "json":
        out(as_json(sheet.to_json(queries.month(store, name))), output)
    elif form == "xlsx":
        path = output.path if output else exporting.usual_path(store, name)
        exporting.write(queries.month(store, name), path, store.path)
        out(f"{path}\n", None)
    else:
        out(drawn(papers.team(store, name), form, store.path), output)
