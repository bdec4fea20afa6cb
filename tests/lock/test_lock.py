"""The lock: a PIN of four to six digits, growing waits that survive a restart, nothing typed lost, nobody shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.events import Key

from floorlead import clock
from floorlead.lock import moves, queries, rules
from floorlead.lock.records import Role
from floorlead.record import replace
from floorlead.store import Refused, log, open_store
from floorlead.store import undo as undoing
from floorlead.tasks import queries as tasks
from floorlead.widgets.keys import name_of
from tests.conftest import DAY, at, desk_of, press, screen

PIN, OTHER, BOSS = "2580", "147036", "90817"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The least that argon2 does: what is tested here is not its price."""
    monkeypatch.setattr("floorlead.lock.pins.PASSES", 1)
    monkeypatch.setattr("floorlead.lock.pins.MEMORY_KIB", 8)


def holder(store, name):
    return next(h for h in queries.holders(store) if h.name == name)


def pin(store, name="王", digits=PIN):
    return moves.set_pin(store, holder(store, name), digits)


def typed(desk, digits):
    press(desk, *digits)


def test_a_pin_has_four_to_six_digits(store):
    """
    lead 王
    """
    for wrong, code in (("123", "E410"), ("1234567", "E410"), ("12a4", "E410"), ("1111", "E411"), ("654321", "E411")):
        with pytest.raises(Refused) as refused:
            pin(store, digits=wrong)
        assert refused.value.code == code
    code = pin(store, digits="２５８０")
    assert len(code) == rules.RECOVERY and code.isdigit()
    assert pin(store, digits="0852") == ""
    rows = store.rows("SELECT role, hash FROM accounts ORDER BY role")
    assert [role for role, _hash in rows] == ["leader", "recovery"]
    assert all("$argon2id$" in kept for _role, kept in rows)


def test_neither_pin_nor_code_is_in_the_file_or_the_log(store):
    """
    lead 王
    """
    code = pin(store)
    data = store.path.read_bytes()
    assert code.encode() not in data
    assert not any(PIN in str(a.args) for a in log.actions(store))


def test_setting_a_pin_is_not_undone(store):
    """Ctrl+Z takes back work, not the lock.

    lead 王
    """
    pin(store)
    assert not any("PIN" in a.words() for a in [log.action(store, seq) for seq in undoing.stacks(store)[0]])


def test_without_a_pin_f12_says_how_to_set_one(store):
    """
    lead 王
    """
    desk = desk_of(store)
    press(desk, "f12")
    assert not desk.locked
    assert "No PIN is set" in screen(desk)


def test_the_right_last_digit_opens(store):
    """F12, then the digits, full-width ones too, without Enter; no other key does anything.

    lead 王
    team 张伟 李娜
    """
    desk = desk_of(store)
    pin(store)
    before = screen(desk)
    press(desk, "f12")
    shown = screen(desk)
    assert "locked" in shown and "_ _ _ _" in shown
    press(desk, "f3", "ctrl+k", "insert", "a", "ctrl+z", "ctrl+q", "tab", "down")
    desk.click("key:f3")
    desk.typed("text")
    assert screen(desk) == shown
    press(desk, name_of(Key("２", "２")), "5", "8")
    assert "* * * _" in screen(desk) and desk.locked
    press(desk, "0")
    assert not desk.locked
    assert screen(desk).splitlines()[:20] == before.splitlines()[:20]
    assert store.by == "王"


def test_a_second_leader_opens_and_signs(store):
    """
    lead 王
    lead 陈静
    """
    pin(store, "王", PIN)
    pin(store, "陈静", OTHER)
    store.by = "王"
    desk = desk_of(store)
    press(desk, "f12")
    typed(desk, OTHER)
    assert not desk.locked
    assert store.by == "陈静"
    assert queries.tries(store).wrong == 0


def test_wrong_pins_wait_longer_and_longer(store):
    """Three are free, then 1, 2, 4 seconds; a restart does not shorten it, and the twentieth has cost eight minutes.

    lead 王
    """
    pin(store)
    desk = desk_of(store)
    press(desk, "f12")
    for _n in range(3):
        assert "wait" not in screen(desk)
        typed(desk, "9999")
    assert "wait 1 s" in screen(desk)
    typed(desk, PIN)
    assert desk.locked
    desk.keep()
    path = store.path
    store.close()
    again = open_store(path, clock.stopped(f"{DAY}T08:41:00"))
    assert desk_of(again).locked
    assert queries.wait_left(again) == 1
    total, now = 0, again.clock.now()
    for _n in range(17):
        wait = queries.wait_left(again)
        total += wait
        now += timedelta(seconds=wait)
        again.clock = replace(again.clock, source=lambda moment=now: moment)
        assert queries.wait_left(again) == 0
        moves.count(again, right=False)
    assert total >= 480
    again.close()


def test_a_clock_set_back_begins_the_wait_anew(store):
    """
    lead 王
    """
    pin(store)
    for _n in range(5):
        moves.count(store, right=False)
    at(store, "07:00")
    assert queries.wait_left(store) == 4


def test_undo_does_not_free_a_wait(store):
    """
    lead 王
    """
    pin(store)
    for _n in range(4):
        moves.count(store, right=False)
    tasks.add(store, "补价签", "", store.today())
    assert undoing.undo(store)
    assert queries.wait_left(store) == 2


def test_the_recovery_code_opens(store):
    """The PIN is forgotten: Space, then the twelve digits from the paper.

    lead 王
    """
    code = pin(store)
    desk = desk_of(store)
    press(desk, "f12", "space")
    assert "Recovery code" in screen(desk)
    typed(desk, code)
    assert not desk.locked


def test_the_manager_opens_too(store):
    """
    lead 王
    """
    from floorlead import settings

    settings.put(store, "manager", "陈经理")
    pin(store)
    pin(store, "陈经理", BOSS)
    desk = desk_of(store)
    press(desk, "f12")
    typed(desk, BOSS)
    assert not desk.locked and store.by == "陈经理"


def test_a_draft_and_a_dialog_survive_the_lock_and_a_kill(store):
    """A half-filled task lies over F2 when the leader locks; the program is killed; the PIN brings it back.

    lead 王
    team 张伟
    """
    desk = desk_of(store)
    pin(store)
    desk.go("people")
    press(desk, "insert", '"赵磊')
    before = screen(desk)
    assert "赵磊" in str(desk._state())
    press(desk, "f12")
    if not desk.locked:
        pytest.fail("F12 must lock over a form as well")
    desk.keep()
    again = desk_of(store)
    assert again.locked and "赵磊" not in screen(again)
    typed(again, PIN)
    assert screen(again).splitlines()[:20] == before.splitlines()[:20]


def test_a_new_day_begins_locked(store):
    """The program was closed open in the evening; next morning it asks for the PIN.

    lead 王
    """
    desk = desk_of(store)
    pin(store)
    desk.keep()
    assert not desk_of(store).locked
    at(store, "08:00", "2026-11-25")
    assert desk_of(store).locked


def test_quiet_minutes_lock(store):
    """Fifteen minutes lock when there is a PIN; without one they do not.

    lead 王
    """
    desk = desk_of(store)
    at(store, "08:57")
    desk.idle(desk.idle_seconds())
    assert not desk.locked and desk.masked
    pin(store)
    desk.idle(desk.idle_seconds())
    assert desk.locked


def test_only_the_manager_may(store):
    """Once the manager has a PIN, the manager's matters need it; before that they go as always."""
    moves.allow(store, "purge", "")
    from floorlead import settings

    settings.put(store, "manager", "陈经理")
    pin(store, "陈经理", BOSS)
    for what in rules.MANAGERS:
        for wrong, code in (("", "E413"), (PIN, "E414")):
            with pytest.raises(Refused) as refused:
                moves.allow(store, what, wrong)
            assert refused.value.code == code
        moves.allow(store, what, BOSS)
    assert not rules.needs_manager("seal", queries.accounts(store))
    assert holder(store, "陈经理").account.role == Role.MANAGER


def test_the_wait_counts_for_the_manager_too(store):
    from floorlead import settings

    settings.put(store, "manager", "陈经理")
    pin(store, "陈经理", BOSS)
    for _n in range(3):
        with pytest.raises(Refused):
            moves.allow(store, "purge", "0000")
    with pytest.raises(Refused) as refused:
        moves.allow(store, "purge", BOSS)
    assert refused.value.code == "E412"
