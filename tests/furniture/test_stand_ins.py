"""Who wipes what today: the rule for stand-ins, and the spots that hold cars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.cars import moves
from floorlead.furniture import moves as furniture_moves
from floorlead.furniture import queries, rules
from floorlead.furniture.records import Kind
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.store import Refused
from tests.cars import showroom as sh
from tests.conftest import desk_of, press, screen

people = st.integers(1, 12)
spots = st.lists(st.one_of(st.none(), people), max_size=20).map(
    lambda keepers: [(100 + n, k) for n, k in enumerate(keepers)]
)


@given(spots, st.sets(people), st.sets(people), st.dictionaries(st.integers(100, 119), people, max_size=5))
def test_a_stand_in_is_here_and_nobody_has_much_more_than_another(given_spots, here, consultants, standing_in):
    """Never somebody away; consultants before the others; every spot without anybody gets one while there is somebody;
    who got one has at most one more than the one with the fewest."""
    known = {spot for spot, _keeper in given_spots}
    standing_in = {spot: who for spot, who in standing_in.items() if spot in known}
    turns = [sorted(consultants), sorted(set(range(1, 13)) - consultants)]
    proposed = rules.propose_stand_ins(given_spots, turns, here, standing_in)

    assert set(proposed.values()) <= here
    assert set(proposed) == (set(rules.uncovered(given_spots, here, standing_in)) if here else set())
    if here & consultants:
        assert set(proposed.values()) <= consultants
    group = (here & consultants) or here
    after = rules.loads(given_spots, here, standing_in | proposed)
    assert all(after[who] <= min(after[one] for one in group) + 1 for who in proposed.values())
    assert rules.uncovered(given_spots, here, standing_in | proposed) == [] or not here


def test_nobody_has_nothing_to_give():
    """Everybody is away: nothing is proposed."""
    assert rules.propose_stand_ins([(1, 7)], [[1, 2], [3]], set(), {}) == {}


@pytest.fixture
def store(tmp_path):
    opened = sh.opened(tmp_path)
    yield opened
    opened.close()


def test_manager_and_leader_never_wipe(store):
    """Only those whom the card looks at stand in."""
    wanted = queries.stand_ins_wanted(store, store.today())
    roles = {one.role for one in sh.people.everybody(store) if one.id in wanted.values()}
    assert roles == {Role.CONSULTANT}


def test_an_empty_spot_needs_nobody(store):
    """D01's keeper rests, but nothing stands on D01."""
    moves.to_yard(store, sh.on(store, "D01"))
    assert sh.spot(store, "D01").id not in queries.uncovered(store, store.today())


def test_a_stand_in_is_given_back(store):
    """Named and taken back: the day has none."""
    spot = sh.spot(store, "D01")
    furniture_moves.stand_in(store, store.today(), spot, sh.person(store, "李承泽"))
    assert queries.stand_ins(store, store.today()) == {spot.id: sh.person(store, "李承泽").id}
    furniture_moves.stand_in(store, store.today(), spot, None)
    assert queries.stand_ins(store, store.today()) == {}


def test_the_showroom_page_shows_what_stands_there(store):
    """The label of a spot is the car on it, an empty one has its own name."""
    moves.exchange(store, sh.on(store, "D02"), sh.tail(store, "4608"))
    moves.to_yard(store, sh.on(store, "D03"))
    desk = desk_of(store)
    desk.go("furniture")
    lines = {line[22:25]: line for line in screen(desk).splitlines()}
    assert any("D02" in line and "青屿曜石黑" in line and "QY black" in line for line in lines.values())
    assert any("D03" in line and "青屿岩石灰" in line for line in lines.values())


def test_a_spot_with_a_car_is_not_removed(store):
    """First the car, then the spot."""
    desk = desk_of(store)
    desk.go("furniture")
    press(desk, "-")
    assert "D01 holds the car 4114; take it off first" in screen(desk)
    moves.to_yard(store, sh.on(store, "D01"))
    press(desk, "-")
    assert "D01" not in [piece.spot for piece in queries.standing(store)]


def test_a_spot_needs_no_words_of_its_own(store):
    """A spot that follows its cars is entered by its short name alone; a table without any name is refused."""
    queries.save(store, replace(queries.blank(), spot="D15"))
    assert sh.spot(store, "D15").label == "D15"
    with pytest.raises(Refused):
        queries.save(store, queries.blank(Kind.TABLE))
