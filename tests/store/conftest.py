"""A showroom's file for the store's tests: empty, filled in every table, sealed, forged, or written by
another terminal."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from floorlead import clock
from floorlead.store import Store, chain, open_store, schema, seals
from tests import kept
from tests.children import around

DAY = "2026-11-23"
WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def at():
    """The showroom's clock on Monday 2026-11-23 at 08:41."""
    return clock.stopped("2026-11-23T08:41")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "showroom.db"


@pytest.fixture
def opened(path, at):
    """Open the showroom's file, as another terminal too; all are closed at the end."""
    with contextlib.ExitStack() as stack:

        def again(where: Path = path, now=at, **options) -> Store:
            store = open_store(where, now, **options)
            stack.callback(store.close)
            return store

        yield again


@pytest.fixture
def store(opened, path, at):
    """An empty file, made once a run and copied."""
    kept.lay(path, at)
    return opened()


@pytest.fixture
def full(opened, path, at):
    """The file with three rows in every table that is recorded."""
    kept.lay(path, at, "full", fill)
    return opened()


def enter(store: Store, table: str, *, as_kind: str = "do", **row) -> int:
    """Enter one row as one action; returns the row's id."""
    with store.write("Entered", kind=as_kind) as db:
        return put(db, table, **row)


def put(db: sqlite3.Connection, table: str, **row) -> int:
    """Insert a row inside an open action."""
    marks = ", ".join("?" * len(row))
    return int(db.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", tuple(row.values())).lastrowid)


def seal(store: Store, day: str, number: int, revision: int = 1, body: str = '{"title":"日报"}') -> str:
    """Seal a day's report as the report page does; returns the seal."""
    with store.write("Report {number} sealed", kind="seal", number=number) as db:
        template = db.execute("SELECT max(id) FROM templates").fetchone()[0]
        facts = {
            "day": day, "number": number, "revision": revision, "sealed_at": f"{day}T18:25:00", "by": "林晓峰",
            "language": "zh", "template_id": template,
        }  # fmt: skip
        row = seals.enter(db, facts, json.loads(body), lambda seal, before: f"日报 {seal[:16]} {before[:16]}")
    return str(row["seal"])


def seal_by_first_rule(store: Store, day: str, number: int, revision: int = 1, body: str = '{"title":"日报"}') -> str:
    """Seal a day's report as the first rule did: the text is not covered; returns the seal."""
    with store.write("Report {number} sealed", kind="seal", number=number) as db:
        seq, head = db.execute("SELECT seq, chain FROM actions WHERE chain <> '' ORDER BY seq DESC").fetchone()
        before = db.execute("SELECT seal FROM reports ORDER BY id DESC LIMIT 1").fetchone()
        previous = before[0] if before else ""
        made = chain.seal_of(previous, number, revision, day, body, head)
        put(
            db, "reports", day=day, number=number, revision=revision, sealed_at=f"{day}T18:25:00",
            by="林晓峰", language="zh", body=body, text="日报", seq=seq, head=head, previous_seal=previous,
            seal=made,
        )  # fmt: skip
    return made


def task(**more) -> dict:
    return {"text": "传达厂家12月政策", "owner": "组长", "due": "2026-11-24", "made_on": DAY, **more}


def person(n: int, **more) -> dict:
    return {
        "number": f"A{n}",
        "name": f"张伟{n}",
        "role": "consultant",
        "position": n,
        "search": f"zw{n}",
        **more,
    }


def fill(store: Store) -> None:
    """Three rows in every table that is recorded, as three ordinary mornings leave them."""
    for n in (1, 2, 3):
        enter(store, "settings", key=f"key{n}", value=f"值{n}")
        enter(store, "people", **person(n, rest_day=n, joined="2024-03-01"))
        enter(store, "attendance", day=DAY, person_id=n, state="present", at=f"{DAY}T08:2{n}:00")
        enter(
            store,
            "furniture",
            kind="table",
            spot=f"T{n}",
            label=f"洽谈桌{n}",
            keeper_id=n,
            position=n,
            search="qtz",
        )
        enter(store, "check_lists", code=f"list{n}", is_on=1)
        enter(store, "check_items", list="people", code=f"item{n}", body='{"zh":"胸卡"}')
        enter(store, "tasks", **task(text=f"第{n}件'事'"))
        enter(store, "days", day=f"2026-11-0{n}", weather="晴", remarks="")
        source = f"#let x = {n}"
        enter(store, "templates", digest=chain.sha(source), source=source)
        _card(store, n)
        enter(
            store,
            "prints",
            paper="card",
            day=DAY,
            at=f"{DAY}T09:00:00",
            by="林晓峰",
            printer="",
            path=f"{n}.pdf",
        )
    _cars(store)
    for n in (1, 2, 3):
        _duty(store, n)
    for n in (1, 2, 3):
        _market(store, n)
    for n in (1, 2, 3):
        seal(store, f"2026-11-0{n}", n)
        enter(
            store,
            "reopens",
            as_kind="reopen",
            day=f"2026-11-0{n}",
            revision=1,
            at="x",
            by="林晓峰",
            reason="漏记试驾",
        )


def _duty(store: Store, n: int) -> None:
    """A row in every table of the rota."""
    span = {"first_day": DAY, "last_day": DAY}
    told = {"at": f"{DAY}T09:3{n}:00", "by": "林晓峰"}
    enter(store, "rota_cells", day=DAY, person_id=n, shift="E")
    enter(store, "desk_duty", day=DAY, slot=f"front_desk 0{n}:00", holder_id=n)
    enter(store, "substitutions", day=DAY, slot=f"front_desk 0{n}:00", left_id=n, starts=570, reason="接客户", **told)
    enter(store, "acting_leaders", day=f"2026-11-1{n}", person_id=n)
    enter(store, "leaves", person_id=n, kind="P", state="granted", asked_at="x", by="林晓峰", **span)
    enter(store, "leave_allowances", person_id=n, year=2026, kind="A", days=5.5)
    enter(store, "closed_to_leave", name="车展", **span)
    enter(store, "outings", kind="巡展", place="某镇", **span)
    enter(store, "outing_people", outing_id=n, day=DAY, person_id=n)
    enter(store, "trainings", day=f"2026-11-1{n}", topic="竞品口述")
    enter(store, "training_people", training_id=n, person_id=n, at="x")
    enter(store, "queue_events", day=DAY, person_id=n, kind="join", **told)
    enter(store, "wishes", day=DAY, person_id=n, shift="-")
    enter(store, "publications", at="x", by="林晓峰", body="{}", **span)


def _market(store: Store, n: int) -> None:
    """A row in every table about customers, the log, targets, figures and access."""
    told = {"at": f"{DAY}T09:4{n}:00", "by": "林晓峰"}
    enter(store, "customers", name=f"王先生{n}", phone=f"1380000000{n}", grade="A", first_on=DAY, made_at="x", by="x")
    enter(store, "visits", day=DAY, channel="walk_in", came_at="x", kind="first", customer_id=n, number=f"V{n}", **told)
    enter(store, "customer_events", customer_id=n, day=DAY, kind="contact", next_due=DAY, **told)
    enter(
        store, "endings", customer_id=n, wanted="F1", reason="价格", asked_on=DAY, asked_at="x", state="asked", by="x"
    )
    enter(store, "reminders", day=DAY, person_id=n, overdue=n, **told)
    enter(store, "entries", day=DAY, kind="complaint", text="等候过久", due=DAY, satisfied=0, **told)
    enter(store, "entry_steps", entry_id=n, kind="action", **told)
    enter(store, "acknowledgements", entry_id=n, person_id=n, **told)
    enter(store, "violations", day=DAY, person_id=n, rule="phone", points=2, noted_at="x", **told)
    enter(store, "spot_checks", day=DAY, person_id=n, **told)
    enter(store, "spot_marks", spot_id=n, item="greet", result="pass")
    enter(store, "talks", kind="talk", title="续航", made_on=DAY, changed_at="x", by="x")
    enter(store, "targets", month=f"2026-1{n - 1}", measure="orders", amount=60)
    enter(store, "target_shares", month="2026-11", person_id=n, share=1.5)
    enter(store, "target_weights", day=f"2026-11-0{n}", weight=2.5)
    enter(store, "target_causes", day=DAY, measure="orders", cause="雨天", **told)
    enter(store, "forecasts", day=DAY, person_id=n, measure="orders", amount=n, **told)
    enter(store, "meetings", day=f"2026-11-0{n}", kind="morning", begun_at="x", by="x")
    enter(store, "meeting_ticks", meeting_id=n, item="stock", at="x")
    enter(store, "month_starts", month="2026-11", name="open", person_id=n, count=n, taken_at="x")
    enter(store, "kpi_choices", kpi=f"k{n}", definition="A", since=DAY)
    enter(store, "appraisal_scores", month="2026-11", person_id=n, item="skill", points=9.5, **told)
    enter(store, "objections", month="2026-11", person_id=n, source="mark:1", text="x", state="raised", **told)
    enter(store, "month_closes", month="2026-11", revision=n, body="{}", **told)
    enter(store, "accounts", person_id=n, role="leader", hash="x", set_at="x")
    enter(store, "accesses", day=DAY, kind="reveal", **told)
    enter(store, "access_rows", access_id=n, tbl="customers", row=n)


def _cars(store: Store) -> None:
    """Three rows in every table about cars."""
    for n in (1, 2, 3):
        enter(store, "models", code=f"M{n}", name=f"青屿{n}")
        enter(
            store,
            "cars",
            vin=f"LX0A1B2C5TA00411{n}",
            model_id=n,
            stock_state="in_stock",
            placement="test_drive",
            arrived_on=DAY,
            cost=112000,
        )
        enter(store, "car_aliases", car_id=n, vin=f"LX0A1B2C5TA00511{n}", at="x", by="林晓峰", reason="看错")
        enter(store, "car_events", car_id=n, at=f"{DAY}T08:50:00", by="林晓峰", kind="entered")
        enter(store, "drives", car_id=n, person_id=n, out_at=f"{DAY}T10:00:00", km_out=n)
        enter(store, "stand_ins", day=DAY, furniture_id=n, person_id=n)
        enter(store, "orders", number=f"N{n}", customer=f"刘女士{n}", car_id=n, ordered_on=DAY)
        enter(store, "order_steps", order_id=n, code="invoice", at=f"{DAY}T09:00:00", by="林晓峰")
        enter(store, "sales", day=DAY, model_id=n, age_days=n)
        enter(store, "announcements", day=DAY, at=f"{DAY}T16:05:00", by="林晓峰", kind="push", text="通报")
        enter(store, "announced_cars", announcement_id=n, car_id=n, age=187)
        enter(store, "advices", day=DAY, version=n, at="x", by="林晓峰", body="{}")
        enter(store, "calendar_days", day=f"2026-10-0{n}", kind="holiday", name="国庆")
        enter(store, "stocktakes", day=DAY, begun_at="x", by="林晓峰")
        enter(store, "stocktake_marks", stocktake_id=n, typed=f"411{n}", car_id=n, at="x")
        enter(store, "import_maps", kind="cars", headings=f"[{n}]", columns="{}")


def _card(store: Store, n: int) -> None:
    with store.write("Card opened") as db:
        words = put(db, "card_words", digest=f"w{n}", body="{}")
        card = put(
            db,
            "cards",
            day=DAY,
            code=f"C{n}",
            words_id=words,
            opened_at=f"{DAY}T08:41:00",
            opened_by="林晓峰",
        )
        row = put(
            db, "card_rows", card_id=card, list="people", subject=f"p{n}", position=1, number="1",
            label="张伟", label_en="", owner_id=n,
        )  # fmt: skip
        put(
            db, "marks", card_id=card, row_id=row, item="badge", result="fail", value=n + 0.1,
            at=f"{DAY}T08:5{n}:00", by="林晓峰", owner_id=n,
        )  # fmt: skip
        put(db, "card_passes", card_id=card, at=f"{DAY}T08:58:00", by="林晓峰", rows=12, marks=44)


def picture(store: Store) -> dict[str, list[tuple]]:
    """Every recorded row of the file, by table; what never changes once written is no part of an undo."""
    wanted = [table for table in schema.RECORDED if table not in schema.FIXED]
    return {table: store.rows(f"SELECT * FROM {table} ORDER BY id") for table in wanted}


@contextlib.contextmanager
def forged(path: Path):
    """The file as a forger with a database browser holds it: guards dropped, and put back as they were."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN")
        guards = schema.present_triggers(db)
        for name in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for sql in guards.values():
            db.execute(sql)
        db.execute("COMMIT")


@pytest.fixture
def terminal():
    """Start another terminal: `terminal("write", path, …)` runs writer.py; all are ended at the end."""
    with contextlib.ExitStack() as stack:

        def start(*words, before: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [*before, sys.executable, str(WRITER), *map(str, words)], cwd=ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=around(PYTHONUNBUFFERED="1", **environment),
            )  # fmt: skip
            stack.callback(_end, process)
            return process

        yield start


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            pipe.close()
