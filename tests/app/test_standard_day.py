"""The leader's standard day at a real terminal: the trade's scripts key by key, their price, their end state."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from floorlead.store.verify import verify
from tests.app.conftest import record
from tests.app.terminal import REMARKS_HAN, Terminal, content, overhead, tokens

EVENING = "2026-11-24T17:42"
VISITS = ("2026-11-24T09:50", "2026-11-24T11:30", "2026-11-24T15:20")
"""When the leader comes by for the cars."""
FORENOON = {"leave": "2026-11-24T09:03", "substitution": "2026-11-24T09:30"}
WALKINS = ("2026-11-24T09:15", "2026-11-24T10:05", "2026-11-24T14:20")
"""When customers come in: one, then two, then two."""
AFTERNOON = "2026-11-24T16:05"
HANDED_OVER = ("6634", "6127")
"""The cars on rows 3 and 7 of the delivery list."""
OLDEST = ("9921", "0413", "3302")
REMARKS = (
    "Z:xiawu Z:daodian Z:jizhong T:, Z:qiantai Z:linshi Z:jiayiren T:. "
    "Z:mingtian Z:shangwu Z:liangtai Z:jiaoche T:, Z:qing Z:anpai Z:shangpai T:."
)
REMARKS_TEXT = "下午到店集中，前台临时加一人。明天上午两台交车，请安排上牌。"
SCRIPTS = {
    "F": {
        "appearance": "M <f3> <c-a> M l y M 2 <enter> M 1 M z q M 4 <enter> M 4",
        "environment": "M <f3> <c-a> M t g M 1 <enter> M 4 M b l M 2 <enter> M 5 M <end> M 2 <enter> M 1",
        "leave": "M <f6> M l n <right> M 5 M 1",
        "substitution": "M <f2> M 3 M 1 M 2",
        "walkins": "M <ins> M 1 M 2 M 2 T:13800001001 <shift> Z:wang <shift> <enter> "
        "M <ins> M 3 M 1 M 1 T:13800001002 <shift> Z:li <shift> <enter> M <ins> M 1 M 4 M 2 <enter> "
        "M <ins> M 2 M 3 M 2 T:13800001004 <shift> Z:chen <shift> <enter> M <ins> M 4 M 3 M 2 <enter>",
        "cars": "M <f5> M <down>*2 1 M <down>*4 1 M <f5> M 2 M <up>*4 2 M <f5> M 5 M <down>*4 5",
        "ageing": "M <f4> M <space>*3 <enter> M 1",
        "report": f"M <f9> M <enter> <shift> {REMARKS} <shift> <c-p> M 1",
    },
    "FI": {
        "appearance": "M <f3> <c-a> M <down>*3 M 2 <enter> M 1 M <down>*5 M 4 <enter> M 4",
        "environment": "M <f3> <c-a> M <down>*2 M 1 <enter> M 4 M <down>*7 M 2 <enter> M 5 M <end> M 2 <enter> M 1",
        "leave": "M <f6> M <down> <right> M 5 M 1",
        "substitution": "M <f2> M 3 M 1 M 2",
        "walkins": "M <ins> M 1 M 2 M 2 T:13800001001 Z:wang <enter> M <ins> M 3 M 1 M 1 T:13800001002 Z:li <enter> "
        "M <ins> M 1 M 4 M 2 <enter> M <ins> M 2 M 3 M 2 T:13800001004 Z:chen <enter> M <ins> M 4 M 3 M 2 <enter>",
        "cars": "M <f5> M <down>*2 1 M <down>*4 1 M <f5> M 2 M <up>*4 2 M <f5> M 5 M <down>*4 5",
        "ageing": "M <f5> <f5> M <space>*3 <enter> M 1",
        "report": f"M <f9> M <enter> {REMARKS} <c-p> M 1",
    },
}
PRICES = {
    "F": {
        "appearance": 13,
        "environment": 17,
        "leave": 6,
        "substitution": 4,
        "walkins": 31,
        "cars": 23,
        "ageing": 6,
        "report": 7,
    },
    "FI": {
        "appearance": 17,
        "environment": 22,
        "leave": 5,
        "substitution": 4,
        "walkins": 25,
        "cars": 23,
        "ageing": 7,
        "report": 5,
    },
}
NAMED_SAFE = (
    "f2 f3 f5 f6 f7 f8 f9 f12 up down left right home end pgup pgdn ins del backspace enter tab s-tab esc space shift "
    "c-a c-f c-k c-n c-p c-y c-z"
)
SAFE = {f"<{name}>" for name in NAMED_SAFE.split()} | set("0123456789-+")
"""The keys that were seen to pass through three Chinese input methods."""

CHANGED = {
    "appearance": {("刘洋", "badge"): "现场纠正", ("周强", "wiped"): "已补擦"},
    "environment": {
        ("途观蓝", "wiped"): "已补擦",
        ("宝来红", "unlocked"): "钥匙不在",
        ("谈判桌6", "chairs"): "现场纠正",
    },
}
CELLS = {"appearance": (12, 48), "environment": (20, 74)}


@pytest.mark.parametrize(("hand", "task"), [(hand, task) for hand, tasks in PRICES.items() for task in tasks])
def test_what_the_day_costs(hand: str, task: str) -> None:
    """A named key is one, a chord two, the input method's switch one; what is typed as content is free."""
    assert overhead(SCRIPTS[hand][task]) == PRICES[hand][task]


@pytest.mark.parametrize("hand", SCRIPTS)
def test_the_whole_day_is_cheap(hand: str) -> None:
    """All eight tasks together: at most 110 control keys, at most 260 keys with what no tool can spare."""
    spent = sum(overhead(script) for script in SCRIPTS[hand].values())

    assert spent <= 110
    assert spent + sum(content(script) for script in SCRIPTS[hand].values()) <= 260


@pytest.mark.parametrize("hand", SCRIPTS)
def test_no_key_that_an_input_method_swallows(hand: str) -> None:
    """With the input method on, not even letters are needed; without it they only find."""
    letters = set("abcdefghijklmnopqrstuvwxyz") | {"<f4>"} if hand == "F" else set()
    for script in SCRIPTS[hand].values():
        assert (
            not {token for token in tokens(script) if token != "M" and token[:2] not in ("T:", "Z:")} - SAFE - letters
        )


@pytest.mark.parametrize(
    ("hand", "wide"), [("F", False), ("FI", False), ("FI", True)], ids=["F", "FI", "FI-full-width"]
)
def test_the_standard_day(sit: Callable[..., Terminal], showroom: Path, hand: str, wide: bool) -> None:
    """08:41 both cards, 17:42 the report, with digits as they are or as full-width characters."""
    with sit() as morning:
        morning.keys(SCRIPTS[hand]["appearance"], wide=wide)
        the_card(showroom, "appearance")
        morning.keys("<f2>")
        morning.keys(SCRIPTS[hand]["environment"], wide=wide)
        the_card(showroom, "environment")
    for task, moment in FORENOON.items():
        with sit(now=moment) as duty:
            duty.keys("<f2>")
            duty.keys(SCRIPTS[hand][task], wide=wide)
            duty.settle(0.4)
        THE[task](showroom)
    for moment, visit in zip(WALKINS, walkins(hand), strict=True):
        with sit(now=moment) as door:
            door.keys("<f2> " + visit, wide=wide)
            door.settle(0.6)
    the_walkins(showroom)
    for moment, visit in zip(VISITS, SCRIPTS[hand]["cars"].split("M <f5>")[1:], strict=True):
        with sit(now=moment) as hour:
            hour.keys("<f2> <f5>" + visit, wide=wide)
            hour.settle(0.6)  # the place is kept a moment after the last key
    the_cars(showroom)
    with sit(now=AFTERNOON) as afternoon:
        afternoon.keys("<f2>")
        afternoon.keys(SCRIPTS[hand]["ageing"], wide=wide)
    the_announcement(showroom)
    with sit(now=EVENING) as evening:
        evening.keys("<f2>")
        evening.keys(SCRIPTS[hand]["report"], wide=wide)
        the_report(showroom)
        evening.until("PDF")


@pytest.mark.slow
@pytest.mark.parametrize("task", ["appearance", "environment", "report"])
def test_a_kill_after_each_key(sit: Callable[..., Terminal], showroom: Path, task: str) -> None:
    """The plug is pulled after each key of a script, a moment after it; reopening goes on where it stood."""
    if task == "environment":
        with sit() as before:
            before.keys("<f3> <c-a> <f2>")
            before.settle(0.4)
    terminal = sit(now=EVENING if task == "report" else "2026-11-24T08:41")

    def pull_the_plug(_token: str) -> None:
        seen = terminal.text()
        terminal.settle(0.25)
        terminal.kill()
        terminal.reopen()
        terminal.until(lambda: _same_place(terminal.text(), seen), f"the screen that was left:\n{seen}\nnow")

    terminal.keys(_in_sentences(SCRIPTS["F"][task]), between=pull_the_plug)
    if task == "report":
        the_report(showroom, paper=False)
    else:
        the_card(showroom, task)
    assert verify(showroom).findings == []


@pytest.mark.slow
def test_a_kill_after_each_key_among_the_cars(sit: Callable[..., Terminal], showroom: Path) -> None:
    """The plug is pulled after each key on F5 and F4: no step is lost, none is done twice."""
    terminal = sit(now=AFTERNOON)

    def pull_the_plug(_token: str) -> None:
        seen = terminal.text()
        terminal.settle(0.25)
        terminal.kill()
        terminal.reopen()
        terminal.until(lambda: _same_place(terminal.text(), seen), f"the screen that was left:\n{seen}\nnow")

    for visit in SCRIPTS["F"]["cars"].split("M <f5>")[1:]:
        terminal.keys("<f2> <f5>" + visit, between=pull_the_plug)
    terminal.keys(SCRIPTS["F"]["ageing"], between=pull_the_plug)
    the_cars(showroom, (AFTERNOON,) * 3)
    the_announcement(showroom)
    assert verify(showroom).findings == []


@pytest.mark.slow
@pytest.mark.parametrize("task", FORENOON)
def test_a_kill_after_each_key_of_duty(sit: Callable[..., Terminal], showroom: Path, task: str) -> None:
    """The plug is pulled after each key of leave and substitution: granted once, taken over once."""
    terminal = sit(now=FORENOON[task])

    def pull_the_plug(_token: str) -> None:
        seen = terminal.text()
        terminal.settle(0.25)
        terminal.kill()
        terminal.reopen()
        terminal.until(lambda: _same_place(terminal.text(), seen), f"the screen that was left:\n{seen}\nnow")

    terminal.keys(SCRIPTS["F"][task], between=pull_the_plug)
    THE[task](showroom)
    assert verify(showroom).findings == []


@pytest.mark.slow
def test_a_kill_after_each_key_at_the_door(sit: Callable[..., Terminal], showroom: Path) -> None:
    """The plug is pulled after each key of a walk-in: half a number comes back, nobody is entered twice."""
    terminal = sit(now=WALKINS[1])

    def pull_the_plug(_token: str) -> None:
        seen = terminal.text()
        terminal.settle(0.25)
        terminal.kill()
        terminal.reopen()
        terminal.until(lambda: _same_place(terminal.text(), seen), f"the screen that was left:\n{seen}\nnow")

    for visit in walkins("F"):
        terminal.keys("<f2> " + visit, between=pull_the_plug)
    the_walkins(showroom, (WALKINS[1],) * 5)
    assert verify(showroom).findings == []


def walkins(hand: str) -> list[str]:
    """The five walk-ins in the three visits of the leader: one, two, two."""
    each = [f"M <ins>{one}" for one in SCRIPTS[hand]["walkins"].split("M <ins>")[1:]]
    return [each[0], " ".join(each[1:3]), " ".join(each[3:])]


def the_walkins(showroom: Path, times: tuple[str, ...] = (WALKINS[0], *WALKINS[1:2] * 2, *WALKINS[2:] * 2)) -> None:
    """Five batches, three with number and name; no full number leaves the program."""
    found = record(showroom, "visits", now=EVENING)["visits"]
    assert [one["came_at"][:16] for one in found] == list(times)
    assert [(one["grade"], one["test_drive"], one["captured"]) for one in found] == [
        ("A", False, True), ("H", True, True), ("C", False, False), ("B", False, True), ("B", False, False)]  # fmt: skip
    people = record(showroom, "customers", now=EVENING)["customers"]
    assert sorted((one["name"], one["phone"], one["grade"]) for one in people) == [
        ("李", "138****1002", "H"), ("王", "138****1001", "A"), ("陈", "138****1004", "B")]  # fmt: skip


def _in_sentences(script: str) -> str:
    """The plug is pulled between the remark's sentences rather than between its words."""
    first, second = REMARKS_TEXT[:15], REMARKS_TEXT[15:]
    return script.replace(REMARKS, f"Z:{first} Z:{second}")


def _same_place(now: str, before: str) -> bool:
    """The same picture but for the line of the last action and what is still on its way to a printer."""
    keep = [n for n in range(24) if n != 22]
    return [now.splitlines()[n] for n in keep] == [before.splitlines()[n] for n in keep]


def the_card(showroom: Path, code: str) -> None:
    """The card holds exactly the exceptions of the day, with their reasons, and nothing open."""
    found = next(one for one in record(showroom, "card", "--list", code)["lists"] if one["code"] == code)
    rows, marks = CELLS[code]
    assert [(p["rows"], p["marks"], p["backfilled"]) for p in found["rest_passed"]] == [(rows, marks, False)]
    assert found["counts"] == {
        "items": marks,
        "pass": marks - len(CHANGED[code]),
        "fail": len(CHANGED[code]),
        "late": 0,
        "na": 0,
        "open": 0,
    }
    assert _exceptions(found) == CHANGED[code]


def _exceptions(found: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {
        (row["label"]["zh"], item): mark["reason"]
        for row in found["rows"]
        for item, mark in row["marks"].items()
        if mark["result"] != "pass" or mark["late"]
    }


def the_cars(showroom: Path, visits: tuple[str, ...] = VISITS) -> None:
    """Two cars have invoice, insurance and hand-over, each at its visit; nothing else changed."""
    orders = record(showroom, "cars", now=EVENING)["deliveries"]
    done = [one for one in orders if one["state"] == "delivered"]
    assert [one["vin"][-4:] for one in done] == list(HANDED_OVER)
    for one in done:
        stamps = {step: told["at"][:16] for step, told in one["steps"].items()}
        assert stamps == dict(zip(("invoice", "insurance", "out"), visits, strict=True))
    others = {one["vin"][-4:]: sorted(one["steps"]) for one in orders if one["state"] == "open"}
    assert others == {"0412": ["insurance", "invoice"], "7731": ["invoice"], "5520": ["insurance", "invoice", "plates"],
                      "2290": ["invoice"], "1108": []}  # fmt: skip


def the_leave(showroom: Path) -> None:
    """Li Na has tomorrow off for the family, granted at 9:03; nobody else has leave, and the desk is as it was."""
    found = record(showroom, "leave", now=EVENING)["leaves"]
    assert [(one["number"], one["kind"], one["first"], one["last"], one["half"], one["state"]) for one in found] == [
        ("S02", "P", "2026-11-25", "2026-11-25", "", "granted")]  # fmt: skip
    assert (found[0]["reason"], found[0]["decided_at"][:16]) == ("家事", FORENOON["leave"])
    desk = record(showroom, "rota", "--days", "1", "--from", "2026-11-25", now=EVENING)["desk"]
    assert all(slot["holder"] and slot["substitute"] for slot in desk)
    assert all("S02" not in (slot["holder"], slot["substitute"]) for slot in desk)


def the_substitution(showroom: Path) -> None:
    """From 9:30 to 11:00 Yang Fan answers for the desk in Li Na's place, because of a customer."""
    desk = {at: record(showroom, "duty", "--at", at, now=EVENING)["slots"][0] for at in ("09:29", "09:30", "10:59")}
    assert [one["holder"]["number"] for one in desk.values()] == ["S02", "S06", "S06"]
    before, after = desk["09:30"]["chain"]
    assert (before["from"], before["to"], before["holder"]["number"]) == ("9:00", "9:30", "S02")
    assert (after["from"], after["to"], after["left"]["number"], after["reason"]) == ("9:30", "11:00", "S02", "接客户")


THE = {"leave": the_leave, "substitution": the_substitution}


def the_announcement(showroom: Path) -> None:
    """The three oldest cars were announced once, with who pushes them."""
    cars = record(showroom, "ageing", now=EVENING)["cars"]
    told = {car["vin"][-4:]: [one["kind"] for one in car["announced"]] for car in cars if car["announced"]}
    assert told == {tail: ["push"] for tail in OLDEST}


def the_report(showroom: Path, paper: bool = True) -> None:
    """Sealed as number 1, revision 1, with the remarks; its PDF lies in the reports folder."""
    found = record(showroom, "report", now=EVENING)
    assert (found["number"], found["revision"], found["state"]) == (1, 1, "sealed")
    assert re.fullmatch("[0-9a-f]{64}", found["seal"])
    assert found["sections"]["remarks"]["text"] == REMARKS_TEXT
    if paper:
        pdf = showroom.with_suffix("") / "reports" / "20261124-report-r1.pdf"
        end = time.monotonic() + 20
        while not pdf.exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert pdf.read_bytes().startswith(b"%PDF")


def test_the_words_an_input_method_delivers() -> None:
    """The trade's remark: 26 Han characters and 4 marks."""
    assert "".join(REMARKS_HAN.values()) == re.sub("[，。]", "", REMARKS_TEXT)
    assert len(REMARKS_TEXT) == 30
