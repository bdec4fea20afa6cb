"""The walk-in dialog, key by key: what the standard day types, who is recognised, what survives."""

from __future__ import annotations

import json

import pytest

from floorlead.queue import queries as queue
from floorlead.store import Store
from floorlead.store import undo as undoing
from floorlead.visits.records import Channel, Kind
from floorlead.widgets.desk import Desk
from tests.conftest import at, person, press, screen
from tests.customers.floor import came, floor, models, next_name, prospect, sign_in, the


def ready(store: Store) -> Desk:
    models(store)
    sign_in(store, "李娜", "杨帆", "王芳")
    return floor(store)


def test_the_standard_walk_in(store: Store) -> None:
    """Ins, model, grade, test drive, eleven digits, the name, Enter.

    team 李娜 杨帆 王芳
    """
    desk = ready(store)
    press(desk, "insert", "1", "2", "2", '"13800001001', '"王先生', "enter")

    (visit,), customer = came(store), the(store, "王先生")
    assert (visit.kind, visit.grade, visit.test_drive, visit.captured, visit.customer_id) == (
        Kind.FIRST, "A", False, True, customer.id,
    )  # fmt: skip
    assert (customer.phone, customer.grade, customer.source) == ("13800001001", "A", "walk_in")
    assert (customer.next_due - customer.last_contact).days == 7  # type: ignore[operator]
    assert visit.advisor_id == customer.advisor_id == person(store, "李娜").id


def test_digits_one_by_one_advance_by_themselves(store: Store) -> None:
    """The field fills digit by digit; at the eleventh the name waits.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "3", "1", "1")
    for n in range(1, 12):
        assert desk.field().name == "phone"  # type: ignore[union-attr]
        press(desk, '"' + "13800001002"[:n])

    assert desk.field().name == "name"  # type: ignore[union-attr]
    assert "138****1002" in screen(desk) and "13800001002" not in screen(desk)


def ready_one(store: Store) -> Desk:
    models(store)
    sign_in(store, "李娜")
    return floor(store)


@pytest.mark.parametrize("typed", ["１３８００００１００３", "+86 138 0000 1003", "138-0000-1003"])
def test_however_the_number_is_written(store: Store, typed: str) -> None:
    """Full-width digits, the country's code, blanks and dashes are the same number.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "1", "2", f'"{typed}', '"周', "enter")

    assert the(store, "周").phone == "13800001003"


def test_an_empty_phone_ends_and_saves(store: Store) -> None:
    """Enter on the empty phone: not captured, no customer, the turn is taken all the same.

    team 李娜 杨帆 王芳
    """
    desk = ready(store)
    press(desk, "insert", "1", "4", "2", "enter")

    assert [(v.captured, v.grade, v.customer_id) for v in came(store)] == [(False, "C", None)]
    assert store.one("SELECT count(*) FROM customers") == 0
    assert next_name(store) == "杨帆"


def test_the_turn_goes_on_with_each_visit_and_comes_back_with_undo(store: Store) -> None:
    """Saving takes the advisor's turn in the same action; one undo gives everything back.

    team 李娜 杨帆 王芳
    """
    desk = ready(store)
    press(desk, "insert", "1", "2", "2", '"13800001001', '"王', "enter", "insert")
    assert "Yang" in screen(desk) or "杨帆" in screen(desk)
    press(desk, "3", "1", "1", '"13800001002', '"李', "enter")
    assert [v.advisor_id for v in came(store)] == [person(store, n).id for n in ("李娜", "杨帆")]
    undoing.undo(store)
    undoing.undo(store)

    assert came(store) == [] and next_name(store) == "李娜"
    assert store.one("SELECT count(*) FROM customers") == 0


def test_somebody_else_takes_the_visit(store: Store) -> None:
    """Shift+Tab goes on to the next in line; who was next stays next.

    team 李娜 杨帆 王芳
    """
    desk = ready(store)
    press(desk, "insert", "backtab", "1", "4", "2", "enter")

    assert came(store)[0].advisor_id == person(store, "杨帆").id
    assert next_name(store) == "李娜"


def test_nobody_is_in_line(store: Store) -> None:
    """Nobody signed in: the visit is offered to somebody on duty, who then is with a customer.

    team 李娜 杨帆
    """
    models(store)
    desk = floor(store)
    press(desk, "insert")
    assert "nobody is in line" in screen(desk)
    press(desk, "1", "1", "2", "enter", "insert", "1", "1", "2", "enter")

    assert [v.advisor_id for v in came(store)] == [person(store, n).id for n in ("李娜", "杨帆")]


def test_a_known_number_is_recognised_at_once(store: Store) -> None:
    """A prospect made by phone comes in: name shown, first visit of a carded one, no second customer.

    team 李娜 杨帆
    """
    models(store)
    prospect(store, "王先生", "C", "杨帆", last=10, phone="13800001001")
    sign_in(store, "李娜", "杨帆")
    desk = floor(store)
    press(desk, "insert", "1", "1", "2", '"13800001001')
    assert "王先生" in screen(desk) and "carded, first visit" in screen(desk)
    press(desk, "enter")

    assert store.one("SELECT count(*) FROM customers") == 1
    assert came(store)[0].kind is Kind.CARDED_FIRST
    assert (the(store, "王先生").grade, the(store, "王先生").last_contact) == ("H", store.today())


def test_who_was_here_before_comes_again(store: Store) -> None:
    """Another day, the same number: a repeat visit.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "2", '"13800001001', '"王', "enter")
    at(store, "10:00", "2026-11-26")
    press(desk, "f2", "f7", "insert", "1", "1", "1", '"13800001001', "enter")

    assert [v.kind for v in came(store)] == [Kind.REPEAT]


def test_the_same_customer_on_the_same_day_is_one_batch(store: Store) -> None:
    """Back after lunch: one batch that came twice, what was told last holds.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "2", '"13800001001', '"王', "enter")
    at(store, "14:00")
    press(desk, "insert", "2", "1", "1", '"13800001001', "enter")

    (visit,) = came(store)
    assert (visit.times, visit.kind, visit.test_drive, visit.grade) == (2, Kind.FIRST, True, "H")


def test_a_call_by_one_key(store: Store) -> None:
    """A minus makes it a call: no turn is taken.

    team 李娜 杨帆
    """
    models(store)
    sign_in(store, "李娜", "杨帆")
    desk = floor(store)
    press(desk, "insert", "-", "1", "2", "2", '"13800001001', '"王', "enter")

    (visit,) = came(store)
    assert (visit.channel, visit.source) == (Channel.CALL, "call")
    assert next_name(store) == "李娜"


@pytest.mark.parametrize("typed", ["1380000", "138000010012", "12345678901", "电话"])
def test_a_bad_number_is_one_sentence_and_nothing_is_lost(store: Store, typed: str) -> None:
    """Too short, too long, no mobile number: said once, kept as typed.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "2", f'"{typed}', "enter")

    assert "!!" in screen(desk) and came(store) == []
    assert desk.dialog().values["phone"] == typed  # type: ignore[union-attr]
    press(desk, '"13800001001', '"王', "enter")
    assert len(came(store)) == 1


def test_a_half_filled_dialog_survives(store: Store) -> None:
    """Killed in the middle of the number, and gone to Today by idleness: Ins goes on with it.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "1", '"1380000')
    desk.go("today")
    desk.keep()
    again = floor(store)
    assert again.dialog() is not None and again.field().value == "1380000"  # type: ignore[union-attr]
    press(again, "insert", '"13800001001', '"王', "enter")

    assert [(v.grade, v.test_drive) for v in came(store)] == [("A", True)]
    assert json.loads(store.draft("place") or "{}")


def test_the_advisor_fills_in_later(store: Store) -> None:
    """9 saves at once; the visit is chased until it is filled in or explained.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "9")
    assert "open 1" in screen(desk) or "owed 1" in screen(desk)
    press(desk, "enter", "2", "3", "2", '"13800001009', '"赵', "enter")

    (visit,) = came(store)
    assert (visit.incomplete, visit.grade, visit.captured) == (False, "B", True)
    assert the(store, "赵").grade == "B"


def test_why_it_is_not_filled_in(store: Store) -> None:
    """0 and a digit explain; the same digit takes it back.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "9", "0", "2")
    assert came(store)[0].explained == "客户未留信息" and "owed" not in screen(desk)
    press(desk, "0", "2")
    assert came(store)[0].explained == ""


def test_everything_else_stands_behind_tab(store: Store) -> None:
    """Kind, heads, times, source, purpose, quote, rival, colour, note; ^S saves from anywhere.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "2", "tab", "1", '"3', "enter", '"09:05', "enter", '"09:40', "enter", "4", "2", "1")
    press(desk, '"CR-V', "enter", '"白', "enter", '"带父母来', "ctrl+s")

    (visit,) = came(store)
    assert (visit.party, visit.came_at[11:16], visit.left_at[11:16]) == (3, "09:05", "09:40")
    assert (visit.source, visit.purpose, visit.quote) == ("referral", "appointment", True)
    assert (visit.competitor, visit.colour, visit.note) == ("CR-V", "白", "带父母来")


def test_who_comes_for_papers_is_no_prospect(store: Store) -> None:
    """A purpose without intent: counted as such, no customer, no turn taken.

    team 李娜 杨帆
    """
    models(store)
    sign_in(store, "李娜", "杨帆")
    desk = floor(store)
    press(desk, "insert", "0", "0", "2", *["tab"] * 6, "3", "ctrl+s")

    (visit,) = came(store)
    assert (visit.kind, visit.purpose, visit.customer_id, visit.incomplete) == (Kind.NON_INTENT, "papers", None, False)
    assert next_name(store) == "李娜"


def test_esc_forgets_nothing_at_first(store: Store) -> None:
    """Esc by mistake: what was typed waits for the next Ins.

    team 李娜
    """
    desk = ready_one(store)
    press(desk, "insert", "1", "2", "1", '"13800', "escape", "insert")

    assert desk.dialog().values["phone"] == "13800"  # type: ignore[union-attr]


def test_more_models_than_digits(store: Store) -> None:
    """8 shows the next ones, then stands for a model of another maker.

    team 李娜
    """
    models(store, *"甲乙丙丁戊己庚辛壬")
    sign_in(store, "李娜")
    desk = floor(store)
    press(desk, "insert", "8", "2", "1", "2", "enter", "insert", "8", "8", "1", "2", "enter")

    assert [v.model_id for v in came(store)] == [9, None]


def test_the_advisor_of_the_queue_is_with_a_customer(store: Store) -> None:
    """The queue page tells the same as the visit.

    team 李娜 杨帆
    """
    models(store)
    sign_in(store, "李娜", "杨帆")
    desk = floor(store)
    press(desk, "insert", "1", "2", "2", "enter")

    assert list(queue.serving(store, store.today())) == [person(store, "李娜").id]


def test_back_to_where_it_was_opened(store: Store) -> None:
    """From another page: saved, and that page is up again.

    team 李娜
    """
    models(store)
    sign_in(store, "李娜")
    desk = floor(store)
    desk.go("today")
    desk.page_named("customers").walk_in(back="today")  # type: ignore[attr-defined]
    press(desk, "1", "2", "2", "enter")

    assert desk.page.name == "today" and len(came(store)) == 1
