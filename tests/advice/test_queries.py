"""The advice from a showroom's own file: the worked figures, the order day, the versions."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import clock, settings, words
from floorlead.advice import queries, rules, sheet
from floorlead.advice.papers import sheet_of
from floorlead.advice.records import Edit, short
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.cars.records import Hold
from floorlead.paper.text import as_text
from floorlead.record import replace
from floorlead.store import Refused, open_store, undo
from floorlead.text import width
from tests import kept
from tests.advice import market
from tests.cars import showroom
from tests.conftest import at


@pytest.fixture
def store(tmp_path):
    """The invented showroom on Monday 2026-11-23."""
    opened = kept.store(tmp_path / "s.db", clock.stopped("2026-11-23T08:41:00"), "market", market.load)
    opened.by = "王"
    yield opened
    opened.close()


def model(store, code: str):
    return next(one for one in queries.advise(store).models if one.model == code)


def line(store, code: str, colour: str):
    return next(one for one in queries.advise(store).of(code) if one.colour == colour)


def sell(store, day: str, colour: str = "云母白") -> None:
    with store.write("sold") as db:
        sql = "INSERT INTO sales(day, model_id, trim, colour) SELECT ?, id, '舒适版', ? FROM models WHERE code = 'QY'"
        db.execute(sql, (day, colour))


@pytest.mark.parametrize(
    ("code", "sold", "target", "available", "advice"),
    [("QY", 32, 29, 17, 12), ("YL", 13, 12, 9, 3), ("XX", 22, 20, 9, 11), ("YS", 5, 5, 5, 0), ("LY", 14, 13, 5, 8)],
)
def test_the_worked_figures(store, code, sold, target, available, advice):
    """Monday 2026-11-23 in the invented showroom: QY +12, YL +3, XX +11, YS 0, LY +8."""
    found = model(store, code)

    assert (found.sold, found.target, found.available, found.waiting) == (sold, target, available, 0)
    assert found.advice == advice


def test_push_first_stands_where_the_car_stands(store):
    """Eight trim-colours are older than 60 days; the oldest is a blue LY of 187 days in the yard."""
    found = queries.advise(store).push_first

    assert [push.age for push in found] == [187, 143, 126, 98, 95, 88, 66, 61]
    assert (found[3].model, found[3].colour, found[3].spot, found[3].cars) == ("QY", "云母白", "D04", 2)


def test_the_first_day_of_the_window_counts_and_today_does_not(store):
    """45 days before 11-23 is 10-09; what is sold today is counted from tomorrow on."""
    before = model(store, "QY").sold
    sell(store, "2026-10-09")
    assert model(store, "QY").sold == before + 1
    sell(store, "2026-10-08")
    sell(store, "2026-11-23")
    assert model(store, "QY").sold == before + 1


def test_a_car_that_waits_for_its_pdi_counts_a_damaged_or_allocated_one_does_not(store):
    """Free is what may be sold to the next customer."""
    free = next(car for car in cars.here(store) if car.model == "QY" and car.in_stock and car.free)
    before = model(store, "QY").free
    car_moves.put_hold(store, free, Hold.PDI)
    assert model(store, "QY").free == before
    car_moves.put_hold(store, cars.of(store, free.id), Hold.DAMAGE)
    assert model(store, "QY").free == before - 1


def test_a_former_test_drive_car_is_no_free_car(store):
    """Back from the test drives it stands in the yard, but nobody buys it as a new one: one more is ordered."""
    free = next(car for car in cars.here(store) if car.model == "QY" and car.in_stock and car.free)
    before = model(store, "QY")
    car_moves.to_yard(store, car_moves.to_test_drives(store, free))
    assert cars.of(store, free.id).was_test_drive
    assert (model(store, "QY").free, model(store, "QY").advice) == (before.free - 1, before.advice + 1)


def test_an_order_without_a_car_is_ordered_in_its_colour(store):
    """A customer waits for a silver QY, which the showroom never had."""
    number = cars.models(store)
    ident = next(one.id for one in number if one.code == "QY")
    showroom.order(store, None, "黄女士", model_id=ident, colour="月光银")

    assert (model(store, "QY").waiting, model(store, "QY").advice) == (1, 13)
    assert line(store, "QY", "月光银").advice == 1


def test_an_order_that_finds_no_car_is_marked(store):
    """YS has enough, but none in red: the sum says order nothing, the line says that somebody waits."""
    ident = next(one.id for one in cars.models(store) if one.code == "YS")
    ys = next(one for one in cars.models(store) if one.code == "YS")
    car_moves.save_model(store, replace(ys, target_days=10))
    showroom.order(store, None, "黄女士", model_id=ident, colour="朱砂红")
    red = line(store, "YS", "朱砂红")

    assert (red.advice, red.waiting, short(red, 0), short(red, 1)) == (0, 1, True, False)
    paper = as_text(sheet.draw(sheet_of(store, queries.record_of(store, store.today()))))
    assert "1!" in paper


def test_a_models_own_days_and_minimum(store):
    """YS for 60 days is 7; six always in stock would be 6."""
    ys = next(one for one in cars.models(store) if one.code == "YS")
    car_moves.save_model(store, replace(ys, target_days=60))
    assert model(store, "YS").target == 7
    car_moves.save_model(store, replace(ys, minimum=9))
    assert (model(store, "YS").target, model(store, "YS").advice) == (9, 4)


def test_settings_are_kept_to(store):
    """A window of 30 days, a stock for 20, push from 90 days on."""
    for key, value in (("advice_window", "30"), ("advice_target", "20"), ("push_days", "90")):
        settings.put(store, key, value)
    found = queries.advise(store)

    assert (found.window, found.target_days) == (30, 20)
    assert all(push.age > 90 for push in found.push_first)


def test_an_empty_showroom_has_no_advice(tmp_path, store):
    """No cars, no sales: nothing is computed, nothing breaks."""
    empty = open_store(tmp_path / "empty.db", store.clock)

    assert queries.advise(empty).models == []
    assert "nothing to order" in as_text(sheet.draw(sheet_of(empty, queries.record_of(empty, empty.today()))))
    empty.close()


@pytest.mark.parametrize(
    ("day", "is_order_day", "following", "instead"),
    [("2026-11-23", True, "2026-11-23", None), ("2026-11-24", False, "2026-11-30", None),
     ("2026-10-05", False, "2026-10-08", "2026-10-05"), ("2026-10-08", True, "2026-10-08", "2026-10-05"),
     ("2026-02-16", False, "2026-02-24", "2026-02-23"), ("2026-02-24", True, "2026-02-24", "2026-02-23")],
)  # fmt: skip
def test_the_order_day(store, day, is_order_day, following, instead):
    """Monday; on a holiday the next office day, and Spring Festival's two Mondays share one."""
    found = queries.order_day(store, date.fromisoformat(day))

    assert (found.is_order_day, found.next.isoformat()) == (is_order_day, following)
    assert (found.instead_of.isoformat() if found.instead_of else None) == instead
    assert found.unknown_year is None


def test_the_order_day_in_a_year_without_data(store):
    """The last week of 2026 looks into 2027, of which nothing was announced."""
    assert queries.order_day_state(store, date(2026, 12, 28)) == (True, 0, date(2026, 12, 28), True)
    assert queries.order_day_state(store, date(2026, 12, 29)) == (False, 0, date(2027, 1, 4), False)


def test_asking_for_the_order_day_loads_no_library(store):
    """Today asks on every start; the calendar is in the file."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from datetime import date; from floorlead import clock\n"
        "from floorlead.store import open_store; from floorlead.advice import queries\n"
        f"store = open_store(Path({str(store.path)!r}), clock.stopped('2026-11-23T08:41:00'))\n"
        "queries.order_day_state(store, date(2026, 11, 23)); print('chinese_calendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_window_is_read_by_its_index(store):
    """Ten years of sales cost what 45 days of them cost."""
    sql = "SELECT model_id, trim, colour, count(*) FROM sales WHERE day >= ? AND day < ? GROUP BY 1, 2, 3"
    plan = " ".join(row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}", "2026-10-09", "2026-11-23"))

    assert "USING INDEX sales_day" in plan
    assert "SCAN" not in plan


# -- versions


def test_versions_count_up_and_never_change(store):
    """Version 1 as advised, version 2 with an own number; version 1 still says what it said."""
    advice = queries.advise(store)
    key = "QY|云母白"
    assert queries.save(store, advice, {}) == 1
    assert queries.save(store, advice, {key: Edit(6, "资金或库位")}) == 2
    sell(store, "2026-11-22")

    first, second = queries.saved(store, store.today(), 1), queries.saved(store, store.today())
    assert (first.version, first.edits, first.advice) == (1, {}, advice)
    assert (second.version, second.by, second.edits) == (2, "王", {key: Edit(6, "资金或库位")})
    assert [one.version for one in queries.versions(store, store.today())] == [2, 1]


def test_saving_the_same_again_is_no_new_version(store):
    """Ctrl+S twice."""
    advice = queries.advise(store)

    assert [queries.save(store, advice, {}), queries.save(store, advice, {})] == [1, 1]


def test_undo_takes_the_last_version_back(store):
    """And redo brings it back as it was."""
    queries.save(store, queries.advise(store), {})
    undo.undo(store)
    assert queries.last_version(store, store.today()) == 0
    undo.redo(store)
    assert queries.saved(store, store.today()).version == 1


def test_a_quantity_that_is_none_is_refused(store):
    """Nobody orders a hundred of one colour, nor less than none."""
    for count in (-1, 100):
        with pytest.raises(Refused, match="Between 0 and 99"):
            queries.save(store, queries.advise(store), {"QY|云母白": Edit(count)})
    assert queries.last_version(store, store.today()) == 0


def test_an_own_number_without_a_reason_is_not_saved(store):
    """The leader differs from the advice only with a reason, blanks are none."""
    for reason in ("", "   "):
        with pytest.raises(Refused, match="needs its reason"):
            queries.save(store, queries.advise(store), {"QY|云母白": Edit(6, reason)})
    assert queries.last_version(store, store.today()) == 0


def test_another_day_shows_what_was_saved_on_it_or_refuses(store):
    """Last Monday's stock is gone: what was not saved then is not made up today."""
    queries.save(store, queries.advise(store), {})
    at(store, "08:41", "2026-11-24")

    assert queries.record_of(store, date(2026, 11, 23)).version == 1
    assert queries.record_of(store, date(2026, 11, 24)).version == 0
    with pytest.raises(Refused, match="No order advice was saved on 2026-11-16"):
        queries.record_of(store, date(2026, 11, 16))


# -- paper and JSON


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper(store, golden, language):
    """The arithmetic, what to order with the leader's own numbers and why, what to push first, two signatures."""
    words.use(language)
    queries.save(store, queries.advise(store), {"QY|云母白": Edit(6, "资金或库位"), "LY|薄荷绿": Edit(2, "客户在等")})
    text = as_text(sheet.draw(sheet_of(store, queries.record_of(store, store.today()))))

    golden(text, f"advice-paper-{language}")
    assert all(width(row) <= 80 for row in text.splitlines())


def test_what_is_not_saved_is_a_draft(store):
    """A paper without a version says so."""
    record = queries.record_of(store, store.today())

    assert sheet.draw(sheet_of(store, record)).draft
    queries.save(store, record.advice, {})
    assert not sheet.draw(sheet_of(store, queries.record_of(store, store.today()))).draft


def test_json(store):
    """The fields that the help names."""
    queries.save(store, queries.advise(store), {"QY|云母白": Edit(6, "资金或库位")})
    told = sheet.to_json(queries.record_of(store, store.today()))

    assert (told["as_of"], told["version"], told["window_days"], told["target_days"]) == ("2026-11-23", 1, 45, 40)
    assert (told["order_day"], told["is_order_day"], told["calendar_known"]) == ("2026-11-23", True, True)
    qy = next(one for one in told["models"] if one["model"] == "QY")
    assert (qy["sold"], qy["available"], qy["advice"], qy["rate"]) == (32, 17, 12, 0.7111)
    white = next(one for one in told["lines"] if (one["model"], one["colour"]) == ("QY", "云母白"))
    assert (white["advice"], white["quantity"], white["reason"]) == (8, 6, "资金或库位")
    assert sum(trim["quantity"] for trim in white["trims"]) == 6
    assert white["blocked_trims"] == ["精英版"]
    assert {"model", "trim", "colour", "age", "vin"} <= set(told["push_first"][0])
    assert [push["spot"] for push in told["push_first"]][:4] == ["", "", "D12", "D04"]


def test_hostile_words_are_only_words(store):
    """A reason and a colour that look like markup, a formula or a path reach the paper as they are."""
    from floorlead.paper.press import pdf_of

    with store.write("colour") as db:
        db.execute("UPDATE cars SET colour = '=cmd|#read(\"x\")[b]{0}' WHERE colour = '朱砂红'")
    record = queries.record_of(store, store.today())
    edits = {one.key: Edit(3, "#let x = $[red]{a}\\") for one in record.advice.lines}
    queries.save(store, record.advice, edits)
    paper = sheet.draw(sheet_of(store, queries.record_of(store, store.today())))

    assert "#let x = $[red]{a}\\" in as_text(paper)
    assert pdf_of(paper, store.path).template == "shipped"


def test_twenty_thousand_cars_that_left_cost_nothing(store):
    """Only cars that are here are read."""
    plans = [
        row[3]
        for row in store.rows("EXPLAIN QUERY PLAN SELECT * FROM cars WHERE stock_state IN ('in_stock', 'in_transit')")
    ]

    assert all("SCAN" not in plan for plan in plans)
    assert rules.shares([]) == {}
