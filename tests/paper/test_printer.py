"""The shop's printer: what is sent arrives whole; when nothing answers the paper is safe and it is said."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead.checks.papers import PAPER_CARDS, read
from floorlead.checks.sheet import draw as draw_card
from floorlead.paper import press, printer
from floorlead.paper.outcome import outcome
from floorlead.paper.pdf import render_pdf
from floorlead.store.errors import Refused

CUPSD = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
CUPS_PDF = Path("/usr/lib/cups/backend/cups-pdf")
SAMPLE = Path(__file__).parent / "samples" / "card-zh.json"
CONF = """
Listen {at}/cups.sock
LogLevel warn
WebInterface No
Browsing No
PreserveJobFiles Yes
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
FILES_CONF = """
FileDevice Yes
ServerRoot {at}/root
RequestRoot {at}/spool
CacheDir {at}/cache
StateDir {at}/state
TempDir {at}/tmp
AccessLog {at}/access.log
ErrorLog {at}/error.log
PageLog {at}/page.log
"""


@pytest.fixture(scope="module")
def spooler() -> Iterator[Path]:
    """A real CUPS of our own: its folder, its socket, no port; two printers are put up by the tests."""
    if CUPSD is None or not shutil.which("lpadmin") or not shutil.which("lp"):
        pytest.skip("CUPS is not installed here")
    at = Path(tempfile.mkdtemp(prefix="fl-cups-"))  # not tmp_path: the spooler's own user must get in
    at.chmod(0o755)
    for name in ("root", "spool", "cache", "state", "tmp"):
        (at / name).mkdir()
    (at / "tmp").chmod(0o1777)
    (at / "root/cupsd.conf").write_text(CONF.format(at=at))
    (at / "root/cups-files.conf").write_text(FILES_CONF.format(at=at))
    daemon = subprocess.Popen([CUPSD, "-f", "-c", at / "root/cupsd.conf", "-s", at / "root/cups-files.conf"])
    try:
        if not until(lambda: (at / "cups.sock").exists() or daemon.poll() is not None, seconds=10):
            pytest.skip("cupsd does not start here")
        if daemon.poll() is not None:
            pytest.skip(f"cupsd does not run here (exit {daemon.returncode})")
        yield at
    finally:
        daemon.terminate()
        daemon.wait(timeout=10)
        shutil.rmtree(at, ignore_errors=True)


@pytest.fixture
def cups(spooler: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CUPS_SERVER", str(spooler / "cups.sock"))
    return spooler


def until(true, seconds: float) -> bool:
    """Ask until it is true; False when it has not become so in time."""
    import time

    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def put_up(name: str, *device: str) -> None:
    done = subprocess.run(["lpadmin", "-p", name, "-E", "-v", *device], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a printer cannot be put up here: {done.stderr.strip()}")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "card.pdf"
    printer.write_file(path, render_pdf(json.loads(SAMPLE.read_text("utf-8")), None).data)
    return path


def test_the_card_reaches_the_spooler_as_it_lies_in_the_folder(cups, card):
    """The job that the spooler keeps is, byte for byte, the paper of the folder."""
    put_up("Desk", "file:/dev/null")

    printed = printer.send(card, printer="Desk", title="展厅日报 2026-11-23")

    assert printed.printer == "Desk"
    assert re.fullmatch(r"Desk-\d+", printed.job)
    kept = cups / "spool" / f"d{int(printed.job.rpartition('-')[2]):05}-001"
    assert kept.read_bytes() == card.read_bytes()
    assert "Desk" in printer.printers()


def ink(pdf: Path) -> bytes:
    """The first page as grey dots, one byte a dot, 25 to the inch: coarse enough to forgive a shift."""
    drawn = subprocess.run(["pdftoppm", "-gray", "-r", "25", "-singlefile", pdf], capture_output=True)
    return drawn.stdout.split(b"\n", 3)[3]


def test_a_real_driver_prints_the_chinese_of_the_card(cups, card):
    """Through the filters and the PDF printer of the system it looks like the paper of the folder."""
    if not os.access(CUPS_PDF, os.X_OK) or not shutil.which("gs") or not shutil.which("pdftoppm"):
        pytest.skip("the PDF printer of CUPS, ghostscript or pdftoppm is not there, or not for this user")
    put_up("ShowroomPDF", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd")
    folder, title = Path.home() / "PDF", f"floorlead-test-{uuid.uuid4().hex[:8]}"
    stood = folder.exists()
    try:
        printer.send(card, printer="ShowroomPDF", title=title)
        if not until(lambda: any(folder.glob(f"{title}*.pdf")), seconds=40):
            pytest.skip("the PDF printer of this system leaves its papers elsewhere")
        paper = next(folder.glob(f"{title}*.pdf"))
        assert until(lambda: paper.read_bytes().rstrip().endswith(b"%%EOF"), seconds=20)
        meant, printed = ink(card), ink(paper)
        off = sum(abs(a - b) for a, b in zip(meant, printed, strict=True))
        blank = sum(255 - a for a in meant)
        assert off < blank / 4
    finally:
        for paper in folder.glob(f"{title}*"):
            paper.unlink()
        if not stood and folder.exists():
            folder.rmdir()


def test_a_printer_that_does_not_exist(cups, card):
    """E31 names the printer and where the paper is; the paper is still whole."""
    before = card.read_bytes()

    with pytest.raises(Refused) as refused:
        printer.send(card, printer="HP-M126")

    assert refused.value.code == "E31"
    assert "HP-M126" in str(refused.value) and str(card) in str(refused.value)
    assert card.read_bytes() == before


def test_a_machine_without_a_printing_system(card, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    with pytest.raises(Refused) as refused:
        printer.send(card, printer="")

    assert refused.value.code == "E31"
    assert str(card) in str(refused.value)
    assert printer.printers() == []


def stub(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_a_printer_that_never_answers_is_left_after_the_time_given(card, tmp_path, monkeypatch):
    stub(tmp_path / "bin", "lp", "exec /bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    with pytest.raises(Refused) as refused:
        printer.send(card, printer="Desk", timeout=0.2)

    assert refused.value.code == "E31"


def test_what_the_spooler_is_asked(card, tmp_path, monkeypatch):
    """The title is plain ASCII, the copies are told, no printer named = the default one, no shell between."""
    note_words = 'for word; do printf "%s\\n" "$word"; done > "$0.asked"'
    stub(tmp_path / "bin", "lp", f'{note_words}; echo "request id is Front_Desk-17"')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    asked = tmp_path / "bin" / "lp.asked"

    printed = printer.send(card, printer="", copies=2, title="展厅日报 $(id) 2026-11-23")
    assert asked.read_text().splitlines() == ["-n", "2", "-t", "id-2026-11-23", "--", str(card)]
    assert printed == printer.Printed("", "Front_Desk-17")
    assert printed.took == "Front_Desk"

    printer.send(card, printer="-o x;id", title="日报")
    assert asked.read_text().splitlines() == ["-d", "-o x;id", "-n", "1", "-t", "floorlead", "--", str(card)]


def test_the_list_of_printers(tmp_path, monkeypatch):
    stub(tmp_path / "bin", "lpstat", "echo Front_Desk; echo HP-M126")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert printer.printers() == ["Front_Desk", "HP-M126"]


def test_a_paper_is_written_whole_and_for_the_owner_only(tmp_path):
    path = tmp_path / "showroom" / "reports" / "2026-11-23.pdf"
    printer.write_file(path, b"first")
    printer.write_file(path, b"second")

    assert path.read_bytes() == b"second"
    assert [p.name for p in path.parent.iterdir()] == ["2026-11-23.pdf"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_full_disk_leaves_the_old_paper_where_it_is(tmp_path, monkeypatch):
    path = tmp_path / "reports" / "2026-11-23.pdf"
    printer.write_file(path, b"yesterday's")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        printer.write_file(path, b"today's")

    assert path.read_bytes() == b"yesterday's"
    assert [p.name for p in path.parent.iterdir()] == ["2026-11-23.pdf"]


# -- what the printing system says


DEFAULT = 'echo "system default destination: office"'
TAKEN = 'echo "request id is office-77 (1 file(s))"'


def office(folder: Path, *, lists: str = "echo label; echo office", default: str = DEFAULT, lp: str = TAKEN) -> None:
    """A printing system with two printers, `office` the default one."""
    stub(folder, "lpstat", f'if [ "$1" = -e ]; then {lists}; else {default}; fi')
    stub(folder, "lp", f'echo "$@" > "$0.asked"; {lp}')


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def printed_on(store, name: str = "") -> press.Done:
    return press.print_paper(draw_card(read(store, store.today(), PAPER_CARDS, 1)), store.path, "card", name)


def test_the_printer_that_took_it_is_named(store, system):
    """The first of the list is another one: lp is not told which, and says which took it."""
    office(system)
    done = printed_on(store)

    assert (done.printer, done.warning) == ("office", "")
    assert "-d" not in (system / "lp.asked").read_text().split()
    assert outcome(done) == "Printed on office"


def test_the_printer_that_was_asked_for(store, system):
    office(system, lp='echo "request id is label-3 (1 file(s))"')

    assert printed_on(store, "label").printer == "label"
    assert (system / "lp.asked").read_text().split()[:2] == ["-d", "label"]


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("request id is office-77 (1 file(s))", "office"),
        ("request id is HP-M126-2-77 (1 file(s))", "HP-M126-2"),
        ("请求 id 是 前台-8 (1 个文件)", "前台"),
        ("Anfrage-ID ist office-77 (1 Datei(en))", "office"),
        ("", "office"),
    ],
)
def test_what_lp_answers(store, system, answer, name):
    """In any language, names with dashes too; where it says nothing the system's default is named."""
    office(system, lp=f'echo "{answer}"')

    assert printed_on(store).printer == name


def test_nobody_says_which_printer(store, system):
    office(system, lp="true", default='echo "no system default destination"')

    assert outcome(printed_on(store)) == "Printed on the system's own printer"


def test_a_printer_that_takes_nothing_says_why(store, system):
    """What lp writes is told; the paper lies in the folder."""
    office(system, lp='echo "lp: Destination \\"office\\" is not accepting jobs." >&2; exit 1')
    with pytest.raises(Refused) as refused:
        printed_on(store)

    assert refused.value.code == "E31"
    assert 'Destination "office" is not accepting jobs. The paper is safe in ' in refused.value.sentence
    assert (store.path.with_suffix("") / "reports/card.pdf").read_bytes().startswith(b"%PDF")


def test_what_a_printer_remarks_is_told_and_steers_no_terminal(store, system):
    office(system, lp="printf 'lp: toner \\033[2Jlow\\n' >&2; echo request id is office-77")
    done = printed_on(store)

    assert done.printer == "office"
    assert "toner" in outcome(done) and "\x1b" not in outcome(done)


@pytest.mark.parametrize("lists", ["true", "exit 1", "exec /bin/sleep 60"])
def test_the_list_of_printers_is_empty_or_does_not_come(store, system, monkeypatch, lists):
    """No printer: kept as PDF. A system that does not tell, or not in time: lp is asked all the same."""
    monkeypatch.setattr(printer, "LIST_TIMEOUT", 0.3)
    monkeypatch.setattr(printer.listed, "__kwdefaults__", {"timeout": 0.3})
    office(system, lists=lists)

    assert printed_on(store).printer == ("" if lists == "true" else "office")


def test_no_printing_system_keeps_the_paper(store, system):
    done = printed_on(store)

    assert done.printer == ""
    assert done.path.exists()
