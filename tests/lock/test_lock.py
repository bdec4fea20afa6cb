"""The lock: a PIN of four to six digits, growing waits that survive a restart, nothing typed lost, nobody shown."""

from __future__ import annotations

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
UPTIME = [5000]
"""How long the machine has been running, in seconds; a test lets time pass."""


def wrong(store, times):
    """Wrong PINs, each after its wait."""
    for _n in range(times):
        UPTIME[0] += queries.wait_left(store)
        moves.begin(store)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The least that argon2 does: what is tested here is not its price."""
    monkeypatch.setattr("floorlead.lock.pins.PASSES", 1)
    monkeypatch.setattr("floorlead.lock.pins.MEMORY_KIB", 8)
    UPTIME[0] = 5000
    monkeypatch.setattr("floorlead.lock.queries.ticks", lambda: UPTIME[0])


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
    total = 0
    for _n in range(17):
        total += queries.wait_left(again)
        UPTIME[0] += queries.wait_left(again)
        assert queries.wait_left(again) == 0
        moves.begin(again)
    assert total >= 480
    again.close()


def test_no_setting_of_the_clock_changes_the_wait(store):
    """Set back or set forward, the wait runs on; after a restart of the machine a clock set back begins it anew, once.

    lead 王
    """
    pin(store)
    wrong(store, 5)
    for time in ("07:00", "23:00"):
        at(store, time)
        assert queries.wait_left(store) == 4
    UPTIME[0] = 10
    at(store, "07:00")
    assert moves.wait_left(store) == 4
    UPTIME[0] += 4
    assert queries.wait_left(store) == 0


def test_undo_does_not_free_a_wait(store):
    """
    lead 王
    """
    pin(store)
    wrong(store, 4)
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
    assert not queries.needs_manager(store, "seal")
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


def both(store):
    """A leader with four digits, a manager with five."""
    from floorlead import settings

    settings.put(store, "manager", "陈经理")
    pin(store)
    pin(store, "陈经理", BOSS)


def test_a_shorter_pin_tried_on_the_way_counts(store):
    """The manager's PIN has five digits, the leader's four: four digits and Esc are a try like any other.

    lead 王
    """
    both(store)
    desk = desk_of(store)
    press(desk, "f12")
    for back in ("escape", "backspace", "space"):
        press(desk, *"9999", back)
    press(desk, "space")
    assert queries.tries(store).wrong == 3 and "wait 1 s" in screen(desk)
    UPTIME[0] += 1
    press(desk, *BOSS)
    assert not desk.locked and queries.tries(store).wrong == 0


def test_ones_own_pin_does_not_pay_for_guessing_the_managers(store):
    """Two wrong ones for the manager's, the own one, and again: after a dozen the waits grow all the same.

    lead 王
    """
    both(store)
    own = next(a for a in queries.accounts(store) if a.role == Role.LEADER)
    total = 0
    for _n in range(10):
        for _wrong in range(2):
            total += queries.wait_left(store)
            wrong(store, 1)
        UPTIME[0] += queries.wait_left(store)
        assert moves.attempt(store, [own], PIN)
    assert total >= 100
    UPTIME[0] += 900 + rules.FORGET_SECONDS
    wrong(store, 1)
    assert queries.wait_left(store) == 0


def test_two_programs_guess_at_once(store):
    """A try counts before it is compared: the second program of a pair meets the wait that the first one made.

    lead 王
    """
    pin(store)
    beside = open_store(store.path, store.clock)
    for one in (store, beside, store):
        moves.begin(one)
    with pytest.raises(Refused) as refused:
        moves.begin(beside)
    assert refused.value.code == "E412"
    beside.close()


def test_where_nothing_can_be_written_wrong_pins_wait_too(store):
    """
    lead 王
    """
    pin(store)
    reading = open_store(store.path, store.clock, reading=True)
    for _n in range(3):
        assert moves.attempt(reading, queries.accounts(reading), "0000") is None
    assert queries.wait_left(reading) == 1
    reading.close()


def test_the_last_pin_is_taken_away_while_another_terminal_is_locked(store):
    """Nothing could open it: the next key does.

    lead 王
    """
    pin(store)
    desk = desk_of(store)
    press(desk, "f12")
    moves.clear_pin(store, holder(store, "王"))
    press(desk, "1")
    assert not desk.locked


def test_nobody_makes_himself_a_manager(store):
    """The manager has a PIN; for a second manager's the old one is asked for, and his leaving opens nothing.

    lead 王
    """
    from datetime import date

    from floorlead.people import queries as people

    boss = people.save(store, replace(people.blank(), name="陈经理", role=people.Role.MANAGER))
    assert boss
    pin(store, "陈经理", BOSS)
    people.save(store, replace(people.blank(), name="李四", role=people.Role.MANAGER))
    desk = desk_of(store)
    press(desk, *BOSS)
    person = holder(store, "李四").person_id
    desk.go_and_open("settings", "pins")
    desk.open("pin_set", {"person": person, "role": "manager"})
    press(desk, *"1470", "enter")
    assert "E416" in screen(desk)
    one = next(p for p in people.everybody(store) if p.name == "陈经理")
    people.save(store, replace(one, left_on=date.fromisoformat(DAY)))
    with pytest.raises(Refused) as refused:
        moves.allow(store, "purge", "")
    assert refused.value.code == "E413"
