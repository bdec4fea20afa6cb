"""The showroom's day ends at four in the morning, in the showroom's own zone, whatever the machine's clock
says."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import clock, words
from floorlead.store import log, undo, verify
from tests.store.conftest import DAY, enter, seal, task

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(("now", "day"), [
    ("2026-11-23T23:59", 23), ("2026-11-24T00:01", 23), ("2026-11-24T03:59:59", 23),
    ("2026-11-24T04:00", 24), ("2026-11-24T04:01", 24),
])  # fmt: skip
def test_the_evening_goes_on_until_four(now, day):
    assert clock.stopped(now).today() == date(2026, 11, day)


def test_the_days_end_is_a_setting():
    assert clock.stopped("2026-11-24T00:30", day_ends=hour(0)).today() == date(2026, 11, 24)
    assert clock.stopped("2026-11-24T05:59", day_ends=hour(6)).today() == date(2026, 11, 23)


@given(MOMENTS, st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]))
def test_a_moment_belongs_to_one_day(moment, zone):
    """The moment lies between 04:00 of its business day and 04:00 of the next, on the clock on the wall."""
    stopped = clock.stopped(moment.isoformat(), zone=zone)
    start = datetime.combine(stopped.today(), hour(4))
    assert start <= stopped.now().replace(tzinfo=None) < start + timedelta(days=1)


@given(MOMENTS)
def test_the_record_is_in_utc_and_the_screen_in_local_time(moment):
    stopped = clock.stopped(moment.isoformat())
    told = datetime.strptime(stopped.utc(), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert timedelta(0) <= stopped.now() - told < timedelta(milliseconds=1)
    assert stopped.stamp() == moment.strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine's zone cannot be set here")
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin", "", "nonsense"])
def test_the_machines_zone_does_not_matter(monkeypatch, zone):
    """A laptop set to another zone writes the same day."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        stopped = clock.stopped("2026-11-24T00:30")
        assert (stopped.today(), stopped.stamp()) == (date(2026, 11, 23), "2026-11-24T00:30:00")
        assert stopped.utc() == "2026-11-23T16:30:00.000Z"
        running = clock.Clock(source=lambda: datetime.fromtimestamp(1795451400).astimezone())
        assert running.stamp() == "2026-11-24T00:30:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_stopped_clock_stands_still():
    """By option, by environment, with a zone of its own; without either the clock runs."""
    stopped = clock.stopped(" 2026-11-23T08:41 ")
    assert stopped.now() == stopped.now()
    assert clock.stopped("2026-11-23T00:41Z").now() == stopped.now()
    assert clock.stopped("2026-11-23").stamp() == "2026-11-23T00:00:00"
    with pytest.raises(ValueError, match="isoformat"):
        clock.stopped("half past eight")


def test_the_environment_stops_the_clock(monkeypatch):
    monkeypatch.setenv("FLOORLEAD_NOW", "2026-11-23T08:41")
    assert clock.stopped(None).stamp() == "2026-11-23T08:41:00"
    assert clock.stopped("2026-11-24T08:41").today() == date(2026, 11, 24)
    monkeypatch.delenv("FLOORLEAD_NOW")
    before = datetime.now(UTC)
    assert before <= clock.stopped(None).now() <= datetime.now(UTC)


def test_an_unknown_zone_is_the_usual_one():
    for name in ("", "Nowhere/At_all", "../etc/passwd", "/etc/passwd"):
        assert clock.zone_of(name).key == "Asia/Shanghai"


def test_nine_o_clock_is_not_late():
    day = date(2026, 11, 23)
    assert not clock.stopped("2026-11-23T09:00:00").passed("09:00", day)
    assert clock.stopped("2026-11-23T09:00:01").passed("09:00", day)
    assert clock.stopped("2026-11-24T00:10").passed("09:00", day)


@given(DAYS, DAYS)
def test_a_day_is_read_as_people_write_it(day, today):
    """In full in any spelling; without its year it is this year's."""
    y, m, d = day.year, day.month, day.day
    for text in (
        day.isoformat(),
        f" {day.isoformat()} ",
        f"{y}年{m}月{d}日",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y:04}-{m:02}-{d:02}",
    ):
        assert clock.parse_day(text, today) == day
    if (m, d) != (2, 29) or today.year % 4 == 0:
        short = day.replace(year=today.year)
        for text in (f"{m}-{d}", f"{m:02}-{d:02}", f"{m}/{d}", f"{m}月{d}日"):
            assert clock.parse_day(text, today) == short
    offset = (day - today).days
    assert clock.parse_day(f"{offset:+}", today) == day


@pytest.mark.parametrize(("text", "offset"), [
    ("today", 0), ("今天", 0), ("Yesterday", -1), ("昨天", -1), ("前天", -2), ("tomorrow", 1),
    ("明天", 1), ("后天", 2), ("-1", -1), ("+7", 7),
])  # fmt: skip
def test_a_day_is_read_as_people_say_it(text, offset):
    today = date(2026, 11, 23)
    assert clock.parse_day(text, today) == today + timedelta(days=offset)


@pytest.mark.parametrize("text", [
    "", " ", "-", "+", "2-30", "2月30日", "13-1", "2027-2-29", "+99999999999",
    "-999999999", "²", "+²", "soon", "23", "2026", "11-23-2026-1",
    "\0",
])  # fmt: skip
def test_what_is_no_day_is_told(text):
    words.use("en")
    with pytest.raises(ValueError, match="is not a day"):
        clock.parse_day(text, date(2026, 11, 23))


@given(st.text(max_size=12), DAYS)
def test_anything_typed_is_a_day_or_told(text, today):
    try:
        assert isinstance(clock.parse_day(text, today), date)
    except ValueError as error:
        assert "is not a day" in str(error)


def test_a_clock_set_back_books_on_the_sealed_day(store, opened, path):
    """After the seal somebody sets the clock back: nothing is dated before what was sealed, and undo stays
    whole."""
    enter(store, "tasks", **task())
    seal(store, DAY, 1)
    for now in ("2026-11-22T10:00", "2025-10-19T10:00"):
        back = opened(path, clock.stopped(now))
        assert back.today().isoformat() == DAY
        enter(back, "tasks", **task(text=now))
        assert log.actions(back, limit=1)[0].day == DAY
        undo.undo(back)
    assert opened(path, clock.stopped("2026-11-24T08:00")).today() == date(2026, 11, 24)
    assert verify.verify(path).ok


def test_the_number_orders_not_the_clock(store, opened, path):
    """A clock that jumps by 400 days either way, and over midnight: the log stays in the order of the
    work."""
    for n, now in enumerate(
        ("2026-11-23T23:59", "2026-11-24T00:01", "2026-11-24T04:01", "2025-10-19T08:00", "2027-12-28T08:00")
    ):
        enter(opened(path, clock.stopped(now)), "tasks", **task(text=f"第{n}件"))
    told = log.actions(store)[::-1]
    assert all(one.seq + 1 == two.seq for one, two in pairwise(told))
    assert [action.day for action in told] == [
        "2026-11-23",
        "2026-11-23",
        "2026-11-24",
        "2025-10-19",
        "2027-12-28",
    ]
    assert verify.verify(path).ok


def test_days_are_told_in_both_languages():
    day = date(2026, 11, 23)
    try:
        words.use("zh")
        assert (clock.weekday(day), clock.weekday_short(day), clock.short_day(day)) == (
            "星期一",
            "一",
            "11-23",
        )
        words.use("en")
        assert (clock.weekday(day), clock.weekday_short(day), clock.short_day(day)) == (
            "Monday",
            "Mon",
            "23 Nov",
        )
    finally:
        words.use("en")
    assert clock.hm("2026-11-23T08:41:00") == "08:41"
    assert os.environ["FLOORLEAD_NOW"] == "2026-11-24T08:41"
