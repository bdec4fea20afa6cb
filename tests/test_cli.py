"""The command line: what the README's table says is there, nothing else is, and a refusal changes nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from floorlead import clock, shelf
from floorlead.cli import COMMANDS, cli
from floorlead.store import open_store
from tests import kept
from tests.conftest import DAY, tell

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
NOW = f"{DAY}T08:41"
Run = Callable[..., Result]

DAY_TOLD = """
weather 晴
away 孙悦 事假
fail 刘洋 badge 现场纠正
rest appearance
task 补价签 黄丽
remarks 下午到店集中。
"""


@pytest.fixture(scope="module")
def showroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A standard showroom with a morning behind it, to copy from."""
    path = tmp_path_factory.mktemp("cli") / "showroom.db"
    kept.demo(path, clock.stopped(NOW), "standard", 0)
    store = open_store(path, clock.stopped(NOW))
    store.by = "王"
    for line in DAY_TOLD.splitlines():
        tell(store, line.split())
    store.close()
    return path


@pytest.fixture
def file(showroom: Path, tmp_path: Path) -> Path:
    path = tmp_path / "s.db"
    path.write_bytes(showroom.read_bytes())
    return path


@pytest.fixture
def run(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on the showroom at 08:41 in English, with no printer anywhere."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("FLOORLEAD_STORE", raising=False)

    def do(*words: str, lang: str = "en", now: str = NOW, store: Path = file, code: int = 0) -> Result:
        options = ["--store", str(store), "--lang", lang, "--now", now]
        done = CliRunner().invoke(cli, [*options, *words], prog_name="floorlead")
        assert done.exit_code == code, (done.exit_code, done.output, done.exception)
        return done

    yield do


def data(result: Result) -> Any:
    return json.loads(result.stdout)


# -- the README's table


def table() -> dict[str, frozenset[str]]:
    """The README's commands with the options that each is told to have."""
    rows = README[README.index("| command | what |") : README.index("### JSON")].splitlines()[2:]
    told: dict[str, frozenset[str]] = {}
    for cell in (row.split(" | ")[0] for row in rows if row.startswith("| `")):
        for usage in re.findall(r"`([^`]+)`", cell):
            words = usage.replace("\\|", "|").split()
            if words != ["floorlead"]:
                found = frozenset(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", usage))
                told |= {name: told.get(name, frozenset()) | found for name in named(words)}
    return told


def named(words: list[str]) -> list[str]:
    """The commands that a usage names: `import people|cars`, `rota make|repair`, or one by itself."""
    below = words[0] in ("import", "rota") and len(words) > 1 and words[1][0] not in "[<"
    return [f"{words[0]} {kind}" for kind in words[1].split("|")] if below else words[:1]


def command(name: str) -> click.Command:
    first, _blank, kind = name.partition(" ")
    found = cli.get_command(click.Context(cli), first)
    assert found is not None
    below = found.get_command(click.Context(found), kind) if kind and isinstance(found, click.Group) else found
    assert below is not None
    return below


IMPORTS = [
    f"import {kind}"
    for kind in (
        "people",
        "cars",
        "orders",
        "sales",
        "calendar",
        "rota",
        "customers",
        "visits",
    )
]
ROTA = [f"rota {kind}" for kind in ("make", "repair", "why", "check", "solve")]
NAMES = [*(name for name in COMMANDS if name != "import"), *IMPORTS, *ROTA]
"""Every command, the kinds of import one by one."""


def options(name: str) -> list[click.Option]:
    return [one for one in command(name).params if isinstance(one, click.Option)]


def test_the_readme_tells_every_command():
    assert set(table()) | {"print"} == set(NAMES)
    assert cli.list_commands(click.Context(cli)) == list(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_tells_every_option(name):
    """An option stands in the README under one of its names, and nothing stands there that is none."""
    told = table()[name]
    there = options(name)

    assert told <= {word for one in there for word in one.opts}, told
    assert [one.opts for one in there if not told & set(one.opts)] == []


def test_the_choices_in_the_readme_are_those_there_are():
    rows = README[README.index("| command | what |") : README.index("### JSON")].replace("\\|", "|")
    for usage in re.findall(r"`([^`]+)`", rows):
        for option, choices in re.findall(r"(--format|--showroom|--list) (\w+\|[\w|]+)", usage):
            for name in named(usage.split()):
                kind = next(one for one in options(name) if option in one.opts).type
                assert isinstance(kind, click.Choice)
                assert sorted(kind.choices) == sorted(choices.split("|")), name


@pytest.mark.parametrize("name", [*NAMES, ""])
def test_every_command_tells_itself_in_both_languages(name):
    """Each sentence of the help, and of each option, is there in English and in Chinese."""
    found = command(name) if name else cli
    there = [one for one in found.params if isinstance(one, click.Option) and one.name != "version"]
    told = [found.help or "", *(one.help or "" for one in there)]
    words = [*name.split(), "--help"]

    assert CliRunner().invoke(cli, words).exit_code == 0
    for text in told:
        assert re.search(r"[A-Za-z]{3}", text), (name, text)
        assert re.search(r"[\u4e00-\u9fff]", text), (name, text)


def test_the_list_of_commands_is_in_both_languages():
    shown = CliRunner().invoke(cli, ["-h"]).output

    for name in COMMANDS:
        line = next(line for line in shown.splitlines() if line.split()[:1] == [name])
        assert re.search(r"[\u4e00-\u9fff]", line), line


# -- papers as data


def test_card_and_report_as_json(run):
    """Both parse, and hold what the README names at the top; the rest is told by the sheets' own tests."""
    card, report = data(run("card", "--format", "json")), data(run("report", "--format", "json"))

    assert [one["code"] for one in card["lists"]] == ["appearance", "environment", "opening", "closing"]
    assert card["lists"][0]["counts"] == {"items": 44, "pass": 43, "fail": 1, "late": 0, "na": 4, "open": 0}
    assert [one["code"] for one in data(run("card", "--list", "closing", "--format", "json"))["lists"]] == ["closing"]
    assert (report["state"], report["number"], report["revision"], report["day"]) == ("draft", 1, 1, DAY)


@pytest.mark.parametrize(("name", "fields"), [
    ("seal", {"day", "number", "revision", "state", "seal", "previous_seal", "sealed_at", "showroom", "leader",
              "manager", "reason", "changed", "sections", "warnings"}),
    ("verify", {"ok", "actions", "rows", "reports", "last_seal", "findings", "first_rule", "erased"}),
    ("history", {"seq", "at", "day", "by", "kind", "target", "words"}),
    ("doctor", {"name", "state", "words"}),
])  # fmt: skip
def test_the_fields_of_the_others_are_in_their_help(run, name, fields):
    """`history`, `verify`, `seal` and `doctor` as JSON: each field is named by `--help`."""
    found = data(run(name, "--format", "json"))
    told = " ".join((command(name).help or "").split()).replace("[]`", "`")

    for one in found if isinstance(found, list) else [found]:
        assert set(one) == fields
    if name == "seal":
        fields = {"report --format json", "warnings"}
    assert all(f"`{name}`" in told for name in fields), fields


def test_history_times_are_utc(run):
    first = data(run("history", "--limit", "1", "--format", "json"))[0]

    assert first["at"] == f"{DAY}T00:41:00.000Z"
    assert first["words"] == "Remarks 08:41"
    assert "08:41  王  Remarks 08:41" in run("history", "--day", "today").stdout
    assert run("history", "--day", "2026-01-01").stdout == "nothing was entered\n"


def test_text_in_both_languages(run):
    assert "Liu Yang" in run("card").stdout
    assert "刘洋" in run("card", lang="zh").stdout
    assert "一 今日" in run("report", lang="zh").stdout
    assert run("report", "--format", "chat", lang="zh").stdout.startswith("【展厅日报】")


def test_into_a_file(run, tmp_path):
    """`-o` writes the same bytes as the screen gets; a PDF is a PDF."""
    run("card", "-o", str(tmp_path / "card.txt"))
    run("report", "--format", "pdf", "--output", str(tmp_path / "r.pdf"))

    assert (tmp_path / "card.txt").read_bytes() == run("card").stdout_bytes
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert "was not written" in run("card", "-o", str(tmp_path), code=1).stderr
    assert "There is no folder" in run("card", "-o", str(tmp_path / "new" / "card.txt"), code=1).stderr
    assert not (tmp_path / "new").exists()


def test_a_sealed_report_as_it_was_sealed(run, file):
    """Its own language and bytes without `--lang`, the other language when it is asked for."""
    run("seal", lang="zh")
    kept = CliRunner().invoke(cli, ["--store", str(file), "--now", f"{DAY}T18:00", "report"])

    assert "封存" in kept.stdout
    assert run("report", lang="zh", now=f"{DAY}T19:00").stdout_bytes == kept.stdout_bytes
    assert "sealed" in run("report").stdout
    pdf = run("report", "--format", "pdf").stdout_bytes
    assert run("report", "--format", "pdf", now=f"{DAY}T19:00").stdout_bytes == pdf


# -- refused


def test_sealing_and_opening_again(run):
    assert re.fullmatch(r"Sealed: no\. 1 revision 1 seal [0-9a-f]{16}\n", run("seal").stdout)
    assert "sealed already" in run("seal", code=1).stderr
    assert run("reopen", "--reason", "漏记").stdout == f"The report of {DAY} is open again\n"
    assert "is not sealed" in run("reopen", "--reason", "漏记", code=1).stderr
    assert "revision 2" in run("seal").stdout
    assert data(run("report", "--revision", "1", "--format", "json"))["revision"] == 1
    assert "There is no sealed report" in run("report", "--revision", "9", code=1).stderr
    assert "still to come" in run("seal", "--day", "+1", code=1).stderr


@pytest.mark.parametrize("words", [
    ("card", "--day", "gestern"), ("report", "--day", "2026-13-01"), ("seal", "--day", "0"), ("history", "--day", "x"),
    ("card", "--format", "xml"), ("card", "--list", "nosuch"), ("reopen",), ("nosuch",), ("print",), ("print", "keys"),
    ("history", "--limit", "0"), ("report", "--revision", "0"), ("restore", "/no/such/file"), ("import",),
    ("import", "people", "/no/such.csv"), ("card", "--store", "x.db"), ("card", "--lang", "zh"),
], ids=" ".join)  # fmt: skip
def test_wrong_use(run, file, words):
    """Exit code 2, one sentence, and nothing is touched."""
    before = file.read_bytes()
    done = run(*words, code=2)

    assert done.stderr.strip()
    assert "Traceback" not in done.output
    assert file.read_bytes() == before


@pytest.mark.parametrize("now", ["tomorrow", "2026-11-24 25:00", "24.11.2026", "08:41"])
@pytest.mark.parametrize("name", ["card", "seal", "undo"])
def test_a_wrong_time(run, name, now):
    assert "is not a time; write it as 2026-11-23T08:41" in run(name, now=now, code=2).stderr


def test_no_file_there(run, tmp_path):
    """A command that reads says that there is none, and makes none."""
    missing = tmp_path / "no.db"
    for words in ("card", "report", "seal", "verify", "history", "undo", "backup", "print card", "keys --report"):
        assert str(missing) in run(*words.split(), store=missing, code=1).stderr.replace("\n", "")
    assert not missing.exists()


def test_no_floorlead_file(run, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("eggs, milk " * 200)
    for words in (("card",), ("seal",), ("verify",), ("init",), ("demo", "--no-open")):
        assert "Traceback" not in run(*words, store=other, code=1).output
    assert other.read_text() == "eggs, milk " * 200


# -- options of all commands


def test_surroundings_name_file_and_time(file, monkeypatch):
    """FLOORLEAD_STORE and FLOORLEAD_NOW stand in for the options; the options win."""
    monkeypatch.setenv("FLOORLEAD_STORE", str(file))
    monkeypatch.setenv("FLOORLEAD_NOW", f"{DAY}T08:41")
    done = CliRunner().invoke(cli, ["--lang", "en", "card", "--format", "json"])
    assert data(done)["day"] == DAY

    done = CliRunner().invoke(cli, ["--now", "2026-11-25T08:00", "card", "--format", "json"])
    assert data(done)["day"] == "2026-11-25"
    done = CliRunner().invoke(cli, ["--store", str(file) + "x", "card"])
    assert done.exit_code == 1

    monkeypatch.setenv("FLOORLEAD_NOW", "noon")
    assert CliRunner().invoke(cli, ["card"]).exit_code == 2


@pytest.mark.parametrize("words", [["--now", "noon"], ["--lang", "de"], ["--nosuch"]])
def test_the_bare_start_refuses_too(tmp_path, words):
    """Without a command the app would open; wrong use is told before any screen."""
    start = [sys.executable, "-m", "floorlead", "--store", str(tmp_path / "s.db")]
    done = subprocess.run([*start, *words], capture_output=True, text=True)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "s.db").exists()


def test_a_day_as_people_say_it(run):
    said = {"yesterday": "11-23", "-1": "11-23", "今天": "11-24", "11-20": "11-20", "2026年11月2日": "11-02"}
    for text, day in said.items():
        assert data(run("card", "--day", text, "--format", "json"))["day"] == f"2026-{day}"


def test_version_and_mono(run):
    assert CliRunner().invoke(cli, ["--version"]).output.startswith("floorlead, version ")
    assert CliRunner().invoke(cli, ["--mono", "-h"]).exit_code == 0


# -- setting up


def test_init(run, tmp_path):
    """An empty file with its name and leader; a file that is there is refused and not touched."""
    new = tmp_path / "deep" / "new.db"
    told = run("init", "--name", "某某汽车\x1b[31m 展厅", "--leader", " 林晓峰\n", store=new, lang="zh").stdout
    assert told == f"{new}\n"
    assert data(run("report", "--format", "json", store=new))["showroom"]["zh"] == "某某汽车[31m 展厅"
    assert data(run("report", "--format", "json", store=new))["leader"] == "林晓峰"
    before = new.read_bytes()

    assert "is there already" in run("init", store=new, code=1).stderr
    assert new.read_bytes() == before


def test_importing_people(run, tmp_path):
    """A dry run changes nothing; a refused line refuses all, with its number; then all go in as one action."""
    new = tmp_path / "new.db"
    CliRunner().invoke(cli, ["--store", str(new), "init"])
    good = str(shelf.find("demo", "standard", "people.csv"))
    told = data(run("import", "people", good, "--dry-run", "--format", "json", store=new))
    assert (told["new"], told["imported"], told["refused"]) == (14, False, [])
    assert data(run("history", "--format", "json", store=new)) == []

    bad = tmp_path / "bad.csv"
    bad.write_text("staff_id,name,role\nS01,张伟,consultant\nS02,,consultant\n", encoding="utf-8")
    told = data(run("import", "people", str(bad), "--format", "json", store=new, code=1))
    assert set(told) == {"new", "changed", "same", "refused", "imported", "warnings"}
    assert [set(one) for one in told["refused"]] == [{"line", "text", "reason"}]
    assert told["refused"][0]["line"] == 3
    assert "Nothing was imported" in run("import", "people", str(bad), store=new, code=1).stdout

    assert "new 14" in run("import", "people", good, store=new).stdout
    assert data(run("import", "people", good, "--format", "json", store=new))["same"] == 14
    assert len(data(run("history", "--format", "json", store=new))) == 1


def test_the_invented_showroom(run, file, tmp_path):
    """Made once, kept, made anew when asked; a showroom's own file is never taken for it."""
    path = tmp_path / "demo.db"
    make = ("demo", "--no-open", "--showroom", "standard")
    assert run(*make, store=path).stdout == f"{path}\n"
    first = path.read_bytes()
    run(*make, store=path)
    assert path.read_bytes() == first
    run(*make, "--reset", store=path)
    assert path.read_bytes() != first

    own = tmp_path / "own.db"
    run("init", store=own)
    assert "is not a demo showroom" in run(*make, store=own, code=1).stderr
    assert "is not a demo showroom" in run(*make, "--reset", store=own, code=1).stderr


# -- trust


def test_undo(run):
    """The last action goes back, in words, as often as there is one."""
    assert run("undo").stdout == "Undone: Remarks 08:41\n"
    assert "no remarks" not in run("report").stdout
    assert data(run("report", "--format", "json"))["sections"]["remarks"]["text"] == ""
    assert data(run("history", "--limit", "1", "--format", "json"))[0]["kind"] == "undo"
    for _step in range(5):
        run("undo")
    assert "Nothing to undo today" in run("undo", code=1).stderr


def test_verify(run, file):
    """All well is 0; a seal of another showroom, or a changed file, is 1."""
    assert run("verify").stdout.startswith("All is as it was entered: ")
    seal = data(run("seal", "--format", "json"))["seal"][:16]
    grouped = " ".join(seal[n : n + 4] for n in range(0, 16, 4))
    assert data(run("verify", "--seal", seal, "--format", "json"))["ok"] is True
    run("verify", "--seal", grouped)
    assert "no report in this file has the seal" in run("verify", "--seal", "0123456789abcdef", code=1).stdout
    assert data(run("verify", "--seal", "0123 4567", "--format", "json", code=1))["findings"]


def test_backup_and_restore(run, file, tmp_path):
    """A copy on a stick, a mistake, the copy back: the card is as it was, and the file before is kept."""
    stick = tmp_path / "stick"
    copy = Path(run("backup", "--to", str(stick)).stdout.strip())
    before = run("card", "--format", "json").stdout
    assert copy.parent == stick
    run("undo")
    run("undo")
    run("undo")
    assert run("card", "--format", "json").stdout != before

    told = run("restore", str(copy)).stdout
    assert f"Restored {copy}" in told
    assert Path(told.strip().rpartition(" kept as ")[2]).exists()
    assert run("card", "--format", "json").stdout == before
    assert run("verify").exit_code == 0


def test_rubbish_is_not_restored(run, file, tmp_path):
    before = file.read_bytes()
    rubbish = tmp_path / "rubbish.db"
    rubbish.write_bytes(b"SQLite format 3\0" + b"\0" * 5000)

    assert "Traceback" not in run("restore", str(rubbish), code=1).output
    assert file.read_bytes() == before


def test_restoring_over_a_damaged_file(run, file, tmp_path):
    """The file cannot be opened any more; the copy takes its place, the damaged one is kept."""
    copy = run("backup", "--to", str(tmp_path / "stick")).stdout.strip()
    file.write_bytes(file.read_bytes()[:3000] + b"\xff" * 3000)
    assert "damaged" in run("card", code=1).stderr

    run("restore", copy)
    assert "Liu Yang" in run("card").stdout


# -- paper


@pytest.mark.parametrize("what", ["card", "report"])
def test_printing_without_a_printer(run, file, what):
    """The PDF is kept and its place is told; a second time the paper says so where it must."""
    told = run("print", what).stdout
    kept = shelf.own(file) / "reports" / f"20261124-{what}.pdf"

    assert told == f"No printer here; kept as PDF: {kept}\n"
    assert kept.read_bytes().startswith(b"%PDF-")
    assert data(run("history", "--limit", "1", "--format", "json"))[0]["kind"] == "note"


def test_a_printer_that_is_not_there(run, file):
    """The sentence names the printer and where the paper is safe; it was kept, and that is all."""
    told = run("print", "report", "--printer", "nosuch", code=1)

    kept = shelf.own(file) / "reports" / "20261124-report.pdf"
    assert "Printer nosuch did not answer" in told.stderr
    assert str(kept) in told.stderr.replace("\n", "")
    assert kept.exists()


def test_keys_and_doctor(run):
    assert run("keys", "--report").stdout == "no key test yet\n"
    names = [one["name"] for one in data(run("doctor", "--format", "json"))]
    assert names[:3] == ["floorlead", "SQLite", "file"]
    assert "ok  SQLite" in run("doctor").stdout
