"""A November with something against one consultant, for the tests of the appraisal."""

from __future__ import annotations

from pathlib import Path

from floorlead.store import Store
from tests.kpi import showroom as sh

NOW = "2026-11-30T18:30:00"
WHO = "陈思远"


def violation(store: Store, day: str, rule: str = "phone", points: int = 2, who: str = WHO) -> int:
    """A breach of discipline."""
    return sh.add(store, "violations", day=day, at=f"{day}T10:20:00", person_id=sh.ident(store, who), rule=rule,
                  words='{"zh": "玩手机", "en": "on the phone"}', points=points, noted_at=f"{day}T10:20:00", by="t")  # fmt: skip


def opened(tmp_path: Path, now: str = NOW) -> Store:
    """Two breaches, a failed step, a visit not filled in, a day absent and half a day of leave."""
    store = sh.opened(tmp_path, now)
    who = sh.ident(store, WHO)
    violation(store, "2026-11-05")
    violation(store, "2026-11-12", "left_post", 5)
    spot = sh.add(store, "spot_checks", day="2026-11-09", at="2026-11-09T11:00:00", by="t", person_id=who)
    words = '{"zh": "迎接", "en": "greeting"}'
    sh.add(store, "spot_marks", spot_id=spot, item="greeting", words=words, result="fail")
    sh.add(store, "spot_marks", spot_id=spot, item="needs", words=words, result="pass")
    sh.visit(store, "2026-11-10", incomplete=1)
    sh.add(store, "attendance", day="2026-11-16", person_id=who, state="absent", at="2026-11-16T09:00:00")
    for half in ("am", "pm"):
        sh.add(store, "leaves", person_id=who, kind="P", first_day="2026-11-18", last_day="2026-11-18", half=half,
               state="granted", asked_at="2026-11-16T10:00:00", by="t")  # fmt: skip
    return store
