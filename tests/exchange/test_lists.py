"""Every list goes out; the cars come back with nothing changed; no phone leaves whole."""

from __future__ import annotations

from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from floorlead import words
from floorlead.advice import queries as advice_queries
from floorlead.advice.records import Edit
from floorlead.ageing.moves import announce
from floorlead.ageing.queries import aged
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.exchange import files, moves
from floorlead.exchange.lists import LISTS
from floorlead.exchange.work import Job, Stopped
from floorlead.exchange.writing import usual_path, write_list
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as orders
from floorlead.orders.records import ORDER_WORDS, OrderState
from floorlead.people import queries as people
from floorlead.people.files import read_people
from floorlead.record import replace
from floorlead.setup.demo_stock import FILES
from floorlead.tables.reading import read_table
from floorlead.tables.writing import KINDS
from tests.conftest import at
from tests.exchange.conftest import demo, take, vin


@pytest.fixture
def full(staffed):
    """The demo showroom with cars, orders and sales."""
    for kind in ("cars", "orders", "sales"):
        take(staffed, kind, demo(FILES[kind]))
    return staffed


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", ["cars", "orders", "sales"])
def test_what_goes_out_comes_back_with_nothing_changed(full, tmp_path, name, suffix, language):
    """Each list that can be read in, in both forms and languages; formulas and all."""
    words.use(language)
    odd = replace(cars.here(full)[0], note="=HYPERLINK(1)", colour="+白", unchecked="")
    car_moves.save(full, odd)
    path = tmp_path / f"list{suffix}"
    count = write_list(full, name, path)
    plan = moves.plan(full, files.read(path.read_bytes(), path.name, name))

    assert (plan.refused, plan.lines) == ([], count)
    assert (list(plan.new), list(plan.changed), plan.same) == ([], [], count)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_come_back_with_nothing_changed(full, tmp_path, language):
    words.use(language)
    path = tmp_path / "people.csv"
    count = write_list(full, "people", path)
    plan = people.plan_import(full, read_people(path.read_bytes()))
    assert (plan.new, plan.changed, plan.same) == ((), (), count)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_written(full, tmp_path, name):
    """As CSV and XLSX, each row as wide as its heading, the kinds known, no phone whole."""
    columns = LISTS[name].columns
    assert {column.kind for column in columns} <= set(KINDS)
    assert all(column.zh and column.en for column in columns)
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"{name}{suffix}"
        count = write_list(full, name, path)
        found = read_table(path.read_bytes())
        assert len(found) == count + 1
        assert {len(record.cells) for record in found} == {len(columns)}
        assert "1380000" not in "".join(record.text for record in found)


def test_an_empty_showroom_has_empty_lists(store, tmp_path):
    for name in LISTS:
        write_list(store, name, tmp_path / f"{name}.csv")


def test_a_stock_take_goes_out(full, tmp_path):
    from floorlead.stocktake import moves as stocktake

    begin = next((getattr(stocktake, n) for n in ("begin", "start") if hasattr(stocktake, n)), None)
    if begin is None:
        pytest.skip("the stock-take has no begin yet")
    begin(full)
    assert write_list(full, "stocktake", tmp_path / "s.csv") == 51


def test_where_a_list_goes_by_itself(store):
    assert usual_path(store, "cars") == store.path.with_suffix("") / "exports" / "cars-20261124.csv"


def test_a_vin_kept_against_its_check_digit_comes_back(store, tmp_path):
    wrong = vin(1)[:8] + ("1" if vin(1)[8] != "1" else "2") + vin(1)[9:]
    take(store, "cars", f"vin,model,arrived_on,vin_reason\n{wrong},QY,2026-11-01,imported\n")
    path = tmp_path / "cars.csv"
    write_list(store, "cars", path)
    plan = moves.plan(store, files.read(path.read_bytes(), "x", "cars"))
    assert (plan.same, plan.refused) == (1, [])


def table(store, tmp_path, name: str, suffix: str = ".csv") -> list[dict[str, str]]:
    """A list as it went out, each row by its headings."""
    path = tmp_path / f"{name}{suffix}"
    write_list(store, name, path)
    head, *rest = read_table(path.read_bytes())
    return [dict(zip(head.cells, record.cells, strict=True)) for record in rest]


def test_the_advice_goes_out_as_it_was_saved(full, tmp_path):
    """The leader changed one line to 7 with a reason and saved: that is what goes to the maker, trim by trim."""
    found = advice_queries.advise(full)
    changed, left = [line for line in found.lines if line.trims][:2]
    unsaved = table(full, tmp_path, "advice")
    advice_queries.save(full, found, {changed.key: Edit(7, "launch"), left.key: Edit(0, "too many")})
    rows = {(row["Model code"], row["Colour"]): row for row in table(full, tmp_path, "advice")}
    row, none = rows[changed.model, changed.shown], rows[left.model, left.shown]

    assert {one["Version"] for one in unsaved} == {""}
    assert (row["Version"], row["To order"], row["Advice"], row["Reason"]) == ("1", "7", str(changed.advice), "launch")
    assert sum(int(part.rsplit(" ", 1)[-1]) for part in row["Trims"].split(", ")) == 7
    assert (none["To order"], none["Trims"]) == ("0", "")
    assert all(one["Trims"] == "" for one in rows.values() if one["To order"] == "0")


def test_every_order_goes_out_and_the_deliveries_are_those_of_the_page(full, tmp_path):
    """One delivered yesterday, one cancelled today: both are orders, neither is a delivery of today."""
    gone, lost, *kept = orders.open_orders(full)
    order_moves.hand_over(full, gone) if gone.car_id else None
    order_moves.cancel(full, lost, "bank")
    at(full, "09:00", "2026-11-25")
    told = table(full, tmp_path, "orders")
    words_of = {row["Order"]: row["State of the order"] for row in told}
    page = table(full, tmp_path, "deliveries")
    shown = [*orders.in_delivery(full, full.today()), *orders.waiting(full)]

    assert len(told) == len(kept) + 2
    assert words_of[lost.number] == ORDER_WORDS[OrderState.CANCELLED]
    assert words_of[gone.number] == ORDER_WORDS[OrderState.DELIVERED]
    assert [row["Ordered"] for row in told] == sorted((row["Ordered"] for row in told), reverse=True)
    assert [row["Order"] for row in page] == [order.number for order in shown]


def test_the_day_of_a_step_is_a_day_for_a_spreadsheet(full, tmp_path):
    """Sorted by the day of the invoice in the office's program."""
    path = tmp_path / "orders.xlsx"
    write_list(full, "orders", path)
    with CalamineWorkbook.from_path(path) as book:
        head, *rest = book.get_sheet_by_index(0).to_python()
    invoices = [row[head.index("Invoice")] for row in rest]
    assert {type(day) for day in invoices if day} == {date}


def test_the_ageing_list_says_when_a_car_was_told(full, tmp_path):
    """Interest to the cent, and the last day and the number of times that it was announced."""
    oldest = aged(full).cars[0]
    announce(full, [oldest])
    row = next(row for row in table(full, tmp_path, "ageing") if row["VIN"] == oldest.car.vin)

    assert (row["Last told"], row["Times told"]) == ("2026-11-24", "1")
    assert float(row["Interest so far"]) == round(oldest.interest_to_date, 2)


def test_people_go_out_under_words(full, tmp_path):
    """No heading and no role of the English list looks like a program's variable."""
    rows = table(full, tmp_path, "people")
    assert list(rows[0])[:3] == ["Staff ID", "Name", "Name EN"]
    assert not any("_" in cell for row in rows for cell in (*row, row["Role"]))


def test_a_text_that_only_looks_guarded_comes_back(store, tmp_path):
    """A trim typed as '=x keeps its quotation mark, in both forms."""
    take(store, "cars", f"vin,model,arrived_on\n{vin(1)},QY,2026-11-01\n")
    found = cars.here(store)[0]
    car_moves.save(store, replace(found, trim="'=x", note="''@y"), found)
    for suffix in (".csv", ".xlsx"):
        path = tmp_path / f"cars{suffix}"
        write_list(store, "cars", path)
        assert moves.plan(store, files.read(path.read_bytes(), path.name, "cars")).same == 1


def test_a_list_that_is_stopped_is_not_written(full, tmp_path):
    """Esc while a long list is written: what stood there before still does."""
    path = tmp_path / "cars.csv"
    path.write_text("before")
    job = Job("writing")
    job.stopping = True
    with pytest.raises(Stopped):
        write_list(full, "cars", path, job.progress)
    assert path.read_text() == "before"
