"""The commands about personal data, and who may do what: each role against each command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from people import OTHER, PHONE, bytes_with, customer, days_ago, life, order

from floorlead import settings
from floorlead.access import moves as access
from floorlead.cli import cli
from floorlead.lock import moves as pins
from floorlead.lock import queries as pin_queries
from floorlead.report import sealing
from floorlead.store import backup
from floorlead.store.verify import verify
from tests.conftest import DAY, desk_of, press, screen

BOSS, LEADER = "90817", "2580"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr("floorlead.lock.pins.PASSES", 1)
    monkeypatch.setattr("floorlead.lock.pins.MEMORY_KIB", 8)
    monkeypatch.delenv("FLOORLEAD_PIN", raising=False)


def run(store, *words, code=0, stdin="", lang="en"):
    options = ["--store", str(store.path), "--lang", lang, "--now", f"{DAY}T08:41"]
    done = CliRunner().invoke(cli, [*options, *words], input=stdin, prog_name="floorlead")
    assert done.exit_code == code, (done.exit_code, done.output, done.exception)
    return done


def set_pins(store):
    settings.put(store, "manager", "陈经理")
    for holder, pin in zip(sorted(pin_queries.holders(store), key=lambda h: h.role), (LEADER, BOSS), strict=False):
        pins.set_pin(store, holder, pin)


def test_purge_looks_first(store, tmp_path):
    """
    lead 王
    """
    life(store)
    customer(store, "旧客户", OTHER, last_contact=days_ago(store, 400), first_on=days_ago(store, 400))
    before = store.path.read_bytes()
    run(store, "purge", PHONE, code=2)
    told = json.loads(run(store, "purge", "--dry-run", "--expired", "--format", "json", PHONE).stdout)
    assert (told["done"], told["customers"], told["orders"], told["entries"]) == (False, 2, 1, 1)
    assert [one["phone"] for one in told["expired"]] == ["138****1001"]
    assert store.path.read_bytes() == before
    text = run(store, "purge", "--dry-run", "--expired", lang="zh").stdout
    assert OTHER not in text and "138****1001" in text


def test_purge_by_standard_input(store, tmp_path):
    """The number stands in no argument: `-` reads it, one a line.

    lead 王
    """
    life(store)
    backup.back_up(store, "manual")
    done = json.loads(run(store, "purge", "--yes", "-", "--format", "json", stdin="139-1234-5678\n").stdout)
    assert (done["done"], done["customers"], done["backups"], done["left"]) == (True, 1, 1, [])
    assert bytes_with(tmp_path, PHONE) == []
    assert run(store, "verify").exit_code == 0


def test_purge_the_expired(store, tmp_path):
    """
    lead 王
    """
    customer(store, "旧客户", OTHER, last_contact=days_ago(store, 400), first_on=days_ago(store, 400))
    customer(store, "新客户", PHONE)
    assert "Erased: 1 customers" in run(store, "purge", "--yes", "--expired").stdout
    assert bytes_with(tmp_path, OTHER) == [] and bytes_with(tmp_path, PHONE)


def test_purge_refuses_while_an_order_is_open(store):
    order(store, "刘女士", PHONE, "open")
    done = run(store, "purge", "--yes", PHONE, code=1)
    assert "E402" in done.output


def test_who_saw(store):
    """
    lead 王
    """
    from floorlead.access import moves

    ident = customer(store, "刘女士", PHONE)
    moves.note(store, "reveal", [("customers", ident)], "回访")
    seen = json.loads(run(store, "who-saw", "--format", "json", stdin=f"{PHONE}\n").stdout)
    assert [(one["by"], one["kind"], one["why"]) for one in seen] == [("王", "reveal", "回访")]
    again = json.loads(run(store, "who-saw", PHONE, "--format", "json").stdout)
    assert [one["kind"] for one in again] == ["who_saw", "reveal"]
    assert "号码" in run(store, "who-saw", PHONE, lang="zh").stdout


def gated(store, tmp_path):
    """Every command that only the manager may, with what it needs."""
    life(store)
    sealing.seal(store, store.today())
    kept = backup.back_up(store, "manual")
    return {
        "purge": ("purge", "--yes", PHONE), "export": ("export", "customers", str(tmp_path / "k.csv"), "--phones"),
        "reopen": ("reopen", "--reason", "漏记"), "restore": ("restore", str(kept)),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["purge", "export", "reopen", "restore"])
@pytest.mark.parametrize("pin", ["", LEADER, BOSS], ids=["nobody", "leader", "manager"])
def test_each_role_against_each_command(store, tmp_path, what, pin):
    """
    lead 王
    """
    words = gated(store, tmp_path)[what]
    set_pins(store)
    done = run(store, *words, "--pin-stdin", code=0 if pin == BOSS else 1, stdin=f"{pin}\n")
    if pin != BOSS:
        assert ("E414" if pin else "E413") in done.output
        assert BOSS not in done.output
        assert store.one("SELECT count(*) FROM customers WHERE erased_on IS NOT NULL") == 0
        assert not (tmp_path / "k.csv").exists()


@pytest.mark.parametrize("what", ["purge", "export", "reopen", "restore"])
def test_without_a_pin_of_the_manager_all_goes_as_before(store, tmp_path, what):
    """
    lead 王
    """
    run(store, *gated(store, tmp_path)[what])
    assert "open to everybody" in run(store, "doctor").stdout


def test_free_commands_ask_nobody(store, tmp_path):
    """
    lead 王
    """
    set_pins(store)
    for words in (("report",), ("export", "customers", str(tmp_path / "k.csv")), ("verify",), ("seal",), ("history",)):
        run(store, *words)


def test_the_environment_may_hold_the_pin(store, tmp_path, monkeypatch):
    """
    lead 王
    """
    life(store)
    set_pins(store)
    monkeypatch.setenv("FLOORLEAD_PIN", BOSS)
    run(store, "purge", "--yes", PHONE)
    assert verify(store.path).ok


def test_purging_in_the_app_asks_the_manager(store, tmp_path):
    """^K, the expired customers, 1 and how many they are: the PIN box; a wrong PIN changes nothing, the right last digit erases.

    lead 王
    """
    customer(store, "旧客户", OTHER, last_contact=days_ago(store, 400), first_on=days_ago(store, 400))
    backup.back_up(store, "manual")
    set_pins(store)
    desk = desk_of(store)
    press(desk, *LEADER)
    desk.go_and_open("settings", "expired")
    assert "旧**" in screen(desk) and "138****1001" in screen(desk)
    assert "旧客户" not in "".join(screen(desk).splitlines()[:20])
    press(desk, "1", "enter")
    assert "E520" in screen(desk) and "Type how many" in screen(desk)
    press(desk, '"2', "enter")
    assert "E520" in screen(desk)
    press(desk, '"1', "enter")
    assert "needs the sales manager's PIN" in screen(desk)
    press(desk, *"12590")
    assert "wrong PIN" in screen(desk)
    assert bytes_with(tmp_path, OTHER)
    press(desk, *BOSS)
    assert "Erased: 1 customers" in screen(desk)
    desk.keep()
    assert bytes_with(tmp_path, OTHER) == []
    assert "旧客户" not in screen(desk)
    assert verify(store.path).findings == []


def test_a_customer_asks_to_be_erased(store, tmp_path):
    """F7, Enter, 9: who saw the data and what there is of them; 1, the last four digits and the manager's PIN erase;
    nobody else is touched, and no undo is offered.

    lead 王
    """
    life(store)
    customer(store, "赵先生", OTHER)
    backup.back_up(store, "manual")
    access.note(store, "reveal", [("customers", 1)], "回访")
    set_pins(store)
    desk = desk_of(store)
    press(desk, *LEADER)
    desk.go_and_open("customers", "detail", {"customer": 1})
    press(desk, "9")
    shown = screen(desk)
    assert "number shown  回访" in shown and PHONE not in shown
    assert "1 customers" in shown and "1 log entries" in shown
    press(desk, "1")
    assert "No undo" in screen(desk)
    press(desk, '"1', "enter")
    assert "E520" in screen(desk) and bytes_with(tmp_path, PHONE)
    press(desk, f'"{PHONE[-4:]}', "enter", *BOSS)
    assert "Erased: 1 customers" in screen(desk) and "^Z" not in screen(desk)
    desk.keep()
    assert bytes_with(tmp_path, PHONE) == []
    assert bytes_with(tmp_path, OTHER)
    assert verify(store.path).findings == []


def test_the_pin_box_does_not_survive_a_restart(store):
    """
    lead 王
    """
    desk = desk_of(store)
    set_pins(store)
    desk.ask_manager("purge", lambda: None)
    assert "Manager's PIN" in screen(desk)
    desk.keep()
    again = desk_of(store)
    press(again, "down")
    assert "Manager's PIN" not in screen(again)


def test_setting_pins_in_the_settings(store):
    """Typed twice; the recovery code is shown once; changing it needs the old one.

    lead 王
    """
    desk = desk_of(store)
    desk.go_and_open("settings", "pins")
    press(desk, "1")
    assert "PIN of" in screen(desk)
    press(desk, *"1111", "enter")
    assert "E411" in screen(desk)
    press(desk, *LEADER, "enter", *"2581", "enter")
    assert "E415" in screen(desk)
    press(desk, *LEADER, "enter", *LEADER, "enter")
    assert "Recovery code" in screen(desk)
    code = desk.dialog().code
    desk.keep()
    assert code.encode() not in store.path.read_bytes() and code not in str(store.rows("SELECT * FROM drafts"))
    press(desk, "enter")
    holder = next(h for h in pin_queries.holders(store) if h.account)
    desk.open("pin_set", {"person": holder.person_id, "role": holder.role.value})
    press(desk, *"9999", "enter")
    assert "E416" in screen(desk)
    press(desk, *code, "enter", *"1470", "enter", *"1470", "enter")
    assert pins.matching(pin_queries.accounts(store), "1470") is not None


def test_who_saw_whom(store):
    """Without a number there is nobody to ask about: a sentence, not an empty list.

    lead 王
    """
    assert "phone number" in run(store, "who-saw", code=2, stdin="").output


def test_the_settings_name_the_lock_and_what_is_past_its_days(store):
    """Who looks for PINs looks in Settings: a line each for the lock and for data past their days opens the box.

    lead 王
    """
    customer(store, "旧客户", OTHER, last_contact=days_ago(store, 400), first_on=days_ago(store, 400))
    desk = desk_of(store)
    desk.go("settings", "pins")
    press(desk, "enter")
    assert "王  leader" in screen(desk)
    press(desk, "escape")
    desk.go("settings", "expired")
    assert "past their days" in screen(desk)
    press(desk, "enter")
    assert "旧**" in screen(desk)
