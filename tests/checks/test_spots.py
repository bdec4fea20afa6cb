"""The environment card follows the spots: a car's row is the car's, whoever answers today, whatever moved during the round."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead.cars import moves
from floorlead.cars.records import Placement, StockState
from floorlead.checks import lists, queries, rules, sheet
from floorlead.checks.papers import read
from floorlead.checks.records import PASS, Mark
from floorlead.furniture import moves as furniture_moves
from floorlead.furniture import queries as furniture
from floorlead.paper.text import as_text
from floorlead.record import replace
from floorlead.store import Refused
from tests.cars import showroom as sh
from tests.conftest import at, card, desk_of, press, screen

MONDAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path):
    opened = sh.opened(tmp_path, "2026-11-23T08:45:00")
    yield opened
    opened.close()


def cars(store, day: date | None = None) -> dict[str, str]:
    """The display rows of the card by spot: the label, and its signs."""
    made = environment(store, day)
    rows = [row for row in made.rows if row.list == "display_car"]
    return {f"{row.number} {row.label}": "".join(rules.cell(made, row, i) for i in made.items(row)) for row in rows}


def environment(store, day: date | None = None):
    words = next(w for w in lists.in_force(store) if w.code == "environment")
    return queries.card(store, day or store.today(), words)


def wipe(store, *spots: str) -> None:
    """Say that cars are wiped, by their spots."""
    made = environment(store)
    for row in made.rows:
        if row.number in spots and row.list == "display_car" and not row.away:
            item = made.items(row)[0]
            mark = Mark(PASS, store.clock.stamp(), store.by, owner_id=row.owner_id)
            queries.put(store, made, [(row, item, mark)], "wiped")


def owners(store, day: date | None = None) -> dict[str, int | None]:
    return {
        row.number: row.owner_id for row in environment(store, day).rows if row.list == "display_car" and not row.away
    }


def test_a_row_is_the_cars(store):
    """Fourteen spots with fourteen cars: each row is its car's, in both languages, found by the car's words."""
    made = environment(store)
    row = next(row for row in made.rows if row.number == "D02")
    assert (row.subject, row.label, row.label_en) == (f"car:{sh.on(store, 'D02').id}", "青屿云母白", "QY white")
    assert len([row for row in made.rows if row.list == "display_car"]) == 14

    desk = desk_of(store)
    press(desk, "f3", "f3")
    assert any(hit.label == "QY white" for hit in desk.page.hits("4158"))
    assert any(hit.label == "QY white" for hit in desk.page.hits("qyymb"))


def test_an_empty_spot_is_not_looked_at(store):
    """D08 was taken off in the evening: on the morning's card there is no row for it, nobody is blamed."""
    moves.to_yard(store, sh.on(store, "D08"))
    assert not any(row.startswith("D08") for row in cars(store))
    assert len(cars(store)) == 13


def test_a_spot_without_a_car_ever_goes_by_its_own_name(store):
    """A new spot is looked at by its name until a car stands there."""
    furniture.save(store, replace(furniture.blank(), spot="D15", label="品牌墙"))
    assert "D15 品牌墙" in cars(store)
    moves.put_on_display(store, sh.tail(store, "4608"), sh.spot(store, "D15").id, "D15")
    assert "D15 青屿曜石黑" in cars(store)
    assert "D15 品牌墙" not in cars(store)


def test_a_car_moved_onto_display_during_the_round(store):
    """At 08:50 D02 is exchanged, its first mark already made: the old car's open items are off, its mark stays; the new
    car has a row of its own at the same place in the walk, and is looked at."""
    wipe(store, "D01", "D02")
    at(store, "08:50", "2026-11-23")
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))

    assert cars(store)["D02 青屿云母白"] == "v---"
    assert cars(store)["D02 青屿曜石黑"] == "...."
    assert list(cars(store))[:4] == ["D01 青屿朱砂红", "D02 青屿云母白", "D02 青屿曜石黑", "D03 青屿岩石灰"]
    wipe(store, "D02")
    assert cars(store)["D02 青屿曜石黑"] == "v..."


def test_what_was_moved_stays_moved_on_the_card_of_yesterday(store):
    """Tuesday looks at Monday's card: the car that left at 08:50 is still not open, whatever stands there now."""
    wipe(store, "D01", "D02")
    at(store, "08:50", "2026-11-23")
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))
    wipe(store, "D02")
    monday = cars(store)
    paper = as_text(sheet.draw(read(store, MONDAY, ("environment",))))

    at(store, "08:45", "2026-11-24")
    moves.to_yard(store, sh.on(store, "D05"))
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4617"))
    assert cars(store, MONDAY) == monday
    assert as_text(sheet.draw(read(store, MONDAY, ("environment",)))) == paper


def test_the_night_belongs_to_the_card_of_the_evening(store):
    """D02 is exchanged at 00:30, before the business day ends: it left on Monday, not on Tuesday; on Tuesday the new car
    is taken off at 00:30 of the night after, and Tuesday's card knows."""
    wipe(store, "D01")
    at(store, "00:30", "2026-11-24")
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))
    wipe(store, "D01")
    at(store, "08:45", "2026-11-24")
    assert cars(store, MONDAY)["D02 青屿云母白"] == "----"
    wipe(store, "D01")
    at(store, "00:30", "2026-11-25")
    moves.to_yard(store, sh.on(store, "D02"))
    at(store, "08:45", "2026-11-25")
    assert cars(store, date(2026, 11, 24))["D02 青屿曜石黑"] == "----"
    assert cars(store, MONDAY)["D02 青屿云母白"] == "----"


def test_moved_back_in_time_is_as_if_nothing_was(store):
    """Taken off by mistake and undone: the row is open again."""
    desk = desk_of(store)
    wipe(store, "D02")
    desk.go("cars")
    desk.page.show("display").stand(sh.spot(store, "D02").id)
    press(desk, "-")
    assert cars(store)["D02 青屿云母白"] == "v---"
    press(desk, "ctrl+z")
    assert cars(store)["D02 青屿云母白"] == "v..."


def test_a_car_sold_off_display_overnight(store):
    """D07 is picked up in the evening: next morning its spot is not on the card, and Monday's card keeps it."""
    wipe(store, *(f"D{n:02}" for n in range(1, 15)))
    at(store, "18:00", "2026-11-23")
    with store.write("handed over") as db:
        moves.change(db, store, sh.on(store, "D07"), "handed_over", stock_state=StockState.DELIVERED,
                     placement=Placement.NONE, spot_id=None, left_on=MONDAY)  # fmt: skip
    at(store, "08:45", "2026-11-24")
    assert not any(row.startswith("D07") for row in cars(store))
    assert "D07 云岚曜石黑" in cars(store, MONDAY)


def test_the_stand_in_answers_today(store):
    """Chen Siyuan rests; Li Chengze wipes D01 today: the mark is his, and tomorrow the row is Chen's again."""
    stand_in = sh.person(store, "李承泽")
    furniture_moves.stand_in(store, MONDAY, sh.spot(store, "D01"), stand_in)
    assert owners(store)["D01"] == stand_in.id
    wipe(store, "D01")

    at(store, "08:45", "2026-11-24")
    assert owners(store)["D01"] == sh.person(store, "陈思远").id
    assert owners(store, MONDAY)["D01"] == stand_in.id


def test_a_stand_in_named_when_the_card_was_begun_already(store):
    """The card is begun at 08:45, the stand-in named at 08:52: what is marked from then on is the stand-in's."""
    wipe(store, "D03")
    assert owners(store)["D06"] == sh.person(store, "孙悦然").id
    stand_in = sh.person(store, "吴文博")
    furniture_moves.stand_in(store, MONDAY, sh.spot(store, "D06"), stand_in)
    wipe(store, "D06")
    made = environment(store)
    row = next(row for row in made.rows if row.number == "D06")
    assert made.mark(row, made.items(row)[0]).owner_id == stand_in.id
    at(store, "08:45", "2026-11-24")
    assert owners(store, MONDAY)["D06"] == stand_in.id


def test_space_on_a_moved_car_says_so(store):
    """Nothing is ticked for a car that is not there."""
    wipe(store, "D01")
    moves.to_yard(store, sh.on(store, "D01"))
    desk = desk_of(store)
    press(desk, "f3", "f3", "home", "space")
    assert "moved; nothing to look at here any more" in screen(desk)
    assert cars(store)["D01 青屿朱砂红"] == "v---"


def test_cars_entered_on_the_day_do_not_double_the_card(tmp_path):
    """The spots were looked at by their names this morning, at ten the cars are imported: a car that is what its spot was
    called keeps the spot's row; another one gets its own."""
    store = sh.opened(tmp_path, "2026-11-23T08:45:00", with_cars=False)
    blue = sh.spot(store, "D02")
    furniture.save(store, replace(blue, label="青屿深海蓝"))
    wipe(store, "D01", "D02")
    at(store, "10:00", "2026-11-23")
    sh.load(store)
    found = cars(store)
    assert found["D01 青屿朱砂红"] == "v..."
    assert (found["D02 青屿深海蓝"], found["D02 青屿云母白"]) == ("v---", "....")
    assert len(found) == 15
    wipe(store, "D02")
    monday = cars(store)
    at(store, "08:45", "2026-11-24")
    assert cars(store, MONDAY) == monday
    assert len(cars(store)) == 14
    store.close()


def test_cars_that_swap_their_spots(store):
    """D03 and D04 change places during the round: each keeps its marks and stands where it stands now."""
    wipe(store, "D03", "D04")
    one, other = sh.on(store, "D03"), sh.on(store, "D04")
    third, fourth = sh.spot(store, "D03").id, sh.spot(store, "D04").id
    one, other = moves.to_yard(store, one), moves.to_yard(store, other)
    moves.put_on_display(store, one, fourth, "D04")
    moves.put_on_display(store, other, third, "D03")
    assert cars(store)["D03 青屿云母白"] == "v..."
    assert cars(store)["D04 青屿岩石灰"] == "v..."


def test_a_swap_in_mid_round_is_walked_in_the_new_order_on_the_card_of_yesterday(store):
    """D01 and D04 change places after their marks and are looked at once more: from then on each stands in the walk
    where its new spot is, on Tuesday's look back too."""
    wipe(store, "D01", "D02", "D03", "D04")
    one, other = sh.on(store, "D01"), sh.on(store, "D04")
    first, fourth = sh.spot(store, "D01").id, sh.spot(store, "D04").id
    one, other = moves.to_yard(store, one), moves.to_yard(store, other)
    moves.put_on_display(store, one, fourth, "D04")
    moves.put_on_display(store, other, first, "D01")
    wipe(store, "D01", "D04")
    walk = list(cars(store))[:4]
    assert walk == ["D01 青屿云母白", "D02 青屿云母白", "D03 青屿岩石灰", "D04 青屿朱砂红"]

    at(store, "08:45", "2026-11-24")
    assert list(cars(store, MONDAY))[:4] == walk


def test_reading_the_card_costs_two_reads_more(store, monkeypatch):
    """The card is on the way of the start: what stands on the spots is read at once, not spot by spot."""
    wipe(store, "D01")
    asked = []
    store.connection.set_trace_callback(asked.append)
    environment(store)
    store.connection.set_trace_callback(None)
    spots = [sql for sql in asked if "car_events" in sql or "FROM cars" in sql]
    assert len(spots) == 2
    for sql in spots:
        plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any(
            step.startswith("SCAN") and (" e" in step or " c " in f"{step} ") and "INDEX" not in step for step in plan
        ), plan


def test_the_file_still_refuses_two_cars_on_a_spot(store):
    """Should a program ever try: the file itself holds one car a spot."""
    there = sh.spot(store, "D01").id
    with pytest.raises(Refused), store.write("twice") as db:
        db.execute(
            "UPDATE cars SET spot_id = ?, placement = 'display' WHERE id = ?", (there, sh.tail(store, "4608").id)
        )
    assert sh.on(store, "D01").tail == "4114"


def test_points_go_to_who_stands_in(store):
    """A fault on D01 on Chen's rest day is the stand-in's, found on the card by key."""
    stand_in = sh.person(store, "李承泽")
    furniture_moves.stand_in(store, MONDAY, sh.spot(store, "D01"), stand_in)
    desk = desk_of(store)
    press(desk, "f3", "f3", "home", "1")
    marks = list(card(store, "environment").marks.values())
    assert [mark.owner_id for mark in marks] == [stand_in.id]
    assert "(Li Chengze)" in screen(desk)
