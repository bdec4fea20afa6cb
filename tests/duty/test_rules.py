"""Who answers for a post: exactly one name for every open minute, nobody on two posts, nobody while away."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from floorlead.duty import rules
from floorlead.duty.reception import Away, Load, Reception
from floorlead.duty.records import Desk, Substitution
from floorlead.duty.rules import LEADER, NAMED, PLAN, STEPPED_UP
from tests.duty.desk import PHONE, TODAY, desk, member, slot, taken

A, B, C, D, E, BOSS, MANAGER = 1, 2, 3, 4, 5, 12, 13
NINE, PHONES = slot(9, 11), slot(9, 14, PHONE)
LEAVE = Away(0, 2880, "事假", "personal leave")
TEAM = tuple(member(one) for one in (A, B, C, D, E))
BOSSES = (member(BOSS, may_hold=False), member(MANAGER, may_hold=False))


def holder(reception: Reception, minute: int) -> int | None:
    return rules.holder_at(reception, NINE.code, minute)


def day(*subs: Substitution, away: dict[int, Away] | None = None, substitute: int | None = None) -> Reception:
    """A plans to hold 9-11."""
    staff = tuple(member(one.id, *([away[one.id]] if away and one.id in away else [])) for one in TEAM)
    return desk(Desk(NINE, A, substitute), subs=subs, staff=(*staff, *BOSSES), leaders=(BOSS, MANAGER))


def test_the_rostered_person_holds_until_somebody_takes_over() -> None:
    reception = day(taken(B, 570))

    assert [holder(reception, minute) for minute in (540, 569, 570, 659)] == [A, A, B, B]


def test_the_post_is_not_open_before_nine_nor_after_the_slot() -> None:
    with pytest.raises(KeyError):
        holder(day(), 539)
    assert rules.holders_at(day(), 660) == {}


def test_a_chain_whose_last_part_ends_first_goes_back_one_link() -> None:
    """A -> B at 9:30, B -> C 9:40 to 9:50."""
    reception = day(taken(B, 570), taken(C, 580, 590))

    assert [holder(reception, minute) for minute in (575, 585, 590, 650)] == [B, C, B, B]


def test_a_chain_whose_middle_part_ends_first_stays_with_the_last() -> None:
    """A -> B 9:30 to 9:45, B -> C at 9:40 to the end: B's part ends first."""
    reception = day(taken(B, 570, 585), taken(C, 580))

    assert [holder(reception, minute) for minute in (575, 584, 585, 659)] == [B, C, C, C]


def test_a_cycle_is_no_trouble() -> None:
    """A -> B at 9:30, B -> A at 9:50 until 10:00, then B again."""
    reception = day(taken(B, 570), taken(A, 590, 600))

    assert [holder(reception, minute) for minute in (560, 580, 595, 610)] == [A, B, A, B]


def test_the_named_substitute_stands_in_for_a_holder_who_is_away() -> None:
    reception = day(away={A: LEAVE}, substitute=D)

    assert rules.held_at(reception, 600)[NINE.code].who == D
    assert rules.held_at(reception, 600)[NINE.code].why == NAMED


def test_with_nobody_left_the_leader_holds_and_it_is_a_gap() -> None:
    reception = day(away={A: LEAVE})

    assert holder(reception, 600) == BOSS
    assert [(one.starts, one.ends) for one in rules.gaps(reception)] == [(540, 660)]
    assert rules.gaps(reception, since=660) == []


def test_who_took_over_and_left_too_gives_it_back_along_the_chain() -> None:
    reception = day(taken(B, 570), taken(C, 580), away={C: Away(600, 2880, "病假", "sick leave")})

    assert [holder(reception, minute) for minute in (585, 600)] == [C, B]


def test_a_report_to_the_manager_makes_the_leader_hold_without_a_gap() -> None:
    reception = day(taken(BOSS, 570, reported=True))

    assert [holder(reception, minute) for minute in (569, 570)] == [A, BOSS]
    assert rules.gaps(reception) == []
    assert rules.held_at(reception, 570)[NINE.code].why == LEADER


def test_the_leader_rests_too_then_the_manager_then_nobody_by_name() -> None:
    rest = Away(0, 2880, "休息", "rest")
    staff = (member(BOSS, rest, may_hold=False), member(MANAGER, may_hold=False))
    empty = desk(Desk(NINE), staff=staff, leaders=(BOSS, MANAGER))

    assert holder(empty, 600) == MANAGER
    assert holder(desk(Desk(NINE), staff=staff, leaders=(BOSS,)), 600) is None


def test_nobody_is_taken_off_a_post_by_another_post_walking_back() -> None:
    """B answers for the phone; the desk's chain A -> B -> C loses C and A: B stays at the phone."""
    away = {A: LEAVE, C: LEAVE}
    staff = tuple(member(one.id, *([away[one.id]] if one.id in away else [])) for one in TEAM)
    reception = desk(
        Desk(NINE, A), Desk(PHONES, B), subs=(taken(B, 570), taken(C, 580)), staff=(*staff, *BOSSES), leaders=(BOSS,)
    )

    assert rules.holders_at(reception, 600) == {NINE.code: BOSS, PHONES.code: B}


def test_before_opening_the_next_slot_is_meant_and_after_closing_none() -> None:
    reception = desk(Desk(NINE, A), Desk(slot(13, 15), B), staff=TEAM)

    assert [one.slot.code if (one := rules.slot_now(reception, minute)) else "" for minute in (500, 600, 700, 900)] == [
        "front_desk 09:00", "front_desk 09:00", "front_desk 13:00", "",
    ]  # fmt: skip


def test_across_the_band_the_next_slot_gets_its_own_part_and_closing_cuts_it() -> None:
    first, second = Desk(NINE, A), Desk(slot(11, 13), B)
    reception = desk(first, second, Desk(PHONES, D), staff=TEAM)

    assert rules.spans(reception, first, 630, None) == ([(first, 630, None)], False)
    assert rules.spans(reception, first, 630, 640) == ([(first, 630, 640)], False)
    assert rules.spans(reception, first, 630, 690) == ([(first, 630, None), (second, 660, 690)], False)
    assert rules.spans(reception, second, 700, 900) == ([(second, 700, None)], True)


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("9:20", 560), ("920", 560), ("0920", 560), ("9.20", 560), ("9：20", 560), ("9", 540), ("24:00", None),
     ("9:60", None), ("", None), ("abc", None), ("9:2:1", None), ("-3", None), ("12345", None)],
)  # fmt: skip
def test_a_time_as_people_type_it(typed: str, minute: int | None) -> None:
    assert rules.typed_minute(typed) == minute


# -- candidates


def test_the_busy_stand_behind_the_free_with_the_reason() -> None:
    """The standing example: two are free, one hands a car over at 10:30, one is with a customer, one is on leave."""
    loads = {C: Load(appointments=((630, "out"),)), D: Load(serving=558)}
    found = rules.candidates(day(away={E: LEAVE}, substitute=B), Desk(NINE, A, B), 570, loads)

    assert [(one.member.id, one.state, one.minute) for one in found] == [
        (B, "free", 0), (C, "appointment", 630), (D, "serving", 558), (E, "away", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minute", "state"), [(569, "free"), (570, "appointment"), (690, "appointment"), (691, "free")]
)
def test_an_hour_around_an_appointment_is_not_free(minute: int, state: str) -> None:
    long = slot(9, 13)
    reception = desk(Desk(long, A), staff=TEAM[:2])

    assert rules.candidates(reception, Desk(long, A), minute, {B: Load(appointments=((630, "out"),))})[0].state == state


def test_who_holds_another_post_or_has_not_begun_is_not_free() -> None:
    staff = (member(A), member(B), member(C, starts=600, ends=1140))
    reception = desk(Desk(NINE, A), Desk(PHONES, B), staff=staff)
    found = rules.candidates(reception, Desk(NINE, A), 570, {})

    assert [(one.member.id, one.state, one.barred) for one in found] == [(C, "shift", False), (B, "post", True)]


@pytest.mark.parametrize(
    ("loads", "first"),
    [
        ({}, B), ({B: Load(overdue=1)}, C), ({B: Load(substitutions=1)}, C), ({B: Load(minutes=120)}, C),
        ({B: Load(minutes=120), C: Load(substitutions=1)}, B), ({B: Load(substitutions=3), C: Load(overdue=1)}, B),
    ],
)  # fmt: skip
def test_the_order_of_the_free(loads: dict[int, Load], first: int) -> None:
    """No overdue follow-ups, then fewest substitutions, then fewest minutes at the desk, then the staff number."""
    reception = desk(Desk(NINE, A), staff=TEAM[:3])

    assert rules.candidates(reception, Desk(NINE, A), 570, loads)[0].member.id == first


def test_the_holders_team_comes_first_and_the_named_substitute_before_it() -> None:
    staff = (member(A, team="1"), member(B, team="2"), member(C, team="1"), member(D, team="2"))
    reception = desk(Desk(NINE, A), staff=staff)

    assert [one.member.id for one in rules.candidates(reception, Desk(NINE, A), 570, {})] == [C, B, D]
    assert [one.member.id for one in rules.candidates(reception, Desk(NINE, A, D), 570, {})] == [D, C, B]


def test_a_trainee_is_never_a_candidate() -> None:
    reception = desk(Desk(NINE, A), staff=(member(A), member(B, may_hold=False)))

    assert rules.candidates(reception, Desk(NINE, A), 570, {}) == []


def test_after_a_substitution_the_first_holder_is_a_candidate_again() -> None:
    reception = day(taken(B, 570))

    assert A in [one.member.id for one in rules.candidates(reception, Desk(NINE, A), 580, {})]
    assert B not in [one.member.id for one in rules.candidates(reception, Desk(NINE, A), 580, {})]


# -- the ledger


def test_a_slot_counts_for_whoever_held_most_of_it_and_stepping_up_counts() -> None:
    assert rules.ledger(day()) == ({NINE.code: A}, [], {A: 120})
    assert rules.ledger(day(taken(B, 560))) == ({NINE.code: B}, [B], {A: 20, B: 100})
    assert rules.ledger(day(taken(B, 640))) == ({NINE.code: A}, [B], {A: 100, B: 20})
    assert rules.ledger(day(taken(B, 600))) == ({NINE.code: B}, [B], {A: 60, B: 60})


def test_stepping_in_for_one_who_is_away_counts_and_back_in_the_chain_counts_once() -> None:
    assert rules.ledger(day(away={A: LEAVE}, substitute=D)) == ({NINE.code: D}, [D], {D: 120})
    assert rules.ledger(day(taken(B, 560), taken(C, 580, 600)))[1] == [B, C]


def test_a_later_link_takes_over_from_whoever_held_then() -> None:
    """Entered later: A -> C at 9:40 before the known A -> B at 9:50."""
    reception = day(taken(C, 580, left=A), taken(B, 590, left=A))

    assert [(one.taker, one.left) for one in rules.relinked(reception, reception.slots[0])] == [(B, C)]


# -- invariants

MINUTES = some.integers(0, 1200)
PEOPLE = some.integers(1, 5)
SLOTS = [slot(9, 11), slot(11, 13), slot(9, 12, PHONE), slot(12, 14, PHONE)]


@some.composite
def days(draw: Any) -> Reception:
    """Any day of two posts: plans that clash, chains of any shape, people who come and go."""
    people = []
    for who in (*range(1, 6), BOSS, MANAGER):
        bands = [sorted(draw(some.tuples(MINUTES, MINUTES))) for _n in range(draw(some.integers(0, 2)))]
        people.append(member(who, *(Away(*band, "假", "away") for band in bands), may_hold=who < 6))
    slots = []
    for one in SLOTS:
        holder = draw(some.none() | PEOPLE)
        slots.append(
            Desk(one, holder, draw((some.none() | PEOPLE).filter(lambda who, h=holder: who is None or who != h)))
        )
    subs = []
    for number in range(draw(some.integers(0, 6))):
        starts = draw(some.integers(530, 850))
        ends = draw(some.none() | some.integers(starts, 900))
        taker, reported = draw(some.none() | PEOPLE), draw(some.booleans())
        subs.append(
            Substitution(
                number, TODAY, draw(some.sampled_from(SLOTS)).code, None, taker, starts, ends, "", reported, "", ""
            )
        )
    return desk(
        *slots, subs=tuple(subs), staff=tuple(people), leaders=draw(some.sampled_from([(), (BOSS,), (BOSS, MANAGER)]))
    )


@given(days(), some.integers(500, 900))
def test_at_every_open_minute_exactly_one_answers_and_nobody_for_two(reception: Reception, minute: int) -> None:
    found = rules.holders_at(reception, minute)
    named = [who for who in found.values() if who is not None]

    assert list(found) == [one.slot.code for one in reception.slots if one.slot.starts <= minute < one.slot.ends]
    assert len(named) == len(set(named))
    assert all(reception.staff[who].away_at(minute) is None for who in named)


@given(days())
def test_the_stretches_cover_each_slot_without_gap_or_overlap(reception: Reception) -> None:
    found = rules.stretches(reception)

    for one in reception.slots:
        mine = [stretch for stretch in found if stretch.slot is one.slot]
        assert mine[0].starts == one.slot.starts
        assert mine[-1].ends == one.slot.ends
        assert all(a.ends == b.starts and a.starts < a.ends for a, b in itertools.pairwise(mine))
    assert all(rules.holder_at(reception, s.slot.code, m) == s.held.who for s in found for m in (s.starts, s.ends - 1))


@given(days())
def test_only_who_stepped_up_or_was_planned_answers(reception: Reception) -> None:
    for one in rules.stretches(reception):
        desk_of = next(d for d in reception.slots if d.slot is one.slot)
        allowed = {
            PLAN: {desk_of.holder}, NAMED: {desk_of.substitute},
            STEPPED_UP: {s.taker for s in reception.substitutions if s.slot == one.slot.code},
        }  # fmt: skip
        assert one.held.why == LEADER or one.held.who in allowed[one.held.why]


@given(days())
def test_the_ledger_adds_up(reception: Reception) -> None:
    credited, _stepped, minutes = rules.ledger(reception)
    named = sum(s.ends - s.starts for s in rules.stretches(reception) if s.held.who is not None and not rules.is_gap(s))

    assert sum(minutes.values()) == named
    assert set(credited.values()) <= set(minutes)
