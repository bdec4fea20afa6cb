"""The Customers page as it is seen and keyed, at 80x24 in both languages, phones masked everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from floorlead import words
from floorlead.customers import board, finding, moves, queries, stories
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Store, open_store
from floorlead.text import width
from floorlead.visits.records import Kind
from floorlead.widgets import frame
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.conftest import at, person, press, screen
from tests.customers.floor import DOORS, came, floor, models, prospect, sign_in, the

FULL = re.compile(r"1[3-9][0-9]{9}")


@pytest.fixture
def busy(store: Store) -> Desk:
    """A morning with three visits, five prospects due, two advisors, one application."""
    for name in ("李娜", "杨帆", "王芳"):
        people.save(store, people.replace(people.blank(), name=name))
    models(store)
    for n, (name, grade, advisor, last) in enumerate(
        (("陈先生", "B", "李娜", 17), ("赵女士", "H", "王芳", 4), ("孙先生", "A", "王芳", 9), ("周女士", "H", "李娜", 2),
         ("吴先生", "C", "杨帆", 3))
    ):  # fmt: skip
        prospect(store, name, grade, advisor, last, phone=f"1390000{n:04d}", model_id=n % 5 + 1)
    moves.ask_end(store, the(store, "孙先生"), "F1", "竞品", "要买 CR-V, 电话 13911112222")
    sign_in(store, "李娜", "杨帆", "王芳")
    desk = floor(store)
    press(desk, "insert", "1", "2", "2", '"13800001001', '"王先生', "enter")
    at(store, "09:40")
    press(desk, "insert", "2", "1", "1", '"13800001002', '"李女士', "enter")
    at(store, "10:05")
    press(desk, "insert", "9")
    at(store, "10:16")
    return desk


VIEWS = {"today": 0, "due": 1, "book": 2, "asked": 3}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_as_it_looks(busy: Desk, golden: Callable[..., None], view: str, language: str) -> None:
    words.use(language)
    busy.page.enter()
    press(busy, *["tab"] * VIEWS[view])
    busy.last = busy._last_words()

    golden(screen(busy), f"customers_{view}_{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_dialog_as_it_looks(busy: Desk, golden: Callable[..., None], language: str) -> None:
    words.use(language)
    busy.page.enter()
    press(busy, "insert", "3")
    first = screen(busy)
    press(busy, "1", "1", '"13800001001')
    second = screen(busy)
    press(busy, "tab")

    golden(first + second + screen(busy), f"walkin_{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_fits_and_no_number_is_shown(busy: Desk, language: str) -> None:
    """Every view, every row, every box: 24 lines of at most 80 cells, no line cut in a key, no full number."""
    words.use(language)
    busy.page.enter()
    for view in busy.page.views[:4]:  # type: ignore[attr-defined]
        busy.page.show(view.name)  # type: ignore[attr-defined]
        for _row in range(max(1, len(view.things))):
            for opens in ("", "5", "6", "8", "enter", "0", "insert"):
                press(busy, *([opens] if opens and (opens == "insert" or view.name == "book") else []))
                assert busy.page.name == "customers", (view.name, _row, opens)
                shown = screen(busy)
                assert FULL.search(shown) is None, shown
                assert all(width(line) <= 80 for line in shown.splitlines())
                keys = frame.keys(busy, 80).text().rstrip()
                assert width(keys) <= 79, keys
                assert not shown.splitlines()[1].endswith(".."), shown.splitlines()[1]
                press(busy, *["escape"] * len(busy.stacks["customers"]))
            press(busy, "down")


def test_a_digit_regrades_and_the_same_takes_it_back(busy: Desk, store: Store) -> None:
    """1 makes it H, 1 again what it was."""
    busy.page.go_to("book:1")
    press(busy, "1")
    assert the(store, "陈先生").grade == "H"
    press(busy, "1")
    assert the(store, "陈先生").grade == "B"


def test_done_by_space_and_by_a_digit(busy: Desk, store: Store) -> None:
    """Space: followed up, the next by the interval; again: not at all. 5 and 3: followed up, in a week; 5 and 1: tomorrow
    instead, and still one call. The digits 1 to 4 are grades here as everywhere."""
    one = the(store, "陈先生")
    busy.page.go_to(f"due:{one.id}")
    press(busy, "space")
    assert the(store, "陈先生").next_due == store.today() + timedelta(days=14)
    assert "done" in screen(busy)
    press(busy, "space")
    assert the(store, "陈先生") == one
    press(busy, "5", "3")
    assert the(store, "陈先生").next_due == store.today() + timedelta(days=7)
    press(busy, "5", "1")
    assert the(store, "陈先生").next_due == store.today() + timedelta(days=1)
    assert len([e for e in queries.events(store, one.id) if e.kind == "contact"]) == 1
    press(busy, "ctrl+z", "ctrl+z")
    assert (the(store, "陈先生").next_due, the(store, "陈先生").last_contact) == (one.next_due, one.last_contact)
    press(busy, "1")
    assert the(store, "陈先生").grade == "H"


def test_another_day_typed(busy: Desk, store: Store) -> None:
    """5, another day, +5."""
    one = the(store, "陈先生")
    busy.page.go_to(f"book:{one.id}")
    press(busy, "5", "6", '"+5', "ctrl+s")

    assert the(store, "陈先生").next_due == store.today() + timedelta(days=5)
    assert the(store, "陈先生").last_contact == one.last_contact


def test_enter_on_the_advisor_records_the_reminder(busy: Desk, store: Store) -> None:
    """The heading of an advisor with late calls: told, with the time, and how many."""
    press(busy, "tab", "home")
    press(busy, "enter")

    (told,) = queries.reminders(store, store.today())
    assert (told.person_id, told.overdue) == (person(store, "王芳").id, 2) or told.overdue > 0
    assert "told 10:16" in screen(busy)


def test_everybody_is_told_by_one_key(busy: Desk, store: Store) -> None:
    """9 on any list with late calls."""
    busy.page.go_to(f"due:{the(store, '陈先生').id}")
    press(busy, "9")

    assert {one.person_id: one.overdue for one in queries.reminders(store, store.today())} == queries.overdue(
        store, store.today()
    )


def test_lost_by_three_digits_agreed_by_one(busy: Desk, store: Store) -> None:
    """6, lost, the rival; the leader's Space; and 6 once more before that takes it back."""
    one = the(store, "陈先生")
    busy.page.go_to(f"book:{one.id}")
    press(busy, "6", "1", "2")
    assert {e.customer_id for e in queries.asked(store)} == {the(store, "孙先生").id, one.id}
    press(busy, "6")
    assert {e.customer_id for e in queries.asked(store)} == {the(store, "孙先生").id}
    press(busy, "tab", "space")

    assert the(store, "孙先生").grade == "F1" and queries.asked(store) == []


def test_refused_with_the_reason_by_a_digit(busy: Desk, store: Store) -> None:
    """Minus and why; the customer stands in the book as before."""
    press(busy, "tab", "tab", "tab", "-", "1")

    assert the(store, "孙先生").grade == "A"
    assert queries.endings_of(store, the(store, "孙先生").id)[0].answer == "再联系一次"


def test_handed_over_one_and_all(busy: Desk, store: Store) -> None:
    """8 and the advisor; with 0 all of the former advisor's."""
    one = the(store, "陈先生")
    busy.page.go_to(f"book:{one.id}")
    press(busy, "8", "1")
    assert the(store, "陈先生").advisor_id == person(store, "杨帆").id
    busy.page.go_to(f"book:{the(store, '赵女士').id}")
    press(busy, "8", "0", "2")

    assert {c.advisor_id for c in queries.open_all(store)} == {person(store, n).id for n in ("李娜", "杨帆")}


def test_who_left_hands_over_all_at_once(busy: Desk, store: Store) -> None:
    """The advisor has left: 8 offers all of the customers by itself."""
    people.leave(store, person(store, "王芳"))
    at(store, "10:16", "2026-11-25")
    press(busy, "f2", "f7")
    busy.page.go_to(f"book:{the(store, '赵女士').id}")
    press(busy, "8")
    assert "all 2 customers" in screen(busy)
    press(busy, "1")

    assert person(store, "王芳").id not in {c.advisor_id for c in queries.open_all(store)}


def test_never_to_be_called(busy: Desk, store: Store) -> None:
    """Enter and 3: consent by digit, or never again; then no list of calls shows the customer."""
    busy.page.go_to(f"book:{the(store, '陈先生').id}")
    press(busy, "enter", "3", "2")
    assert the(store, "陈先生").consent_how == "签字"
    press(busy, "3", "4")

    assert the(store, "陈先生").no_contact
    assert "陈先生" not in [d.customer.name for d in queries.due(store, store.today())]


def test_test_drive_and_time_out(busy: Desk, store: Store) -> None:
    """Space and minus on a visit, each taken back by itself."""
    visit = came(store)[0]
    busy.page.go_to(f"today:{visit.id}")
    press(busy, "space", "-")
    assert (came(store)[0].test_drive, came(store)[0].left_at[11:16]) == (True, "10:16")
    press(busy, "space", "-")
    assert came(store)[0] == visit


def test_a_visit_corrected(busy: Desk, store: Store) -> None:
    """^E: the kind was wrong."""
    busy.page.go_to(f"today:{came(store)[0].id}")
    press(busy, "ctrl+e", "tab", "4", "ctrl+s")

    assert came(store)[0].kind is Kind.REPEAT


def test_undo_goes_to_the_row(busy: Desk, store: Store) -> None:
    """^Z after a grade: the cursor stands on the customer."""
    one = the(store, "吴先生")
    busy.page.go_to(f"book:{one.id}")
    press(busy, "1", "home", "ctrl+z")

    assert the(store, "吴先生").grade == "C" and busy.page.view.here == one.id  # type: ignore[attr-defined]


def test_found_by_pinyin_and_by_the_tail(busy: Desk, store: Store) -> None:
    """Letters find a name in every view, four digits whoever has the number."""
    press(busy, "tab", "tab")
    for key in "wuxs":
        press(busy, key)
    press(busy, "enter")
    assert busy.page.view.here == the(store, "吴先生").id  # type: ignore[attr-defined]
    assert [one.name for _score, one in finding.find(store, "1002")] == ["李女士"]


def test_empty(store: Store) -> None:
    """A new file: each view says what would be here."""
    desk = floor(store)
    for _view in range(4):
        assert "no " in screen(desk) or "nobody" in screen(desk)
        press(desk, "tab")


def test_the_place_survives(busy: Desk, store: Store) -> None:
    """View and cursor are there again after a kill."""
    one = the(store, "吴先生")
    busy.page.go_to(f"book:{one.id}")
    busy.keep()
    again = Desk(store, DOORS, SHARED)
    again.start()

    assert again.page.view.here == one.id  # type: ignore[attr-defined]


def test_another_terminal_has_just_noted_the_call(busy: Desk, store: Store) -> None:
    """Two leaders at two screens: Space on a call that the other one noted a second ago must not take it back."""
    press(busy, "tab", "down")
    view = busy.page.view  # type: ignore[attr-defined]
    one = view.customer()
    other = open_store(store.path, store.clock)
    moves.contact(other, the(other, one.id))
    other.close()
    press(busy, "space")

    assert queries.contact_today(store, one.id, store.today()) is not None
    assert "another terminal" in screen(busy).lower()
    press(busy, "escape", "space")
    assert queries.contact_today(store, one.id, store.today()) is None, "looked at again, the key means what it says"


def test_a_refusal_is_told_in_either_language(busy: Desk, store: Store) -> None:
    """Refused by digit: the reason is a row of the data file, kept once, read in the language spoken now."""
    press(busy, "tab", "tab", "tab", "-", "2")
    ending = queries.endings_of(store, the(store, "孙先生").id)[0]
    known, one = board.names(store), the(store, "孙先生")

    assert (ending.state, ending.answer) == ("refused", "原因不清楚")
    assert any("reason not clear" in line for line in stories.events(store, one, known))
    words.use("zh")
    assert any("原因不清楚" in line for line in stories.events(store, one, known))


def test_english_is_english(busy: Desk, store: Store) -> None:
    """Colour, progress and days in English; what the customer said is kept as it was said."""
    one = the(store, "李女士")
    moves.save(store, replace(one, colour="白", progress="等贷款"), one)
    press(busy, "tab", "tab", "home", "down", "down")
    told = screen(busy)

    assert "white" in told.lower() and "loan" in told and "24 Nov" in told
    assert "白" not in told and "等贷款" not in told and "11-24" not in told


@pytest.mark.parametrize("purpose", ["papers", "pickup", "service"])
def test_what_they_came_for_is_told_later(busy: Desk, store: Store, purpose: str) -> None:
    """Registered in a rush, then it turns out they fetched papers: no first visitor who left no number."""
    press(busy, "home", "down", "down", "enter")
    dialog = busy.top()
    dialog.args["values"]["purpose"] = purpose
    press(busy, "ctrl+s")

    assert [visit.kind for visit in came(store)][-1] is Kind.NON_INTENT


def test_calls_begin_on_a_customer(busy: Desk, store: Store) -> None:
    """F7, Tab: the cursor stands on the first customer to be called, so that Space marks one at once."""
    press(busy, "tab")
    assert screen(busy).splitlines()[4].startswith(">")
    assert "Space rang" in screen(busy)
