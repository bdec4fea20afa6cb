"""A month's appraisal: every point from its dated check, objections, the close and what changes after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from floorlead.appraisal import exporting, moves, notes, queries
from floorlead.appraisal.records import Sheet, Taken
from floorlead.store import Refused, Store, undo
from floorlead.tables.reading import read_table
from tests.appraisal import showroom as ash
from tests.conftest import at
from tests.kpi import showroom as sh

MONTH = "2026-11"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = ash.opened(tmp_path)
    yield opened
    opened.close()


def mine(store: Store, name: str = ash.WHO) -> Sheet:
    return next(one for one in queries.sheets(store, MONTH) if one.name == name)


def taken(store: Store, start: str) -> Taken:
    return next(one for one in mine(store).taken if one.point.source.startswith(start))


def test_every_point_has_its_dated_check(store: Store) -> None:
    """Discipline, the spot check, the visit, the absence: each by source, day and points."""
    found = [(one.point.source.split(":")[0], one.point.day.day, one.point.points) for one in mine(store).taken]
    assert found == [("violation", 5, 2), ("spot", 9, 2), ("visit", 10, 2), ("violation", 12, 5), ("absent", 16, 4),
                     ("absent", 18, 4)]  # fmt: skip


def test_the_score_of_the_month(store: Store) -> None:
    """100 - 11 of conduct, two days absent (two halves are one): 0.7 x 89 + 0.3 x 92."""
    one = mine(store)
    assert (one.parts["conduct"], one.absent_days, one.attendance) == (89, 2, 92)
    assert (one.work, one.total) == (89, 89.9)
    assert mine(store, "王雨桐").total == 100


def test_the_leader_scores_skill_and_attitude(store: Store) -> None:
    """Skill 80, attitude 90: (60 x 89 + 20 x 80 + 20 x 90) / 100 = 87.4."""
    moves.score(store, MONTH, mine(store), "skill", 80, "报价不熟")
    moves.score(store, MONTH, mine(store), "attitude", 90)
    assert mine(store).work == 87.4
    assert mine(store).notes == {"skill": "报价不熟"}
    moves.score(store, MONTH, mine(store), "skill", None)
    assert mine(store).parts["skill"] is None
    for wrong in (-1, 101):
        with pytest.raises(Refused, match="between 0 and 100"):
            moves.score(store, MONTH, mine(store), "skill", wrong)
    with pytest.raises(Refused):
        moves.score(store, MONTH, mine(store), "conduct", 50)


def test_a_withdrawn_breach_costs_nothing(store: Store) -> None:
    """The violation was a mistake and is taken back: its point is gone."""
    with store.write("withdrawn") as db:
        db.execute("UPDATE violations SET withdrawn_at = '2026-11-05T11:00:00' WHERE rule = 'phone'")
    assert mine(store).parts["conduct"] == 91


def test_an_explained_visit_is_no_miss(store: Store) -> None:
    """The customer told nothing, and that was written down."""
    with store.write("explained") as db:
        db.execute("UPDATE visits SET explained = '客户未留信息'")
    assert mine(store).parts["conduct"] == 91


def test_a_visit_of_today_is_not_late_yet(tmp_path: Path) -> None:
    """What is still to be filled in this evening costs nothing."""
    store = sh.opened(tmp_path, "2026-11-30T18:30:00")
    sh.visit(store, "2026-11-30", incomplete=1)
    assert mine(store).taken == []
    store.close()


def test_details_missing_two_days_in_a_row_double(store: Store) -> None:
    """The 10th and the 11th: 2 and 4; the 13th, after a day without, 2."""
    sh.visit(store, "2026-11-11", incomplete=1)
    sh.visit(store, "2026-11-13", incomplete=1)
    assert [one.point.points for one in mine(store).taken if one.point.source.startswith("visit")] == [2, 4, 2]


def test_the_points_of_a_card_keep_the_words_of_then(standard: Store) -> None:
    """An exception of the morning card stands in the sheet with the item's words, put right or not."""
    from floorlead.checks import queries as checks

    day = standard.today()
    raw = {who: points for who, _count, points in checks.points_since(standard, day.replace(day=1), day) if points}
    month = day.isoformat()[:7]
    found = {one.person: sum(t.point.points for t in one.taken if t.point.source.startswith("mark:"))
             for one in queries.sheets(standard, month)}  # fmt: skip
    assert {who: points for who, points in found.items() if points} == raw


def test_reports_missing_are_the_leaders(store: Store) -> None:
    """Sealed on the 2nd; the showroom was open on the 3rd and the 4th, nothing sealed: 10 and 20."""
    who = sh.ident(store, "王雨桐")
    for day in ("2026-11-02", "2026-11-03", "2026-11-04"):
        sh.add(store, "attendance", day=day, person_id=who, state="present", at=f"{day}T08:30:00")
    sh.add(store, "reports", day="2026-11-02", number=1, revision=1, sealed_at="2026-11-02T18:00:00", by="t",
           language="zh", body="{}", text="", seq=1, head="", previous_seal="", seal="x")  # fmt: skip
    found = [(one.point.day.day, one.point.points) for one in mine(store, "林晓峰").taken]
    assert found[:2] == [(3, 10), (4, 20)]


def test_a_report_sealed_the_next_morning_is_late(store: Store) -> None:
    """Half past midnight is still the evening; the next morning is late, 10 points."""
    who = sh.ident(store, "王雨桐")
    for n, (day, at_) in enumerate((("02", "02T18:00:00"), ("03", "04T00:30:00"), ("04", "05T08:00:00")), 1):
        sh.add(store, "attendance", day=f"2026-11-{day}", person_id=who, state="present", at=f"2026-11-{day}T08:30:00")
        sh.add(store, "reports", day=f"2026-11-{day}", number=n, revision=1, sealed_at=f"2026-11-{at_}", by="t",
               language="zh", body="{}", text="", seq=n, head="", previous_seal="", seal=str(n))  # fmt: skip
    found = [(one.point.day.day, one.point.points) for one in mine(store, "林晓峰").taken]
    assert found[0] == (4, 10)


# -- objections


def test_an_upheld_objection_gives_the_points_back(store: Store) -> None:
    """The customer had called: 2 points back; dismissed after all, they are off again."""
    moves.raise_objection(store, MONTH, mine(store), taken(store, "violation"), "在接客户电话")
    assert mine(store).parts["conduct"] == 89
    moves.decide(store, mine(store), taken(store, "violation"), True, "查了通话记录")
    assert mine(store).parts["conduct"] == 91
    assert taken(store, "violation").objection.answer == "查了通话记录"
    moves.decide(store, mine(store), taken(store, "violation"), False, "记录不是那天的")
    assert mine(store).parts["conduct"] == 89


def test_an_upheld_absence_is_no_absence(store: Store) -> None:
    """He was at the plate office: the day counts as worked."""
    moves.raise_objection(store, MONTH, mine(store), taken(store, "absent"), "在车管所")
    moves.decide(store, mine(store), taken(store, "absent"), True, "属实")
    assert (mine(store).absent_days, mine(store).attendance) == (1, 96)


def test_an_objection_needs_words(store: Store) -> None:
    """Empty, twice, answered without words, answered without an objection: each with its sentence."""
    point = taken(store, "violation")
    with pytest.raises(Refused) as empty:
        moves.raise_objection(store, MONTH, mine(store), point, "  ")
    with pytest.raises(Refused) as none:
        moves.decide(store, mine(store), point, True, "x")
    moves.raise_objection(store, MONTH, mine(store), point, "不是我")
    with pytest.raises(Refused) as twice:
        moves.raise_objection(store, MONTH, mine(store), taken(store, "violation"), "不是我")
    with pytest.raises(Refused) as silent:
        moves.decide(store, mine(store), taken(store, "violation"), True, "")
    assert [one.value.code for one in (empty, none, twice, silent)] == ["E390", "E396", "E397", "E391"]


# -- the close


def test_what_is_closed_stays(store: Store) -> None:
    """A breach noted after the close: the sheet keeps 89.9 and says what it would be now."""
    assert moves.close(store, MONTH) == 1
    ash.violation(store, "2026-11-20")
    found = queries.month(store, MONTH)
    assert next(one.total for one in found.sheets if one.name == ash.WHO) == 89.9
    assert next(one.total for one in found.live if one.name == ash.WHO) == 88.5
    assert found.differs == {sh.ident(store, ash.WHO)}


def test_closed_anew_with_a_reason(store: Store) -> None:
    """Nothing changed: refused. Changed without a reason: refused. With it: revision 2, the first one is kept."""
    moves.close(store, MONTH)
    with pytest.raises(Refused, match="nothing changed"):
        moves.close(store, MONTH, "x")
    ash.violation(store, "2026-11-20")
    with pytest.raises(Refused, match="say why"):
        moves.close(store, MONTH)
    assert moves.close(store, MONTH, "漏记一条") == 2
    kept = queries.revisions(store, MONTH)
    assert [(one.revision, one.reason) for one in kept] == [(1, ""), (2, "漏记一条")]
    assert queries.month(store, MONTH).differs == frozenset()


def test_a_frozen_month_reads_back_as_it_was(store: Store) -> None:
    """Points, objections, scores and indicators come back the same."""
    moves.raise_objection(store, MONTH, mine(store), taken(store, "violation"), "在接客户电话")
    moves.score(store, MONTH, mine(store), "skill", 82.5)
    before = queries.sheets(store, MONTH)
    moves.close(store, MONTH)
    assert list(queries.newest(store, MONTH).sheets) == before


def test_a_month_that_is_not_over_is_not_closed(store: Store) -> None:
    """On the 29th it is too early, on the last day it is not."""
    at(store, "18:00", "2026-11-29")
    with pytest.raises(Refused, match="not over"):
        moves.close(store, MONTH)


def test_the_close_is_undone(store: Store) -> None:
    """Closed by mistake: Ctrl+Z."""
    moves.close(store, MONTH)
    undo.undo(store)
    assert queries.newest(store, MONTH) is None


def test_a_renamed_person_keeps_the_old_name_in_the_closed_month(store: Store) -> None:
    """A rename must not rewrite an old sheet, and is no difference."""
    moves.close(store, MONTH)
    with store.write("renamed") as db:
        db.execute("UPDATE people SET name = '陈远' WHERE name = '陈思远'")
    found = queries.month(store, MONTH)
    assert any(one.name == "陈思远" for one in found.sheets)
    assert found.differs == frozenset()


def test_the_year_is_the_mean_of_closed_months(store: Store) -> None:
    """October was not kept, November closed: one month."""
    moves.close(store, MONTH)
    assert queries.year(store, 2026)[sh.ident(store, ash.WHO)] == {MONTH: 89.9}


# -- today


@pytest.mark.parametrize(("day", "lines", "urgent"), [(1, 1, False), (6, 1, True), (8, 1, True), (9, 0, False)])
def test_from_the_first_to_the_eighth(store: Store, day: int, lines: int, urgent: bool) -> None:
    """The sheets are with HR by the 8th: a line until the month is closed."""
    found = notes.notices(store, date(2026, 12, day))
    assert len(found) == lines
    assert all(one[3:] == ("appraisal", MONTH, urgent) for one in found)
    moves.close(store, MONTH)
    assert notes.notices(store, date(2026, 12, day)) == []


def test_a_showroom_without_a_last_month_owes_nothing(store: Store) -> None:
    """October was before the program came."""
    assert notes.notices(store, date(2026, 11, 3)) == []


# -- HR


def test_the_table_for_hr(store: Store, tmp_path: Path) -> None:
    """XLSX: a row for each person and one for each point; a formula stays text."""
    with store.write("named") as db:
        db.execute('UPDATE violations SET words = \'{"zh": "=1+1", "en": "=1+1"}\' WHERE rule = \'phone\'')
    path = tmp_path / "hr.xlsx"
    rows = exporting.write(queries.month(store, MONTH), path, store.path)
    assert rows == 5 + 6
    held = read_table(path.read_bytes(), path.name)
    assert any("=1+1" in str(row.cells) for row in held)
    with pytest.raises(Refused, match="no folder"):
        exporting.write(queries.month(store, MONTH), tmp_path / "none" / "hr.xlsx", store.path)
