"""A fair sheet: what is given back doubles nothing, the total adds up, a month without an entry scores nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead.appraisal import exporting, moves, queries, sheet
from floorlead.appraisal.records import Sheet, Taken
from floorlead.kpi import lists
from floorlead.paper.text import as_text
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.tables.reading import read_table
from floorlead.text import width
from tests.appraisal import showroom as ash
from tests.kpi import showroom as sh

MONTH = "2026-11"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sh.opened(tmp_path, ash.NOW)
    yield opened
    opened.close()


def mine(store: Store, name: str = ash.WHO) -> Sheet:
    return next(one for one in queries.sheets(store, MONTH) if one.name == name)


def taken(store: Store, source: str, name: str = ash.WHO) -> Taken:
    return next(one for one in mine(store, name).taken if one.point.source == source)


def points(store: Store, name: str = ash.WHO) -> list[tuple[int, int, bool]]:
    """(day, points, whether they count) of a sheet."""
    return [(one.point.day.day, one.point.points, one.counts) for one in mine(store, name).taken]


def uphold(store: Store, source: str, name: str = ash.WHO, yes: bool = True) -> None:
    if taken(store, source, name).objection is None:
        moves.raise_objection(store, MONTH, mine(store, name), taken(store, source, name), "不是我的事")
    moves.decide(store, mine(store, name), taken(store, source, name), yes, "查过")


def test_the_next_days_miss_is_the_first_one_then(store: Store) -> None:
    """Not filled in on the 10th, 11th and 12th: 2, 4, 8. The 10th was another's visit after all: 2 back, then 2 and 4."""
    first = sh.visit(store, "2026-11-10", incomplete=1)
    for day in ("2026-11-11", "2026-11-12"):
        sh.visit(store, day, incomplete=1)
    assert points(store) == [(10, 2, True), (11, 4, True), (12, 8, True)]
    uphold(store, f"visit:{first}")
    assert points(store) == [(10, 2, False), (11, 2, True), (12, 4, True)]
    assert mine(store).parts["conduct"] == 94
    uphold(store, f"visit:{first}", yes=False)
    assert [count for _day, count, _counts in points(store)] == [2, 4, 8]


def test_the_miss_between_two_was_none(store: Store) -> None:
    """The 11th between the 10th and the 12th is given back: that day he did fill in, so the row ends there."""
    sh.visit(store, "2026-11-10", incomplete=1)
    middle = sh.visit(store, "2026-11-11", incomplete=1)
    sh.visit(store, "2026-11-12", incomplete=1)
    uphold(store, f"visit:{middle}")
    assert points(store) == [(10, 2, True), (11, 2, False), (12, 2, True)]


def test_a_report_that_was_handed_in_on_paper(store: Store) -> None:
    """Nothing sealed on the 3rd, 4th and 5th: 10, 20, 40. The 3rd was handed in on paper (no power): 10 and 20 are left."""
    for day in ("02", "03", "04", "05"):
        sh.add(store, "attendance", day=f"2026-11-{day}", person_id=sh.ident(store, ash.WHO), state="present", at="x")
    sh.add(store, "reports", day="2026-11-02", number=1, revision=1, sealed_at="2026-11-02T18:00:00", by="t",
           language="zh", body="{}", text="", seq=1, head="", previous_seal="", seal="x")  # fmt: skip
    assert [count for _day, count, _counts in points(store, "林晓峰")] == [10, 20, 40]
    uphold(store, "report:2026-11-03", "林晓峰")
    assert points(store, "林晓峰") == [(3, 10, False), (4, 10, True), (5, 20, True)]


def test_the_total_can_be_worked_out_from_the_sheet(store: Store) -> None:
    """HR takes the sheet's own work and attendance, 70 and 30 of a hundred, and comes to the sheet's total."""
    weights = lists.book(store).weights
    sh.visit(store, "2026-11-10", incomplete=1)
    for skill in range(0, 101, 4):
        moves.score(store, MONTH, mine(store), "skill", skill + 0.25 if skill < 100 else 100)
        one = mine(store)
        by_hand = (weights.work * one.work + weights.attendance * one.attendance) / (weights.work + weights.attendance)
        assert abs(one.total - by_hand) < 0.0501, skill
        assert one.total == int(by_hand * 10 + 0.5 + 1e-9) / 10


def test_a_month_without_an_entry_is_no_perfect_month(store: Store) -> None:
    """The program came in November: October scores nobody, cannot be closed, and its paper says why."""
    sh.visit(store, "2026-11-10", incomplete=1)
    assert queries.sheets(store, "2026-10") == []
    with pytest.raises(Refused, match="Nothing was kept") as refused:
        moves.close(store, "2026-10")
    assert refused.value.code == "E398"
    text = as_text(sheet.team(("", "2026-10", ""), queries.month(store, "2026-10"), {}))
    assert "nobody is scored" in text
    assert len(queries.sheets(store, MONTH)) == 5


def test_who_came_and_who_left_are_scored_who_was_not_there_is_not(store: Store) -> None:
    """Left on 3 November: scored for it. Left in October or coming in December: not."""
    sh.visit(store, "2026-11-10", incomplete=1)
    with store.write("comings and goings") as db:
        db.execute("UPDATE people SET left_on = '2026-11-03' WHERE name = '陈思远'")
        db.execute("UPDATE people SET left_on = '2026-10-31' WHERE name = '王雨桐'")
        db.execute("UPDATE people SET joined = '2026-12-01' WHERE name = '李承泽'")
    assert {one.name for one in queries.sheets(store, MONTH)} == {"林晓峰", "陈思远", "吴文博"}


def test_nothing_is_scored_below_nought_nor_above_a_hundred(store: Store) -> None:
    """Forty breaches and thirty days absent: 0 of work, 0 of attendance, 0 in all; all scored full: 100."""
    for n in range(1, 31):
        ash.violation(store, f"2026-11-{n:02}", points=9)
        sh.add(store, "attendance", day=f"2026-11-{n:02}", person_id=sh.ident(store, ash.WHO), state="absent", at="x")
    assert (mine(store).work, mine(store).attendance, mine(store).total) == (0, 0, 0)
    for part in ("skill", "attitude"):
        moves.score(store, MONTH, mine(store, "王雨桐"), part, 100)
    assert mine(store, "王雨桐").total == 100


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_name_that_reads_as_a_formula_stays_a_name(store: Store, tmp_path: Path, form: str) -> None:
    """Somebody typed =1+1 as a name and as the answer: HR's table holds the words, nothing is worked out."""
    sh.visit(store, "2026-11-10", incomplete=1)
    with store.write("named") as db:
        db.execute("UPDATE people SET name = '=1+1', name_en = '=1+1' WHERE name = ?", (ash.WHO,))
    uphold(store, mine(store, "=1+1").taken[0].point.source, "=1+1")
    path = tmp_path / f"hr.{form}"
    exporting.write(queries.month(store, MONTH), path, store.path)
    cells = [str(cell) for row in read_table(path.read_bytes(), path.name) for cell in row.cells or ()]
    assert any("=1+1" in cell for cell in cells)
    assert "2" not in [cell for cell in cells if "1+1" in cell]
    if form == "csv":
        assert not [cell for cell in cells if cell.startswith("=")]


def test_forty_sheets_on_paper(store: Store) -> None:
    """Forty people: every one stands on the paper, no line over 80 cells."""
    for n in range(36):
        people.save(
            store, replace(people.blank(), name=f"欧阳顾问{n:02}", name_en=f"Consultant {n:02}", number=f"Z{n:02}")
        )
    sh.visit(store, "2026-11-10", incomplete=1)
    found = queries.month(store, MONTH)
    text = as_text(sheet.team(("店", MONTH, "组长"), found, {}))
    assert all(one.number in text for one in found.sheets)
    assert max(width(line) for line in text.splitlines()) <= 80
