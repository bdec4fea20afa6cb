"""The rota on paper and in files: text of 80 columns, one landscape page, the chat, the phone's calendar, tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import settings, words
from floorlead.duty.moves import put_cell, put_desk
from floorlead.duty.records import Cell
from floorlead.paper.press import pdf_of
from floorlead.paper.text import as_text
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.report import sealing
from floorlead.rota import exporting, icalendar, importplan, moves, papers, queries
from floorlead.store import Store
from floorlead.tables.reading import read_table
from floorlead.text import width
from tests.rota.people import MONDAY, SLOTS, TUESDAY, planned, staff, who

NASTY = '=cmd("x"),;\\ BEGIN:VEVENT'


def floor(store: Store) -> None:
    staff(store)
    planned(store)
    settings.put(store, "showroom", "启岳汽车 展厅", undoable=False)
    settings.put(store, "showroom_en", "Qiyue Motors", undoable=False)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["week", "month", "desk"])
def test_as_text(store: Store, language: str, kind: str, golden: Callable[..., None]) -> None:
    """Each paper in 80 columns; what changed since it was published is marked, and the paper says so."""
    floor(store)
    words.use(language)
    moves.publish(store, MONDAY, MONDAY + timedelta(days=13))
    late = queries.read(store, TUESDAY, TUESDAY).book.digit(2)
    moves.plan(store, who(store, "张伟"), TUESDAY, late)
    text = as_text(papers.paper(store, kind, TUESDAY, text=True))

    golden(text, f"rota-{kind}-{language}")
    assert max(width(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("kind", ["week", "month", "desk"])
def test_one_landscape_page(store: Store, kind: str) -> None:
    """Fifteen people and a whole month stand on one landscape A4 page."""
    floor(store)
    for name in ("冯雅琪", "马可欣", "高远", "苏敏"):
        people.save(store, replace(people.blank(), name=name))
    planned(store, MONDAY.replace(day=1), 30)
    words.use("zh")
    data = pdf_of(papers.paper(store, kind, TUESDAY), store.path).data

    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert box
    assert float(box[1]) > float(box[2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chat(store: Store, language: str, golden: Callable[..., None]) -> None:
    """A week and tomorrow in at most 30 lines, without anything a phone would draw as a picture."""
    floor(store)
    words.use(language)
    week = exporting.chat_text(store, queries.read(store, *queries.week(MONDAY)))
    day = exporting.chat_text(store, queries.read(store, TUESDAY, TUESDAY))

    golden(week + "----\n" + day, f"rota-chat-{language}")
    month = exporting.chat_text(store, queries.read(store, *queries.month(MONDAY)))
    assert max(len(text.splitlines()) for text in (week, day, month)) <= 30


def test_calendar(store: Store, tmp_path: Path) -> None:
    """A phone's calendar: CRLF, folded lines, times in UTC, whole days for leave, the same UID every time."""
    floor(store)
    first, last = queries.week(MONDAY)
    paths = exporting.write(store, "ics", first, last, tmp_path)
    assert len(paths) == 11
    text = paths[0].read_bytes()
    assert text.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")
    assert b"DTSTART:20261123T003000Z\r\nDTEND:20261123T093000Z" in text
    assert b"UID:rota-20261123-p1@floorlead" in text
    assert b"UID:desk-20261123-front-desk-09-00-p1@floorlead" in text
    again = exporting.write(store, "ics", first, last, tmp_path)[0].read_bytes()
    assert again == text


def test_what_people_typed_stays_text(store: Store, tmp_path: Path) -> None:
    """A name that looks like a formula or a calendar line is neither; a number that looks like a path names no folder."""
    floor(store)
    one = who(store, "张伟")
    people.save(store, replace(one, name=NASTY, name_en=NASTY, number="../../x"), one)
    first, last = queries.week(MONDAY)
    paths = exporting.write(store, "ics", first, last, tmp_path)
    assert {path.parent for path in paths} == {tmp_path}
    for path in paths:
        lines = path.read_bytes().split(b"\r\n")
        assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT")
        assert max(map(len, lines)) <= 75
    data = exporting.write(store, "csv", first, last, tmp_path)[0].read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


@given(st.text(max_size=120))
def test_lines_are_folded_and_come_back(typed: str) -> None:
    """Unfolded and unescaped a value is what it was, as far as it can be shown; no line has more than 75 octets."""
    value = icalendar.escaped(typed)
    data = icalendar.folded("SUMMARY:" + value)
    lines = data.split(b"\r\n")

    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert data[:-2].replace(b"\r\n ", b"").decode() == "SUMMARY:" + value
    assert "\n" not in value
    bare = re.sub(r"\\(.)", "", value)
    assert not set(bare) & set("\\,;")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_comes_back(store: Store, tmp_path: Path, form: str, language: str) -> None:
    """What was written out and is read in again changes nothing, in either form and language."""
    floor(store)
    moves.lock(store, who(store, "李娜"), TUESDAY)
    words.use(language)
    first, last = queries.week(MONDAY)
    (path,) = exporting.write(store, form, first, last, tmp_path)
    assert len(read_table(path.read_bytes())) > 77
    plan = importplan.found_in(store, path.read_bytes())

    assert (plan.new, plan.changed, plan.refused) == ((), (), ())
    assert plan.same == 77 + sum(bool(one.holder) for one in queries.read(store, first, last).desk.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_comes_back_whatever_became_of_it(store: Store, tmp_path: Path, language: str) -> None:
    """A holder who has left keeps the slot in the file, a shift that rota.toml no longer knows is left out; Monday is
    sealed by then, and still nothing is refused and nothing changes."""
    floor(store)
    words.use(language)
    gone = who(store, "李娜")
    with store.write("an older rota") as db:
        put_cell(db, TUESDAY, who(store, "张伟").id, "N7")
        put_desk(db, TUESDAY, SLOTS[1], gone.id, None)
    people.save(store, replace(gone, left_on=MONDAY - timedelta(days=1)), gone)
    sealing.seal(store, MONDAY)
    (path,) = exporting.write(store, "csv", *queries.week(MONDAY), tmp_path)
    text = path.read_text(encoding="utf-8-sig")
    assert "N7" not in text
    assert f'"{SLOTS[1]}","{gone.number}",""' in text
    plan = importplan.found_in(store, path.read_bytes())
    assert (plan.new, plan.changed, plan.refused) == ((), (), ())


def test_half_a_day_away_before_the_shift_began(store: Store) -> None:
    """A shift that begins at one and leave for the afternoon: nothing of it is left, the phone shows no working hours."""
    floor(store)
    one = who(store, "张伟")
    stretch = queries.read(store, TUESDAY, TUESDAY)
    late = replace(stretch.book.shift("L"), starts=13 * 60)
    book = replace(stretch.book, shifts=tuple(late if s.code == "L" else s for s in stretch.book.shifts))
    found = replace(stretch, book=book, desk={}, cells={(one.id, TUESDAY): Cell("L", leave="P", half="pm")})
    text = icalendar.calendar_of(found, one, store.clock.zone, store.clock.now()).decode()
    assert "DTSTART;VALUE=DATE:20261124" in text
    assert "DTSTART:" not in text
