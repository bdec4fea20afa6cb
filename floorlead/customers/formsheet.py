"""The showroom's sheets and the card as papers: the register, the day sheet, the grade grid, a customer's card.

Wide ones are for landscape A4; a paper never reads the store, and a telephone number comes as it is to be printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.paper.model import Block, Column, Facts, Heading, Note, Paper, Sign, Table
from floorlead.record import record
from floorlead.words import _, language

WIDE = 148
"""Cells of a wide paper's text."""
GRID_WIDE = 150
Rows = Sequence[Sequence[str]]


@record
class Head:
    """What stands above every paper: its title, the showroom, who printed it; `masked` whether numbers are masked."""

    title: str
    showroom: str
    by: str
    stamp: str
    masked: bool
    nth: int = 0


def _paper(name: str, head: Head, when: str, blocks: Sequence[Block], number: str) -> Paper:
    note = (
        _("Phones are masked; the numbers stand in the program.")
        if head.masked
        else _("Holds personal data: whole numbers.")
    )
    again = " " + _("print {nth}").format(nth=head.nth) if head.nth > 1 else ""
    *rest, sign = blocks
    shown = [*rest, sign] if name == "grid" else [*rest, Note(note), sign]
    foot = ("floorlead", f"{number}{again} {head.stamp}".strip())
    return Paper(name, language(), head.title, (head.showroom, when, head.by), shown, foot)


def register(head: Head, day: date, weather: str, rows: Rows, totals: Sequence[str]) -> Paper:
    """来店(电)客户登记表: every visit and call of a day, its totals, three signatures."""
    columns = [
        Column("#", 2, "right"), Column(_("in at"), 5), Column(_("out at"), 6), Column(_("heads"), 5, "right"),
        Column(_("Advisor"), 7), Column(_("Customer"), 9), Column(_("Phone"), 11), Column(_("Model, colour"), 13),
        Column(_("Gr"), 2, "center"), Column(_("Visit"), 11), Column(_("Purpose"), 7), Column(_("Source"), 8),
        Column(_("capt"), 4, "center"), Column(_("quote"), 5, "center"), Column(_("drive"), 5, "center"),
        Column(_("loan"), 4, "center"), Column(_("deal"), 4, "center"), Column(_("Competitor"), 10), Column(_("Note"), 0),
    ]  # fmt: skip
    when = "  ".join(filter(None, [f"{day} {clock.weekday(day)}", weather]))
    blocks: list[Block] = [
        Table(columns, rows),
        *map(Note, totals),
        Sign([_("reception"), _("floor leader"), _("sales manager")]),
    ]
    return _paper("register", head, when, blocks, f"{day:%Y%m%d}-V1")


def day_sheet(head: Head, day: date, groups: Sequence[tuple[str, Rows, str]], total: str) -> Paper:
    """营业日报表: of each consultant (name, rows, totals) the customers planned and met on a day."""
    columns = [
        Column("#", 2, "right"), Column(_("Customer"), 9), Column(_("Phone"), 11), Column(_("Model, colour"), 14),
        Column(_("Source"), 8), Column(_("Purpose"), 7), Column(_("carried"), 7, "center"), Column(_("on plan"), 7, "center"),
        Column(_("how"), 5), Column(_("gr. 1"), 5, "center"), Column(_("gr. 2"), 5, "center"), Column(_("Next"), 6),
        Column(_("Progress"), 14), Column(_("Result"), 0),
    ]  # fmt: skip
    blocks: list[Block] = []
    for name, rows, told in groups:
        blocks.append(Heading(f"{name}  {told}"))
        blocks.append(Table(columns, rows) if rows else Note(_("nobody planned, nobody met")))
    blocks += [Note(total), Facts([(_("Remark of the leader"), [""])])]
    signs = Sign([_("Consultant"), _("floor leader"), _("sales manager")])
    return _paper("day", head, f"{day} {clock.weekday(day)}", [*blocks, signs], f"{day:%Y%m%d}-D1")


def grid(head: Head, first: date, last: date, rows: Rows, totals: str) -> Paper:
    """意向客户级别状况表: a row for each prospect of a month, a column for each day."""
    days = [Column(str(day), 2, "center") for day in range(1, last.day + 1)]
    columns = [
        Column("#", 3, "right"), Column(_("Customer"), 8), Column(_("Model"), 6), Column(_("Advisor"), 6), Column(_("g1"), 2),
        *days, Column(_("g2"), 2), Column(_("Reason"), 0),
    ]  # fmt: skip
    key = _(
        "* planned contact, the grade letter once it was made; + new this month; who did not buy stands next month again"
    )
    signs = Sign([_("Consultant"), _("floor leader"), _("sales manager")])
    return _paper(
        "grid", head, f"{first:%Y-%m}", [Table(columns, rows), Note(totals), Note(key), signs], f"{first:%Y%m}-G1"
    )


def card(head: Head, facts: Sequence[tuple[str, Sequence[str]]], parts: Sequence[tuple[str, Sequence[str]]], day: date,
         ident: int) -> Paper:  # fmt: skip
    """意向客户管理卡: all that is known of one customer, its visits, orders and story."""
    blocks: list[Block] = [Facts(facts)]
    for title, lines in parts:
        blocks.append(Heading(f"{title}  {len(lines)}"))
        rows = [[str(n), text] for n, text in enumerate(lines, 1)]
        blocks.append(Table([Column("#", 3, "right"), Column("", 0)], rows) if rows else Note(_("none")))
    signs = Sign([_("Consultant"), _("floor leader")])
    return _paper("card_of", head, f"{day} {clock.weekday(day)}", [*blocks, signs], f"{day:%Y%m%d}-C{ident}")
