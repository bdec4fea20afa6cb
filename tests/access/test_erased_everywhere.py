"""After a purge nothing names the customer: no row, payload, draft, backup, kept paper; what lies elsewhere is told."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest

from floorlead import phones, shelf
from floorlead.access import moves, queries
from floorlead.store import Store, backup, papertext, sweeping
from floorlead.store.erase import Numbers
from floorlead.store.verify import verify
from tests.access.people import OTHER, PHONE, bytes_with, customer, insert, life, spelled

NAME = "欧阳慕云"
WORDS = ("给{name}回电", "{name} 要白色的车", "等{name}来", "已与{name}确认, 电话 {phone}")


def told_everywhere(store: Store, dice: random.Random) -> None:
    """The name, often with the number, in tasks, remarks, the log, follow-ups, targets, drafts, and things taken back."""
    day, stamp = store.today().isoformat(), store.clock.stamp()
    rows = {
        "tasks": {"due": day, "made_on": day, "text": ""}, "announcements": {"day": day, "at": stamp, "by": "王", "kind": "tell", "text": ""},
        "entries": {"day": day, "at": stamp, "by": "王", "kind": "notice", "text": ""},
        "target_causes": {"day": day, "measure": "orders", "cause": "", "at": stamp, "by": "王"},
        "talks": {"kind": "talk", "title": "", "made_on": day, "changed_at": stamp, "by": "王"},
    }  # fmt: skip
    for table, row in rows.items():
        column = next(name for name, value in row.items() if value == "")
        words = dice.choice(WORDS).format(name=NAME, phone=dice.choice(spelled(PHONE)))
        insert(store, table, "entered {text}", {"text": words}, **{**row, column: words})
    store.keep_drafts({"typed": f"{NAME}说", "other": "陈先生说"})


def texts_of(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return "\n".join(str(row) for name in names for row in db.execute(f'SELECT * FROM "{name}"'))


def holders(folder: Path, number: str) -> list[str]:
    """Every file below a folder, links followed, whose text holds a number however it is packed."""
    numbers, found = Numbers([number]), []
    for base, _folders, names in os.walk(folder, followlinks=True):
        for path in (Path(base, name) for name in names):
            parts = [path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    parts = [packed.read(name) for name in packed.namelist()]
            elif path.suffix == ".pdf":
                parts += [text.encode() for text in papertext.texts(path.read_bytes())]
                if shutil.which("pdftotext"):
                    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
                    parts.append(told.stdout)
            if any(numbers.in_bytes(part) for part in parts):
                found.append(str(path))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_row_log_draft_backup_or_paper_names_them(store, tmp_path, seed):
    """
    team 张伟 李娜
    """
    dice = random.Random(seed)
    life(store, NAME)
    customer(store, "陈先生", OTHER, note="陈先生 不要欧阳")
    told_everywhere(store, dice)
    backup.back_up(store, "day")
    told_everywhere(store, dice)
    backup.back_up(store, "manual")
    done = moves.purge(store, queries.found(store, [dice.choice(spelled(PHONE))]))

    assert (done.left, done.replaced) == ((), 0)
    for path in [store.path, *(one.path for one in backup.listed(store.path))]:
        assert NAME not in texts_of(path)
        assert NAME.encode() not in path.read_bytes()
        assert verify(path).findings == []
    assert bytes_with(tmp_path, PHONE) == [] and holders(tmp_path, PHONE) == []
    assert "陈先生 不要欧阳" in texts_of(store.path)
    assert store.draft("typed") is None and store.draft("other") == "陈先生说"


def test_a_name_that_two_bear_stays_with_the_other(store):
    """Two 刘女士: she who asks leaves her own rows, the log of them and what undo told; the other one keeps her tasks."""
    from floorlead.store.undo import redo, undo

    her = customer(store, "刘女士", PHONE)
    undo(store)
    redo(store)
    other = customer(store, "刘女士", OTHER, note="刘女士 白色")
    insert(store, "tasks", "task", {}, text="给刘女士回电", due="2026-11-24", made_on="2026-11-24")
    moves.purge(store, queries.found(store, [PHONE]))

    assert store.rows("SELECT id, name FROM customers") == [(her, ""), (other, "刘女士")]
    assert store.one("SELECT text FROM tasks") == "给刘女士回电"
    assert store.one("SELECT count(*) FROM actions WHERE args LIKE '%刘女士%'") == 1
    assert verify(store.path).findings == []


def test_a_name_inside_a_longer_one(store):
    """王小明 goes; 王小明华 is another customer, 小明 nobody asked about."""
    customer(store, "王小明", PHONE)
    customer(store, "王小明华", OTHER)
    insert(store, "tasks", "task", {}, text="王小明和王小明华同来, 小明很高兴", due="2026-11-24", made_on="2026-11-24")
    moves.purge(store, queries.found(store, [PHONE]))

    assert store.one("SELECT text FROM tasks") == "***和王小明华同来, 小明很高兴"


def pdf(text: str) -> bytes:
    """A kept paper as typst makes it."""
    import typst

    return typst.compile(
        f'#set page(width: 200pt, height: 100pt)\n#set text(font: "DejaVu Sans Mono")\n{text}'.encode()
    )


def test_papers_that_hold_the_number_go_and_others_stay(store):
    """Kept as PDF under names that no record tells: searched by their words, however they are packed."""
    life(store, NAME)
    folder = shelf.private_folder(shelf.own(store.path) / "reports")
    (folder / "a.pdf").write_bytes(pdf("call 139 1234 5678 now"))
    (folder / "b.pdf").write_bytes(pdf(f"call {phones.masked(PHONE)} and {OTHER}"))
    done = moves.purge(store, queries.found(store, [PHONE]))

    assert [Path(one).name for one in done.papers] == ["a.pdf"]
    assert [one.name for one in folder.iterdir()] == ["b.pdf"]
    assert done.left == ()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_what_lies_behind_a_link_is_named(store, tmp_path_factory):
    """The exports lie on another disk, behind a linked folder that also leads back."""
    life(store, NAME)
    elsewhere = tmp_path_factory.mktemp("disk")
    (elsewhere / "list.csv").write_text(f"{NAME},{PHONE}\n", encoding="utf-8")
    own = shelf.private_folder(shelf.own(store.path))
    (own / "exports").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(own)
    done = moves.purge(store, queries.found(store, [PHONE]))

    assert [Path(one).name for one in done.left] == ["list.csv"]


def test_files_written_elsewhere_are_told_by_name_and_place(store, tmp_path_factory):
    """An export with numbers and a copy on a stick are told with who wrote them when; a list without them is not."""
    from floorlead.exchange.writing import write_list

    ident = life(store, NAME)
    other = customer(store, "陈先生", OTHER)
    stick = tmp_path_factory.mktemp("stick")
    write_list(store, "customers", stick / "book.csv", phones=True)
    copy = backup.back_up(store, "manual", stick)
    moves.note_copy(store, copy)
    moves.note(store, "export", [("customers", other)], str(stick / "other.csv"))
    copy.unlink()
    (stick / ".book.csv.999999.tmp").write_text(PHONE, encoding="utf-8")
    done = moves.purge(store, queries.found(store, [], [("customers", ident)]))

    assert [(Path(one.path).name, one.by, one.there) for one in done.outside] == [
        ("book.csv", store.by, True),
        (copy.name, store.by, False),
    ]
    assert not (stick / ".book.csv.999999.tmp").exists()


def test_what_the_dead_left_is_swept_and_what_the_living_write_stays(store):
    """A killed restore, import, export and backup; another program's part that is being written now."""
    own = shelf.private_folder(shelf.own(store.path))
    exports, backups = shelf.private_folder(own / "exports"), shelf.private_folder(own / "backups")
    name = store.path.name
    dead = [store.path.with_name(f".{name}.999999.tmp"), store.path.with_name(f".{name}.999999.tmp-journal"),
            exports / ".cars.csv.999999.tmp", exports / ".cars.csv.999999.before.tmp",
            backups / ".999999-20261124-084100-day.db.tmp", own / ".crash.txt.999999.tmp"]  # fmt: skip
    living = exports / f".cars.csv.{os.getppid()}.tmp"
    mine = [exports / "notes.tmp", store.path.with_name("other.db.999999.tmp")]
    for path in (*dead, living, *mine):
        path.write_text(PHONE, encoding="utf-8")
    swept = sweeping.sweep(store.path)

    assert sorted(swept) == sorted(dead)
    assert living.exists() and all(path.exists() for path in mine)
