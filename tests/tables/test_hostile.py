"""A file from a stranger: whatever it holds, it is a list or it is refused in a sentence, and the leader goes on working."""

from __future__ import annotations

import random
import sys
import tracemalloc
from datetime import date

import pytest

from floorlead.tables import packed, sheets
from floorlead.tables.csvtext import Record, checked
from floorlead.tables.reading import Unreadable, read_table
from tests.tables import hostile as made
from tests.tables.test_reading import workbook

SMALL = (
    made.far_cell, made.diagonal, made.single_quotes, made.lying_dimension, made.repeated_string, made.entities,
    made.nested_zip, made.broken_ole, made.looping_ole, made.ods_repeats,
)  # fmt: skip


@pytest.mark.parametrize("maker", SMALL, ids=lambda maker: maker.__name__)
def test_a_file_made_to_harm_is_refused(maker: made.Maker) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read_table(maker(random.Random(3)), "list.xlsx")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is the system's")
def test_a_cell_at_the_end_of_the_sheet_is_named() -> None:
    """The leader can delete it: the sentence says where it stands."""
    for place, told in (("SF199999", "row 199999, column 500"), ("XFD1048576", "row 1048576, column 16384")):
        with pytest.raises(Unreadable, match=told):
            read_table(made.sheet(made.cell("A1") + made.cell(place)))


def test_a_coloured_empty_cell_far_away_harms_nothing() -> None:
    """A whole column was coloured: its last cell stands in the file and holds nothing."""
    data = made.sheet(made.cell("A1", "7") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert [one.cells for one in read_table(data)] == [["7"]]


def test_what_a_part_says_of_its_size_is_not_believed() -> None:
    """The counts come from what unfolds: a stated size of 1 byte hides nothing."""
    rows = "".join(made.cell(f"B{n}") for n in range(1, 2_000))
    data = made.sheet(rows)
    held = packed.contents(data, sheets.MOST_ROWS, sheets.MOST_COLUMNS)
    assert (held.cells, held.rows, held.columns, held.places) == (1_999, 1_999, 2, 3_998)
    with pytest.raises(packed.TooLarge):
        packed.contents(made.sheet("x" * (packed.LONGEST + packed.CHUNK)), 9, 9)
    assert packed.number_of(b"XFD") == 16384


def test_a_sheet_that_is_no_list_gets_no_memory() -> None:
    far = packed.contents(made.sheet(made.cell("A1") + made.cell("A999999")), sheets.MOST_ROWS, sheets.MOST_COLUMNS)
    assert sheets.memory_for(far, 1_000) < sheets.MEMORY + 10_000
    near = packed.Contents(0, 2_000_000, 2_000_000, 200_000, 10)
    assert sheets.memory_for(near, 1_000) > 200 * 2**20
    assert sheets.memory_for(packed.Contents(2**40, 2**40, 2**40, 1, 1), 1) == sheets.MOST_MEMORY


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b",,,\n" * 300_000, "lines"),
        (b"\r" * 300_000, "lines"),
        (b";" * 6_000_001, "cells"),
        (b"a,b\n" + b"x" * (2**20 + 1) + b"\n", "Line 2"),
    ],
)
def test_a_text_that_is_no_list(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_table(data)


def test_a_long_list_comes_in_as_it_stands() -> None:
    """Twenty thousand rows: every one there, as text, in little memory."""
    rows = [["车架号", "日期", "价"], *([f"V{n}", date(2026, 11, 1), n / 4] for n in range(20_000))]
    data = workbook(rows)
    tracemalloc.start()
    found = read_table(data)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found) == 20_001
    assert found[8].cells == ["V7", "2026-11-01", "1.75"]
    assert (found[8].line, found[8].text) == (9, "V7,2026-11-01,1.75")
    assert most < 8 * 2**20 + 2 * len(data)


def test_a_record_keeps_what_stood_in_the_file() -> None:
    one = Record.joined(3, "a;b;;", ";")
    assert (one.cells, one.text, one.blank) == (["a", "b", "", ""], "a;b;;", False)
    assert Record.joined(3, "\x1f\x1f ", "\x1f").blank
    assert (one.said("hidden").text, one.said("hidden").cells) == ("hidden", one.cells)
    assert checked(b"a,b\n") == b"a,b\n"


def test_a_separator_inside_a_cell_does_not_make_two() -> None:
    assert len(read_table(workbook([["a\x1fb", "c"], ["d", "e"]]))[0].cells or ()) == 2
