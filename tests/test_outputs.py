"""What is written out takes the place of nothing that is the showroom's, by whatever name, and is whole or not there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from floorlead import outputs, shelf
from floorlead.cli import cli
from floorlead.commands import common
from floorlead.store import Refused, Store, backup
from tests.children import around
from tests.conftest import DAY

NOW = f"{DAY}T08:41"
PRINTING = (
    "card", "report", "report --format pdf", "report --week", "rota", "rota --format pdf", "rota --format csv",
    "rota --format ics", "log", "kpi", "appraisal", "appraisal --format xlsx", "cars", "cars --format json", "customers",
    "visits", "followups", "ageing", "advice", "queue", "targets", "targets --set orders=60", "stocktake", "form register",
    "rota make", "rota repair", "rota why",
)  # fmt: skip


def pictures(folder: Path) -> dict[str, object]:
    """Every name below a folder with what it holds."""
    return {
        str(p.relative_to(folder)): p.readlink() if p.is_symlink() else p.read_bytes() if p.is_file() else "folder"
        for p in sorted(folder.rglob("*"))
    }


@pytest.fixture
def lived_in(store: Store, tmp_path: Path) -> Path:
    """A showroom's file with a backup, a kept paper, own settings, and links to them from elsewhere."""
    kept = backup.back_up(store, "day")
    own = shelf.own(store.path)
    for name in ("reports/20261123-report-r1.pdf", "papers/card.typ", "rota.toml", "crashes/crash-1.txt"):
        shelf.write_file(own / name, b"the showroom's")
    for name in ("showroom.replaced-20261123-081500.db", ".showroom.db.77.tmp"):
        shelf.write_file(store.path.with_name(name), b"the showroom's")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link").symlink_to(store.path)
    (elsewhere / "chain").symlink_to("link")
    (elsewhere / "folder").symlink_to(own / "backups")
    os.link(store.path, elsewhere / "hard.txt")
    os.link(kept, elsewhere / "hard-backup.txt")
    os.link(own / "rota.toml", elsewhere / "hard-settings.txt")
    (elsewhere / "dangling").symlink_to(own / "kpi.toml")
    (elsewhere / "copy.db").write_bytes(kept.read_bytes())
    return store.path


OWN = (
    "showroom.db", "./elsewhere/../showroom.db", "showroom.db-journal", "showroom.db-wal", "showroom/backups/new.db",
    "showroom/reports/20261123-report-r1.pdf", "showroom/papers/card.typ", "showroom/papers/new.typ", "showroom/rota.toml",
    "showroom/kpi.toml", "showroom/crashes/crash-1.txt", "showroom.replaced-20261123-081500.db", ".showroom.db.77.tmp",
    "elsewhere/link", "elsewhere/chain", "elsewhere/folder/x.txt", "elsewhere/hard.txt", "elsewhere/hard-backup.txt",
    "elsewhere/hard-settings.txt", "elsewhere/dangling", "elsewhere/copy.db",
)  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_nothing_of_the_showrooms_is_written_over(lived_in, tmp_path, name):
    before = pictures(tmp_path)

    with pytest.raises(Refused) as refused:
        outputs.write(tmp_path / name, b"a report", lived_in)

    assert refused.value.code == "E440"
    assert pictures(tmp_path) == before


def test_each_backup_is_safe(lived_in, tmp_path):
    """By its own name, from inside the folder, and when the file itself was named through a link."""
    name = next((tmp_path / "showroom/backups").glob("*.db"))
    for path in (name, Path(os.path.relpath(name)), tmp_path / "elsewhere/folder" / name.name):
        with pytest.raises(Refused, match="belongs to the showroom"):
            outputs.write(path, b"x", tmp_path / "elsewhere/chain")


@pytest.mark.parametrize("words", PRINTING)
def test_every_command_that_prints_asks_the_same_door(lived_in, tmp_path, words):
    """Refused before anything else is done: nothing is changed, no target set, no file left."""
    before = pictures(tmp_path)
    for name in ("showroom.db", "elsewhere/chain", "elsewhere/hard-backup.txt"):
        asked = ["--store", str(lived_in), "--lang", "en", "--now", NOW, *words.split(), "-o", str(tmp_path / name)]
        done = CliRunner().invoke(cli, asked)

        assert (done.exit_code, done.stdout) == (1, "")
        assert "(E440)" in done.stderr
    assert pictures(tmp_path) == before


def test_lists_and_copies_ask_it_too(lived_in, tmp_path):
    before = pictures(tmp_path)
    (tmp_path / "elsewhere/cars.csv").symlink_to(lived_in)
    for words in (
        ["export", "cars", str(tmp_path / "elsewhere/cars.csv")],
        ["rota", "--format", "csv", "--out", str(tmp_path / "showroom/backups")],
        ["backup", "--to", str(tmp_path / "showroom/reports")],
        ["appraisal", "--format", "xlsx", "-o", str(tmp_path / "showroom/papers/x.xlsx")],
    ):
        done = CliRunner().invoke(cli, ["--store", str(lived_in), "--lang", "en", "--now", NOW, *words])
        assert done.exit_code == 1, words
        assert "(E440)" in done.stderr
    (tmp_path / "elsewhere/cars.csv").unlink()
    assert pictures(tmp_path) == before


def test_a_file_is_written_whole_and_private(lived_in, tmp_path):
    """A new one, one that stood there, one behind a link: the link stays, the file is the owner's."""
    (tmp_path / "old.txt").write_text("yesterday's, and longer than today's")
    (tmp_path / "behind.txt").symlink_to("old.txt")
    for name in ("new.txt", "old.txt", "behind.txt", "showroom.txt", "showroom/exports/list.txt", "x" * 255):
        outputs.write(tmp_path / name, b"today's", lived_in)
        assert (tmp_path / name).read_bytes() == b"today's"
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert (tmp_path / "behind.txt").is_symlink()
    assert not list(tmp_path.rglob(".*today*")) and len(list(tmp_path.glob(".*"))) == 1


@pytest.mark.parametrize(
    ("name", "code"), [("showroom", "E440"), ("elsewhere", "E442"), ("none/x.txt", "E182"), ("x" * 256, "E54"), (".", "E442")]
)  # fmt: skip
def test_where_no_file_can_be(lived_in, tmp_path, name, code):
    before = pictures(tmp_path)
    with pytest.raises(Refused) as refused:
        outputs.write(tmp_path / name, b"x", lived_in)

    assert refused.value.code == code
    assert pictures(tmp_path) == before


def test_a_circle_of_links(lived_in, tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(Refused, match="E54"):
        outputs.write(tmp_path / "a", b"x", lived_in)


def test_pipes_and_devices(lived_in, tmp_path):
    """What somebody reads is written to as it comes, what nobody reads is refused at once; a full device says so."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Refused) as refused:
        outputs.write(pipe, b"x", lived_in)
    assert refused.value.code == "E444"
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    outputs.write(pipe, b"a report", lived_in)
    assert os.read(reader, 100) == b"a report"
    os.close(reader)
    outputs.write(Path(os.devnull), b"x", lived_in)
    if Path("/dev/full").exists():
        with pytest.raises(Refused, match="No space left"):
            outputs.write(Path("/dev/full"), b"x", lived_in)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output_by_its_other_names(lived_in, tmp_path):
    """`-` and `/dev/stdout` are standard output, also where that was led to the end of a file."""
    base = [sys.executable, "-m", "floorlead", "--store", str(lived_in), "--lang", "en", "--now", NOW, "queue", "-o"]
    wanted = subprocess.run([*base, "-"], env=around(), capture_output=True, check=True).stdout
    said = tmp_path / "said.txt"
    said.write_bytes(b"before\n")
    with said.open("ab") as end:
        subprocess.run([*base, "/dev/stdout"], env=around(), stdout=end, check=True)

    assert wanted
    assert said.read_bytes() == b"before\n" + wanted


def test_several_files_come_together(lived_in, tmp_path):
    """One of them cannot be written: none is."""
    files = [(tmp_path / "a.txt", b"a"), (tmp_path / "elsewhere/link", b"b")]
    with pytest.raises(Refused):
        outputs.write_all(files, lived_in)
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_leaves_what_was_there(lived_in, tmp_path, monkeypatch, call):
    (tmp_path / "old.txt").write_text("yesterday's")
    before = pictures(tmp_path)

    def fails(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    place: Callable[..., None] = fails
    monkeypatch.setattr(*((os, "fsync", place) if call == "fsync" else (Path, "replace", place)))
    with pytest.raises(Refused, match="was not written: No space"):
        outputs.write(tmp_path / "old.txt", b"today's", lived_in)

    assert pictures(tmp_path) == before


def commands(group: click.Group, ctx: click.Context) -> Iterator[click.Command]:
    """Every command below a group."""
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        assert found is not None
        yield found
        if isinstance(found, click.Group):
            yield from commands(found, click.Context(found))


def test_each_file_to_write_to_is_looked_at_first():
    """Whatever a command calls its `-o`: the door is asked before the command begins."""
    given = [
        (one, p) for one in commands(cli, click.Context(cli)) for p in one.params if {"-o", "--output"} & set(p.opts)
    ]

    assert len(given) > 15
    assert [one.name for one, p in given if p.callback is not common._as_output] == []
