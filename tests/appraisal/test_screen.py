"""The page of the appraisal from the keyboard: scores, points, objections, close, papers; and its command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from floorlead import words
from floorlead.appraisal import moves, papers, queries
from floorlead.cli import cli
from floorlead.paper.text import as_text
from floorlead.store import Store
from floorlead.text import width
from floorlead.widgets.desk import Desk
from tests.appraisal import showroom as ash
from tests.conftest import desk_of, press, screen
from tests.kpi import showroom as sh

MONTH = "2026-11"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = ash.opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_of(store)
    made.go("appraisal")
    return made


INSIDE = ("down", "enter")
RAISED = (*INSIDE, "1", '"在接客户电话', "enter")
CLOSED = ("ctrl+s", "enter")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("scores", ()), ("indicators", ("tab",)), ("year", ("tab", "tab", *CLOSED)), ("points", INSIDE),
        ("object", (*INSIDE, "1")), ("raised", RAISED), ("answer", (*RAISED, "2")),
        ("upheld", (*RAISED, "2", '"查了通话记录', "enter")), ("score", ("down", "1")), ("close", ("ctrl+s",)),
        ("closed", CLOSED), ("changed", (*CLOSED, *RAISED, "2", '"属实', "enter", "escape")),
        ("anew", (*CLOSED, *RAISED, "2", '"属实', "enter", "escape", "ctrl+s")), ("print", ("down", "ctrl+p")),
    ],
)  # fmt: skip
def test_screens(store: Store, golden, language: str, name: str, keys: tuple[str, ...]) -> None:
    """Every view and box fits 80x24 in both languages."""
    words.use(language)
    made = desk_of(store)
    made.go("appraisal")
    press(made, *keys)
    text = screen(made)
    assert max(width(line) for line in text.splitlines()) <= 80
    assert width(text.splitlines()[-1]) <= 79
    golden(text, f"screen-appraisal-{name}-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers(store: Store, golden, language: str) -> None:
    """The team's sheet and one person's, closed with an objection upheld."""
    words.use(language)
    sheet = next(one for one in queries.sheets(store, MONTH) if one.name == ash.WHO)
    moves.score(store, MONTH, sheet, "skill", 80, "报价不熟")
    moves.raise_objection(store, MONTH, sheet, sheet.taken[0], "在接客户电话 13800001001")
    sheet = next(one for one in queries.sheets(store, MONTH) if one.name == ash.WHO)
    moves.decide(store, sheet, sheet.taken[0], True, "属实")
    moves.close(store, MONTH)
    for name, paper in (("team", papers.team(store, MONTH)), ("person", papers.person(store, MONTH, sheet.person))):
        text = as_text(paper)
        assert max(width(line) for line in text.splitlines()) <= 80
        assert "13800001001" not in text
        golden(text, f"appraisal-{name}-{language}")


def test_a_score_is_typed(desk: Desk, store: Store) -> None:
    """1 for skill, 85; typed wrong nothing is lost."""
    press(desk, "down", "1", '"８５', "enter", '"报价熟', "enter")
    sheet = next(one for one in queries.sheets(store, MONTH) if one.name == ash.WHO)
    assert (sheet.parts["skill"], sheet.notes["skill"]) == (85, "报价熟")
    press(desk, "1", '"850', "ctrl+s")
    assert "between 0 and 100" in screen(desk)
    assert "850" in str(desk.dialog().args["values"])


def test_an_objection_from_key_to_answer(desk: Desk) -> None:
    """Enter on the person, 1 and the words, 2 and the answer: the points stand in brackets."""
    press(desk, *RAISED, "2", '"查了通话记录', "enter")
    assert "(2)" in screen(desk)
    press(desk, "ctrl+z")
    assert "-2" in screen(desk).splitlines()[3]


def test_the_close_from_the_keyboard(desk: Desk, store: Store) -> None:
    """Ctrl+S, Enter; again it is refused as long as nothing changed, before a reason is asked for."""
    press(desk, *CLOSED)
    assert queries.newest(store, MONTH).revision == 1
    press(desk, "ctrl+s")
    assert "nothing changed" in screen(desk)
    assert desk.dialog() is None


def test_a_running_month_is_refused_before_the_reason(tmp_path: Path) -> None:
    """On the 23rd Ctrl+S says at once that the month is not over; so does the command of that name."""
    opened = ash.opened(tmp_path, "2026-11-23T09:03:00")
    made = desk_of(opened)
    made.go("appraisal")
    press(made, "ctrl+s")
    assert "2026-11 is not over" in screen(made)
    assert made.dialog() is None
    press(made, "ctrl+k", "g", "z", "enter")
    assert made.page.name == "appraisal"
    assert made.dialog() is None
    assert "is not over" in screen(made)
    opened.close()


def test_the_page_opens_by_its_letters_on_itself_too(desk: Desk) -> None:
    """`yd` is the page's name, never the close of the month."""
    press(desk, "ctrl+k", "y", "d", "enter")
    assert type(desk.dialog()).__name__ != "CloseForm"
    assert desk.page.name == "appraisal"


def test_the_first_days_of_a_month_open_the_last(tmp_path: Path) -> None:
    """On 3 December the page shows November, which is to be closed."""
    store = ash.opened(tmp_path, "2026-12-03T09:00:00")
    made = desk_of(store)
    made.go("appraisal")
    assert "[2026-11]" in screen(made)
    store.close()


def test_the_place_is_kept(desk: Desk, store: Store) -> None:
    """The person's points and the point survive a restart, in plain JSON."""
    press(desk, *INSIDE, "down")
    state = json.loads(json.dumps(desk.page.state()))
    again = desk_of(store)
    again.go("appraisal")
    again.page.restore(state)
    again.page.enter()
    assert screen(again).splitlines()[1:5] == screen(desk).splitlines()[1:5]


def test_the_table_for_hr_from_the_box(desk: Desk, store: Store) -> None:
    """Ctrl+P and 3 writes it beside the file and says where."""
    press(desk, "ctrl+p", "3")
    assert "rows written" in screen(desk)
    assert list((store.path.parent / "kpi" / "exports").glob("appraisal-202611.xlsx"))


# -- the command


def run(path: Path, *args: str):
    return CliRunner().invoke(cli, ["--store", str(path), "--now", ash.NOW, "--lang", "en", *args])


def test_command(store: Store, tmp_path: Path) -> None:
    """Text, JSON, PDF and XLSX of the month."""
    path = store.path
    told = json.loads(run(path, "appraisal", "--format", "json").output)
    assert (told["month"], told["closed"]) == (MONTH, None)
    one = next(person for person in told["people"] if person["name"] == ash.WHO)
    assert one["total"] == 89.9
    assert one["points"][0] | {"source": ""} == {
        "source": "", "day": "2026-11-05", "text": "on the phone", "points": 2, "counts": True, "objection": None,
    }  # fmt: skip
    assert "Monthly appraisal" in run(path, "appraisal").output
    for form, head in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        out = tmp_path / f"made.{form}"
        done = run(path, "appraisal", "--month", MONTH, "--format", form, "--out", str(out))
        assert done.exit_code == 0, done.output
        assert out.read_bytes().startswith(head)


def test_nobody_at_all(tmp_path: Path) -> None:
    """An empty showroom: the page says what would be here."""
    opened = sh.opened(tmp_path)
    with opened.write("nobody") as db:
        db.execute("UPDATE people SET joined = '2027-01-01'")
    made = desk_of(opened)
    made.go("appraisal")
    assert "nobody was there" in screen(made)
    press(made, "enter", "1", "ctrl+s", "ctrl+p")
    opened.close()
