"""Mutants of the rules: a small change is planted in a copy of the tree, and the tests must notice it.

`python -m tests.hard.mutants --seed 1 --count 300` needs `pip install cosmic-ray coverage` beside the tests' packages. The
first run learns which test reaches which line (`--learn` learns anew); then each mutant meets only the tests
that reach it, the quick ones first. A survivor is named with its change.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PLACES = ("floorlead/store", "floorlead/checks/rules.py", "floorlead/duty/rules.py", "floorlead/orders/rules.py",
          "floorlead/report/queries.py")  # fmt: skip
"""What is mutated."""
AREAS = ("store", "access", "checks", "duty", "cars", "orders", "report", "today", "leave", "rota")
"""The tests' folders that a mutant may meet: the rules' own and those of who leans on them."""
TESTS_AT_MOST = 150
"""A line that half the suite reaches meets this many tests: the quickest."""
SECONDS_AT_MOST = 240
LEAVE_OUT = ("VariableReplacer", "VariableInserter", "RemoveDecorator")
"""Operators whose mutants do not even load, or say nothing about a rule."""
SAME = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")
"""Ends of operators that change nothing for interned words and None."""


@dataclass(frozen=True)
class Mutant:
    """One change: the `occurrence`th place in `path` (on `line`) that an operator can change."""

    path: str
    operator: str
    occurrence: int
    line: int


def modules() -> list[str]:
    """The files that are mutated, relative to the root."""
    found: list[Path] = []
    for place in PLACES:
        path = ROOT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [str(path.relative_to(ROOT)) for path in found]


def operators() -> list[tuple[str, type]]:
    """Every operator with its name."""
    from cosmic_ray.operators.provider import OperatorProvider

    provider = OperatorProvider()
    return [(name, provider[name]) for name in provider if name not in LEAVE_OUT and not name.endswith(SAME)]


def idle_lines(source: str) -> set[int]:
    """Lines on which a change means nothing: annotations and what only a type checker reads."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines |= set(range(node.lineno, node.body[0].lineno))
        if isinstance(node, ast.AnnAssign) and node.value is None:
            lines.add(node.lineno)
    return lines


def annotated(source: str) -> set[tuple[int, int]]:
    """Positions (line, column) inside annotations of assignments."""
    spots: set[tuple[int, int]] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign):
            note = node.annotation
            spots |= {(note.lineno, column) for column in range(note.col_offset, note.end_col_offset or 0)}
    return spots


def mutants_of(path: str) -> list[Mutant]:
    """All mutants of a file, in order."""
    from cosmic_ray.ast import ast_nodes, get_ast

    source = (ROOT / path).read_text(encoding="utf-8")
    idle, notes = idle_lines(source), annotated(source)
    found: list[Mutant] = []
    for name, kind in operators():
        operator, count = kind(), 0
        for node in ast_nodes(get_ast(source)):
            for (line, column), _stop in operator.mutation_positions(node):
                if line not in idle and (line, column) not in notes:
                    found.append(Mutant(path, name, count, line))
                count += 1
    return found


def drawn(seed: int, count: int) -> list[Mutant]:
    """`count` mutants by a seed, each line at most once."""
    every = [mutant for path in modules() for mutant in mutants_of(path)]
    random.Random(seed).shuffle(every)
    chosen: dict[tuple[str, int], Mutant] = {}
    for mutant in every:
        chosen.setdefault((mutant.path, mutant.line), mutant)
    return list(chosen.values())[:count]


def mutated(mutant: Mutant) -> str | None:
    """The mutated text of the file, None where the change makes no difference or no program."""
    from cosmic_ray.mutating import mutate_code

    source = (ROOT / mutant.path).read_text(encoding="utf-8")
    try:
        made = mutate_code(source, dict(operators())[mutant.operator](), mutant.occurrence)
    except AttributeError:  # `except (A, B)`: the operator knows single names only
        return None
    if made is None or made == source:
        return None
    try:
        same = ast.dump(ast.parse(made)) == ast.dump(ast.parse(source))
    except SyntaxError:
        return None
    return None if same else str(made)


def learn(where: Path) -> None:
    """Run the suite once under coverage and keep which test reaches which line, with each test's seconds."""
    data = where.with_suffix(".coverage")
    data.unlink(missing_ok=True)
    rc = where.with_suffix(".rc")
    include = ",".join(f"{ROOT}/{path}" for path in modules())
    rc.write_text(
        f"[run]\ninclude = {include}\ndata_file = {data}\nparallel = false\ndynamic_context = test_function\n"
    )
    durations = where.with_suffix(".xml")
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={rc}", "-m", "pytest", "-n", "0", "-q", "-p",
               "no:cacheprovider", "-m", "not slow", f"--junitxml={durations}", "-o", "junit_family=xunit1",
               *(f"tests/{area}" for area in AREAS)]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    where.write_text(json.dumps({"reach": _reach(data), "seconds": _seconds(durations)}), encoding="utf-8")


def _reach(data: Path) -> dict[str, dict[str, list[str]]]:
    from coverage import CoverageData

    read = CoverageData(str(data))
    read.read()
    found: dict[str, dict[str, list[str]]] = {}
    for path in modules():
        lines = read.contexts_by_lineno(str(ROOT / path))
        found[path] = {str(line): sorted({c for c in contexts if c}) for line, contexts in lines.items()}
    return found


def _seconds(report: Path) -> dict[str, float]:
    """Seconds a test file's function takes at most, by `tests.area.test_x.test_y`, and the file it stands in."""
    from xml.etree import ElementTree

    found: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(report).iter("testcase"):
        name = re.sub(r"\[.*", "", case.get("name", ""))
        key = f"{case.get('file', '')}::{name}"
        found[key] = max(found[key], float(case.get("time", 0)))
    return dict(found)


def node_ids(contexts: list[str], seconds: dict[str, float]) -> list[str]:
    """Pytest's names of the tests that reach a line, the quickest first."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for key in seconds:
        path, _sep, name = key.partition("::")
        by_name[f"{Path(path).stem}.{name}"].append(key)
    ids = {key for context in contexts for key in by_name.get(".".join(context.split(".")[-2:]), [])}
    return sorted(ids, key=lambda key: seconds[key])[:TESTS_AT_MOST]


def lives(mutant: Mutant, text: str, tests: list[str], tree: Path) -> bool:
    """Whether no test notices the mutant, planted in the copied tree."""
    place = tree / mutant.path
    kept = place.read_text(encoding="utf-8")
    place.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=tree, env=environment, check=False, timeout=SECONDS_AT_MOST,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        place.write_text(kept, encoding="utf-8")


def copied(folder: str) -> Path:
    """A copy of what the tests need."""
    tree = Path(folder) / "tree"
    tree.mkdir()
    for name in ("floorlead", "data", "tests"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    return tree


def shown(mutant: Mutant, text: str) -> str:
    """The changed line, before and after."""
    before = (ROOT / mutant.path).read_text(encoding="utf-8").splitlines()
    changes = [line for line in difflib.ndiff(before, text.splitlines()) if line[:2] in ("- ", "+ ")]
    return f"{mutant.path}:{mutant.line} {mutant.operator}\n    " + "\n    ".join(changes[:4])


def main() -> None:
    """Draw, plant, test, tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=300)
    asked.add_argument("--beside", type=int, default=2, help="mutants tried beside each other")
    asked.add_argument("--learn", action="store_true")
    asked.add_argument("--known", type=Path, default=Path(tempfile.gettempdir()) / "floorlead-mutants.json")
    options = asked.parse_args()
    if options.learn or not options.known.exists():
        learn(options.known)
    known = json.loads(options.known.read_text(encoding="utf-8"))
    chosen = [(m, text) for m in drawn(options.seed, options.count * 2) if (text := mutated(m))][: options.count]
    tally = {"killed": 0, "lived": 0, "unreached": 0}

    def tried(work: tuple[int, tuple[Mutant, str]]) -> None:
        number, (mutant, text) = work
        tests = node_ids(known["reach"].get(mutant.path, {}).get(str(mutant.line), []), known["seconds"])
        if not tests:
            tally["unreached"] += 1
            print(f"{number} UNREACHED {shown(mutant, text)}", flush=True)
            return
        with tempfile.TemporaryDirectory() as folder:
            lived = lives(mutant, text, tests, copied(folder))
        tally["lived" if lived else "killed"] += 1
        if lived:
            print(f"{number} LIVED ({len(tests)} tests) {shown(mutant, text)}", flush=True)

    with ThreadPoolExecutor(options.beside) as pool:
        list(pool.map(tried, enumerate(chosen, 1)))
    print(f"seed {options.seed}: {len(chosen)} mutants, {tally}")


if __name__ == "__main__":
    main()
