"""Numbers that a spreadsheet lost: rounded to 2.02611E+17 or made a day. By such a number no row is entered or changed."""

from __future__ import annotations

import io
from datetime import date, time

import pytest
import xlsxwriter

from floorlead.exchange import files, moves
from floorlead.people.files import read_people
from floorlead.rota import importplan
from floorlead.tables.cells import not_lost
from tests.exchange.conftest import look, reasons, take, vin

LOST = ("2.02611E+17", "1.39E+10", "2.026112300012346e+17", "1E+05", "20261123000123456.0", "2026-11-05", "2026/11/5",
        "2026-11-05 00:00", "11月5日", "5-Nov", "Nov-26", "11:05", "2026年11月", "########", "#N/A", "#REF!", "２.０２６Ｅ＋１７")  # fmt: skip
KEPT = (
    "20261123000123456",
    "11-5",
    "D20261124-003",
    "2026-0001",
    "26E1105",
    "12E5",
    "A/05",
    "S01",
    "00017",
    "3.5",
    "K-2026-11-05",
)
LISTS = {
    "orders": (
        "订单号,客户,电话,顾问,车型,外色,订单日期\n{number},赵先生,{phone},S01,青屿,云母白,2026-11-22\n",
        ("number", "phone"),
    ),
    "cars": ("车架号,车型代码,车型,颜色,到货日期\n{vin},{model},青屿,云母白,2026-11-01\n", ("vin", "model")),
    "sales": ("日期,车型代码,车型,颜色,车架号\n2026-11-01,{model},青屿,云母白,{vin}\n", ("vin", "model")),
    "customers": ("客户编号,姓名,电话,级别,车型代码\n{number},王,{phone},A,{model}\n", ("number", "phone", "model")),
    "visits": (
        "登记号,日期,方式,客户编号,电话,级别\n{number},2026-11-20,来店,{customer},{phone},A\n",
        ("number", "customer", "phone"),
    ),
}
GOOD = {"number": "N1", "phone": "13900040001", "vin": vin(1), "model": "QY", "customer": "C001"}


@pytest.mark.parametrize("cell", LOST)
@pytest.mark.parametrize("kind", LISTS)
def test_no_list_takes_a_lost_number(staffed, kind: str, cell: str) -> None:
    """In each column by which a row is found again; the other line of the file is none the worse."""
    text, fields = LISTS[kind]
    for field in fields:
        plan = look(staffed, kind, text.format(**{**GOOD, field: cell}))
        assert (len(plan.new), list(reasons(plan))) == (0, [2]), (field, cell)
        assert "spreadsheet" in reasons(plan)[2]


@pytest.mark.parametrize("cell", KEPT)
def test_real_numbers_stay(cell: str) -> None:
    assert not_lost(cell) == cell


def test_two_orders_of_one_rounded_number(staffed) -> None:
    """Two customers' orders were rounded to the same number: neither is entered, nor does one change the other."""
    head = "订单号,客户,电话,顾问,车型,外色,订单日期\n"
    for name, phone in (("赵先生", "13900040001"), ("钱先生", "13900040002")):
        plan = look(staffed, "orders", f"{head}2.02611E+17,{name},{phone},S01,青屿,云母白,2026-11-22\n")
        assert (len(plan.new), len(plan.changed), len(plan.refused)) == (0, 0, 1)
    take(staffed, "orders", f"{head}202611230001234567,赵先生,13900040001,S01,青屿,云母白,2026-11-22\n")
    assert staffed.rows("SELECT number, customer FROM orders") == [("202611230001234567", "赵先生")]


def test_cells_of_a_workbook_that_are_numbers_or_days(staffed) -> None:
    """An order number of 18 digits typed as a number, one that Excel took for a day or a time: all refused; a short one
    that is a number comes in as its digits."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["订单号", "客户", "电话", "车型", "订单日期"])
    for row, number in enumerate(
        (202611230001234567, 2026112300012345, date(2026, 11, 5), time(11, 5), 20261123001), 1
    ):
        sheet.write(row, 0, number, *([day] if isinstance(number, date) else []))
        sheet.write_row(row, 1, ["赵先生", 13900040000 + row, "青屿"])
        sheet.write_datetime(row, 4, date(2026, 11, 22), day)
    book.close()
    plan = moves.plan(staffed, files.read(made.getvalue(), "o.xlsx", "orders"))
    assert [(one.values["number"], one.values["phone"]) for one in plan.new] == [("20261123001", "13900040005")]
    assert list(reasons(plan)) == [2, 3, 4, 5]


def test_staff_and_rota_by_number(staffed) -> None:
    """The number of a person is a key as well."""
    found = read_people("工号,姓名\n1.0E+05,张伟\nS02,李娜\n".encode())
    assert ([one.name for one in found.rows], [one.line for one in found.refused]) == (["李娜"], [2])
    plan = importplan.found_in(staffed, b"date,number,shift\n2026-12-01,1.0E+05,-\n2026-12-01,S01,-\n")
    assert [one.line for one in plan.refused] == [2]
    assert "spreadsheet" in plan.refused[0].reason
