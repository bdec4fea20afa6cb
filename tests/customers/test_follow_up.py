"""Follow-ups as the trade knows them: due days, rest days, regrading, hand-over, losses that are refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.customers import consent, ends, moves, queries, rules
from floorlead.customers.records import Due, Grade, Happened
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.store import undo as undoing
from tests.conftest import at, person
from tests.customers.floor import prospect, the

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
GRADES = st.integers(1, 60).map(lambda days: Grade("X", "x", "x", days, True, 1, False, "", 180))


@given(GRADES, DAYS)
def test_the_interval_counts_from_the_last_contact(grade: Grade, last: date) -> None:
    assert rules.next_due(grade, last) == last + timedelta(days=grade.days or 0)
    assert rules.next_due(replace(grade, is_open=False), last) is None


@given(DAYS, st.sets(st.integers(0, 30)), st.integers(1, 30))
def test_the_shown_day_is_the_nearest_day_of_work_before(due: date, off: set[int], gap: int) -> None:
    """Never after the due day, never on or before the last contact; without a day of work it stays."""
    resting = {due - timedelta(days=n) for n in off}
    after = due - timedelta(days=gap)
    shown = rules.shown_due(due, resting.__contains__, after)

    assert after < shown <= due
    free = [due - timedelta(days=n) for n in range(gap) if due - timedelta(days=n) not in resting]
    within = [one for one in free if (due - one).days < rules.LONGEST_REST]
    assert shown == (within[0] if within else due)


def names(found: list[Due]) -> list[str]:
    return [one.customer.name for one in found]


def test_contact_on_the_due_day_at_23_59(store: Store) -> None:
    """A call at 23:59, or half past midnight of the same business day, is in time.

    team 李娜
    """
    one = prospect(store, "王", "H", "李娜", last=2)
    assert one.next_due == store.today() and queries.overdue(store, store.today()) == {}
    at(store, "23:59")
    moves.contact(store, one)
    assert queries.events(store, one.id)[-1].due == store.today()
    two = prospect(store, "李", "H", "李娜", last=2)
    at(store, "00:30", "2026-11-25")
    moves.contact(store, two)

    assert the(store, "李").last_contact == date(2026, 11, 24)
    assert queries.overdue(store, date(2026, 11, 25)) == {}


def test_grade_raised_and_lowered_the_same_day(store: Store) -> None:
    """The due day is as if nothing had been, both changes stand in the history.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=5)
    moves.set_grade(store, one, "H")
    assert the(store, one.id).next_due == store.today() - timedelta(days=3)
    moves.set_grade(store, the(store, one.id), "B")

    assert the(store, one.id).next_due == one.next_due
    changed = [e for e in queries.events(store, one.id) if e.kind is Happened.GRADE]
    assert [(e.grade_before, e.grade_after) for e in changed] == [("B", "H"), ("H", "B")]


def test_a_downgrade_counts_from_the_last_contact(store: Store) -> None:
    """A to C after ten days: thirty days from the last contact, not from today.

    team 李娜
    """
    one = prospect(store, "王", "A", "李娜", last=10)
    moves.set_grade(store, one, "C")

    assert the(store, one.id).next_due == store.today() + timedelta(days=20)


def test_due_on_the_rest_day_is_shown_the_day_before(store: Store) -> None:
    """Li Na rests on Wednesday: what is due then stands on Tuesday's list, and is not late on Wednesday.

    team 李娜 杨帆
    """
    people.save(store, replace(person(store, "李娜"), rest_day=2))
    prospect(store, "王", "A", "李娜", last=6)
    prospect(store, "赵", "A", "杨帆", last=6)

    found = queries.due(store, date(2026, 11, 24))
    assert names(found) == ["王"] and (found[0].on, found[0].late) == (date(2026, 11, 24), 0)
    assert queries.overdue(store, date(2026, 11, 25)) == {}


def test_due_in_the_new_year_week(store: Store) -> None:
    """Eight days of leave over the New Year: what is due in the middle is shown on the last day of work before.

    team 李娜
    """
    at(store, "09:00", "2027-02-04")
    with store.write("leave") as db:
        db.execute(
            "INSERT INTO leaves(person_id, kind, first_day, last_day, half, reason, state, asked_at, by, note) "
            "VALUES (?, 'A', '2027-02-05', '2027-02-12', '', '', 'granted', '2027-01-20T09:00:00', '王', '')",
            (person(store, "李娜").id,),
        )
    prospect(store, "王", "A", "李娜", last=0)
    one = prospect(store, "李", "A", "李娜", last=3)

    assert names(queries.due(store, date(2027, 2, 4))) == ["李"]
    assert the(store, one.id).next_due == date(2027, 2, 8)
    shown = [names(queries.due(store, date(2027, 2, 5) + timedelta(days=n))) for n in range(7)]
    assert shown == [["李"]] * 6 + [["李", "王"]], "called on the 4th: no day of work between, so it stays on the 11th"


def test_reassignment_when_a_consultant_leaves(store: Store) -> None:
    """All of an advisor who left go to another in one action; due days and history stay.

    team 李娜 杨帆
    """
    before = [prospect(store, name, "B", "李娜", last=20) for name in ("王", "赵")]
    people.leave(store, person(store, "李娜"))
    moves.reassign(store, before, person(store, "杨帆").id)

    assert queries.overdue(store, store.today()) == {person(store, "杨帆").id: 2}
    assert [the(store, one.id).next_due for one in before] == [one.next_due for one in before]
    assert queries.events(store, before[0].id)[-1].kind is Happened.ADVISOR
    undoing.undo(store)
    assert {one.advisor_id for one in queries.open_all(store)} == {person(store, "李娜").id}


def test_lost_refused_open_again_with_the_original_history(store: Store) -> None:
    """The leader refuses with the reason: grade, due day and every event are as before, plus what was said.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=5)
    moves.contact(store, one, "A")
    one = the(store, one.id)
    history = queries.events(store, one.id)
    moves.ask_end(store, one, "F1", "竞品")
    (asked,) = queries.asked(store)
    assert the(store, one.id).grade == "A", "open while the application waits"
    with pytest.raises(Refused, match="E321"):
        moves.decide(store, asked, False)
    moves.decide(store, asked, False, "再联系一次")

    assert the(store, one.id) == one
    told = queries.events(store, one.id)
    assert told[: len(history)] == history
    assert [(e.kind, e.reason, e.note) for e in told[len(history) :]] == [
        (Happened.ASKED, "竞品", ""), (Happened.REFUSED, "竞品", "再联系一次"),
    ]  # fmt: skip
    assert queries.endings_of(store, one.id)[0].answer == "再联系一次" and queries.asked(store) == []


def test_lost_agreed_and_back_again(store: Store) -> None:
    """Agreed: closed as of today and never due; reopened: the grade before it, due today.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=30)
    moves.ask_end(store, one, "F2", "推迟购车")
    moves.decide(store, queries.asked(store)[0], True)
    closed = the(store, one.id)
    assert (closed.grade, closed.closed_on, closed.next_due) == ("F2", store.today(), None)
    assert queries.due(store, store.today()) == []
    ends.reopen(store, closed)

    again = the(store, one.id)
    assert (again.grade, again.closed_on, again.next_due) == ("B", None, store.today())


def test_an_application_needs_its_reason_and_stands_once(store: Store) -> None:
    """Nobody is lost without a reason, nor twice.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜")
    with pytest.raises(Refused, match="E319"):
        moves.ask_end(store, one, "F1", " ")
    moves.ask_end(store, one, "F1", "价格")
    with pytest.raises(Refused, match="E320"):
        moves.ask_end(store, one, "L", "多次未接")


def test_the_same_phone_twice(store: Store) -> None:
    """One number is one customer, however it is written; the refusal names who has it.

    team 李娜
    """
    prospect(store, "王先生", phone="13800001001")
    with pytest.raises(Refused, match="王先生"):
        prospect(store, "李女士", phone="+86 138-0000-1001")
    prospect(store, "甲")
    prospect(store, "乙")

    assert len(queries.open_all(store)) == 3, "nobody's number is no number"


def test_who_must_not_be_called_is_never_listed(store: Store) -> None:
    """Do-not-contact takes the customer off every list of calls and refuses to note one.

    team 李娜
    """
    one = prospect(store, "王", "H", "李娜", last=9)
    consent.stop_contact(store, one)

    assert queries.due(store, store.today()) == [] and queries.overdue(store, store.today()) == {}
    with pytest.raises(Refused, match="E312"):
        moves.contact(store, the(store, one.id))


def test_done_and_taken_back(store: Store) -> None:
    """What a wrong key noted is taken back exactly: grade, last contact, next day.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜", last=20)
    moves.contact(store, one, "H", note="想再看一次")
    assert queries.contacted_on(store, store.today())[0].due == one.next_due
    moves.uncontact(store, the(store, one.id))

    assert the(store, one.id) == one
    assert queries.contacted_on(store, store.today()) == []


def test_oldest_first_by_advisor(store: Store) -> None:
    """The advisor who owes the oldest call stands first, each one's calls oldest first, nobody's last.

    team 李娜 杨帆
    """
    for name, advisor, last in (("甲", "李娜", 15), ("乙", "杨帆", 20), ("丙", "李娜", 18), ("丁", "", 40)):
        prospect(store, name, "B", advisor, last=last)
    groups = queries.due_by_advisor(store, store.today())

    assert [[one.customer.name for one in found] for found in groups.values()] == [["乙"], ["丙", "甲"], ["丁"]]


def test_a_date_in_the_past_is_no_next_follow_up(store: Store) -> None:
    """team 李娜"""
    one = prospect(store, "王")
    with pytest.raises(Refused, match="E315"):
        moves.set_next(store, one, store.today() - timedelta(days=1))


def test_no_card_number_in_a_note(store: Store) -> None:
    """An identity number in a follow-up's note is refused, and nothing is written.

    team 李娜
    """
    one = prospect(store, "王")
    with pytest.raises(Refused, match="E401"):
        moves.contact(store, one, note="身份证 11010519491231002X")

    assert the(store, one.id) == one


def test_two_terminals(store: Store) -> None:
    """What another terminal changed meanwhile is not overwritten.

    team 李娜
    """
    one = prospect(store, "王", "B", "李娜")
    moves.set_grade(store, one, "A")
    with pytest.raises(Refused, match="E43"):
        moves.contact(store, one)
