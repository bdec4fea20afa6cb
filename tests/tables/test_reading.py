"""A table is read by what its bytes are: a workbook's cells become what a CSV would hold."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from floorlead.people.files import read_people
from floorlead.tables.cells import Wrong, amount, day, moment, word, yes_no
from floorlead.tables.reading import Unreadable, as_text, read_table


def workbook(*sheets: list[list[object]]) -> bytes:
    """An XLSX file; days are written as days, numbers as numbers."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return made.getvalue()


def test_the_first_sheet_that_has_cells():
    """An empty first sheet, then the list; line numbers are the sheet's rows."""
    data = workbook([], [["车架号", "指导价", "到货日期"], [], ["LX0", 119800, date(2026, 11, 1)]])
    found = read_table(data, "cars.xlsx")

    assert [(r.line, r.cells) for r in found if not r.blank] == [
        (1, ["车架号", "指导价", "到货日期"]), (3, ["LX0", "119800", "2026-11-01"])]  # fmt: skip
    assert found[1].blank


MIDNIGHT = datetime.fromisoformat("2026-11-01")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (119800.0, "119800"), (0.05, "0.05"), (True, "1"), (MIDNIGHT, "2026-11-01"), (MIDNIGHT.date(), "2026-11-01"),
        (datetime.fromisoformat("2026-11-01T15:30"), "2026-11-01 15:30"), ("", ""), (None, ""), ("0012", "0012"),
    ],
)  # fmt: skip
def test_a_cell_is_what_a_csv_would_hold(cell, text):
    assert as_text(cell) == text


def test_what_it_is_called_does_not_matter():
    data = workbook([["a"], ["b"]])
    assert [r.cells for r in read_table(data, "list.csv")] == [["a"], ["b"]]


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, workbook([])])
def test_no_workbook_after_all(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        read_table(data, "x.xlsx")


@given(st.binary(max_size=400))
def test_a_broken_workbook_is_refused_in_a_sentence(rest):
    with pytest.raises(Unreadable):
        read_table(workbook([["a"]])[:120] + rest)


def test_people_come_in_a_workbook_too():
    file = read_people(
        workbook([["工号", "姓名", "岗位", "入职"], ["S01", "张伟", "顾问", date(2024, 3, 1)], ["S02", "", "顾问", ""]])
    )
    assert [(p.name, p.joined) for p in file.rows] == [("张伟", date(2024, 3, 1))]
    assert [r.line for r in file.refused] == [3]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-01",
        "2026/11/1",
        "2026年11月1日",
        "2026.11.01",
        "20261101",
        "２０２６-１１-０１",
        "2026-11-01 00:00:00",
        " 2026-11-1 ",
    ],
)
def test_days_as_people_write_them(cell):
    assert day(cell) == date(2026, 11, 1)
    assert day(cell, 3) == date(2026, 11, 4)


def test_moments_amounts_yes_and_no():
    assert moment("2026-11-01 9:05") == moment("2026/11/1T09:05:30") == "2026-11-01T09:05"
    assert moment("2026-11-01") == "2026-11-01T00:00"
    assert [amount(c) for c in ("119800", "119,800.00", "￥119800", "11.98万", "119800元", "-", "")] == [119800] * 5 + [
        None
    ] * 2
    assert [yes_no(c) for c in ("是", "YES", "√", "1", "否", "", "-")] == [True] * 4 + [False] * 3
    assert word("'=SUM(1)") == "=SUM(1)"


@pytest.mark.parametrize(("read", "cell"), [(day, "2026-02-30"), (day, "0026-01-01"), (moment, "2026-11-01 25:00"), (amount, "-1"),
    (amount, "12,34"), (amount, "1e5"), (yes_no, "perhaps"), (word, "\x1b[2J"), (word, "x" * 41)])  # fmt: skip
def test_what_means_nothing_is_said(read, cell):
    with pytest.raises(Wrong):
        read(cell)
