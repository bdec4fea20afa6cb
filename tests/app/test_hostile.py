"""Names that are markup, formulas, escape sequences or endless: shown as what they are, on every page and paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from floorlead import clock, words
from floorlead.checks import lists
from floorlead.checks import queries as check_queries
from floorlead.checks.records import FAIL, Mark
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Kind
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.report import queries as reports
from floorlead.store import Store, open_store
from floorlead.tasks import queries as tasks
from floorlead.text import clean
from floorlead.widgets.desk import Desk
from tests.app.conftest import MORNING, command, record
from tests.app.terminal import Terminal
from tests.app.walk import PLACES, close_all, play, quick

NAMES = [
    "[/]", "[@click=app.quit]x[/]", "[VIP] 李雷", "=1+1", "\x1b[2Jclear", "\x9b31mred", "a\u202eb\u2066c\u200f",
    "张" * 40, "{name}", "%s %d", "$n", "-- 规则 --", "\t\n", "'; DROP TABLE people;--", "<b>x</b>", "#read(\"x\")",
    "\U0001f600\u200d\U0001f469",
    "e\u0301\u0301\u0301", "\x00nul", "\ud800".encode("utf-8", "replace").decode(),
]  # fmt: skip
STEERING = [
    "\x1b[2JPLANTED",
    "\x9b2JPLANTED",
    "\x1b]0;PLANTED\x07",
    "\x1b]52;c;UExBTlRFRA==\x07",
    "\u202ePLANTED",
    "\x07PLANTED\x08",
]
"""What may stand in the file although no door lets it in."""
BIDI = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@pytest.fixture
def hostile(showroom: Path) -> Iterator[Store]:
    """Each name as a person, a car, a task, a reason; all of them as the remarks."""
    store = open_store(showroom, clock.stopped(MORNING))
    words.use("zh")
    named = [name for name in NAMES if clean(name)]
    for name in named:
        people.save(store, replace(people.blank(), name=name, name_en=name))
        furniture.save(store, replace(furniture.blank(Kind.DISPLAY_CAR), label=name[:40], label_en=name[:40]))
        tasks.add(store, name, name, store.today())
    card = check_queries.card(store, store.today(), lists.in_force(store)[0])
    cells = []
    for row, name in zip(card.rows, named, strict=False):
        item = card.items(row)[1]
        cells.append((row, item, Mark(FAIL, store.clock.stamp(), "王", reason=clean(name, 60))))
    check_queries.put(store, card, cells, "marked")
    reports.put_day(store, store.today(), "remarks", " ".join(NAMES))
    yield store
    store.close()


def every_screen(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """The lines of every page in every state, scrolled to its end."""
    for page, ways in PLACES.items():
        for way in ways:
            close_all(desk)
            desk.go(page)
            play(desk, *way)
            for move in ("home", "pagedown", "end"):
                desk.press(move)
                yield f"{page} {' '.join(way)} {move}", [line.text() for line in desk.frame(80, 24)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_every_page(hostile: Store, desk_in: Callable[..., Desk], language: str) -> None:
    """No page breaks, no line is longer than 80 cells, nothing unprintable is on it, and each name is read as it is."""
    hostile.close()
    desk = quick(desk_in(language))
    desk.options["language"] = language
    seen = ""
    for where, lines in every_screen(desk):
        words.use(language)
        for line in lines:
            assert line.isprintable(), (where, line)
            assert cell_len(line) == 80, (where, line)
        seen += "\n".join(lines)
    for name in ("[/]", "[@click=app.quit]x[/]", "[VIP] 李雷", "=1+1", "[2Jclear", "{name}", "%s %d", "<b>x</b>"):
        assert name in seen, name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_paper(hostile: Store, showroom: Path, language: str, tmp_path: Path) -> None:
    """Card and report as text hold no control character, as PDF they are set, as JSON they are read back exactly."""
    hostile.close()
    for kind in ("card", "report"):
        text = command(showroom, kind, lang=language)
        assert not [c for c in text if not c.isprintable() and c != "\n"]
        assert not BIDI.search(text)
        pdf = tmp_path / f"{kind}.pdf"
        command(showroom, kind, "--format", "pdf", "-o", str(pdf), lang=language)
        assert pdf.read_bytes().startswith(b"%PDF")
    assert "[@click=app.quit]x[/]" in command(showroom, "card", lang=language)
    told = record(showroom, "card", "--list", "appearance")["lists"][0]["rows"]
    assert {clean(name, 40) for name in NAMES if clean(name)} <= {row["label"]["zh"] for row in told}


def plant(showroom: Path) -> None:
    """Put raw sequences where no door lets them in."""
    store = open_store(showroom, clock.stopped(MORNING))
    with store.write(f"planted {STEERING[0]}") as db:
        for n, text in enumerate(STEERING, 1):
            db.execute(
                "UPDATE people SET name = ?, name_en = ?, title = ?, team = ? WHERE id = ?",
                (text, text, text, text[:20], n),
            )
            db.execute("UPDATE furniture SET label = ?, label_en = ?, spot = ? WHERE id = ?", (text, text, text[:8], n))
            day = store.today().isoformat()
            db.execute("INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)", (text, text, day, day))
        db.execute(
            "INSERT INTO days(day, remarks, weather) VALUES (?, ?, ?)",
            (store.today().isoformat(), " ".join(STEERING), STEERING[2]),
        )
        for key in ("showroom", "showroom_en", "leader", "manager"):
            db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (key, STEERING[2] + STEERING[4]))
    store.close()


def test_no_byte_of_data_steers_the_terminal(sit: Callable[..., Terminal], showroom: Path) -> None:
    """All pages are walked with escape sequences in every field of the file: none of them reaches the terminal."""
    plant(showroom)
    terminal = sit()
    sent = b""
    for script in (
        "<f3> <c-a> 2 <enter> 1 <f3> <c-a> 1 <enter> <esc>", "<f3> <f3> <f2> <down>*5 <end>",
        "<f9> <home> <enter> <esc> <f9> <pgdn> <f9>",
        "<end> <enter> <esc> <c-p> <esc>",
        "<c-k> r y <enter> 4 <enter> <esc> <tab> <enter> <esc>", "<c-k> l s <enter> <enter> <esc>",
        "<c-k> z t <enter> <end> <enter> <esc>", "<c-k> s z <enter> <enter> <esc>",
        "<f2> P L A N T", "<esc> <c-z> <c-y>",
    ):  # fmt: skip
        terminal.keys(script)
        assert "Traceback" not in terminal.text()
    sent = terminal.bytes
    assert b"PLANTED" in sent
    assert not re.search(rb"\x1b\[2JP|\x1b\]0;|\x1b\]52|PLANTED\x07|\x07P|\x08", sent)
    assert b"\xc2\x9b" not in sent
    assert not BIDI.search(sent.decode(errors="replace"))
    assert not re.search("[\x80-\x9f]", sent.decode(errors="replace"))


@pytest.mark.parametrize("kind", ["card", "report", "history"])
def test_nor_on_the_command_line(showroom: Path, kind: str) -> None:
    """What a command prints steers no terminal either, as text and as JSON."""
    plant(showroom)
    for form in ("text", "json"):
        told = command(showroom, kind, "--format", form)
        assert not [c for c in told if not c.isprintable() and c != "\n"], form
        if form == "json":
            json.loads(told)


def test_pasted_escapes(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A paste of many lines and control characters into the remarks: one clean line, nothing after its first line lost.

    (An escape character inside a paste is taken out by the terminal itself.)
    """
    terminal = sit()
    terminal.keys("<f9> <enter>")
    terminal.paste("第一行\r第二行\x07\u202e第三行\x9b31m")
    terminal.keys("<enter>")
    terminal.settle()
    text = record(showroom, "report")["sections"]["remarks"]["text"]
    assert text.startswith("第一行 第二行")
    assert "第三行" in text
    assert text.isprintable()


def test_a_huge_paste(sit: Callable[..., Terminal], showroom: Path) -> None:
    """A megabyte pasted into a field: it takes what it holds, and the keys go on."""
    terminal = sit()
    terminal.keys("<f9> <enter>")
    terminal.write(b"\x1b[200~")
    for _n in range(64):
        terminal.write(b"x" * 16384)
        terminal.pump(0)
    terminal.press(b"\x1b[201~")
    terminal.keys("<enter>")
    terminal.until("Enter", seconds=20)
    text = record(showroom, "report")["sections"]["remarks"]["text"]
    assert text == "x" * len(text)
    assert 0 < len(text) <= reports.REMARKS_LIMIT
