"""Thousands of prospects: what is kept in memory is what the file says, and no view reads more than it shows."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorlead import clock
from floorlead.customers import ends, monthly, moves, queries
from floorlead.customers.opened import OpenBook
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Store, open_store
from floorlead.store import undo as undoing
from tests.conftest import person, press, screen
from tests.customers.floor import floor, models, prospect, the

STEPS = st.lists(
    st.tuples(st.sampled_from(["new", "grade", "call", "hand", "end", "open", "undo", "redo"]), st.integers(0, 9))
)


def agrees(book: OpenBook, store: Store) -> None:
    """The book as it was kept is the book as it is read anew."""
    book.refresh()
    anew = OpenBook(store)
    anew.refresh()
    assert (book.idents(), book.rows, book.grades()) == (anew.idents(), anew.rows, anew.grades())
    assert book.idents() == [one.id for one in queries.open_all(store)]
    assert book.prospects() == queries.prospects(store, store.today())


def test_the_book_in_memory_is_the_file_s(store: Store) -> None:
    """Entered, regraded, called, handed over, lost, opened, undone and done again in any order.

    team 李娜 杨帆
    """
    book = OpenBook(store)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    def walk(steps) -> None:
        for what, number in steps:
            _do(store, what, number)
            agrees(book, store)

    walk()


def _do(store: Store, what: str, number: int) -> None:
    found = queries.open_all(store)
    one = found[number % len(found)] if found else None
    if what == "undo":
        undoing.undo(store)
    elif what == "redo":
        undoing.redo(store)
    elif one is None or what == "new":
        prospect(store, f"客{number}", "HABC"[number % 4], "李娜", last=number)
    elif what == "grade":
        moves.set_grade(store, one, "HABC"[number % 4])
    elif what == "call":
        moves.contact(store, one)
    elif what == "hand":
        moves.reassign(store, [one], person(store, "杨帆").id)
    elif what == "end" and one.id not in queries.asked_for(store):
        ends.ask(store, one, "F1", "价格")
        ends.decide(store, queries.asked(store)[-1], True)
    elif what == "open":
        closed = [row[0] for row in store.rows("SELECT id FROM customers WHERE closed_on IS NOT NULL ORDER BY id")]
        if closed:
            ends.reopen(store, the(store, closed[number % len(closed)]))


def test_another_terminal_s_row_is_in_the_book(store: Store) -> None:
    """Two leaders at two screens: the one's new prospect is in the other's book at the next key.

    team 李娜
    """
    prospect(store, "王", "B", "李娜")
    book = OpenBook(store)
    agrees(book, store)
    other = open_store(store.path, clock.stopped("2026-11-24T08:50:00"))
    prospect(other, "李", "H", "李娜")
    other.close()

    agrees(book, store)
    assert book.idents()[0] == the(store, "李").id


def test_a_long_list_reads_only_what_is_in_sight(store: Store) -> None:
    """Three hundred prospects, twelve of them due: each view asks for the rows around the cursor and no others.

    team 李娜
    """
    models(store)
    for n in range(300):
        prospect(store, f"客{n:03d}", "C", "李娜", last=30 if n < 12 else n % 25)
    desk = floor(store)
    for _view in range(6):
        press(desk, "tab")
        view = desk.page.view  # type: ignore[attr-defined]
        screen(desk)
        assert len(getattr(view, "known", ())) <= 60 and len(getattr(view, "months", ())) <= 60
        press(desk, "end")
        assert "!!" not in screen(desk)


def test_the_grid_of_a_month_gone_by(store: Store) -> None:
    """October as it ended: who was B then and was lost in November still stands as B, whoever came later does not.

    team 李娜 杨帆
    """
    people.save(store, people.blank() and replace(people.blank(), name="王芳"))
    old = prospect(store, "老", "B", "李娜", last=50)
    prospect(store, "新", "B", "李娜", last=3)
    ends.ask(store, old, "F1", "价格")
    ends.decide(store, queries.asked(store)[0], True)
    october = store.today().replace(day=1) - timedelta(days=1)

    stood = monthly.standing(store, OpenBook(store), october.replace(day=1))
    assert stood == {old.id: "B"}
    now = monthly.standing(store, OpenBook(store), store.today().replace(day=1))
    assert now == {old.id: "F1", the(store, "新").id: "B"}
    assert [(row.id, row.result) for row in monthly.month(store, store.today())] == sorted(
        now.items(), key=lambda one: one[1]
    )
