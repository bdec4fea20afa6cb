"""The house's laws, kept by reading the code: who may import what, where writing happens, what a word looks like."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("laws")  # the files are read once
HOUSE = ROOT / "floorlead"
FILES = sorted(p for p in HOUSE.rglob("*.py") if "data" not in p.relative_to(HOUSE).parts)

NOUNS = {
    "people", "furniture", "tasks", "cars", "orders", "calendar", "duty", "leave", "outings", "training", "queue",
    "checks", "visits", "customers", "log", "talks", "spotchecks", "discipline", "targets", "kpi", "appraisal", "access",
    "lock",
}  # fmt: skip
PAGES = {"history", "options", "ageing", "advice", "stocktake", "rota"}
SUMMARIES = {"report", "today", "setup", "exchange", "meetings"}
AREAS = NOUNS | PAGES | SUMMARIES
LADDER = ("records", "rules", "queries", "moves", "sheet", "screen")
CROSSING = {"records", "rules", "queries", "moves", "lists", "files", "notes", "sealing"}
STDLIB_ONLY = {"records", "rules"}

PACKAGES = {
    "textual": lambda area, name: area == "widgets" or name == "app" or (area, name) == ("", "entry"),
    "arrow": lambda area, name: (area, name) == ("", "clock"),
    "sqlite_utils": lambda area, name: area == "store" or name == "queries",
    "sqlite3": lambda area, name: area == "store" or (area, name) == ("commands", "checkup"),
    "rich": lambda area, name: area in ("widgets", "paper") or name in ("sheet", "screen", "text"),
    "typst": lambda area, name: (area, name) == ("paper", "pdf"),
    "pypinyin": lambda area, name: (area, name) == ("", "finding"),
    "python_calamine": lambda area, name: area == "tables",
    "xlsxwriter": lambda area, name: area == "tables",
    "chinese_calendar": lambda area, name: area == "calendar",
    "highspy": lambda area, name: (area, name) == ("planning", "backend"),
    "numpy": lambda area, name: (area, name) == ("planning", "backend"),
    "argon2": lambda area, name: (area, name) == ("lock", "pins"),
    "click": lambda area, name: area == "commands" or name == "cli",
}
"""Which file may import which package."""
PERCENT_FORMAT = re.compile(r"^\.[0-9]+%$|\{[^{}]*:[^{}]*%\}|%\.?[0-9]*[fgd]%%")
"""A format that makes percent: `.0%` in an f-string, `{:.1%}`, `%d%%`."""


def place(path: Path) -> tuple[str, str]:
    """A file's (area, name)."""
    parts = path.relative_to(HOUSE).parts
    return ("" if len(parts) == 1 else parts[0]), path.stem


@functools.cache
def imports(path: Path, *, typing: bool = False) -> frozenset[str]:
    """The modules that a file imports, deferred ones too; those for typing only when asked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    if not typing:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
                skipped |= set(ast.walk(node))
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return frozenset(found)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_its_homes(package: str) -> None:
    """The file's name tells which package it may import."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in FILES
        if any(m == package or m.startswith(package + ".") for m in imports(path))
        and not PACKAGES[package](*place(path))
    ]

    assert wrong == []


def test_records_and_rules_need_nothing() -> None:
    """What a record or a rule is does not hang on any library or on the store."""
    allowed = {"floorlead.words", "floorlead.clock", "floorlead.record", "floorlead.phones", "floorlead.percent"}
    for path in FILES:
        area, name = place(path)
        if area in AREAS and name in STDLIB_ONLY:
            own = {m for m in imports(path) if m.startswith("floorlead") and not m.startswith(f"floorlead.{area}.")}
            bad = {m for m in own if not any(m == ok or m.startswith(ok + ".") for ok in allowed)}
            assert bad == set(), path


def test_the_ladder_inside_an_area() -> None:
    """records <- rules <- queries <- sheet <- screen; a sheet never reads the store."""
    for path in FILES:
        area, name = place(path)
        if area not in AREAS or name not in LADDER:
            continue
        above = LADDER[LADDER.index(name) + 1 :]
        for step in above:
            assert f"floorlead.{area}.{step}" not in imports(path), (path, step)
        if name == "sheet":
            assert {f"floorlead.{area}.queries", f"floorlead.{area}.moves"} & imports(path) == set(), path


def test_a_page_never_imports_a_page() -> None:
    """Only nouns and what a summary sums up cross areas, and of those only records, rules and queries."""
    for path in FILES:
        area, _name = place(path)
        if area not in AREAS:
            continue
        for module in imports(path):
            parts = module.split(".")
            if len(parts) < 3 or parts[0] != "floorlead" or parts[1] not in AREAS or parts[1] == area:
                continue
            other, part = parts[1], parts[2]
            assert part in CROSSING, (str(path), module)
            if area in NOUNS:
                assert other in NOUNS, (str(path), module)
            if area in PAGES:
                assert other in NOUNS, (str(path), module)


def test_the_ground_imports_no_area() -> None:
    """Store, words, clock, paper and widgets stand by themselves."""
    for path in FILES:
        area, name = place(path)
        if area in ("store", "paper", "widgets", "tables", "planning") or (
            area == "" and name not in ("app", "cli", "entry", "__main__")
        ):
            wrong = {m for m in imports(path) if m.startswith("floorlead.") and m.split(".")[1] in AREAS}
            assert wrong == set(), path


def test_every_area_says_what_it_is() -> None:
    for area in AREAS:
        assert ast.get_docstring(ast.parse((HOUSE / area / "__init__.py").read_text(encoding="utf-8"))), area


def test_files_and_functions_stay_small() -> None:
    """No file above 320 lines, no function above 45: what grows is divided."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 320, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 45, (path, node.name)


def test_no_default_css_outside_widgets() -> None:
    for path in FILES:
        assert "DEFAULT_CSS" not in path.read_text(encoding="utf-8") or place(path)[0] == "widgets", path


@pytest.mark.parametrize(
    "command", [["report"], ["report", "--format", "json"], ["card"], ["report", "--format", "chat"]]
)
def test_paper_needs_no_screen(tmp_path: Path, command: list[str]) -> None:
    """A report in the evening's batch loads neither the screen library nor any other heavy one."""
    store = tmp_path / "s.db"
    base = [sys.executable, "-m", "floorlead", "--store", str(store), "--lang", "zh"]
    subprocess.run([*base, "init"], check=True, capture_output=True)
    code = (
        "import sys; sys.argv = sys.argv[1:]\nfrom floorlead.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('LOADED', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, *base[2:], *command], capture_output=True, text=True, check=True)
    loaded = done.stdout.partition("LOADED")[2].split()

    assert {"textual", "arrow", "sqlite_utils", "rich.console", "pypinyin", "typst"} & set(loaded) == set()


def test_words_are_never_inside_f_strings() -> None:
    """The extractor cannot see a message inside an f-string."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_"]
                literal = [n for n in calls if n.args and isinstance(n.args[0], ast.Constant)]
                assert literal == [], (path, node.lineno)


def test_each_door_tells_what_its_page_tells() -> None:
    """The table of contents and the pages name the same keys and words."""
    from floorlead.app import PAGES as doors

    for door in doors:
        page = door.load()
        assert (door.name, door.key, door.word, door.finds, door.listed) == (
            page.name, page.key, page.word, page.finds, page.listed,
        )  # fmt: skip


CLOCKS = {
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")),
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")),
    *("datetime.date.today", "email.utils.localtime", "email.utils.formatdate"),
    *(f"arrow.{name}" for name in ("now", "utcnow", "Arrow.now", "Arrow.utcnow")),
}
"""What tells the date; `time.monotonic` and `perf_counter` only tell how long something took."""
OWN_CLOCKS = {HOUSE / "clock.py", *(ROOT / "tests" / name for name in ("under.py", "store/test_clock.py"))}
SQL_CLOCK = re.compile(r"\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|'now'")


def dotted(node: ast.AST) -> str:
    """A name with what is asked of it: `datetime.datetime.now`; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    before = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{before}.{node.attr}" if isinstance(node, ast.Attribute) and before else ""


def clock_readings(text: str) -> set[str]:
    """What reads this machine's clock in a file's code or in its SQL, under whatever name it was imported."""
    names: dict[str, str] = {}
    found: set[str] = set()
    nodes = list(ast.walk(ast.parse(text)))
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {
                one.asname or one.name.split(".")[0]: one.name if one.asname else one.name.split(".")[0]
                for one in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    for node in nodes:
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = dotted(node).partition(".")
            found |= {names.get(first, first) + dot + rest} & CLOCKS
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(SQL_CLOCK.findall(node.value))
    return found


def test_only_the_clock_reads_the_clock() -> None:
    """What does not ask `floorlead.clock` cannot be stopped, and a test of it would see today's date."""
    tests = [p for p in (ROOT / "tests").rglob("*.py") if {"bench", "shifted"}.isdisjoint(p.parts)]
    read = {path: clock_readings(path.read_text(encoding="utf-8")) for path in {*FILES, *tests} - OWN_CLOCKS}

    assert {path: found for path, found in read.items() if found and path != Path(__file__)} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.time()",
        "import time as t\nage = t.time_ns",
        "from time import localtime as l\nl()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "from datetime import datetime as dt\nmake = field(default_factory=dt.utcnow)",
        "from datetime import date\ndate.today()",
        "import arrow\narrow.utcnow()",
        "from arrow import Arrow\nArrow.now()",
        "db.execute('INSERT INTO days VALUES (CURRENT_TIMESTAMP)')",
        "db.execute(\"SELECT date('now')\")",
    ],
)
def test_a_clock_is_known_by_any_name(code: str) -> None:
    assert clock_readings(code)
    assert not clock_readings(
        "import time\nfrom datetime import time as at, datetime\ntime.monotonic(); at(4); datetime(2026, 1, 1)"
    )


CAMPAIGNS = sorted(
    {*(ROOT / "tests" / "hard").glob("*.py")} - {ROOT / "tests/hard" / n for n in ("__init__.py", "campaign.py")}
)


@pytest.mark.parametrize("path", CAMPAIGNS, ids=lambda path: path.stem)
def test_a_campaign_is_one_command(path: Path) -> None:
    """Each file of tests/hard is a campaign that takes a seed and a count and says what it attacks."""
    asked = [sys.executable, "-m", f"tests.hard.{path.stem}", "--help"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert {"--seed", "--count"} <= set(done.stdout.replace("[", " ").split())
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_one_function_makes_percentages() -> None:
    """Whole percent are exact and half up everywhere: nothing but `percent.py` multiplies by a hundred or rounds to one."""
    wrong = []
    for path in FILES:
        if place(path) == ("", "percent"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                factors = [side.value for side in (node.left, node.right) if isinstance(side, ast.Constant)]
                wrong += [(str(path), node.lineno)] if 100 in factors or 200 in factors else []
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PERCENT_FORMAT.search(node.value):
                wrong.append((str(path), node.lineno))

    assert wrong == []


WRITERS = {
    "write_bytes", "write_text", "touch", "rename", "replace", "renames", "unlink", "rmdir", "symlink_to", "hardlink_to",
    "mkdir", "makedirs", "truncate", "remove", "link", "symlink", "copyfile", "copyfileobj", "copy2", "copytree", "rmtree",
    "move", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkdtemp",
}  # fmt: skip
"""Names of what makes, changes or removes a file or a folder."""
TEXT_OR_RECORD = {"replace", "move", "link", "remove", "touch", "truncate"}
"""Of these the ones that texts, records, lists and clocks have too: only with `os.`, `shutil.` or a lone path are they meant."""
WRITING_HOMES = {
    "store/": "the one file and its copies", "shelf.py": "whole files", "outputs.py": "what is written out",
    "paper/pdf.py": "the typesetter's own folder, gone when the page is drawn",
}  # fmt: skip


def writes_a_file(node: ast.Call) -> bool:
    """Whether a call opens a file for writing, or makes, changes or removes one."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    owner = dotted(node.func).rpartition(".")[0]
    if name == "open":
        modes = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
        if owner == "os":
            if dotted(node.args[0]) == "os.devnull":
                return False
            return "O_WRONLY" in ast.unparse(node) or "O_RDWR" in ast.unparse(node) or "O_CREAT" in ast.unparse(node)
        return any(isinstance(m, str) and re.fullmatch(r"[rwaxbt+U]{1,4}", m) and set(m) & set("wax+") for m in modes)
    if name in TEXT_OR_RECORD:
        lone = name == "replace" and len(node.args) == 1 and not node.keywords and isinstance(node.func, ast.Attribute)
        return owner in ("os", "shutil") or lone
    return name in WRITERS


def test_one_door_writes_files() -> None:
    """No file is opened for writing, made or removed but in the store, the shelf, and the door for what is written out."""
    wrong = []
    for path in FILES:
        if path.relative_to(HOUSE).as_posix().startswith(tuple(WRITING_HOMES)):
            continue
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and writes_a_file(node)
        ]
        wrong += [f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(node)[:70]}" for node in calls]

    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'w')", "path.open('rb+')", "path.open(mode='ab')", "io.open(path, 'x')", "path.write_text(text)",
        "os.open(path, os.O_WRONLY | os.O_CREAT)", "os.replace(a, b)", "temp.replace(path)", "temp.rename(path)",
        "shutil.copyfile(a, b)", "shutil.move(a, b)", "tempfile.mkstemp()", "path.unlink()", "os.link(a, b)",
    ],
)  # fmt: skip
def test_a_writer_is_known(code: str) -> None:
    known = [writes_a_file(node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert any(known)
    for plain in ("'a'.replace('b', 'c')", "replace(options, store=x)", "time.replace(tzinfo=None)", "path.open('rb')"):
        call = ast.parse(plain).body[0]
        assert isinstance(call, ast.Expr) and isinstance(call.value, ast.Call)
        assert not writes_a_file(call.value)
