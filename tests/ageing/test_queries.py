"""The age list as the trade counts: three ages, buckets by inclusive bounds, interest, and what came of a notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from floorlead import settings, words
from floorlead.ageing import moves, queries, rules
from floorlead.ageing.records import OFFER, PUSH, TELL, AgedCar, Ageing
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as car_queries
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Placement, StockState
from floorlead.people import queries as people_queries
from floorlead.store import Refused, Store, undo
from tests.ageing.stock import add, load
from tests.conftest import at, person


def one(store: Store, tail: str = "") -> AgedCar:
    """A car on the list."""
    return next(car for car in queries.aged(store).cars if car.car.vin.endswith(tail))


def spot(store: Store, name: str) -> int:
    return int(store.one("SELECT id FROM furniture WHERE spot = ?", name))


# -- ages


@pytest.mark.parametrize(
    ("age", "bucket"),
    [(0, "0-30"), (30, "0-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"), (90, "61-90"), (91, "91-180"),
     (180, "91-180"), (181, ">180")],
)  # fmt: skip
def test_a_bucket_holds_its_upper_bound(store, age, bucket):
    """A car of exactly 60 days is not over 60, one of exactly 90 not over 90; a car that arrived today has 0 days."""
    add(store, "1", age)
    ageing = queries.aged(store)

    assert ageing.cars[0].stock_age == age
    assert ageing.buckets[ageing.cars[0].bucket] == bucket


def test_three_ages_and_their_interest(store):
    """Built 2026-07-27, paid 08-16, arrived 08-26: stock, paid and built age; 5 % of 109,500 a year is 15 a day."""
    add(store, "1", 90)
    car = one(store)

    assert (car.stock_age, car.paid_age, car.built_age) == (90, 100, 120)
    assert (car.interest_per_day, car.interest_to_date) == (15.0, 1350.0)


def test_free_days_cost_nothing(store):
    """A car with 60 free days has cost 30 days of interest after 90; one within its free days nothing."""
    add(store, "1", 90, free_days=60)
    add(store, "2", 10, free_days=60)

    assert (one(store, "1").interest_to_date, one(store, "2").interest_to_date) == (450.0, 0.0)


def test_an_age_is_never_negative_when_the_clock_goes_back(store):
    """The clock is set a week back: a car that arrived yesterday counts as arrived today, and the list says so."""
    add(store, "1", 1)
    at(store, "08:41", "2026-11-17")
    car = one(store)

    assert (car.stock_age, car.early, car.interest_to_date) == (0, True, 0.0)
    assert car.paid_age is not None and car.paid_age >= 0


def test_a_move_never_resets_an_age(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    A car of 100 days goes on display and back to the yard: 100 days still.
    """
    add(store, "1", 100)
    moves.put_on_display(store, one(store), spot(store, "A1"), "A1")
    shown = one(store)
    moves.to_yard(store, [shown])

    assert (shown.car.spot, shown.stock_age, one(store).stock_age, one(store).car.spot) == ("A1", 100, 100, "")


def test_only_cars_on_hand_are_on_the_list(store):
    """One in transit has no age, a test-drive car is not for sale, a delivered one is frozen; a held one counts."""
    add(store, "1", 5)
    add(store, "2", 5, stock_state=StockState.IN_TRANSIT, placement=Placement.NONE, arrived_on=None)
    add(store, "3", 5, placement=Placement.TEST_DRIVE)
    add(store, "4", 5, stock_state=StockState.DELIVERED, placement=Placement.NONE, left_on=store.today())
    add(store, "5", 5, stock_state=StockState.TRANSFERRED, placement=Placement.NONE)
    add(store, "6", 5, placement=Placement.AWAY)

    coming = next(car for car in car_queries.here(store) if car.tail == "0002")
    assert car_rules.stock_age(coming, store.today()) is None
    assert sorted(car.car.tail for car in queries.aged(store).cars) == ["0001", "0006"]


def test_the_oldest_stands_first_and_equals_keep_their_order(store):
    """Two of the same day stand in the order in which they were entered."""
    for tail, age in (("1", 5), ("2", 90), ("3", 5)):
        add(store, tail, age)

    assert [car.car.tail for car in queries.aged(store).cars] == ["0002", "0001", "0003"]


def test_other_thresholds_make_other_buckets(store):
    """The showroom counts 45/60/90: a car of 50 days was in 31-60 and now is in 46-60, at 100 days it is over."""
    add(store, "1", 50)
    add(store, "2", 100)
    assert queries.over(store) == (0, 0)
    settings.put(store, "age_days", "45/60/90")
    ageing = queries.aged(store)

    assert ageing.buckets == ("0-45", "46-60", "61-90", ">90")
    assert [ageing.buckets[car.bucket] for car in ageing.cars] == [">90", "46-60"]
    assert queries.over(store) == (1, 1)
    assert [rules.level(n, ageing.thresholds) for n in range(4)] == ["", "WATCH", "RED", "OVER"]


def test_another_rate_makes_other_interest(store):
    """10 % instead of 5 %: twice as much."""
    add(store, "1", 10)
    settings.put(store, "apr", "10")

    assert queries.aged(store).interest_per_day == 30.0


def test_the_demo_showroom(store):
    """48 on hand, 30/8/5/4/1 by age, 857.6 yuan a day at 5 %."""
    at(store, "16:05", "2026-11-23")
    load(store)
    ageing = queries.aged(store)

    assert len(ageing.cars) == 48
    assert rules.counts(ageing) == [30, 8, 5, 4, 1]
    assert sum(car.car.cost or 0 for car in ageing.cars) == 6_260_500
    assert round(ageing.interest_per_day, 1) == 857.6
    assert queries.over(store) == (1, 1)


# -- announcing


def announce(store: Store, kind: str = PUSH) -> None:
    moves.announce(store, queries.aged(store).cars, kind)


def test_a_push_names_the_keeper_of_the_spot(store):
    """
    team 张伟 李娜
    car A1 朗逸白 张伟
    A car on 张伟's spot, one pushed by 李娜 already, one in the yard: two owners are named, one is still to be named.
    """
    add(store, "1", 200, placement=Placement.DISPLAY, spot_id=spot(store, "A1"))
    add(store, "2", 190, push_id=person(store, "李娜").id)
    add(store, "3", 185)
    words.use("zh")
    announce(store)
    found = queries.announced_on(store, store.today())

    assert len(found) == 1
    assert [(car.said.owner, car.said.age) for car in found[0].cars] == [("张伟", 200), ("李娜", 190), ("", 185)]
    assert found[0].text == (
        "【库龄通报 11-24】青屿云母白0001 200天/青屿云母白0002 190天/青屿云母白0003 185天, "
        "本周重点销售, 责任人: 张伟(0001) 李娜(0002) 待定(0003)。"
    )
    owners = [car.car.push_id for car in queries.aged(store).cars]
    assert owners == [person(store, "张伟").id, person(store, "李娜").id, None]


def test_telling_only_names_nobody(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    Announced without a push: the spot's keeper is told but does not become the car's owner.
    """
    add(store, "1", 200, placement=Placement.DISPLAY, spot_id=spot(store, "A1"))
    announce(store, TELL)

    assert one(store).car.push_id is None
    assert [(said.kind, said.owner) for said in one(store).announced] == [(TELL, "张伟")]


def test_a_keeper_who_left_pushes_nothing(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    add(store, "1", 200, placement=Placement.DISPLAY, spot_id=spot(store, "A1"))
    people_queries.leave(store, person(store, "张伟"))
    at(store, "08:41", "2026-11-25")

    assert (one(store).owner_id, one(store).owner) == (None, "")


def test_undo_takes_the_whole_announcement_back(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    The announcement, its cars and the owners that it named: one action, taken back and done again.
    """
    add(store, "1", 200, placement=Placement.DISPLAY, spot_id=spot(store, "A1"))
    add(store, "2", 190)
    announce(store)
    undo.undo(store)
    assert queries.announced_on(store, store.today()) == []
    assert [car.car.push_id for car in queries.aged(store).cars] == [None, None]
    assert store.one("SELECT count(*) FROM announced_cars") == 0

    undo.redo(store)
    assert len(queries.announced_on(store, store.today())[0].cars) == 2
    assert one(store, "1").car.push_id == person(store, "张伟").id


def test_nothing_picked_is_refused(store):
    """An announcement without a car."""
    with pytest.raises(Refused, match="E140"):
        moves.announce(store, [])


def test_a_car_that_changed_meanwhile_is_not_announced(store):
    """Another terminal gave it an offer while the list stood on the screen."""
    add(store, "1", 200)
    old = one(store)
    moves.set_offer(store, [old], "-5k")

    with pytest.raises(Refused, match="E43"):
        moves.announce(store, [old])
    assert store.one("SELECT count(*) FROM announcements WHERE kind = 'push'") == 0


# -- what happened since


def since(store: Store, tail: str = "1") -> str:
    """What came of a car's first announcement."""
    for made in reversed(queries.last_announcements(store)):
        for car in made.cars:
            if car.name["zh"].endswith(tail):
                return car.said.since_words()
    return ""


def test_sold_after_the_announcement(store):
    """Announced on Tuesday, sold on Friday: day 3; it is off the list, and stays in what was announced."""
    add(store, "1", 200)
    announce(store)
    at(store, "15:00", "2026-11-27")
    car = one(store).car
    with store.write("sold") as db:
        freed = car_moves.change(db, store, car, "allocated", allocated=True)
        car_moves.change(
            db, store, freed, "handed_over", stock_state=StockState.DELIVERED, placement=Placement.NONE,
            left_on=store.today(),
        )  # fmt: skip

    assert queries.aged(store).cars == ()
    assert since(store) == "sold on day 3"
    at(store, "15:00", "2026-12-24")
    left = car_queries.of(store, car.id)
    assert left and car_rules.stock_age(left, store.today()) == 203


def test_ordered_after_the_announcement(store):
    """Allocated to a customer two days later."""
    add(store, "1", 200)
    announce(store)
    at(store, "15:00", "2026-11-26")
    with store.write("order") as db:
        car_moves.change(db, store, one(store).car, "allocated", allocated=True)

    assert since(store) == "ordered on day 2"


def test_moved_and_cheaper_after_the_announcement(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    add(store, "1", 200)
    announce(store)
    at(store, "09:00", "2026-11-25")
    moves.put_on_display(store, one(store), spot(store, "A1"), "A1")
    moves.set_offer(store, [one(store)], "降5千")
    at(store, "09:00", "2026-11-29")

    assert since(store) == "offer now 降5千, to A1 on day 1, still here after 5 days"
    assert [said.kind for said in one(store).announced] == [PUSH, "move", OFFER]
    assert len(one(store).told) == 1


def test_a_move_before_the_announcement_is_not_its_doing(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    add(store, "1", 200)
    moves.put_on_display(store, one(store), spot(store, "A1"), "A1")
    at(store, "10:00")
    announce(store)

    assert one(store).told[0].since_words() == "nothing yet"


def test_this_week_ends_on_sunday(store):
    """Announced on Tuesday 24 November: still this week on Sunday, due again on Monday."""
    add(store, "1", 200)
    announce(store)
    at(store, "09:00", "2026-11-29")
    assert queries.over(store) == (1, 0)

    at(store, "09:00", "2026-11-30")
    assert queries.over(store) == (1, 1)


def test_an_offer_alone_keeps_who_pushes_it(store):
    """
    team 张伟 李娜
    car A1 朗逸白 张伟
    The car on 张伟's spot gets an offer: what is kept says 张伟, as the screen does; then 李娜 is named, then nobody.
    """
    add(store, "1", 200, placement=Placement.DISPLAY, spot_id=spot(store, "A1"))
    words.use("zh")
    moves.set_offer(store, [one(store)], "降5千")
    moves.set_offer(store, [one(store)], None, (person(store, "李娜").id, "李娜"))
    moves.set_offer(store, [one(store)], None, (0, ""))

    assert [(said.owner, said.by) for said in one(store).announced] == [
        ("张伟", store.by),
        ("李娜", store.by),
        ("张伟", store.by),
    ]
    assert one(store).owner == "张伟"


def test_after_midnight_is_still_the_evening(store):
    """
    team 张伟
    car A1 朗逸白 张伟
    Announced at 23:30, put on display at 00:30 of the same business day: day 0; at 04:30 it would be day 1.
    """
    add(store, "1", 200)
    at(store, "23:30", "2026-11-24")
    announce(store)
    at(store, "00:30", "2026-11-25")
    moves.put_on_display(store, one(store), spot(store, "A1"), "A1")
    assert one(store).told[0].since_words() == "to A1 on day 0, nothing yet"
    assert since(store) == "to A1 on day 0, nothing yet"

    at(store, "04:30", "2026-11-25")
    moves.to_yard(store, [one(store)])
    assert since(store) == "to the yard on day 1, still here after 1 days"


def test_a_clock_set_back_never_counts_backwards(store):
    """Announced on the 24th, the clock then stands on the 20th: nobody was announced minus four days ago."""
    add(store, "1", 200)
    announce(store)
    car = one(store).car
    event = (store.clock.stamp() + "z", date(2026, 11, 20), "yard", "")

    assert [said.days for said in rules.since(car, date(2026, 11, 24), "", "", [event], date(2026, 11, 20))] == [0, 0]


def test_what_came_of_it_is_read_when_it_is_looked_at(store):
    """Six hundred cars, each with a story: the list itself reads no story, a car that is looked at reads its own."""
    for tail in ("1", "2", "3"):
        add(store, tail, 200)
    announce(store)
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    found = queries.aged(store)
    assert not any("car_events" in sql for sql in asked)
    assert found.cars[0].told[0].since_words() == "nothing yet"
    assert sum("car_events" in sql for sql in asked) == 1
    store.connection.set_trace_callback(None)


def test_an_offer_alone_announces_nothing(store):
    """A changed offer is a measure that is kept; the car still has to be announced this week."""
    add(store, "1", 200)
    moves.set_offer(store, [one(store)], "-5k")

    assert queries.over(store) == (1, 1)
    assert [(said.kind, said.offer) for said in one(store).announced] == [(OFFER, "-5k")]


def test_the_same_offer_again_leaves_no_trace(store):
    """Nothing is written where nothing changes."""
    add(store, "1", 200, offer="-5k")
    before = store.writes
    moves.set_offer(store, [one(store)], "-5k", (0, ""))

    assert store.writes == before


@pytest.mark.parametrize("days", [179, 180, 181, 182])
def test_the_quick_count_is_the_lists_count(store, days):
    """`over` counts without reading the cars in full: the same cars at each edge, a test-drive car left out."""
    add(store, "1", days)
    add(store, "2", 300, placement=Placement.TEST_DRIVE)
    add(store, "3", 300, placement=Placement.AWAY)
    ageing = queries.aged(store)
    old = rules.above(ageing, 1)
    assert queries.over(store) == (len(old), len(old))

    moves.announce(store, old[:1])
    due = [car for car in rules.above(queries.aged(store), 1) if not rules.told_this_week(car, store.today())]
    assert queries.over(store) == (len(old), len(due))


# -- rules


@given(some.lists(some.integers(0, 900), max_size=40))
def test_the_sums_are_sums_of_the_cars(ages):
    """Whatever the ages: buckets add up to the stock, and every filter is the upper end of the list."""
    bounds = (30, 60, 90, 180)
    car = _aged_car()
    cars = tuple(
        _with(car, n, age, sum(age > bound for bound in bounds)) for n, age in enumerate(sorted(ages, reverse=True))
    )
    ageing = Ageing(date(2026, 11, 24), bounds, ("a", "b", "c", "d", "e"), 5, 60, cars)

    assert sum(rules.counts(ageing)) == len(ages)
    assert sum(made.count for made in rules.by_bucket(ageing)) == len(ages)
    for step, bound in ((1, 180), (2, 90), (3, 60), (4, 30)):
        assert rules.above(ageing, step) == [one for one in cars if one.stock_age > bound]
    assert abs(sum(made.per_day for made in rules.by_model(ageing)) - ageing.interest_per_day) < 1e-6


def _aged_car():
    from floorlead.record import replace

    return replace(car_moves.blank(), model_id=1, cost=100000)


def _with(car, ident, age, bucket):
    from floorlead.record import replace

    return AgedCar(replace(car, id=ident), age, None, None, bucket, 13.7, 13.7 * age, None, "", ())


@given(some.integers(0, 5000))
def test_a_bar_never_outgrows_its_column(age):
    assert len(rules.bar(age)) <= rules.LONGEST_BAR
    assert rules.bar(age).startswith("#" * min(age // 15, rules.LONGEST_BAR - 1))


@given(some.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_week_begins_on_its_monday(day):
    assert rules.monday(day).weekday() == 0
    assert timedelta(0) <= day - rules.monday(day) < timedelta(7)


def test_no_statement_reads_a_big_table_from_end_to_end(store):
    """Cars that left stay in the file for ever: only those in stock may be looked at."""
    add(store, "1", 200)
    announce(store)
    seen: list[str] = []
    store.connection.set_trace_callback(seen.append)
    queries.aged(store)
    queries.announced_on(store, store.today())
    queries.last_announcements(store)
    queries.free_spots(store)
    queries.over(store)
    store.connection.set_trace_callback(None)
    selects = [sql for sql in seen if sql.startswith("SELECT")]
    assert len(selects) > 10
    for sql in selects:
        steps = [row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
        big = [step for step in steps if step.startswith("SCAN") and step.split()[1] in ("c", "cars", "x", "a", "e")]
        assert not big or "ORDER BY id DESC LIMIT" in sql, (sql, steps)


def test_the_list_knows_a_car_by_its_id(store):
    """`car_queries.of` and the list tell the same car."""
    car = add(store, "1", 3)
    assert one(store).car == car_queries.of(store, car.id)
