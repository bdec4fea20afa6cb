"""Absence of data is never a pass: what nobody entered, counted, planned or announced is said to be missing, never fine."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from floorlead import words
from floorlead.appraisal import queries as appraisals
from floorlead.appraisal import sheet as appraisal_sheet
from floorlead.calendar import queries as calendar
from floorlead.calendar.rules import unknown_told, unknown_years
from floorlead.cli import cli
from floorlead.kpi import queries as kpi
from floorlead.kpi import rules as kpi_rules
from floorlead.leave import moves as leaves
from floorlead.leave import notes
from floorlead.leave import queries as leave_queries
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.spotchecks.rules import Sum
from floorlead.stocktake import moves as stocktake
from floorlead.store import Refused
from floorlead.targets import queries as targets
from tests.conftest import DAY, desk_of, person, press, screen


@pytest.fixture(autouse=True)
def _english():
    words.use("en")


def run(store, *arguments: str) -> str:
    options = ["--store", str(store.path), "--lang", "en", "--now", f"{DAY}T08:41"]
    return CliRunner().invoke(cli, [*options, *arguments], prog_name="floorlead").output


def test_no_car_is_no_young_stock(store):
    """
    lead 王
    """
    assert "No car is in stock." in run(store, "ageing")
    assert "No car stands here that long" not in run(store, "ageing")


def test_nothing_sold_is_no_well_filled_stock(store):
    """
    lead 王
    """
    told = run(store, "advice")
    assert "nothing to order: nothing sold and no car here yet" in told


def test_no_stock_is_not_counted(store):
    """A stock-take of nothing would find every car.

    lead 王
    """
    with pytest.raises(Refused, match="E161"):
        stocktake.begin(store)


def test_figures_without_a_denominator_are_no_figures(store):
    """
    lead 王
    team 李娜
    """
    assert kpi_rules.rate(0, 0).text == "–" and kpi_rules.rate(0, 0).value is None
    assert kpi_rules.reached(kpi_rules.rate(0, 0), 0) is None
    assert Sum().rate() == "-"
    assert {one.done for one in targets.pace(store, store.today()).figures.values()} == {None}
    told = json.loads(run(store, "kpi", "--format", "json"))["team"]
    assert {figure["rate"] for figure in told.values()} == {None}


def test_attendance_that_was_never_taken_is_not_full(store):
    """Visits came, but nobody was signed in and no rota was planned: the appraisal says what its attendance is worth.

    lead 王
    team 李娜
    """
    with store.write("visit") as db:
        db.execute(
            "INSERT INTO visits(day, channel, came_at, kind, at, by) VALUES (?, 'walk_in', ?, 'first', ?, '王')",
            (DAY, f"{DAY}T09:00", store.clock.stamp()),
        )
    first, last = kpi.span(store, DAY[:7])
    assert kpi.used(store, first, last) and not kpi.attended(store, first, last)
    found = appraisals.month(store, DAY[:7])
    assert found.sheets
    assert appraisal_sheet.unattended(found) == [f"Attendance was never taken in {DAY[:7]}: its score is no finding"]
    people.say(store, store.today(), person(store, "李娜"), State.PRESENT)
    assert appraisal_sheet.unattended(appraisals.month(store, DAY[:7])) == []


def test_an_evening_without_visits_is_not_complete(store):
    """
    lead 王
    team 李娜
    """
    from floorlead.meetings import evening

    assert evening._no_visit_owed(store, store.today()) == "no visit was entered today"


def test_nothing_to_look_through_and_nothing_to_wipe(store):
    """
    lead 王
    team 李娜
    """
    desk = desk_of(store)
    press(desk, "f5", "ctrl+a")
    assert "Every order was looked through" not in screen(desk)
    press(desk, "tab", "ctrl+a")
    assert "Every spot has somebody" not in screen(desk)


YEAR = "The holidays of 2027 are not known yet: only weekends are counted"


def test_a_year_without_holidays_says_so(store):
    """
    lead 王
    team 李娜
    """
    office = calendar.office(store)
    assert unknown_years(office, date(2026, 12, 28), date(2027, 1, 3)) == (2027,)
    assert unknown_told(office, date(2026, 11, 1), date(2026, 11, 30)) == []
    leave = leaves.blank(store, person(store, "李娜").id, "A", date(2027, 1, 1), date(2027, 1, 2))
    review = leave_queries.review(store, leave)
    assert (YEAR, "warn") in notes.lines(review, leave_queries.names(store))
    told = run(store, "leave", "--grant", "李娜", "--from", "2027-01-01", "--kind", "A", "--all-the-same")
    assert YEAR in told
    assert json.loads(run(store, "leave", "--from", "2027-01-01", "--format", "json"))["calendar_unknown"] == [2027]
    assert YEAR in run(store, "targets", "--month", "2027-02") and YEAR not in run(store, "targets")
    assert json.loads(run(store, "targets", "--month", "2027-02", "--format", "json"))["calendar_known"] is False


def test_the_box_that_checks_says_it_too(store):
    """Ctrl+E over a month of next year that nobody planned, at the turn of the year and later.

    lead 王
    team 李娜
    """
    desk = desk_of(store)
    desk.go("rota")
    desk.page.day = date(2027, 2, 3)
    desk.page.enter()
    press(desk, "ctrl+e")
    shown = screen(desk)
    assert "Nothing is broken" not in shown
    assert "Nothing planned: 7 days" in shown and YEAR in shown
