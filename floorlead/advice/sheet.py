"""The order advice on paper and as JSON: the arithmetic, what to order, what to push first, and why the leader differs."""

from __future__ import annotations

from typing import Any

from floorlead import clock
from floorlead.advice import told
from floorlead.advice.records import ColourLine, ModelLine, Push, Saved, quantity, short
from floorlead.advice.rules import trims_of
from floorlead.paper.model import Block, Column, Facts, Heading, Note, Paper, Sign, Table
from floorlead.percent import in_percent
from floorlead.record import record
from floorlead.text import numeral
from floorlead.words import _, language

TRIMS = 21
"""Cells for the trims of a line."""


@record
class Sheet:
    """What the paper shows: a version (0 = not saved), the showroom, who leads it, which print this is."""

    saved: Saved
    showroom: str
    leader: str
    nth: int = 0


def draw(sheet: Sheet) -> Paper:
    """The paper of a day's advice."""
    saved, advice = sheet.saved, sheet.saved.advice
    blocks: list[Block] = [Heading(_numbered(0, _("What is needed"))), _models(saved), *_rule(saved)]
    total = sum(quantity(line, saved.edits) for line in advice.lines)
    count = _("{count} cars in all").format(count=total)
    blocks.append(Heading(_numbered(1, _("What to order")) + f"    {count}"))
    unknown = _("nothing to order: nothing sold and no car here yet, there is nothing to reckon with")
    blocks.append(_orders(saved) if _ordered(saved) else Note(_("nothing to order") if advice.lines else unknown))
    blocks += _own(saved)
    blocks.append(Heading(_numbered(2, _("Push first, do not order"))))
    blocks.append(_pushed(saved) if advice.push_first else Note(_("nothing to push")))
    blocks.append(Sign((_("Leader"), _("Sales manager"), _("Remarks"))))
    return Paper("advice", language(), _("Order advice"), _head(sheet), blocks, _foot(sheet),
                 draft="" if saved.version else _("DRAFT"))  # fmt: skip


def _numbered(number: int, word: str) -> str:
    return f"{numeral(number + 1)} {word}"


def _head(sheet: Sheet) -> tuple[str, str, str]:
    saved, day = sheet.saved, sheet.saved.advice.as_of
    leader = _("leader {name}").format(name=saved.by or sheet.leader)
    version = _("version {version} {time}").format(version=saved.version, time=clock.hm(saved.at))
    state = told.order_day(saved.advice.order)
    return (
        sheet.showroom,
        f"{day} {clock.weekday(day)}  {state}",
        f"{leader} {version if saved.version else ''}".strip(),
    )


def _foot(sheet: Sheet) -> tuple[str, str]:
    number = _("no. {number}").format(number=f"{sheet.saved.advice.as_of:%Y%m%d}-A{sheet.saved.version}")
    again = " " + _("print {nth}").format(nth=sheet.nth) if sheet.nth > 1 else ""
    return "floorlead", f"{number}{again}"


def _models(saved: Saved) -> Table:
    """Each model's arithmetic."""
    columns = [
        Column(_("Model"), 8), Column(_("Sold"), 5, "right"), Column(_("Rate"), 6, "right"),
        Column(_("Cover"), 5, "right"), Column(_("Goal"), 5, "right"), Column(_("Least"), 5, "right"),
        Column(_("Wait"), 5, "right"), Column(_("Free"), 5, "right"), Column(_("Way"), 5, "right"),
        Column(_("Sum"), 13, "right"), Column(_("Qty"), 0, "right"),
    ]  # fmt: skip
    return Table(columns, [_model(saved, model) for model in saved.advice.models])


def _model(saved: Saved, model: ModelLine) -> list[str]:
    ordered = sum(quantity(line, saved.edits) for line in saved.advice.of(model.model))
    figures = (model.target_days, model.target, model.minimum, model.waiting, model.free, model.in_transit)
    return [model.shown, str(model.sold), f"{model.rate:.2f}", *map(str, figures), told.sum_of(model), str(ordered)]


def _rule(saved: Saved) -> list[Block]:
    advice = saved.advice
    rule = _("Goal = sold in {window} days / {window} x days, rounded up, at least the least stock; "
             "to order = goal + orders that wait - free here - free on the way.")  # fmt: skip
    held = [f"{model.shown}: {told.shut(advice.push_days)}" for model in advice.models if model.advice != model.need]
    notes = [rule.format(window=advice.window), *held, told.unknown(advice.order)]
    return [Note(text) for text in notes if text]


def _ordered(saved: Saved) -> list[ColourLine]:
    """The lines on paper: those with cars to order or orders that wait, and those that the leader changed."""
    return [line for line in saved.advice.lines if line.advice or line.waiting or line.key in saved.edits]


def _orders(saved: Saved) -> Table:
    columns = [
        Column(_("Model"), 8), Column(_("Colour"), 7), Column(_("Trims"), 0), Column(_("Sold"), 4, "right"),
        Column(_("Share"), 5, "right"), Column(_("Goal"), 5, "right"), Column(_("Free"), 4, "right"),
        Column(_("Way"), 4, "right"), Column(_("Wait"), 4, "right"), Column(_("Adv."), 4, "right"),
        Column(_("Qty"), 4, "right"),
    ]  # fmt: skip
    return Table(columns, [row for line in _ordered(saved) for row in _order(saved, line)])


def _order(saved: Saved, line: ColourLine) -> list[list[str]]:
    """A line's row; trims that need more room run on to further rows."""
    count = quantity(line, saved.edits)
    first, *more = told.trim_lines(trims_of(line, count), TRIMS)
    waiting = f"{line.waiting}{'!' if short(line, count) else ''}"
    figures = (line.free, line.in_transit, waiting, line.advice)
    own = f"{count} *" if line.key in saved.edits else str(count)
    row = [_name(saved, line.model), line.shown, first, str(line.sold), in_percent(line.share),
           f"{line.goal:.1f}", *map(str, figures), own]  # fmt: skip
    return [row, *(["", "", part, *[""] * 8] for part in more)]


def _name(saved: Saved, code: str) -> str:
    return next(model.shown for model in saved.advice.models if model.model == code)


def _own(saved: Saved) -> list[Block]:
    """The leader's own numbers, each with its reason."""
    rows = [
        (f"* {_name(saved, line.model)} {line.shown}  {line.advice} -> {edit.quantity}", [edit.reason or _("no reason")])
        for line in saved.advice.lines if (edit := saved.edits.get(line.key))
    ]  # fmt: skip
    return [Facts(rows)] if rows else []


def _pushed(saved: Saved) -> Table:
    days = _("older than {days} days").format(days=saved.advice.push_days)
    columns = [Column(_("Model, colour, trim"), 0), Column(_("Count"), 6, "right"), Column(_("Days old"), 8, "right"),
               Column(_("Where"), 14), Column(f"VIN ({days})", 24)]  # fmt: skip
    rows = [[push.shown, str(push.cars), str(push.age), told.place(push), push.vin] for push in saved.advice.push_first]
    return Table(columns, rows)


# -- JSON


def to_json(saved: Saved) -> dict[str, Any]:
    """The advice as JSON-ready values; the fields stand in the command's help."""
    advice, order = saved.advice, saved.advice.order
    return {
        "as_of": advice.as_of.isoformat(), "version": saved.version, "saved_at": saved.at if saved.version else None,
        "saved_by": saved.by if saved.version else None, "window_days": advice.window,
        "target_days": advice.target_days, "push_days": advice.push_days, "order_day": order.next.isoformat(),
        "is_order_day": order.is_order_day, "calendar_known": order.unknown_year is None,
        "models": [_model_json(model) for model in advice.models],
        "lines": [_line_json(saved, line) for line in advice.lines],
        "push_first": [_push_json(push) for push in advice.push_first],
    }  # fmt: skip


def _model_json(model: ModelLine) -> dict[str, Any]:
    return {
        "model": model.model, "model_name": model.name, "sold": model.sold, "rate": round(model.rate, 4),
        "target_days": model.target_days, "target": model.target, "minimum": model.minimum, "free": model.free,
        "in_transit": model.in_transit, "available": model.available, "waiting_orders": model.waiting,
        "need": model.need, "advice": model.advice,
    }  # fmt: skip


def _line_json(saved: Saved, line: ColourLine) -> dict[str, Any]:
    edit, count = saved.edits.get(line.key), quantity(line, saved.edits)
    name = next(model.name for model in saved.advice.models if model.model == line.model)
    return {
        "model": line.model, "model_name": name, "colour": line.colour, "sold": line.sold,
        "share": round(line.share, 4), "goal": round(line.goal, 2), "free": line.free, "in_transit": line.in_transit,
        "waiting_orders": line.waiting, "advice": line.advice, "quantity": count, "reason": edit.reason if edit else "",
        "trims": [{"trim": trim, "quantity": cars} for trim, cars in trims_of(line, count)],
        "blocked_trims": list(line.blocked),
    }  # fmt: skip


def _push_json(push: Push) -> dict[str, Any]:
    return {"model": push.model, "model_name": push.name, "trim": push.trim, "colour": push.colour, "age": push.age,
            "vin": push.vin, "spot": told.spot(push), "cars": push.cars}  # fmt: skip
