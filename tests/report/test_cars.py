"""The report's two sections about cars: deliveries with what is missing, stock with what it costs."""

from __future__ import annotations

from floorlead import words
from floorlead.orders import moves as orders
from floorlead.record import replace
from floorlead.report import queries, sealing, sheet
from floorlead.report.carsections import say_deliveries, say_stock
from tests.conftest import desk_of, press, screen, the_order


def said(store, name: str) -> str:
    """A section's lines."""
    sections = queries.live(store, store.today()).sections
    return "\n".join(one.text for one in {"deliveries": say_deliveries, "stock": say_stock}[name](sections[name]))


def test_without_cars_the_report_is_as_it_was(store):
    """
    team 张伟
    """
    assert not {"deliveries", "stock"} & set(queries.live(store, store.today()).sections)
    assert "Stock" not in sheet.as_chat(queries.live(store, store.today()))


def test_what_was_handed_over_and_what_tomorrow_misses(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4214 25
    stock QY 红 4314 25
    order 刘女士 4114 张伟 2026-11-24T10:30
    order 王先生 4214 张伟 2026-11-25T09:30
    order 陈先生 4314 张伟 2026-11-24T15:00
    at 10:40
    """
    orders.step(store, the_order(store, "刘女士"), "invoice")
    orders.step(store, the_order(store, "刘女士"), "out")
    orders.step(store, the_order(store, "王先生"), "invoice")
    told = said(store, "deliveries")
    assert "handed over 1 (month 1)  invoice 2" in told
    assert "10:40 QY white 4114 刘女士 张伟" in told
    assert "still due today 1: 15:00 QY red 4314 陈先生 张伟 missing invoice, insurance, plates, papers" in told
    assert "tomorrow 1: 09:30 QY black 4214 王先生 张伟 missing insurance, plates, papers" in told
    assert "not looked through 2" in told


def test_stock_ages_and_interest(store):
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4214 95
    stock QY 红 4314 200
    coming QY 白 4117 2026-11-26
    """
    told = said(store, "stock")
    assert "on hand 3  free 3" in told and "in transit 1" in told
    assert "0-30:1  31-60:0  61-90:0  91-180:1  >180:1" in told
    assert "interest 41.1 a day at 5 %" in told
    assert "over 90 d: QY red 4314 200 d; QY black 4214 95 d" in told
    assert "over 180 d and not announced this week: 1" in told


def test_what_was_announced_today(store):
    """
    team 张伟
    stock QY 红 4314 200
    """
    press(desk_of(store), "f4", "space", "enter", "1")
    told = said(store, "stock")
    assert "announced today 1: QY red 4314" in told and "not announced this week" not in told


def test_the_order_advice_on_the_order_day_is_the_saved_one(store):
    """
    stock QY 白 4114 1
    at 08:41 2026-11-23
    """
    assert "order advice (not saved yet)" in said(store, "stock")
    press(desk_of(store), "ctrl+k", "d", "c", "enter", "ctrl+s")
    assert "order advice (version 1)" in said(store, "stock")


def test_a_sealed_report_does_not_follow_the_cars(store):
    """
    team 张伟
    lead 王
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    at 18:25
    """
    sealing.seal(store, store.today())
    before = sheet.as_chat(queries.sealed(store, store.today()))
    order = the_order(store, "刘女士")
    orders.plan_times(store, order, replace(order, handover_at="2026-11-27T10:00"))
    assert sheet.as_chat(queries.sealed(store, store.today())) == before
    desk = desk_of(store)
    press(desk, "f9")
    assert "changed since the seal: Deliveries" in screen(desk)


def test_the_chat_stays_within_thirty_lines(standard):
    """The rehearsal's showroom with all its cars, in both languages."""
    for language in ("zh", "en"):
        words.use(language)
        lines = sheet.as_chat(queries.live(standard, standard.today())).splitlines()
        assert len(lines) <= 30
