"""What doubles: the misses and the rules of discipline that `doubles` in kpi.toml names, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from floorlead.appraisal import gathering, queries
from floorlead.kpi import lists
from floorlead.kpi.records import MISSES
from floorlead.log import lists as log_lists
from floorlead.record import replace
from tests.appraisal import showroom as ash
from tests.conftest import at
from tests.kpi import showroom as sh


def points(store, start: str) -> list[tuple[str, int]]:
    """The points of November whose source begins so, by day."""
    found = [one.point for sheet in queries.sheets(store, "2026-11") for one in sheet.taken]
    return [(one.day.isoformat()[8:], one.points) for one in found if one.source.startswith(start)]


def test_every_code_named_exists(tmp_path: Path) -> None:
    """`doubles` in the shipped file names a miss that is counted, or a rule that stands in the log's own file."""
    store = sh.opened(tmp_path)
    known = {*MISSES, *(one.code for one in log_lists.lists(store).rules)}
    assert lists.book(store).weights.doubles
    assert lists.book(store).weights.doubles <= known
    store.close()


def test_a_report_not_handed_in_again_doubles(tmp_path: Path) -> None:
    """Sealed on the 2nd, nothing on the 3rd, 4th and 5th: 10, 20, 40; as a showroom without the rule writes it, 10 each."""
    store = sh.opened(tmp_path, "2026-11-30T18:30:00")
    for day in ("02", "03", "04", "05"):
        sh.add(store, "attendance", day=f"2026-11-{day}", person_id=sh.ident(store, ash.WHO), state="present", at="x")
    sh.add(store, "reports", day="2026-11-02", number=1, revision=1, sealed_at="2026-11-02T18:00:00", by="t",
           language="zh", body="{}", text="", seq=1, head="", previous_seal="", seal="x")  # fmt: skip
    assert points(store, "report:") == [("03", 10), ("04", 20), ("05", 40)]
    plain = replace(lists.book(store).weights, doubles=frozenset())
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    assert [one.points for one in gathering.reports(store, plain, first, last)] == [10, 10, 10]
    store.close()


def test_a_breach_doubles_only_where_the_showroom_says_so(tmp_path: Path) -> None:
    """On the phone on Monday and on Tuesday: 2 and 2; with `phone` among `doubles` 2 and 4."""
    store = sh.opened(tmp_path, ash.NOW)
    for day in ("2026-11-09", "2026-11-10"):
        ash.violation(store, day)
    assert points(store, "violation:") == [("09", 2), ("10", 2)]
    weights = replace(lists.book(store).weights, doubles=frozenset({"phone"}))
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    found = gathering.points(store, weights, first, last)
    assert [one.points for one in found if one.source.startswith("violation:")] == [2, 4]
    store.close()


@pytest.mark.parametrize(("day", "points_of"), [("2026-11-10", [2, 4]), ("2026-11-11", [2, 2])])
def test_details_missing_again(tmp_path: Path, day: str, points_of: list[int]) -> None:
    """A visit of the 9th never filled in, another the next working day: double; with a clean day between, not."""
    store = sh.opened(tmp_path, "2026-11-09T10:00:00")
    sh.visit(store, "2026-11-09", incomplete=1)
    sh.visit(store, day, incomplete=1)
    at(store, "18:00", "2026-11-30")
    assert [count for _day, count in points(store, "visit:")] == points_of
    store.close()
