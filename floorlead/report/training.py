"""The report's lines about the morning's training and the reception queue: who learned what, who took how many turns.

Their facts are plain data in both languages; a showroom that uses neither has no such section.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from floorlead.duty.records import clocked
from floorlead.people import queries as people_queries
from floorlead.queue import queries as queue
from floorlead.queue.records import Kind
from floorlead.report.records import Data, Said
from floorlead.store import Store
from floorlead.training import queries as training
from floorlead.training.records import told
from floorlead.words import _, pick

Words = dict[str, str]


def read_training(store: Store, day: date) -> Data:
    """What was trained, who of the idle group was there, and the turns of the queue; nothing where neither is used."""
    if not store.one("SELECT 1 FROM trainings LIMIT 1") and not store.one("SELECT 1 FROM queue_events LIMIT 1"):
        return {}
    names = {p.id: {"zh": p.name, "en": p.name_en or p.name} for p in people_queries.everybody(store)}
    return {"training": _training(store, day, names), "queue": _queue(store, day, names)}


def _training(store: Store, day: date, names: dict[int, Words]) -> Data | None:
    morning = training.morning(store, day)
    if not morning.training or not (morning.there or morning.training.topic):
        return None
    idle = morning.idle()
    return {
        "starts": clocked(morning.starts), "topic": told(morning.training.topic), "trainer": morning.training.trainer,
        "idle": len(idle), "there": [names[who] for who in morning.there if who in idle],
        "not_there": [names[who] for who in idle if who not in morning.there],
        "others": [names[who] for who in morning.there if who not in idle],
    }  # fmt: skip


def _queue(store: Store, day: date, names: dict[int, Words]) -> Data | None:
    keyed = queue.events(store, day)
    if not keyed:
        return None
    taken = sorted(queue.taken(store, day).items(), key=lambda one: -one[1])
    return {
        "taken": [{"name": names[who], "turns": count} for who, count in taken if count],
        "by_hand": sum(one.kind is Kind.MOVE or bool(one.reason) for one in keyed),
    }  # fmt: skip


def say_training(data: Data) -> list[Said]:
    """The training in one line with the names below it, then the queue's day in one line."""
    one = data["training"]
    lines = _say(one) if one else [Said(_("training: not entered"), (), "training", "")]
    return [*lines, *_say_queue(data["queue"])]


def _say(one: dict[str, Any]) -> list[Said]:
    topic = pick(one["topic"]["zh"], one["topic"]["en"]) or _("no topic")
    words = _("training {time} {topic}, trainer {trainer}, idle group {there}/{idle}")
    first = words.format(
        time=one["starts"], topic=topic, trainer=one["trainer"], there=len(one["there"]), idle=one["idle"]
    )
    parts = ((_("there"), "there"), (_("not there"), "not_there"), (_("also there"), "others"))
    told_of = [f"{word}: " + " ".join(_names(one[key])) for word, key in parts if one[key]]
    return [Said(first, told_of, "training", ""), Said("  " + "   ".join(told_of), told_of, "training", "")]


def _names(people: Iterable[Words]) -> list[str]:
    return [pick(one["zh"], one["en"]) for one in people]


def _say_queue(data: dict[str, Any] | None) -> list[Said]:
    if data is None:
        return []
    told_of = [f"{pick(one['name']['zh'], one['name']['en'])} {one['turns']}" for one in data["taken"]]
    line = _("turns taken: {people}").format(people="  ".join(told_of) or _("none"))
    by_hand = "   " + _("out of order by hand {count}").format(count=data["by_hand"]) if data["by_hand"] else ""
    return [Said(line + by_hand, told_of, "queue", "")]
