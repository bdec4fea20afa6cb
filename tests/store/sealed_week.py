"""A showroom's reports of three weeks: two under the first rule, six under the second, opened again twice, one void."""

from __future__ import annotations

import contextlib
from pathlib import Path

from floorlead import clock
from floorlead.store import chain, open_store, seals
from tests.store.conftest import DAY, enter, person, put, seal_by_first_rule, task

BODY = {
    "leader": "林晓峰",
    "sections": {
        "head": {"weather": "晴"},
        "tasks": {"open": [{"text": "给刘女士回电", "owner": "张伟", "due": DAY}]},
        "deliveries": {"out": [{"number": "D0001", "customer": "刘女士", "note": "现金", "car": {"zh": "青屿白4114"}}]},
    },
}


def make(path: Path) -> None:
    """Write the file."""
    with contextlib.closing(open_store(path, clock.stopped(f"{DAY}T08:41"), check="none")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        for n in (1, 2, 3):
            source = f"#let x = {n}"
            enter(store, "people", **person(n))
            enter(store, "tasks", **task(text=f"第{n}件事"))
            enter(store, "templates", digest=chain.sha(source), source=source)
        old = chain.canonical(BODY)
        seal_by_first_rule(store, "2026-11-01", 1, body=old)
        reopen(store, "2026-11-01", 1)
        seal_by_first_rule(store, "2026-11-01", 1, 2, body=old)
        for number, revision, template in ((2, 1, 1), (3, 1, 2), (3, 2, 2), (4, 1, None), (4, 2, 3), (5, 1, 3)):
            void = number == 4 and revision == 2
            if revision > 1 and not void:
                reopen(store, f"2026-11-{number:02}", 1)
            with store.write("Report {number} sealed", kind="seal", number=number) as db:
                if void:  # the same action opens it again
                    put(db, "reopens", day="2026-11-04", revision=1, at="x", by="林晓峰", reason="时钟不对")
                facts = {
                    "day": f"2026-11-{number:02}", "number": number, "revision": revision, "by": "林晓峰", "language": "zh",
                    "sealed_at": f"2026-11-{number:02}T18:25:00", "template_id": template, "void": int(void),
                }  # fmt: skip
                body = BODY | ({"void": True} if facts["void"] else {})
                seals.enter(db, facts, body, lambda seal, before: f"日报 晴 {seal[:16]} {before[:16]}")


def reopen(store, day: str, revision: int) -> None:
    with store.write("Report of {day} opened again: {reason}", kind="reopen", day=day, reason="漏记") as db:
        put(db, "reopens", day=day, revision=revision, at=f"{day}T19:00:00", by="林晓峰", reason="漏记试驾")
