"""The leader's standard day: the trade's scripts in the order of the clock, and the end state each of them must leave."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.app.conftest import record

MORNING = "2026-11-24T08:41"
EVENING = "2026-11-24T17:42"
VISITS = ("2026-11-24T09:50", "2026-11-24T11:30", "2026-11-24T15:20")
"""When the leader comes by for the cars."""
WALKINS = ("2026-11-24T09:15", "2026-11-24T10:05", "2026-11-24T14:20")
"""When customers come in: one, then two, then two."""
HANDED_OVER = ("6634", "6127")
"""The cars on rows 3 and 7 of the delivery list."""
PHONES = ("13800001001", "13800001002", "13800001004")
"""What the customers leave."""
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
CHANGED = {
    "appearance": {("刘洋", "badge"): "现场纠正", ("周强", "wiped"): "已补擦"},
    "environment": {
        ("途观蓝", "wiped"): "已补擦",
        ("宝来红", "unlocked"): "钥匙不在",
        ("谈判桌6", "chairs"): "现场纠正",
    },
}
CELLS = {"appearance": (12, 48), "environment": (20, 74)}


class Sitting(NamedTuple):
    """One visit of the leader to the machine: when, what she types, and what must hold after it."""

    now: str
    script: str
    holds: Callable[[Path], None] | None = None


def sittings(hand: str) -> list[Sitting]:
    """The day in the order of the clock; each visit begins on Today."""
    script = SCRIPTS[hand]
    door, cars = _walkins(script["walkins"]), [f"<f5>{one}" for one in script["cars"].split("M <f5>")[1:]]
    return [
        Sitting(MORNING, script["appearance"], lambda path: the_card(path, "appearance")),
        Sitting(MORNING, script["environment"], lambda path: the_card(path, "environment")),
        Sitting("2026-11-24T09:03", script["leave"], the_leave),
        Sitting(WALKINS[0], door[0]),
        Sitting("2026-11-24T09:30", script["substitution"], the_substitution),
        Sitting(VISITS[0], cars[0]),
        Sitting(WALKINS[1], door[1]),
        Sitting(VISITS[1], cars[1]),
        Sitting(WALKINS[2], door[2], the_walkins),
        Sitting(VISITS[2], cars[2], the_cars),
        Sitting("2026-11-24T16:05", script["ageing"], the_announcement),
        Sitting(EVENING, script["report"], the_report),
    ]


def _walkins(script: str) -> list[str]:
    """The five walk-ins in the three visits of the leader: one, two, two."""
    each = [f"M <ins>{one}" for one in script.split("M <ins>")[1:]]
    return [each[0], " ".join(each[1:3]), " ".join(each[3:])]


def the_walkins(showroom: Path) -> None:
    """Five batches, three with number and name; no full number leaves the program."""
    found = record(showroom, "visits", now=EVENING)["visits"]
    assert [one["came_at"][:16] for one in found] == [WALKINS[0], *WALKINS[1:2] * 2, *WALKINS[2:] * 2]
    assert [(one["grade"], one["test_drive"], one["captured"]) for one in found] == [
        ("A", False, True), ("H", True, True), ("C", False, False), ("B", False, True), ("B", False, False)]  # fmt: skip
    people = record(showroom, "customers", now=EVENING)["customers"]
    assert sorted((one["name"], one["phone"], one["grade"]) for one in people) == [
        ("李", "138****1002", "H"), ("王", "138****1001", "A"), ("陈", "138****1004", "B")]  # fmt: skip


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


def the_cars(showroom: Path) -> None:
    """Two cars have invoice, insurance and hand-over, each at its visit; nothing else changed."""
    orders = record(showroom, "cars", now=EVENING)["deliveries"]
    done = [one for one in orders if one["state"] == "delivered"]
    assert [one["vin"][-4:] for one in done] == list(HANDED_OVER)
    for one in done:
        stamps = {step: told["at"][:16] for step, told in one["steps"].items()}
        assert stamps == dict(zip(("invoice", "insurance", "out"), VISITS, strict=True))
    others = {one["vin"][-4:]: sorted(one["steps"]) for one in orders if one["state"] == "open"}
    assert others == {"0412": ["insurance", "invoice"], "7731": ["invoice"], "5520": ["insurance", "invoice", "plates"],
                      "2290": ["invoice"], "1108": []}  # fmt: skip


def the_leave(showroom: Path) -> None:
    """Li Na has tomorrow off for the family, granted at 9:03; nobody else has leave, and the desk is as it was."""
    found = record(showroom, "leave", now=EVENING)["leaves"]
    assert [(one["number"], one["kind"], one["first"], one["last"], one["half"], one["state"]) for one in found] == [
        ("S02", "P", "2026-11-25", "2026-11-25", "", "granted")]  # fmt: skip
    assert (found[0]["reason"], found[0]["decided_at"][:16]) == ("家事", "2026-11-24T09:03")
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
        end = time.monotonic() + 90
        while not pdf.exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert pdf.read_bytes().startswith(b"%PDF")
