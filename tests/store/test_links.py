"""A store through links is one book: backups, papers, a restore, a purge and what waits lie beside the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from floorlead import clock, shelf
from floorlead.cli import cli
from floorlead.store import open_store
from tests import kept
from tests.conftest import DAY

NOW = f"{DAY}T08:41"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The file, and four other names for it: a link, a link to that one, one in a linked folder, one through `..`."""
    (tmp_path / "real").mkdir()
    path = kept.demo(tmp_path / "real/book.db", clock.stopped(NOW), "standard", 0)
    (tmp_path / "one.db").symlink_to("real/book.db")
    (tmp_path / "two.db").symlink_to(tmp_path / "one.db")
    (tmp_path / "folder").symlink_to("real")
    return path


NAMES = ("one.db", "two.db", "folder/book.db", "real/../two.db", "real/book.db")


def run(store: Path | str, *words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["--store", str(store), "--lang", "en", "--now", NOW, *words])
    assert done.exit_code == code, (done.output, done.exception)
    return done


@pytest.mark.parametrize("name", NAMES)
def test_all_lies_beside_the_file_itself(book, tmp_path, monkeypatch, name):
    """Backup, paper, export without a place, and a restore: the links stay links, nothing lies beside them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    links = {p for p in tmp_path.iterdir() if p.is_symlink()}

    copy = Path(run(name, "backup").stdout.strip())
    run(name, "targets", "--set", "orders=60")
    run(name, "print", "card")
    run(name, "appraisal", "--format", "xlsx")
    told = run(name, "restore", str(copy)).stdout

    assert copy.parent == tmp_path / "real/book/backups"
    assert {p.name for p in (tmp_path / "real/book").iterdir()} >= {"backups", "reports", "exports"}
    assert Path(told.strip().rpartition(" kept as ")[2]).parent == tmp_path / "real"
    assert {*tmp_path.iterdir()} == links | {tmp_path / "real"}
    assert all(p.is_symlink() for p in links)
    assert '"target": null' in run(book, "targets", "--format", "json").stdout


def test_a_purge_through_a_link_reaches_every_backup(book, tmp_path):
    """A number in the file and in its backups: erased by a link's name it is nowhere any more."""
    number = "13812345678"
    with open_store(book, clock.stopped(NOW)).write("noted") as db:
        db.execute("INSERT INTO tasks(text, due, made_on) VALUES (?, ?, ?)", (f"call {number}", DAY, DAY))
    run(tmp_path / "two.db", "backup")
    run(book, "backup")
    run(tmp_path / "two.db", "purge", number, "--yes")

    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) >= 3
    assert not [p for p in files if number.encode() in p.read_bytes()]


def test_open_twice_under_two_names(book, tmp_path):
    """What one terminal writes the other sees; both know one path."""
    first, second = open_store(tmp_path / "one.db", clock.stopped(NOW)), open_store(book, clock.stopped(NOW))
    with first.write("named") as db:
        db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES ('showroom', 'one')")

    assert second.changed_elsewhere()
    assert first.path == second.path == book
    assert shelf.own(first.path) == tmp_path / "real/book"


@pytest.mark.parametrize("words", [["init"], ["demo", "--no-open", "--showroom", "standard"]])
def test_a_link_that_leads_nowhere_makes_its_file(tmp_path, words):
    (tmp_path / "link.db").symlink_to("there/book.db")
    run(tmp_path / "link.db", *words)

    assert (tmp_path / "link.db").is_symlink()
    assert (tmp_path / "there/book.db").is_file()


@pytest.mark.parametrize("words", [["init"], ["demo", "--no-open"], ["card"], ["seal"], ["backup"], ["doctor"]])
def test_a_link_to_itself(tmp_path, words):
    """One sentence, and the link is as it was."""
    (tmp_path / "loop.db").symlink_to("loop.db")
    done = CliRunner().invoke(cli, ["--store", str(tmp_path / "loop.db"), "--lang", "en", "--now", NOW, *words])

    assert not done.exception or isinstance(done.exception, SystemExit)
    assert "Too many levels of symbolic links" in done.output
    assert str((tmp_path / "loop.db").readlink()) == "loop.db"
