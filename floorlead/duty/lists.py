"""The showroom's shifts, slots, needs and rules: `rota.toml`, the showroom's own before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from floorlead.duty.records import Book, Kind, Need, Post, Shift, Slot, minute_of
from floorlead.ownfile import OwnFile, Wrong
from floorlead.ownfile.shape import (
    DAY_MINUTES,
    NAMED,
    band,
    code,
    day,
    flag,
    many,
    number,
    one_of,
    pair,
    table,
    whole,
)
from floorlead.store import Store
from floorlead.words import _

DRAFT = "rota"
"""Where the read file is kept for the next start."""
FILE = "rota.toml"
NEEDED = (("-", "off"), ("S", "leave"), ("O", "outing"))
"""Shifts that every rota has: a day off, sick leave, an outing."""
WEEK_MINUTES, MONTH_MINUTES = 7 * DAY_MINUTES, 31 * DAY_MINUTES
SHAPE = table({
    "desk_roles": many(code),
    "shift": many(table({**NAMED, "kind": one_of(*Kind), "sign": pair()}, {
        "digit": whole(0, 9), "hours": band, "paid": whole(0, DAY_MINUTES), "paid_leave": flag, "at_work": flag,
        "allowance": number(0, 366), "reasons": many(pair()),
    }), 1, once="code"),
    "post": many(table({**NAMED, "slots": many(band)}, {"on": flag}), once="code"),
    "need": many(table({
        "kind": many(one_of("work", "weekend", "holiday", "makeup"), 1), "hours": band, "heads": whole(0, 1000),
    })),
    "words": table({"substitution": many(pair()), "outing": many(pair())}),
    "rules": table({}, {
        "max_run": whole(1, 31), "rest_days_per_week": whole(0, 7), "week_minutes": whole(0, WEEK_MINUTES),
        "overtime_month_minutes": whole(0, MONTH_MINUTES), "least_present": whole(0, 1000),
        "swap_months": whole(0, 120),
    }),
}, {"closed": many(day, most=1000), "weights": table({}, rest=number(0, 10**6))})  # fmt: skip
"""What `rota.toml` must be like: a day's paid minutes up to 1440, a week's to 10080, days in a row up to 31."""


def book(store: Store) -> Book:
    """What `rota.toml` says; a showroom's own file that cannot be used is told of, and the shipped one counts."""
    return OWN.read(store)


def book_of(data: Mapping[str, Any]) -> Book:
    """The book from data of the file's shape. Raises Wrong where a shift is missing that every rota has."""
    words = data["words"]
    there = {(one["code"], one["kind"]) for one in data["shift"]}
    for name, kind in NEEDED:
        if (name, kind) not in there:
            raise Wrong(_("the shift {code} of the kind {kind} is missing").format(code=name, kind=kind), ("shift",))
    slots = [slot for post in data["post"] if post.get("on") for slot in _slots(post)]
    return Book(
        tuple(_shift(one) for one in data["shift"]), tuple(sorted(slots, key=lambda s: (s.starts, s.ends))),
        tuple(need for one in data["need"] for need in _needs(one)),
        frozenset(date.fromisoformat(day) for day in data.get("closed", ())), frozenset(data["desk_roles"]),
        _pairs(words["substitution"]), _pairs(words["outing"]), dict(data["rules"]),
        {name: float(n) for name, n in data.get("weights", {}).items()},
    )  # fmt: skip


def _shift(data: Mapping[str, Any]) -> Shift:
    starts, ends = _hours(data["hours"]) if "hours" in data else (0, 0)
    sign_zh, sign_en = data["sign"]
    return Shift(
        data["code"], Kind(data["kind"]), data.get("digit", 0), sign_zh, sign_en, data["zh"], data["en"],
        starts, ends, data.get("paid", 0), bool(data.get("paid_leave")), bool(data.get("at_work")),
        data.get("allowance"), _pairs(data.get("reasons", ())),
    )  # fmt: skip


def _slots(data: Mapping[str, Any]) -> list[Slot]:
    post = Post(data["code"], data["zh"], data["en"])
    return [Slot(f"{post.code} {hours[0]}", post, *_hours(hours)) for hours in data["slots"]]


def _needs(data: Mapping[str, Any]) -> list[Need]:
    starts, ends = _hours(data["hours"])
    return [Need(kind, starts, ends, data["heads"]) for kind in data["kind"]]


def _hours(data: Any) -> tuple[int, int]:
    starts, ends = (minute_of(text) for text in data)
    return starts, ends


def _pairs(data: Any) -> tuple[tuple[str, str], ...]:
    return tuple((zh, en) for zh, en in data)


OWN = OwnFile(FILE, DRAFT, SHAPE, book_of)
