"""What is no card is kept, what is one never is: announcements of over-age cars, bank cards and identity numbers.

Each attack writes a note into a showroom's log: an announcement as the leader reads it out, or a sentence with a card.
"""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from floorlead.clock import stopped
from floorlead.secrets import luhn
from floorlead.store import Refused, Store, open_store, schema
from floorlead.store.free import refuse_card_numbers
from tests.hard import campaign

BAD = ("announcement refused", "card kept", "identity number kept")
NAMES = ("王芳", "李娜", "刘洋", "陈静", "赵敏", "周强")
MODELS = ("青屿", "云岚 Pro", "Qingyu", "Yunlan Pro")
SENTENCES = (
    "{n}",
    "卡号{n}已记",
    "客户用 {n} 付定金 5000",
    "no.{n}",
    "refund to card {n}, bank 招行",
    "退款账号：{n}（本人）",
    "尾款打到{n}，周五前",
    "2026-11-23 {n} 13912345678",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SEPARATORS = (" ", "-", "  ", "\u2013", ".", "\u3000", "\u00a0", "_")
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
AVAILABLE = 120
"""Cars that are here, as many as a large showroom has."""


def card(dice: random.Random) -> str:
    """A bank card's number of 16 to 19 digits with its check digit, as one bank or another gives out."""
    head = dice.choice(("62", "62", "4", "51", "55", "35", "9558", "2221", "2720", "6011"))
    body = head + "".join(str(dice.randrange(10)) for _n in range(dice.randint(15, 18) - len(head)))
    return next(body + str(end) for end in range(10) if luhn(body + str(end)))


def identity(dice: random.Random) -> str:
    """An identity number with its check digit."""
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(20000))
    body = f"{dice.choice((110101, 310115, 440305, 510104, 330106))}{born:%Y%m%d}{dice.randrange(1000):03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def written(dice: random.Random, number: str) -> str:
    """A number as people write it: plain, in fours, full-width, or both, inside a sentence."""
    if dice.random() < 0.6:
        number = dice.choice(SEPARATORS).join(number[at : at + 4] for at in range(0, len(number), 4))
    if dice.random() < 0.25:
        number = number.translate(WIDE)
    return dice.choice(SENTENCES).format(n=number)


def announcement(dice: random.Random, ends: list[str]) -> str:
    """The standard announcement, or only its second half, as it is pasted into a note."""
    cars = dice.sample(ends, dice.randint(1, 12))
    told = " / ".join(f"{dice.choice(MODELS)} {end} {dice.randint(46, 260)}d" for end in cars)
    owners, left = [], cars
    while left:
        size = dice.randint(1, 6)
        owners.append(f"{dice.choice(NAMES)}({' '.join(left[:size])})")
        left = left[size:]
    return dice.choice((
        f"【超龄 11月24日】{told}:本周主推。责任人:{' '.join(owners)}。", f"[Over-age 24 Nov] {told}: push this week. Owners: {', '.join(owners)}.",
        " ".join(owners), f"本周主推 {' '.join(cars)}", f"超龄车 {'-'.join(cars[:4])}",
    ))  # fmt: skip


@cache
def floor() -> tuple[Store, list[str]]:
    """A showroom with its cars, and the ends of their numbers."""
    dice, place = random.Random(7), Path(tempfile.mkdtemp(prefix="floorlead-cards-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    store = open_store(place / "s.db", stopped("2026-11-24T08:41"))
    ends = [f"{dice.randrange(10000):04d}" for _n in range(AVAILABLE)]
    with store.write("cars") as db:
        db.execute("INSERT INTO models(code, name) VALUES ('QY', '青屿')")
        db.executemany(
            "INSERT INTO cars(vin, model_id, stock_state) VALUES (?, 1, 'in_stock')",
            [(f"LX0A1B2C0T{n:03d}{end}",) for n, end in enumerate(ends)],
        )
    return store, ends


def attempt(dice: random.Random, _folder: Path) -> str:
    """One text at the gate."""
    store, ends = floor()
    kind = dice.choice(("announcement", "card", "identity number"))
    if kind == "announcement":
        text = announcement(dice, ends)
    else:
        text = written(dice, card(dice) if kind == "card" else identity(dice))
    columns = schema.columns(store.connection, "entries")
    row = ",".join("'" + text.replace("'", "''") + "'" if name == "text" else "NULL" for name in columns)
    try:
        refuse_card_numbers(store.connection, [(1, "entries", 1, "I", None, row)])
    except Refused:
        return f"{kind} refused"
    return f"{kind} kept"


if __name__ == "__main__":
    campaign.main(attempt, BAD, count=30_000)
