"""`rota make`, `rota repair`, `rota why`: the same work as on the page, for a script; nothing is taken over unless asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from floorlead.commands.common import format_option, output_option
from floorlead.commands.work import as_done, as_json, day_of, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.rota.period import Period
    from floorlead.store import Store

F = TypeVar("F", bound=Callable[..., Any])
POLL_SECONDS = 0.02


def _span_options(command: F) -> F:
    """`--from`, `--days`."""
    first = click.option("--from", "first", help="The first day; the Monday of this week. 从哪天起")
    days = click.option("--days", default=7, show_default=True, help="How many days. 几天")
    return first(days(command))


def _span(store: Store, first: str | None, days: int) -> tuple[date, date]:
    today = store.today()
    start = day_of(store, first) if first else today - timedelta(days=today.weekday())
    return start, start + timedelta(days=max(1, min(days, 62)) - 1)


def _solved(store: Store, kind: str, span: tuple[date, date]) -> tuple[Period, dict[str, Any]]:
    """The solver's answer. Raises Refused with its sentence where it cannot work."""
    from floorlead.planning.child import Child
    from floorlead.rota.asking import asked
    from floorlead.store import Refused

    one, task = asked(store, kind, *span)
    child = Child()
    child.start(task)
    while True:
        for message in child.poll():
            if "error" in message:
                raise Refused("E263", str(message["error"]))
            if "rota" in message:
                return one, message["rota"]
        time.sleep(POLL_SECONDS)


def _answer(
    options: Options, kind: str, first: str | None, days: int, form: str, output: Output | None, take: bool
) -> None:
    from floorlead.calendar import rules
    from floorlead.planning.rota import from_json
    from floorlead.rota import accepting, proposal
    from floorlead.store import Refused

    store = open_for(options, reading=not take)
    one, rota = _solved(store, kind, _span(store, first, days))
    unknown = rules.unknown_told(one.office, one.first, one.last)
    if rota["status"] == "infeasible":
        lines = [*unknown, *(line.text() for line in proposal.conflict(rota.get("conflict") or {}, 80))]
    else:
        found = accepting.proposed(one, from_json(rota), kind)
        if take and proposal.unknown(rota):
            raise Refused("E480", proposal.verdict(rota) + ": " + rota["violations"][0]["text"])
        if take:
            accepting.accept(store, one, found, kind)
        views = proposal.views(store, one, found, rota, kind)
        lines = [
            proposal.verdict(rota),
            *unknown,
            *(row for word, view in views for row in ["", word, *(x.text() for x in view)]),
        ]
    answer = rota | {"accepted": take and rota["status"] != "infeasible",
                     "calendar_unknown": rules.unknown_years(one.office, one.first, one.last)}  # fmt: skip
    out(
        (as_done(answer) if take else as_json(answer)) if form == "json" else "\n".join(lines) + "\n",
        output,
    )
    if rota["status"] == "infeasible":
        raise SystemExit(1)


@click.command(short_help="The fairest rota the rules allow. 自动排班")
@_span_options
@click.option("--accept", "take", is_flag=True, help="Take it over. 采用")
@format_option("text", "json")
@output_option
@click.pass_obj
def make(options: Options, first: str | None, days: int, take: bool, form: str, output: Output | None) -> None:
    """Make the rota of a period; without --accept nothing changes. Exit 1 where the rules allow none. 自动排班。

    A rota that breaks a rule, because the time was too short, is never accepted. JSON: as `rota solve` prints it,
    `accepted`, `calendar_unknown[]` (years whose holidays are not known); with `--accept` also `warnings[]`.
    """
    _answer(options, "make", first, days, form, output, take)


@click.command(short_help="The fewest changes after sick calls. 病假后补班")
@_span_options
@click.option("--accept", "take", is_flag=True, help="Take it over. 采用")
@format_option("text", "json")
@output_option
@click.pass_obj
def repair(options: Options, first: str | None, days: int, take: bool, form: str, output: Output | None) -> None:
    """Repair the planned rota with the fewest changes; who is on leave or did not come is out. 用最少的改动补班。

    JSON: as `rota solve` prints it with `changes`, `desk_changes`, `changes_cost`, `minimal`, `accepted`, `calendar_unknown[]`; with `--accept` also `warnings[]`.
    """
    _answer(options, "repair", first, days, form, output, take)


@click.command(short_help="Why a rota cannot be made. 为什么排不出")
@_span_options
@format_option("text", "json")
@output_option
@click.pass_obj
def why(options: Options, first: str | None, days: int, form: str, output: Output | None) -> None:
    """Say whether locks, leave and rules can all hold; if not, which facts cannot, and the cheapest way out. 为什么排不出。

    JSON: `possible`, `conflict` (`facts[]`, `sentence`, `give_up[]`; null where nothing stands against it).
    """
    from floorlead.rota import proposal
    from floorlead.store import Refused

    store = open_for(options)
    _one, rota = _solved(store, "why", _span(store, first, days))
    if proposal.unknown(rota):
        raise Refused("E481", proposal.not_told())
    conflict = rota.get("conflict") if rota["status"] == "infeasible" else None
    if form == "json":
        out(as_json({"possible": conflict is None, "conflict": conflict}), output)
    elif conflict is None:
        out(_("Nothing stands against it: locks, leave and rules can all hold") + "\n", output)
    else:
        out("\n".join(line.text() for line in proposal.conflict(conflict, 80)) + "\n", output)
