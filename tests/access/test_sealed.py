"""A customer leaves sealed reports: the words say when, the paper's sixteen digits still verify, others stay named."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from people import OTHER, PHONE, bytes_with, customer, insert, life, order

from floorlead import words
from floorlead.access import moves, queries
from floorlead.report import queries as reports
from floorlead.report import sealing
from floorlead.report.sheet import as_chat, draw
from floorlead.store import backup, chain, seals
from floorlead.store.verify import verify
from floorlead.tasks import queries as tasks
from tests.conftest import at
from tests.store.conftest import seal_by_first_rule

NAME = "刘女士"


def names_in(path: Path) -> list[str]:
    return bytes_with(path, NAME)


def sealed_life(store) -> str:
    """A day with the customer in an order, a complaint, a task and the remarks, sealed; returns the paper's digits."""
    life(store)
    order(store, "陈先生", OTHER, note="周六来取")
    insert(store, "entries", "complaint", {}, day=store.today().isoformat(), at=store.clock.stamp(), by="王",
           kind="complaint", customer=NAME, phone=OTHER, text="同姓另一位, 停车慢")  # fmt: skip
    tasks.add(store, f"给{NAME}送备用钥匙", "", store.today())
    return sealing.seal(store, store.today()).seal[: chain.SEAL_DIGITS]


def test_a_person_leaves_a_sealed_report_and_the_paper_still_verifies(store, tmp_path):
    """
    lead 王
    stock QY 白 4114 34
    """
    paper = sealed_life(store)
    backup.back_up(store, "seal")
    template = store.rows("SELECT * FROM templates")
    before = json.loads(store.one("SELECT body FROM reports"))
    done = moves.purge(store, queries.found(store, [PHONE]))
    assert (done.reports, done.kept, done.left) == (1, (), ())
    verdict = verify(store.path, paper)
    assert verdict.findings == []
    assert verdict.erased >= 4
    after = json.loads(store.one("SELECT body FROM reports"))
    gone = [text for text in seals.private(after).values() if seals.erased_day(text)]
    assert set(gone) == {"erased on 2026-11-24"}
    assert after["number"] == before["number"]
    others = [one["customer"] for one in after["sections"]["deliveries"]["out"]]
    assert others == ["erased on 2026-11-24", "陈先生"]
    same = [one for one in after["sections"]["events"]["entries"] if one["customer"] == NAME]
    assert len(same) == 1, "a log entry of another customer of the same name stays"
    assert store.rows("SELECT * FROM templates") == template
    for one in backup.listed(store.path):
        assert verify(one.path, paper).findings == []


def test_no_file_holds_the_name_of_somebody_unmistakable(store, tmp_path):
    """The name stood in the order, the complaint, the task, the remark, the sealed text, and why the day was opened.

    lead 王
    """
    life(store)
    tasks.add(store, f"给{NAME}送备用钥匙", "", store.today())
    papers = [sealing.seal(store, store.today()).seal[:16]]
    reports.reopen(store, store.today(), f"漏记{NAME}的定金")
    papers.append(sealing.seal(store, store.today()).seal[:16])
    reports.reopen(store, store.today(), f"{NAME}改期")
    moves.purge(store, queries.found(store, [PHONE]))
    for table in ("reports", "reopens", "seals"):
        assert NAME not in str(store.rows(f"SELECT * FROM {table}"))
        assert not store.one("SELECT 1 FROM changes WHERE tbl = ? AND instr(coalesce(new, old), ?)", table, NAME)
    for paper in papers:
        assert verify(store.path, paper).findings == []
    at(store, "18:30", "2026-11-25")
    later = sealing.seal(store, store.today()).seal[:16]
    assert verify(store.path, later).findings == []
    moves.purge(store, queries.found(store, [PHONE]))
    assert verify(store.path, papers[0]).findings == []


def test_an_erased_report_is_drawn_in_either_language(store):
    """
    lead 王
    """
    sealed_life(store)
    moves.purge(store, queries.found(store, [PHONE]))
    report = reports.sealed(store, store.today())
    assert reports.kept_text(store, report)[1] == ""
    assert "erased on 2026-11-24" in as_chat(report)
    words.use("zh")
    report = reports.sealed(store, store.today())
    from floorlead.paper.text import as_text

    assert "已于 2026-11-24 清除" in as_text(draw(report))
    assert report.seal[:16] in as_text(draw(report))


def test_a_report_of_the_first_rule_is_named_and_keeps_its_bytes(store):
    """It was sealed before seals could let go of a name: purge says which, verify says which rule holds for which."""
    life(store)
    tasks.add(store, f"给{NAME}回电", "", store.today())
    body = chain.canonical({"sections": {"tasks": {"open": [{"text": f"给{NAME}回电"}]}}})
    old = seal_by_first_rule(store, "2026-11-22", 1, body=body)
    seal_by_first_rule(store, "2026-11-23", 2)
    kept = store.rows("SELECT * FROM reports ORDER BY id")
    new = sealing.seal(store, store.today()).seal
    done = moves.purge(store, queries.found(store, [PHONE]))
    assert [(one.number, one.revision, one.day) for one in done.kept] == [(1, 1, "2026-11-22")]
    assert store.rows("SELECT * FROM reports WHERE id < 3 ORDER BY id") == kept
    for paper in (old, new):
        verdict = verify(store.path, paper[:16])
        assert (verdict.findings, verdict.first_rule) == ([], (1, 2))


def test_a_body_without_private_words_is_still_proven(store):
    """What headquarters gets holds no customer and no free text; with the members' digests the seal is recomputed.

    lead 王
    stock QY 白 4114 34
    """
    sealed_life(store)
    names = seals.COLUMNS.split(", ")
    row = dict(zip(names, store.rows(f"SELECT {seals.COLUMNS} FROM reports")[0], strict=True))
    members = seals.members_of(store.one("SELECT members FROM seals"))
    shown = seals.public(seals.document(json.loads(row["body"]), []), members.leaves)
    sent = re.sub(r"[0-9a-f]{32,}", "", json.dumps(shown, ensure_ascii=False))  # four digits may stand in a digest
    for private in (NAME, "陈先生", "钥匙", "投诉", "停车", OTHER[-4:]):
        assert private not in sent
    told = {name: seals.top_digest(members.salt(name), name, part) for name, part in seals.parts(shown).items()}
    tops = [(name, None, told.get(name, digest)) for name, _salt, digest in members.tops]
    assert seals.seal_of(seals.core_of(row), tops) == row["seal"]
    shown["sections"]["deliveries"]["month"] += 1
    forged = {name: seals.top_digest(members.salt(name), name, part) for name, part in seals.parts(shown).items()}
    tops = [(name, None, forged.get(name, digest)) for name, _salt, digest in members.tops]
    assert seals.seal_of(seals.core_of(row), tops) != row["seal"]


def test_what_is_public_names_no_customer(store):
    """Every free text and every customer's name of a full day is a private member.

    lead 王
    stock QY 白 4114 34
    """
    customer(store, "丁一", "13811112222")
    sealed_life(store)
    for body, members in store.rows("SELECT r.body, s.members FROM reports r JOIN seals s ON s.id = r.id"):
        shown = json.dumps(seals.public(json.loads(body), seals.members_of(members).leaves), ensure_ascii=False)
        free = [text for (text,) in store.rows("SELECT text FROM tasks UNION SELECT remarks FROM days UNION "
                                               "SELECT text FROM entries UNION SELECT note FROM orders UNION "
                                               "SELECT customer FROM orders UNION SELECT customer FROM entries")]  # fmt: skip
        assert [text for text in free if text and text in shown] == []
