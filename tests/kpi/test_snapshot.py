"""The month's start is frozen once; without it the start is worked out as of the 1st and said so. Definitions change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from floorlead import clock
from floorlead.kpi import lists, moves, queries, rules, sheet
from floorlead.store import Refused, Store, open_store, undo
from tests.conftest import at
from tests.kpi import showroom as sh


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sh.opened(tmp_path, "2026-11-01T08:30:00")
    yield opened
    opened.close()


def kpi(store: Store, code: str):
    found = lists.book(store).kpi(code)
    assert found
    return found


def test_frozen_once_and_never_again(store: Store) -> None:
    """On the 1st at opening three prospects are open; a late card for October changes the start no more."""
    for _n in range(3):
        sh.customer(store, "2026-10-12")
    sh.order(store, "2026-10-30")
    assert moves.take_snapshot(store)
    assert not moves.take_snapshot(store)
    sh.customer(store, "2026-10-31")
    assert not moves.take_snapshot(store)
    found = queries.month(store, "2026-11")
    assert (found.team["open_at_start"], found.team["undelivered_at_start"]) == (3, 1)
    assert found.computed == frozenset()
    mine = next(one for one in found.people if one.person.name == "陈思远")
    assert mine.counts["open_at_start"] == 3


def test_a_start_on_the_third_freezes_the_first(store: Store) -> None:
    """The program is first started on Tuesday the 3rd: what counts is the night to the 1st."""
    old = sh.customer(store, "2026-10-12")
    sh.customer(store, "2026-11-01")
    order = sh.order(store, "2026-10-30")
    with store.write("since then") as db:
        db.execute("UPDATE customers SET closed_on = '2026-11-02', grade = 'F1' WHERE id = ?", (old,))
        db.execute("UPDATE orders SET state = 'delivered', closed_at = '2026-11-02T11:00:00' WHERE id = ?", (order,))
    at(store, "09:00", "2026-11-03")
    assert moves.take_snapshot(store)
    found = queries.month(store, "2026-11")
    assert (found.team["open_at_start"], found.team["undelivered_at_start"]) == (1, 1)


def test_lost_before_the_first_and_opened_again_since(store: Store) -> None:
    """Lost on 20 October, opened again on the 4th: no prospect when November began."""
    who = sh.customer(store, "2026-10-02")
    sh.happened(store, who, "2026-10-02", "made", grade_after="N")
    sh.happened(store, who, "2026-10-20", "agreed", grade_after="F1")
    sh.happened(store, who, "2026-11-04", "open", grade_after="B")
    sh.customer(store, "2026-10-05")
    at(store, "09:00", "2026-11-05")
    assert queries.month(store, "2026-11").team["open_at_start"] == 1


def test_the_first_day_of_a_month_without_a_snapshot(store: Store) -> None:
    """It is worked out from the events and labelled, on the page, on paper and in the record."""
    sh.customer(store, "2026-10-12")
    found = queries.month(store, "2026-11")
    assert found.team["open_at_start"] == 1
    assert found.computed == {"open_at_start", "undelivered_at_start"}
    assert any("2026-11-01" in text for text in sheet.notes(lists.book(store), found))
    assert rules.mark(kpi(store, "convert"), "A", found) == "~"
    assert rules.mark(kpi(store, "capture"), "A", found) == ""


def test_nothing_to_freeze_is_not_frozen(store: Store) -> None:
    """An empty showroom on the 1st: the first customer of its life is not measured against a frozen nought."""
    assert not moves.take_snapshot(store)
    assert queries.frozen_at(store, "2026-11") == ""


def test_who_only_reads_freezes_nothing(store: Store, tmp_path: Path) -> None:
    """A second look at the file writes nothing."""
    sh.customer(store, "2026-10-12")
    other = open_store(tmp_path / "kpi.db", clock.stopped("2026-11-01T08:30:00"), reading=True)
    assert not moves.take_snapshot(other)
    other.close()


def test_the_snapshot_is_not_undone(store: Store) -> None:
    """Ctrl+Z takes back the leader's last key, never the start of the month."""
    sh.customer(store, "2026-10-12")
    moves.take_snapshot(store)
    undo.undo(store)
    assert queries.frozen_at(store, "2026-11")


# -- definitions


def test_changed_in_the_middle_of_the_month_shows_both(store: Store) -> None:
    """Until the 14th by A, from the 15th by B: the month is worked out by both, each with its label."""
    at(store, "18:00", "2026-11-23")
    sh.by_hand(store)
    moves.choose(store, kpi(store, "capture"), "B", date(2026, 11, 15))
    found = queries.month(store, "2026-11")
    assert found.definitions["capture"] == "B"
    assert [one.definition for one in found.earlier["capture"]] == ["A"]
    told = sheet.notes(lists.book(store), found)
    assert any("12/15 (80%)" in text and "A" in text for text in told)
    assert rules.figure(kpi(store, "capture"), "B", found.team).text == "12/16 (75%)"
    assert queries.month(store, "2026-10").definitions["capture"] == "A"


def test_chosen_from_the_first_there_is_only_one(store: Store) -> None:
    """A change on the 1st is no change within the month."""
    moves.choose(store, kpi(store, "capture"), "B", date(2026, 11, 1))
    assert "capture" not in queries.month(store, "2026-11").earlier


def test_chosen_again_is_refused(store: Store) -> None:
    """What counts already needs no choice; an unknown one is refused with its sentence."""
    with pytest.raises(Refused, match="already"):
        moves.choose(store, kpi(store, "capture"), "A", date(2026, 11, 1))
    with pytest.raises(Refused, match="no definition"):
        moves.choose(store, kpi(store, "capture"), "Z", date(2026, 11, 1))


def test_a_choice_is_taken_back_by_undo(store: Store) -> None:
    """One key, one undo."""
    moves.choose(store, kpi(store, "capture"), "B", date(2026, 11, 1))
    undo.undo(store)
    assert queries.choices(store) == []


def test_a_target_of_a_figure(store: Store) -> None:
    """60% for lead capture; 160% is refused; empty takes it away."""
    moves.put_target(store, kpi(store, "capture"), "2026-11", 60)
    assert queries.month(store, "2026-11").targets == {"capture": 60}
    with pytest.raises(Refused, match="between 0 and 100"):
        moves.put_target(store, kpi(store, "capture"), "2026-11", 160)
    moves.put_target(store, kpi(store, "capture"), "2026-11", None)
    assert queries.month(store, "2026-11").targets == {}


# -- the data file


def own(store: Store, tmp_path: Path, change: tuple[str, str]) -> None:
    """The showroom's own kpi.toml with something changed."""
    text = Path("data/kpi.toml").read_text(encoding="utf-8")
    (tmp_path / "kpi").mkdir()
    (tmp_path / "kpi" / "kpi.toml").write_text(text.replace(*change, 1), encoding="utf-8")


def test_the_showrooms_own_definition(store: Store, tmp_path: Path) -> None:
    """A definition of one's own with a count taken away."""
    own(store, tmp_path, ('d = ["first_recorded", "first_looked"]', 'd = ["visits", "-repeat"]'))
    sh.by_hand(store)
    at(store, "18:00", "2026-11-23")
    found = queries.month(store, "2026-11")
    assert rules.figure(kpi(store, "capture"), "A", found.team).text == "12/16 (75%)"


def test_a_file_that_cannot_be_used_is_told(store: Store, tmp_path: Path) -> None:
    """A count that nothing counts: the shipped file counts, and the leader is told."""
    own(store, tmp_path, ('n = ["first_recorded"]', 'n = ["visitors"]'))
    assert kpi(store, "capture").definition("A").names == ("first_recorded", "first_looked")
    assert any("visitors" in text for text in store.notices)
