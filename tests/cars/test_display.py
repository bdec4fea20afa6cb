"""The display board key by key: who stands where, who wipes it, what is sold, what is rotated, where the keys are."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import settings, words
from floorlead.cars import board, moves, queries, rotation, rules
from floorlead.cars.records import Hold, Placement
from floorlead.furniture import moves as furniture_moves
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Kind
from floorlead.orders import moves as order_moves
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import width
from tests.cars import showroom as sh
from tests.conftest import at, desk_of, press, screen


@pytest.fixture
def store(tmp_path):
    opened = sh.opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(store):
    made = desk_of(store)
    made.go("cars")
    made.page.show("display")
    return made


def go(desk, spot: str) -> None:
    """Put the cursor on a spot by name."""
    desk.page.view.stand(sh.spot(desk.store, spot).id)


def row(desk, name: str) -> str:
    """A row of the board."""
    return next(line for line in screen(desk).splitlines() if line[2:].startswith(name))


def spot(store, name: str) -> board.Spot:
    return next(one for one in board.spots(store) if one.name == name)


def undone(desk) -> None:
    press(desk, "ctrl+z")


# -- the board


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_board_as_it_looks(desk, golden, language):
    """Monday 08:25: fourteen cars, four of them too long here, two keepers rest, D07 is sold; three test-drive cars."""
    sold = sh.on(desk.store, "D07")
    with desk.store.write("free it") as db:
        moves.update(db, rules_free(sold))
    sh.order(desk.store, sh.on(desk.store, "D07"))
    moves.key_out(desk.store, sh.tail(desk.store, "5725"), sh.person(desk.store, "高远").id, 1280)
    words.use(language)
    desk.speak(language)
    golden(screen(desk), f"screen-display-{language}")


def rules_free(car):
    return replace(car, allocated=False)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "keys", [(), ("enter",), ("9",), ("8",), ("-", "-"), ("end",), ("end", "enter"), ("end", "0"), ("end", "space")]
)
def test_every_line_fits(desk, language, keys):
    """All that the board shows fits 80 cells, and every key of the bottom line is there."""
    words.use(language)
    desk.speak(language)
    go(desk, "D02")
    press(desk, *keys)
    for line in screen(desk).splitlines():
        assert width(line) <= 80
    assert ".." not in screen(desk).splitlines()[-1]


# -- wiping


def test_a_resting_keeper_is_stood_in_for_today_only(desk, store):
    """Chen Siyuan (D01, D11) and Sun Yueran (D06) rest on Mondays: their cars are wiped by others, today only."""
    assert row(desk, "D01").count("!") == 1
    press(desk, "ctrl+a")

    today = furniture.stand_ins(store, store.today())
    assert {sh.spot(store, name).id for name in ("D01", "D06", "D11")} == set(today)
    assert "!" not in screen(desk)
    assert len(set(today.values())) == 3
    assert furniture.stand_ins(store, date(2026, 11, 24)) == {}
    assert sh.spot(store, "D01").keeper_id == sh.person(store, "陈思远").id

    undone(desk)
    assert furniture.stand_ins(store, store.today()) == {}


def test_all_are_named_in_one_action_and_a_second_time_nothing_is_missing(desk, store):
    """Ctrl+A again says that everybody who must wipe is here."""
    press(desk, "ctrl+a", "ctrl+a")
    assert "Every spot has somebody" in screen(desk)


def test_a_stand_in_who_goes_on_leave_is_replaced(desk, store):
    """At 10 the stand-in is sent home: the next Ctrl+A names somebody else for his spot only."""
    press(desk, "ctrl+a")
    before = furniture.stand_ins(store, store.today())
    first = sh.spot(store, "D01").id
    gone = next(p for p in people.everybody(store) if p.id == before[first])
    people.say(store, store.today(), gone, State.LEAVE, "病假")
    press(desk, "ctrl+a")

    after = furniture.stand_ins(store, store.today())
    assert after[first] != gone.id
    assert {spot: who for spot, who in after.items() if spot in before and before[spot] != gone.id} == {
        spot: who for spot, who in before.items() if who != gone.id
    }


def test_one_spot_gets_the_stand_in_that_is_chosen(desk, store):
    """Key 8 lists who is here, those with the fewest cars first; the same choice again gives the spot back."""
    go(desk, "D01")
    press(desk, "8")
    assert "chen siyuan" not in screen(desk).split("+-")[1].lower()
    press(desk, "1")
    assert spot(store, "D01").covered
    press(desk, "8", "9")
    assert furniture.stand_ins(store, store.today()) == {}


def test_nobody_here_is_said(desk, store):
    """A closed day: everybody is on leave, nobody can stand in."""
    for one in people.staff(store, store.today()):
        people.say(store, store.today(), one, State.LEAVE)
    press(desk, "ctrl+a")
    assert "sign somebody in first" in screen(desk)
    assert furniture.stand_ins(store, store.today()) == {}


# -- on, off, rotate


def test_rotate_is_seen_first_and_done_by_1(desk, store):
    """D02 has stood 71 days: Space shows the proposal, nothing happens; 1 does it as one action."""
    old = sh.on(store, "D02")
    go(desk, "D02")
    press(desk, "space")
    assert sh.on(store, "D02") == old
    assert "1 QY black 4608 takes the place of QY white 4158" in screen(desk)

    press(desk, "1")
    assert sh.on(store, "D02").tail == "4608"
    assert sh.tail(store, "4158").placement is Placement.YARD
    assert rules.stock_age(sh.tail(store, "4158"), store.today()) == 71

    undone(desk)
    assert sh.on(store, "D02") == old
    assert desk.page.view.thing().name == "D02"


def test_enter_alone_does_nothing(desk, store):
    """On the proposal Enter is no yes."""
    go(desk, "D02")
    press(desk, "9", "enter")
    assert sh.on(store, "D02").tail == "4158"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("60", {"D02", "D04", "D10", "D12"}),
        ("90", {"D04", "D12"}),
        ("30", {"D01", "D02", "D04", "D06", "D09", "D10", "D11", "D12"}),
    ],
)
def test_rotate_past_an_age_that_can_be_set(store, days, expected):
    """Past the showroom's own number of days; a sold car is left alone."""
    settings.put(store, "rotate_days", days)
    assert {one.name for one in board.spots(store) if one.rotate} == expected


def test_sixty_days_exactly_are_not_too_many():
    """On the sixtieth day nothing is said yet."""
    assert not rotation.due(60, 60, 60)
    assert rotation.due(61, 0, 60)
    assert rotation.due(0, 61, 60)
    assert not rotation.due(None, None, 60)


def test_minus_takes_off_and_puts_on(desk, store):
    """Minus takes the car to the yard, minus again offers cars for the empty spot, the same model first."""
    go(desk, "D08")
    press(desk, "-")
    assert sh.on(store, "D08") is None
    assert "D08   empty" in screen(desk)
    press(desk, "-")
    choices = [line for line in screen(desk).splitlines() if "same model" in line]
    assert choices and all("XX" in line for line in choices)
    press(desk, "1")
    assert sh.on(store, "D08").tail == "5012"


def test_two_cars_in_one_spot_are_refused(store):
    """Two people put a car on D08 in the same minute: the second one is told what stands there."""
    moves.to_yard(store, sh.on(store, "D08"))
    there = sh.spot(store, "D08")
    moves.put_on_display(store, sh.tail(store, "5012"), there.id, "D08")
    with pytest.raises(Refused, match="D08 holds the car 5012"):
        moves.put_on_display(store, sh.tail(store, "5070"), there.id, "D08")


def test_a_held_car_is_never_offered(store):
    """5755 has a damage hold, 5760 waits for its PDI: neither is put on display."""
    cars = queries.here(store)
    assert not {car.tail for car in rotation.candidates(cars, None, set())} & {"5755", "5760"}


def test_a_car_that_an_order_waits_for_is_not_proposed(store):
    """Somebody waits for a black QY 旗舰版: the newest arrival is his, the next newest is proposed."""
    sh.order(store, None, "赵女士", model_id=sh.tail(store, "4608").model_id, trim="旗舰版", colour="曜石黑")
    assert board.proposal(store, spot(store, "D02")).car.tail == "4617"


def test_an_allocated_car_may_be_put_on_display_last(store):
    """A sold car may stand on display until it is picked up; it is offered behind all free ones."""
    found = rotation.candidates(queries.here(store), None, set())
    assert [car.allocated for car in found] == sorted(car.allocated for car in found)
    assert any(car.allocated for car in found)


# -- sold off display


def test_sold_off_display_stays_until_the_hand_over(desk, store):
    """D03 is sold at 16:00: it stays, its keeper goes on, the replacement is proposed for afterwards; when it is handed
    over the spot is empty and the proposal stands."""
    at(store, "16:00", "2026-11-23")
    order = sh.order(store, sh.on(store, "D03"), "Mr Wang")
    desk.page.enter()
    go(desk, "D03")
    assert "sold Mr Wang 27 Nov" in row(desk, "D03")
    assert "Li Chengze" in row(desk, "D03")
    assert "sold, stays until 27 Nov; then QY black 4608" in screen(desk)
    press(desk, "9")
    assert " 1 " not in screen(desk).split("+-")[1]

    at(store, "15:30", "2026-11-27")
    with store.write("handed over") as db:
        moves.change(db, store, sh.on(store, "D03"), "handed_over", stock_state=moves.StockState.DELIVERED,
                     placement=Placement.NONE, spot_id=None, left_on=store.today())  # fmt: skip
        db.execute("UPDATE orders SET state = 'delivered' WHERE id = ?", (order.id,))
    press(desk, "escape")
    desk.page.enter()
    assert "empty" in row(desk, "D03")
    assert board.proposal(store, spot(store, "D03")).car.tail == "4608"


def test_a_cancelled_deal_is_free_again_with_its_old_age(store):
    """The customer of D03 cancels after three days: free again, and as old as it would have been."""
    order = sh.order(store, sh.on(store, "D03"))
    assert sh.on(store, "D03").allocated
    at(store, "10:00", "2026-11-26")
    order_moves.cancel(store, order, "客户退订")
    car = sh.on(store, "D03")
    assert not car.allocated
    assert rules.stock_age(car, store.today()) == 15


def test_a_replacement_in_transit_that_is_late_is_said(store):
    """No other YS is free in the yard; the one on its way was expected on the 29th and it is the 2nd."""
    for tail in ("5168", "5213"):
        sh.order(store, sh.tail(store, tail), f"客户{tail}")
    at(store, "10:00", "2026-12-02")
    found = board.proposal(store, spot(store, "D12"))
    assert found.car is None
    assert found.coming.tail == "5982"
    assert "3 days late" in board.coming_words(found.coming, store.today())


def test_a_damage_hold_on_an_allocated_display_car_is_told(desk, store):
    """D07 is sold and somebody scratches it: the board says both, and it cannot be handed over."""
    moves.put_hold(store, sh.on(store, "D07"), Hold.DAMAGE, "右门划伤")
    desk.page.enter()
    go(desk, "D07")
    assert "damage hold" in row(desk, "D07")
    assert "release it before the hand-over" in screen(desk)
    assert rules.forbidden(sh.on(store, "D07"), "handed_over")


def test_to_a_sister_store_and_back_keeps_the_age(store):
    """D09 goes to a sister store for a week: its spot is empty, and back again it is as old as ever."""
    car = sh.on(store, "D09")
    moves.transfer(store, car, "二店")
    assert sh.on(store, "D09") is None
    at(store, "10:00", "2026-11-30")
    back = moves.give_back(store, sh.tail(store, car.tail))
    assert rules.stock_age(back, store.today()) == 59


def test_the_keeper_changes_from_today_on(desk, store):
    """Enter, 3: another keeper by initials; the undo gives the old one back."""
    go(desk, "D03")
    press(desk, "enter", "3", '"hjj', "enter")
    assert sh.spot(store, "D03").keeper_id == sh.person(store, "何俊杰").id


def test_half_way_through_the_box_survives_a_restart(desk, store):
    """The program is killed with the proposal open: it is there again."""
    go(desk, "D02")
    press(desk, "9")
    desk.keep()
    assert "takes the place of" in screen(desk_of(store))


# -- test-drive cars


def test_a_test_drive_from_key_to_key(desk, store):
    """The key leaves at 10:20 with the specialist, is back at 11:05 with 18 km more; the list of drives tells it."""
    at(store, "10:20", "2026-11-23")
    press(desk, "end", "0", '"gy', "down", '"1280', "down", '"王女士', "enter")
    assert (
        "out since 10:20" in row(desk, "drive  LY mint")
        if "drive  LY" in screen(desk)
        else "out since 10:20" in screen(desk)
    )
    assert [minutes for _car, _drive, minutes in queries.cars_out(store)] == [0]

    at(store, "11:05", "2026-11-23")
    press(desk, "0", '"1298', "enter")
    assert queries.cars_out(store) == []
    press(desk, "space")
    assert "10:20-11:05  Gao Yuan  18 km  王女士" in screen(desk)

    press(desk, "escape")
    undone(desk)
    assert [car.tail for car, _drive, _minutes in queries.cars_out(store)] == ["5725"]


def test_an_odometer_does_not_run_backwards(desk, store):
    """Typed 128 for 1280: refused, the form stays with what was typed."""
    press(desk, "end", "0", '"gy', "down", '"1280', "ctrl+s", "0", '"128', "enter")
    assert "the odometer was at 1280 km already" in screen(desk)
    assert len(queries.cars_out(store)) == 1


def test_an_odometer_does_not_run_backwards_over_all_drives(desk, store):
    """At 1298 km after the first drive; the key then leaves without km and comes back with 1200: refused, 1305 is fine."""
    car, who = sh.tail(store, "5725"), sh.person(store, "高远").id
    moves.key_out(store, car, who, 1280)
    moves.key_back(store, car, queries.drives_out(store)[car.id], 1298)
    moves.key_out(store, car, who, None)
    desk.page.enter()
    desk.page.view.stand(-car.id)
    press(desk, "0", '"1200', "enter")
    assert "the odometer was at 1298 km already" in screen(desk)
    assert len(queries.cars_out(store)) == 1
    press(desk, "backspace", "backspace", "backspace", "backspace", '"1305', "enter")
    assert (queries.cars_out(store), board.odometer(store, car)) == ([], 1305)


def test_the_odometer_counts_for_the_key_that_leaves(desk, store):
    """It left at 1280 and came back without km: it does not leave with 900."""
    car, who = sh.tail(store, "5725"), sh.person(store, "高远").id
    moves.key_out(store, car, who, 1280)
    moves.key_back(store, car, queries.drives_out(store)[car.id], None)
    desk.page.enter()
    desk.page.view.stand(-car.id)
    press(desk, "0", '"gy', "down", '"900', "ctrl+s")
    assert "the odometer was at 1280 km already" in screen(desk)
    assert queries.cars_out(store) == []


def test_a_key_that_is_out_stays_on_the_board(desk, store):
    """However the car came to stand in the yard with its key out: its row is there until the key is back."""
    car = sh.tail(store, "5725")
    moves.key_out(store, car, sh.person(store, "高远").id, None)
    with store.write("an old file") as db:
        moves.update(db, replace(car, placement=Placement.YARD))
    desk.page.enter()
    assert desk.page.view.stand(-car.id)
    assert "out since 08:25" in screen(desk)
    press(desk, "0", "enter")
    assert queries.cars_out(store) == []
    assert not desk.page.view.stand(-car.id)


def test_a_key_out_for_more_than_an_hour_is_warned_of(desk, store):
    """Out since 10:20, it is 11:21."""
    at(store, "10:20", "2026-11-23")
    moves.key_out(store, sh.tail(store, "5725"), sh.person(store, "高远").id, None)
    for time, warned in (("11:20", False), ("11:21", True)):
        at(store, time, "2026-11-23")
        desk.page.enter()
        press(desk, "end")
        assert ("has been out for 61 minutes with Gao Yuan" in screen(desk)) is warned


def test_a_key_needs_somebody(desk):
    """Nobody is said: refused."""
    press(desk, "end", "0", "ctrl+s")
    assert "Say who takes the key" in screen(desk)


def test_a_display_car_becomes_a_test_drive_car_and_back(desk, store):
    """D13 is made a test-drive car: its spot is empty, it is not for sale; taken back it stands in the yard and stays
    known as one that was driven."""
    car = sh.on(store, "D13")
    moves.to_test_drives(store, car)
    desk.page.enter()
    assert "empty" in row(desk, "D13")
    assert sum(1 for thing in desk.page.view.things if isinstance(thing, board.DriveCar)) == 4
    assert not sh.tail(store, car.tail).on_hand

    back = moves.to_yard(store, sh.tail(store, car.tail))
    assert (back.placement, back.was_test_drive, back.on_hand) == (Placement.YARD, True, True)


def test_put_on_display_after_midnight(desk, store):
    """At 00:30, still Monday's business: the car stands here since Monday, for 0 days; on Tuesday for one."""
    at(store, "00:30", "2026-11-24")
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))
    assert (spot(store, "D02").since, spot(store, "D02").stood(store.today())) == (date(2026, 11, 23), 0)
    desk.page.enter()
    assert row(desk, "D02").split()[4:6] == ["3", "0"]
    at(store, "09:00", "2026-11-24")
    assert spot(store, "D02").stood(store.today()) == 1


def test_a_clock_set_back_never_shows_days_below_nought(store):
    """Put on display on Monday, the clock stands on Friday before."""
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))
    at(store, "09:00", "2026-11-20")
    assert spot(store, "D02").stood(store.today()) == 0


@pytest.mark.parametrize("typed", ["wwb", "wuwenbo", "吴文博", "Wu W"])
def test_finding_the_spots_of_a_keeper(desk, typed):
    """Wu Wenbo keeps D07: by initials, pinyin, Han or his English name."""
    hits = desk.page.view.hits(typed, near=True)
    assert [(hit.label, hit.where) for hit in hits] == [("YL black 4318", "D07 Wu Wenbo")]


def test_finding_who_stands_in_and_who_looks_after_a_test_drive_car(desk, store):
    """D01 is Chen Siyuan's and wiped by Li Chengze today; Gao Yuan keeps the bay of 5725, He Junjie has its key."""
    stand_in, gao = sh.person(store, "李承泽"), sh.person(store, "高远")
    furniture_moves.stand_in(store, store.today(), sh.spot(store, "D01"), stand_in)
    bay = furniture.save(
        store, replace(furniture.blank(Kind.TEST_DRIVE_CAR), spot="T01", label="试驾位", keeper_id=gao.id)
    )
    car = moves.to_test_drives(store, moves.to_yard(store, sh.tail(store, "5725")), bay)
    moves.key_out(store, car, sh.person(store, "何俊杰").id, None)
    desk.page.enter()

    def where(typed: str) -> list[str]:
        hits = desk.page.view.hits(typed, near=True)
        return [hit.where for hit in hits if hit.score == max(hit.score for hit in hits)]

    assert "D01 Chen Siyuan Li Chengze" in where("lcz")
    assert where("gy") == ["T01 Gao Yuan He Junjie"]
    assert "T01 Gao Yuan He Junjie" in where("hjj")
    moves.key_back(store, car, queries.drives_out(store)[car.id], None)
    desk.page.enter()
    assert "Gao Yuan" in row(desk, "T01")


def test_finding_a_spot_its_car_or_its_key(desk):
    """By spot, by pinyin of the car, by the end of its VIN."""
    for typed, label in (
        ("d02", "QY white 4158"),
        ("qyymb", "QY white"),
        ("4158", "QY white 4158"),
        ("5725", "LY mint 5725"),
    ):
        hits = desk.page.view.hits(typed, near=True)
        assert any(label in hit.label for hit in hits), typed


def test_no_letter_changes_anything(desk):
    """The keys that change data are digits, arrows' company and Ctrl."""
    for place in ("home", "end"):
        press(desk, place)
        for entry in desk.page.binds():
            assert not (entry.changes and any(len(key) == 1 and key.isalpha() for key in entry.keys))
