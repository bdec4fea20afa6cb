"""三表一卡: the register, the day sheet, the grade grid and the card; numbers masked unless asked, and then noted."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.customers import daysheet, forms, moves
from floorlead.customers.forms import Asked
from floorlead.paper.press import pdf_of
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import width
from floorlead.visits import moves as visits
from floorlead.visits.records import Kind
from tests.conftest import at, person, press
from tests.customers.floor import floor, models, prospect, the

PHONE = "13800000001"


@pytest.fixture
def day(store):
    """王先生 comes with a number, somebody without, somebody for papers; 李女士 is due and is called."""
    models(store)
    who = person(store, "张伟").id
    blank = replace(visits.blank(store), advisor_id=who, model_id=1)
    visits.register(store, replace(blank, grade="H", test_drive=True, quote=True, competitor="CR-V"), "王先生", PHONE)
    visits.register(store, blank, "", "")
    visits.register(store, replace(blank, kind=Kind.NON_INTENT, purpose="papers"), "", "")
    prospect(store, "李女士", "H", "张伟", last=2, phone="13800000002")
    at(store, "16:00")
    moves.contact(store, the(store, "李女士"), grade="A", note="周六来看车")
    return store


def text(store, **asked):
    """A paper as text."""
    kind = asked.pop("kind")
    paper, _shown = forms.make(store, Asked(kind, store.today(), **asked))
    return forms.text_of(kind, paper)


def test_the_register(day, golden):
    """
    team 张伟
    lead 王
    Every batch in its line, the day's totals, three signatures.
    """
    shown = text(day, kind="register")
    assert "3 batches: walk-ins 3" in shown and "captured 1/2 (50%)" in shown and "test drives 1/1 (100%)" in shown
    assert "138****0001" in shown and PHONE not in shown
    golden(shown, "form-register-en")
    words.use("zh")
    golden(text(day, kind="register"), "form-register-zh")


def test_the_day_sheet(day, golden):
    """
    team 张伟 李娜
    lead 王
    李女士 was planned and called, H to A; 王先生 came unplanned; 李娜 had nobody.
    """
    first, second = daysheet.read(day, day.today())
    found = {met.customer.name: (met.planned, met.how, met.before, met.now) for met in first.met}
    assert found == {"李女士": (True, "phone", "H", "A"), "王先生": (False, "walk_in", "", "H")}
    assert (first.planned, first.done, first.visits, second.met) == (1, 1, 3, [])
    shown = text(day, kind="day", advisor=person(day, "张伟").id)
    assert "周六来看车" in shown and "李娜" not in shown
    words.use("zh")
    golden(text(day, kind="day"), "form-day-zh")


def test_the_grid_of_a_month(day, golden):
    """
    team 张伟
    lead 王
    """
    words.use("zh")
    golden(text(day, kind="grid"), "form-grid-zh")


def test_a_card(day, golden):
    """
    team 张伟
    lead 王
    """
    words.use("zh")
    golden(text(day, kind="card", customer=the(day, "王先生").id), "form-card-zh")


def test_a_card_of_nobody(day):
    """
    team 张伟
    """
    with pytest.raises(Refused, match="Whose card"):
        text(day, kind="card")


def test_whole_numbers_are_told(day):
    """
    team 张伟
    lead 王
    Whose numbers stand on the paper is what is noted; the paper says so itself.
    """
    paper, shown = forms.make(day, Asked("register", day.today(), phones=True))
    assert shown == [("customers", the(day, "王先生").id)]
    assert PHONE in forms.text_of("register", paper) and "personal data" in forms.text_of("register", paper)


def test_printed_by_digits(day, monkeypatch):
    """
    team 张伟
    lead 王
    ^P, 0 for whole numbers, 1: one access, one print.
    """
    monkeypatch.setattr("floorlead.paper.press.there_is_one", lambda: False)
    desk = floor(day)
    press(desk, "ctrl+p", "0", "1")
    assert day.rows("SELECT kind, count FROM accesses") == [("print", 1)]
    assert day.rows("SELECT paper FROM prints") == [("register",)]
    press(desk, "ctrl+p", "2", "1")
    assert day.rows("SELECT paper FROM prints") == [("register",), ("day",)]
    assert day.one("SELECT count(*) FROM accesses") == 1


@pytest.mark.parametrize("kind", ["register", "day", "grid", "card"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_paper_is_drawn(day, kind, language):
    """
    team 张伟
    lead 王
    """
    words.use(language)
    paper, _shown = forms.make(day, Asked(kind, day.today(), customer=the(day, "王先生").id))
    pdf = pdf_of(paper, day.path)
    assert pdf.data.startswith(b"%PDF") and not pdf.warning
    widest = {"grid": forms.GRID_WIDE, "card": forms.PAGE}.get(kind, forms.WIDE)
    assert max(width(line) for line in forms.text_of(kind, paper).split("\n")) <= widest
