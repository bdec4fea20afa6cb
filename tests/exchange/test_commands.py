"""Reading in and writing out on the command line: counts that add up, exit codes, JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from floorlead.cli import cli
from tests.exchange.conftest import demo, vin

BAD = f"vin,model,arrived_on\n{vin(1)},QY,2026-11-01\n{vin(1)},QY,2026-11-01\n\nX,QY,2026-11-01\n"


@pytest.fixture
def run(tmp_path):
    """Run a command on a file of its own; returns (exit code, output)."""

    def go(*words: object):
        base = ["--store", str(tmp_path / "s.db"), "--lang", "en", "--now", "2026-11-24T08:41"]
        result = CliRunner().invoke(cli, [*base, *map(str, words)])
        assert not result.exception or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return go


def test_the_demo_files_come_in(run, written):
    """60 cars into no file at all: it is made; the same again changes nothing."""
    path = written("cars.csv", demo("cars.csv"))
    code, out = run("import", "cars", path, "--format", "json")
    told = json.loads(out)
    assert (code, told["kind"], told["file"], told["lines"], told["new"]) == (0, "cars", str(path), 60, 60)
    assert len(told["remarks"]) == 17 - 6 or told["remarks"]
    code, out = run("import", "cars", path)
    assert (code, out.splitlines()[0]) == (0, "60 lines: 0 new, 0 changed, 60 the same, 0 refused, 0 blank")
    assert run("import", "sales", written("sales_history.csv", demo("sales_history.csv")))[0] == 0
    assert run("import", "orders", written("orders.csv", demo("orders.csv")))[0] == 0


def test_refused_lines_stop_it_all(run, written):
    """Exit code 1, each line with its number and reason, nothing entered, no file made; --partial enters the rest."""
    path = written("bad.csv", BAD.encode())
    code, out = run("import", "cars", path)
    assert [p.name for p in path.parent.iterdir()] == ["bad.csv"]
    assert code == 1
    assert "4 lines: 1 new, 0 changed, 0 the same, 2 refused, 1 blank" in out
    assert f"line 3: {vin(1)} stands in line 2 already   {vin(1)},QY,2026-11-01" in out
    assert "line 5: a VIN has 17 characters" in out
    code, out = run("import", "cars", path, "--format", "json")
    told = json.loads(out)
    assert (code, told["new"], [r["line"] for r in told["refused"]], told["blank"], told["entered"]) == (
        1,
        1,
        [3, 5],
        1,
        False,
    )
    assert run("import", "cars", path, "--dry-run")[0] == 0
    assert run("init")[0] == 0
    assert run("export", "cars", path.with_name("none.csv"))[1].endswith("0 rows\n")
    assert run("import", "cars", path, "--partial")[0] == 0
    assert json.loads(run("export", "cars", path.with_name("one.xlsx"), "--format", "json")[1])["rows"] == 1


def test_columns_by_hand(run, written):
    path = written("odd.csv", f"K1,K2,K3\n{vin(1)},QY,2026-11-01\n".encode())
    code, out = run("import", "cars", path)
    assert (code, "No column is known as VIN" in out) == (1, True)
    maps = ("--map", "vin=K1", "--map", "model=K2", "--map", "arrived_on=K3")
    for wrong in ("x=K3", "vin"):
        assert run("import", "cars", path, *maps[:4], "--map", wrong)[0] == 2
    assert run("import", "cars", path, *maps[:4], "--map", "colour=K9")[0] == 1
    assert run("import", "cars", path, *maps)[0] == 0
    assert run("import", "cars", path)[1].startswith("1 lines: 0 new, 0 changed, 1 the same")


def test_wrong_use(run, written, tmp_path):
    run("init")
    assert run("import", "cars", tmp_path / "nowhere.csv")[0] == 2
    assert run("export", "nothing", tmp_path / "x.csv")[0] == 2
    assert run("export", "cars", tmp_path / "x.txt")[0] == 2
    assert run("import", "cars", written("x.csv", b"PK\x03\x04no"))[0] == 1


def test_a_list_goes_where_there_is_a_folder(run, tmp_path):
    """A slip in the folder's name makes no folder; the showroom's own one is made."""
    run("init")
    code, out = run("export", "cars", tmp_path / "exprots" / "cars.csv")
    assert (code, "There is no folder" in out) == (1, True)
    assert not (tmp_path / "exprots").exists()
    assert run("export", "cars", "~nobody-at-all/cars.csv")[0] == 1
    assert run("export", "cars", tmp_path / "s" / "exports" / "cars.csv")[0] == 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_calendar_goes_out_and_comes_back(run, written, tmp_path, suffix, language):
    """Exported, read in again: nothing changed, and nothing in the history."""
    path = tmp_path / f"calendar{suffix}"
    run("init")
    run("import", "calendar", written("holidays.csv", demo("holidays.csv")))
    run("--lang", language, "export", "calendar", path)
    before = run("history", "--format", "json")[1]
    code, out = run("import", "calendar", path, "--format", "json")
    told = json.loads(out)
    assert (code, told["new"], told["changed"], told["same"], told["refused"]) == (0, 0, 0, 72, [])
    assert run("history", "--format", "json")[1] == before


def test_each_import_makes_a_backup_first(run, written, tmp_path):
    run("import", "cars", written("a.csv", demo("cars.csv")))
    run("import", "sales", written("b.csv", demo("sales_history.csv")))
    assert len(list((tmp_path / "s" / "backups").glob("*-import.db"))) == 1
    assert run("undo")[0] == 0
