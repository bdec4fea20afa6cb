"""What leaves the house opens in a spreadsheet as it was: text is text, numbers are numbers, nothing is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.store import Refused
from floorlead.tables.cells import word
from floorlead.tables.reading import read_table
from floorlead.tables.writing import write_table

HEADINGS, KINDS = ("车架号", "指导价", "到货日期", "备注"), ("text", "number", "date", "text")
ROWS = [
    ("LX0A1B2C5TA004114", 119800, date(2026, 11, 1), "=1+1"),
    ("00123", 0.05, "2026-11-02", "@x"),
    ("13800001001", None, None, ""),
]


def test_a_csv_for_excel(tmp_path):
    path = tmp_path / "cars.csv"
    assert write_table(path, HEADINGS, ROWS, KINDS, tmp_path / "s.db") == 3
    data = path.read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    assert data.decode("utf-8-sig").splitlines()[1:] == [
        '"LX0A1B2C5TA004114",119800,"2026-11-01","\'=1+1"', '"00123",0.05,"2026-11-02","\'@x"', '"13800001001","","",""']  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_workbook_keeps_text_numbers_and_days(tmp_path):
    """A VIN, a phone and what looks like a formula are text; a price is a number; a day is a day."""
    from python_calamine import CalamineWorkbook

    path = tmp_path / "cars.xlsx"
    write_table(path, HEADINGS, ROWS, KINDS, tmp_path / "s.db")
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    assert cells[1] == ["LX0A1B2C5TA004114", 119800.0, date(2026, 11, 1), "=1+1"]
    assert cells[2][0] == "00123"
    assert cells[3][0] == "13800001001"
    import zipfile

    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b'state="frozen"' in sheet


@pytest.mark.parametrize("name", ["cars.txt", "cars", "cars.xls", "cars.ods"])
def test_another_form_is_refused(tmp_path, name):
    with pytest.raises(Refused, match=r"\.csv or \.xlsx"):
        write_table(tmp_path / name, HEADINGS, ROWS, KINDS, tmp_path / "s.db")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    (tmp_path / "cars.csv").mkdir()
    with pytest.raises(Refused, match="was not written"):
        write_table(tmp_path / "cars.csv", HEADINGS, ROWS, KINDS, tmp_path / "s.db")
    assert [p.name for p in tmp_path.iterdir()] == ["cars.csv"]


TEXT = st.text(max_size=30) | st.sampled_from(
    ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "'=1", '="a"', "\x00=1"]
)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=6))
def test_no_text_is_ever_a_formula(tmp_path_factory, rows):
    """Whatever is typed: no cell of the file begins like a formula, and each reads back as the text that it was."""
    path: Path = tmp_path_factory.mktemp("w") / "x.csv"
    write_table(path, ("a", "b"), rows, ("text", "text"), path.with_name("s.db"))
    found = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))

    assert not [cell for row in found for cell in row if cell[:1] in set("=+-@\t\r＝＋－＠")]
    assert len(found) == len(rows) + 1
    path = path.with_suffix(".xlsx")
    write_table(path, ("a", "b"), rows, ("text", "text"), path.with_name("s.db"))
    assert read_table(path.read_bytes())[0].cells == ["a", "b"]


@given(st.sampled_from(["=1", "'=1", "''=1", "'quoted", "''", "'＝a", "-x"]))
def test_a_text_reads_back_as_it_was(tmp_path_factory, text):
    """Guarded or only looking guarded: what went out comes back, from CSV and from XLSX."""
    for suffix in (".csv", ".xlsx"):
        path: Path = tmp_path_factory.mktemp("w") / f"x{suffix}"
        write_table(path, ("a",), [(text,)], ("text",), path.with_name("s.db"))
        assert word((read_table(path.read_bytes())[1].cells or [""])[0]) == text
