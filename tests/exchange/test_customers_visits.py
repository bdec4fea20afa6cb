"""Prospects and visits from a dealer system: every line accounted for, the same file again adds nothing, one undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead import words
from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.exchange import files, moves
from floorlead.exchange.told import lines_of
from floorlead.exchange.writing import write_list
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as orders
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from floorlead.visits import queries as visits
from tests.exchange.conftest import demo, look, reasons, take

HEAD = "客户编号,姓名,电话,级别,车型,来源,顾问,上次联系,下次跟进\n"
VISITS = "日期,来店时间,方式,类别,顾问,姓名,电话,级别,试驾,人数\n"


def the(store, number):
    return next(iter(book.some(store, [store.one("SELECT id FROM customers WHERE number = ?", number)]).values()))


def test_the_demo_list_comes_in_once(staffed):
    """Eighty prospects, dated for a Monday, read a day later: moved by a day; again: eighty the same; one undo."""
    shift = timedelta(days=1)
    table = files.read(demo("prospects.csv"), "prospects.csv", "customers", shift=shift)
    plan = moves.plan(staffed, table)
    assert (len(plan.new), plan.same, plan.refused) == (80, 0, [])
    moves.carry_out(staffed, plan)
    one = the(staffed, "C001")
    assert (one.grade, one.source, one.last_contact, one.next_due) == (
        "C",
        "call",
        date(2026, 10, 16),
        date(2026, 11, 15),
    )
    assert [e.kind.value for e in book.events(staffed, one.id)] == ["made", "contact"]
    again = moves.plan(staffed, table)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 80)
    undoing.undo(staffed)
    assert book.open_all(staffed) == []


def test_the_demo_visits_come_in_once(staffed):
    """678 batches after their customers; again: all the same."""
    for name in ("prospects.csv", "past_customers.csv"):
        take(staffed, "customers", demo(name))
    plan = take(staffed, "visits", demo("visits.csv"))
    assert (len(plan.new), plan.refused) == (678, [])
    again = look(staffed, "visits", demo("visits.csv"))
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 678)


def test_every_line_is_accounted_for(staffed):
    """What is wrong is told by its line; blank ones are counted."""
    text = HEAD + (
        "K1,王先生,13900000001,H,QY,来电,S01,2026-11-20,\n"
        "K2,,13900000001,A,QY,,,,\n"
        "K1,王先生,,H,QY,,,,\n"
        "\n"
        "K4,李女士,1390000,A,QY,,,,\n"
        "K5,李女士,13900000005,Z,QY,,,,\n"
        ",无名,,A,QY,,,,\n"
        "K7,周先生,13900000007,A,QY,,,2026-12-24,\n"
    )
    plan = look(staffed, "customers", text)
    found = reasons(plan)
    assert list(found) == [3, 4, 6, 7, 8, 9]
    assert "already" in found[3] and "K1" in found[4] and "no telephone number" in found[6]
    assert "no grade" in found[7] and "neither" in found[8] and "future" in found[9]
    assert plan.lines == len(plan.new) + len(plan.changed) + plan.same + len(plan.refused) + plan.blank == 8


def test_no_number_in_a_preview(staffed):
    """A refused line and a change of number show it masked."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,H,QY,,,,\n")
    plan = look(staffed, "customers", HEAD + "K1,王先生,13900000009,H,QY,,,,\nK2,李,13900000002,Z,QY,,,,\n")
    told = lines_of(plan, [])
    shown = "\n".join(told.line(n) for n in range(len(told))) + str([one.text for one in plan.refused])
    assert "139****0009" in shown and "13900000009" not in shown and "13900000002" not in shown


def test_the_dealer_system_is_behind(staffed):
    """An older contact than ours changes nothing; a newer one brings grade, next day and an event."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,H,QY,,S01,2026-11-20,\n")
    old = look(staffed, "customers", HEAD + "K1,王先生,13900000001,B,QY,,S01,2026-11-10,\n")
    assert old.same == 1
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,B,QY,,S01,2026-11-23,\n")
    one = the(staffed, "K1")
    assert (one.grade, one.next_due) == ("B", date(2026, 12, 7))
    assert book.events(staffed, one.id)[-1].grade_before == "H"


def test_what_is_closed_here_stays_so(staffed):
    """Lost here, H in the file: it stays lost, and that is told."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,H,QY,,S01,2026-11-20,\n")
    customers.ask_end(staffed, the(staffed, "K1"), "F1", "价格")
    customers.decide(staffed, book.asked(staffed)[0], True)
    plan = look(staffed, "customers", HEAD + "K1,王先生,13900000001,H,QY,,S01,2026-11-24,\n")
    assert plan.same == 1 and "F1" in plan.remarks[0]


def test_an_order_finds_its_customer_by_phone(staffed):
    """The order was read in first, the customer later."""
    take(staffed, "orders", "订单号,客户,电话,车型,订单日期\nO1,王先生,13900000001,QY,2026-11-20\n")
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,O,QY,,,2026-11-20,\n")
    assert [order.number for order in orders.of_customer(staffed, the(staffed, "K1").id)] == ["O1"]


def test_a_visit_enters_whoever_is_new(staffed):
    """A number that nobody has: the customer is made with the visit; a second line of the same day is no second batch."""
    text = VISITS + (
        "2026-11-20,10:15,来店,首次,S01,王先生,13900000001,H,是,2\n"
        "2026-11-20,15:00,来店,再次,S01,王先生,13900000001,H,否,1\n"
        "2026-11-20,11:00,来店,首次,S02,,,,,3\n"
        "2026-11-20,11:20,骑车,首次,S02,,,,,3\n"
    )
    plan = take(staffed, "visits", text, partial=True)
    assert list(reasons(plan)) == [3, 5]
    one = book.by_phone(staffed, "13900000001")
    assert (one.grade, one.first_on, one.next_due) == ("H", date(2026, 11, 20), date(2026, 11, 22))
    first, second = visits.on_day(staffed, date(2026, 11, 20))
    assert (first.customer_id, first.captured, first.test_drive, second.party) == (one.id, True, True, 3)
    again = look(staffed, "visits", text)
    assert (len(again.new), again.same) == (0, 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_goes_out_comes_back_unchanged(staffed, tmp_path, language):
    """Both lists, in both languages, numbers masked: read back they change nothing."""
    words.use(language)
    for name in ("prospects.csv", "past_customers.csv"):
        take(staffed, "customers", demo(name))
    take(staffed, "visits", demo("visits.csv"))
    for kind in ("customers", "visits"):
        path = tmp_path / f"{kind}.csv"
        write_list(staffed, kind, path)
        assert b"1380000" not in path.read_bytes()
        plan = look(staffed, kind, path.read_bytes())
        assert (len(plan.new), len(plan.changed), plan.refused) == (0, 0, [])


def test_whole_numbers_leave_a_trace(staffed, tmp_path):
    """An export with numbers is one access, with everybody in it."""
    take(staffed, "customers", demo("prospects.csv"))
    write_list(staffed, "customers", tmp_path / "full.csv", phones=True)
    assert b"13800000000" in (tmp_path / "full.csv").read_bytes()
    assert staffed.rows("SELECT kind, count FROM accesses") == [("export", 80)]
    assert staffed.one("SELECT count(*) FROM access_rows WHERE tbl = 'customers'") == 80


def test_a_list_of_another_kind(staffed):
    """Visits read in as customers are refused, and told where they belong."""
    with pytest.raises(Refused, match="visits"):
        look(staffed, "customers", demo("visits.csv"))


def test_a_sale_of_the_history_is_tied(staffed):
    """A delivered order of the past takes the sale that looks like it, once."""
    take(
        staffed, "sales", "交车日期,车型代码,配置,外色,顾问\n2026-11-10,QY,标准版,白,S01\n2026-11-10,QY,标准版,白,S01\n"
    )
    model = staffed.one("SELECT id FROM models")
    order = replace(order_moves.blank(staffed), customer="王", number="X1", model_id=model, trim="标准版", colour="白")
    with staffed.write("past") as db:
        ident = order_moves.insert(db, order)
        order_moves.tie_sale(db, ident, order, date(2026, 11, 10), "S01")
    assert staffed.rows("SELECT order_id FROM sales ORDER BY id") == [(ident,), (None,)]


def test_a_visit_of_somebody_known_is_a_follow_up(staffed):
    """Read in out of order: each day's visit is one contact; only the last one sets grade and next day, an older one neither."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,B,QY,,S01,2026-11-10,\n")
    text = VISITS + (
        "2026-11-22,10:15,来店,再次,S01,王先生,13900000001,H,是,2\n"
        "2026-11-05,10:15,来店,再次,S01,王先生,13900000001,C,否,2\n"
        "2026-11-20,10:15,来电,再次,S01,王先生,13900000001,A,否,1\n"
        "2026-11-20,15:15,来店,再次,S01,王先生,13900000001,A,否,1\n"
    )
    take(staffed, "visits", text)
    one = the(staffed, "K1")
    assert (one.grade, one.last_contact, one.next_due) == ("H", date(2026, 11, 22), date(2026, 11, 24))
    met = [(e.day.day, e.grade_after) for e in book.events(staffed, one.id) if e.kind.value == "contact"]
    assert met == [(5, "C"), (10, "B"), (20, "A"), (22, "H")]
    assert all(e.visit_id for e in book.events(staffed, one.id) if e.kind.value == "contact" and e.day.day != 10)
    undoing.undo(staffed)
    assert the(staffed, "K1").grade == "B" and visits.between(staffed, date.min, date.max) == []


def test_what_was_closed_here_is_not_opened_by_an_old_visit(staffed):
    """Lost here, and the file brings a visit of before: the visit stands, the row stays lost, nobody is due."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,H,QY,,S01,2026-11-20,\n")
    customers.ask_end(staffed, the(staffed, "K1"), "F1", "价格")
    customers.decide(staffed, book.asked(staffed)[0], True)
    take(staffed, "visits", VISITS + "2026-11-21,10:15,来店,再次,S01,王先生,13900000001,H,是,2\n")
    one = the(staffed, "K1")
    assert (one.grade, one.next_due, len(visits.of_customer(staffed, one.id))) == ("F1", None, 1)
    assert book.due(staffed, staffed.today()) == []


def test_the_first_visit_is_the_earliest(staffed):
    """Somebody new stands three times in the file, the newest line first: seen first on the earliest day."""
    lines = [f"2026-11-{day},10:15,来店,,S01,王先生,13900000001,,,1\n" for day in (20, 12, 16)]
    take(staffed, "visits", VISITS + "".join(lines))
    one = book.by_phone(staffed, "13900000001")
    assert (one.first_on, one.last_contact, one.grade) == (date(2026, 11, 12), date(2026, 11, 20), "N")


def test_a_file_without_kinds(staffed):
    """No column tells first or again: who has a card was never here, then comes again; a stranger is a first visit."""
    take(staffed, "customers", HEAD + "K1,王先生,13900000001,B,QY,,S01,2026-11-10,\n")
    for day in (20, 21):
        head, line = "日期,方式,姓名,电话\n", f"2026-11-{day},来店,王先生,13900000001\n2026-11-{day},来店,,\n"
        take(staffed, "visits", head + line)
    kinds = [(one.kind.value, one.customer_id is not None) for one in visits.between(staffed, date.min, date.max)]
    assert sorted(kinds) == [("carded_first", True), ("first", False), ("first", False), ("repeat", True)]


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030", "utf-16"])
def test_files_as_spreadsheets_write_them(staffed, code):
    """With a byte order mark, in GBK, in UTF-16, full-width digits, blank lines: the same two prospects."""
    text = (
        HEAD
        + "K1,王先生,１３９００００００１１,H,QY,来电,S01,2026/11/20,\n\nK2,李女士,+86 139-0000-0012,A级,QY,,S01,20261121,\n"
    )
    take(staffed, "customers", text.encode(code))
    found = [(one.name, one.phone, one.grade, str(one.last_contact)) for one in book.open_all(staffed)]
    assert found == [("王先生", "13900000011", "H", "2026-11-20"), ("李女士", "13900000012", "A", "2026-11-21")]


def test_hostile_lines_of_customers(staffed):
    """Formulas, markup, 5000 characters, identity cards, days that are none: kept as text or refused by line, never run."""
    text = HEAD + (
        "K1,=cmd|'/c calc'!A1,13900000001,H,QY,,S01,2026-11-20,\n"
        "K2,[bold]王[/],13900000002,H,QY,,S01,2026-11-20,\n"
        f"K3,{'王' * 5000},13900000003,H,QY,,S01,2026-11-20,\n"
        "K4,11010519491231002X,13900000004,H,QY,,S01,2026-11-20,\n"
        "K5,王,13900000005,H,QY,,S01,2026-02-30,\n"
        "K6,王,13900000006,H,QY,,S01,2026-11-25,\n"
        "K7,王,13900000007,H,QY,,没有这个人,2026-11-20,\n"
        "K8,王,13900000008,,QY,,S01,2026-11-20,\n"
    )
    plan = take(staffed, "customers", text, partial=True)
    told = reasons(plan)
    assert set(told) == {4, 5, 6, 7, 9}
    assert {"13900000002", "13900000001"} <= {one.phone for one in book.open_all(staffed)}
    assert all(len(one.name) <= 40 for one in book.open_all(staffed))
    with pytest.raises(Refused):
        look(staffed, "customers", "客户编号,姓名\nK9,王\n")


def test_a_purpose_tells_the_kind(staffed):
    """No column of kinds, a purpose without intent: who fetches papers is no first visitor who left no number."""
    take(staffed, "visits", "日期,方式,姓名,来店目的\n2026-11-20,来店,,办手续\n2026-11-20,来店,,看新车\n")
    assert [one.kind.value for one in visits.on_day(staffed, date(2026, 11, 20))] == ["non_intent", "first"]
