"""One customer in a box: everything that is known, the number masked; shown in full only after a reason, and noted."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead import words
from floorlead.customers import queries as book
from floorlead.customers import reveal
from floorlead.text import width
from tests.conftest import press, screen
from tests.customers.floor import floor, models, prospect, the

PHONE = "13800000001"


@pytest.fixture
def desk(store):
    """The box of 王先生, B, 张伟's."""
    models(store)
    prospect(store, "王先生", "B", "张伟", last=3, phone=PHONE, source="net", note="回电 139 1234 5678")
    made = floor(store)
    made.slept = []
    made.later = lambda work, done: made.slept.append(done)
    made.open("detail", {"customer": the(store, "王先生").id})
    return made


def test_everything_is_there_masked(desk):
    """
    team 张伟
    lead 王
    """
    shown = screen(desk)
    for text in ("138****0001", "web", "张伟", "139****5678", "entered"):
        assert text in shown
    assert PHONE not in shown


def test_the_number_after_a_reason(desk, store):
    """
    team 张伟
    lead 王
    1, 1: who, when and why are noted; any key hides it again; nothing of it stands in what survives a restart.
    """
    press(desk, "1")
    assert "138 0000 0001" not in screen(desk)
    press(desk, "1")
    assert "138 0000 0001" in screen(desk)
    desk.keep()
    assert PHONE not in str(store.rows("SELECT value FROM drafts"))
    assert store.rows("SELECT kind, why, count, by FROM accesses") == [("reveal", "call back", 1, "王")]
    press(desk, "x")
    assert "138 0000 0001" not in screen(desk)


def test_it_closes_by_itself(desk, monkeypatch):
    """
    team 张伟
    lead 王
    After twenty seconds without a key.
    """
    press(desk, "1", "1")
    later = reveal.time.monotonic() + reveal.SECONDS + 1
    monkeypatch.setattr(reveal.time, "monotonic", lambda: later)
    desk.slept.pop()(None)
    assert "138 0000 0001" not in screen(desk)


def test_a_reason_in_ones_own_words(desk, store):
    """
    team 张伟
    lead 王
    Without words it stays hidden.
    """
    press(desk, "1", "6", "enter")
    assert "138 0000 0001" not in screen(desk) and store.rows("SELECT 1 FROM accesses") == []
    press(desk, '"订金退款', "enter")
    assert "138 0000 0001" in screen(desk)
    assert store.rows("SELECT why FROM accesses") == [("订金退款",)]


def test_correcting(desk, store):
    """
    team 张伟
    lead 王
    2: the number is not in the form and stays; a source by its digit, progress by its digit, a model by its digit.
    """
    press(desk, "2", "down", "down", '"4', "down", '"2', "down", "down", '"2', "ctrl+s")
    one = the(store, "王先生")
    assert (one.phone, one.source, one.progress) == (PHONE, "referral", "谈价中")
    assert one.model_id == 2
    press(desk, "2", "down", '"-', "ctrl+s")
    assert the(store, "王先生").phone == ""
    assert [e.kind.value for e in book.events(store, one.id)][-2:] == ["edit", "edit"]


def test_a_number_that_is_somebody_elses(desk, store):
    """
    team 张伟
    lead 王
    It stands in the form with why; nothing typed is lost.
    """
    prospect(store, "李女士", "B", "张伟", phone="13800000002")
    press(desk, "2", "down", '"13800000002', "ctrl+s")
    assert "李女士" in screen(desk) and the(store, "王先生").phone == PHONE


def test_no_calls_next_day_consent(desk, store):
    """
    team 张伟 李娜
    lead 王
    3 4 never, 3 4 again; 3 1 agreed by word; 5 1 tomorrow; 8 1 to 李娜: 5 and 8 as on the page.
    """
    press(desk, "3", "4")
    assert the(store, "王先生").no_contact
    press(desk, "3", "4", "3", "1", "5", "1", "8", "1")
    one = the(store, "王先生")
    assert (one.no_contact, one.consent_how, one.next_due) == (False, "口头", date(2026, 11, 25))
    assert one.advisor_id == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_box_fits(desk, language):
    """
    team 张伟
    lead 王
    """
    words.use(language)
    for keys in ((), ("1",), ("1",), ("escape", "2")):
        press(desk, *keys)
        assert max(width(line) for line in screen(desk).split("\n")) <= 80
