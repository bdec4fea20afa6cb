"""What two terminals decide at once happens once, whoever was first; no move looks before it has the file to itself."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from floorlead.record import replace
from floorlead.store import Store, decided, verify
from floorlead.store.deciding import must_rest
from floorlead.tasks import queries as tasks
from tests.contests import NAMED, contest
from tests.test_laws import FILES

OWN_FILE = {"demo.py", "demo_customers.py", "demo_log.py", "demo_rota.py", "demo_stock.py"}
"""What fills a file that nobody else has open."""


@pytest.mark.parametrize("name", NAMED)
def test_another_terminal_was_first(name: str, tmp_path: Path) -> None:
    """This terminal has looked; in the moment before its write the other one saves: this one is refused, or both agree."""
    _mine, _theirs, codes, _counted, wanted = NAMED[name]
    done, came, count = contest(name, tmp_path)
    assert came == ""
    assert done in codes.split() if codes else not done
    assert count == wanted
    assert verify.verify(next(tmp_path.glob("*.db"))).ok


@pytest.mark.parametrize("name", ["seal", "leave", "desk", "stock-take begun", "hand over", "month"])
@pytest.mark.parametrize("number", [2, 5, 11])
def test_nobody_comes_in_between(name: str, number: int, tmp_path: Path) -> None:
    """From its first look on the file is this terminal's: the other one is told to wait, and nothing happens twice."""
    done, came, count = contest(name, tmp_path, at="", number=number)
    assert (done, came) == ("", "busy")
    assert count == 1


def test_the_clock_stands_while_a_move_decides(store: Store) -> None:
    """The day ends between a move's first look and its last word: what it writes belongs to one day."""
    begun = store.clock.now()
    moments = iter(begun + timedelta(hours=n) for n in range(100))
    store.clock = replace(store.clock, source=lambda: next(moments))

    @decided
    def move(store: Store) -> list[str]:
        return [store.clock.stamp(), store.today().isoformat(), store.clock.stamp()]

    stamp, _day, again = move(store)
    assert stamp == again
    assert store.clock.stamp() > stamp


def test_what_was_made_from_a_table_that_changed_is_not_taken_over(store: Store) -> None:
    """A proposal of before; then a task is entered: tables that did not change do not matter."""
    seen = store.one("SELECT max(seq) FROM actions") or 0
    tasks.add(store, "补价签", "", store.today())
    must_rest(store, seen, ("rota_cells", "leaves"))
    with pytest.raises(Exception, match="E421"):
        must_rest(store, seen, ("leaves", "tasks"))


def _writes(node: ast.AST) -> bool:
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    return any(one.func.attr == "write" and ast.unparse(one.func.value).endswith("store") for one in calls)  # type: ignore[attr-defined]


def _looks(function: ast.FunctionDef) -> bool:
    """Whether a function itself reads the file or refuses something."""
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and "Refused" in ast.unparse(node):
            return True
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("store.rows", "store.one"):
            return True
    return False


def _is_context(function: ast.FunctionDef) -> bool:
    """Whether it is the write itself under another name: who uses it decides."""
    return "contextlib.contextmanager" in map(ast.unparse, function.decorator_list)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_move_decides_inside_its_transaction(path: Path) -> None:
    """Whoever writes is `@decided`, and whoever looks or refuses before calling such a move in its own file is too."""
    if path.name in OWN_FILE or (path.parent.name == "store" and path.name == "__init__.py"):
        return
    functions = {one.name: one for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)}
    decides = {name for name, one in functions.items() if "decided" in map(ast.unparse, one.decorator_list)}
    writers = {name for name, one in functions.items() if _writes(one) and (_looks(one) or not _is_context(one))}
    assert writers <= decides
    calls = {
        name: {ast.unparse(node.func) for node in ast.walk(one) if isinstance(node, ast.Call)}
        for name, one in functions.items()
    }
    private = {name for name in writers if name.startswith("_")}
    looks_first = {name for name, called in calls.items() if called & private and _looks(functions[name])}
    assert looks_first <= decides
