"""`python -m tests.bench [--quick] [--json FILE] [--check]`: speed as ratios measured side by side in one run.

Milliseconds differ from machine to machine; a ratio to the least program of the same kind hardly does.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from floorlead import words
from floorlead.clock import stopped
from floorlead.setup.demo import make_demo
from tests.bench import ageing, importing, many_cars, many_customers, processes, programs
from tests.bench.programs import NOW, ROOT, Figures, Program, app, slow
from tests.bench.ten_years import ten_years
from tests.bench.terminal import environment, steady

PYTHON = sys.executable
TODAY = "最近".encode()
"""The heading furthest down on Today."""
WALK = ("f3", "f3", "f3", "z", "escape", "f9", "f9", "ctrl+k", "down", "escape", "f1", "pagedown", "escape", "f2")
"""Every tab and view, the finder, the commands, the help."""
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
READS = {
    "open": "open the file", "mark": "one mark, committed", "draft": "draft of the report",
    "today": "all that Today reads", "checks": "all that the card reads", "frame": "draw a frame of Today",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One line of the table; `ratio` is to the thing named, `goal` the ratio or value that is hoped for."""

    what: str
    p50: float
    p95: float
    unit: str = "ms"
    ratio: float | None = None
    to: str = ""
    goal: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the goal is not met."""
        return self.goal is not None and (self.p50 if self.ratio is None else self.ratio) > self.goal


def main() -> int:
    """Measure, print, perhaps judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, for a first look")
    parser.add_argument("--json", type=Path, help="all figures into this file")
    parser.add_argument("--check", action="store_true", help="exit 1 where a goal is missed")
    options = parser.parse_args()
    words.use("zh")
    with tempfile.TemporaryDirectory(prefix="floorlead-bench-run-") as name:
        stores = Stores(Path(name))
        first = "in real time" if steady() else "beside other work"
        facts = [*screens(stores, options.quick), *insides(stores, options.quick), *commands(stores, options.quick)]
        facts += cars(options.quick)
    print(table(facts, first))
    if options.json:
        options.json.write_text(json.dumps([asdict(fact) for fact in facts], ensure_ascii=False, indent=1))
    return 1 if options.check and any(fact.missed for fact in facts) else 0


class Stores:
    """The ordinary store and the ten-year one, each with a copy that is worked on."""

    def __init__(self, folder: Path) -> None:
        self.kept = {"month": folder / "kept.db", "ten years": ten_years()}
        make_demo(self.kept["month"], stopped(NOW), "standard", days=30)
        self.work = {name: folder / f"{name.replace(' ', '-')}.db" for name in self.kept}
        self.kept["many cars"] = folder / "many-kept.db"
        many_cars.build(self.kept["many cars"])
        self.work["many cars"] = folder / "many-cars.db"
        for name in self.kept:
            self.fresh(name)()

    def fresh(self, name: str) -> Callable[[], None]:
        """Makes the working copy of a store again as nobody has touched it."""
        return lambda: shutil.copyfile(self.kept[name], self.work[name]) and None


def screens(stores: Stores, quick: bool) -> list[Fact]:
    """Start, keys, page switches, memory, in both sizes."""
    facts: list[Fact] = []
    for size, (cells, lines) in SIZES.items():
        design = size == "80x24"
        chosen = _programs(stores, 12 if quick else 24, ["month", "ten years"] if design else ["month"])
        chosen += _programs_of_cars(stores, 12 if quick else 24) if design else []
        rounds = 1 if quick else 4 if design else 2
        facts += _screen_facts(programs.run(chosen, rounds, cells, lines), size)
    return facts


def _programs(stores: Stores, count: int, names: list[str]) -> list[Program]:
    hello = [PYTHON, "-m", "tests.bench.hello"]
    found = [Program("hello", hello, b"Ready", ("x",), "x" * count)]
    for name in names:
        store = stores.work[name]
        # the whole file is checked behind the first screen, and the first mark waits for it
        wait = 0.5 if name == "month" else 2.0
        ways = {
            "cursor": (("f3",), ["down"] * 10 + ["up"] * 10),
            "tick, digit": (("f3", "1", "1"), ["1", "1", "2", "2"] * (count // 4)),
            "tick, Space": (("f3", "f3", "space"), ["space"] * min(18, count)),
            "switch": (("f3", "f9", "f2"), ["f3", "f9", "f2"] * (count // 3)),
            "walk": (("f3",), WALK),
        }
        for way, (lead, keys) in ways.items():
            quiet = 0.1 if way == "switch" else 0.04
            found.append(Program(f"{way}, {name}", app(store), TODAY, lead, keys, wait, quiet, stores.fresh(name)))
    for rows in ("36", "20000"):
        command = [PYTHON, "-m", "tests.bench.rows", str(stores.work["month"]), rows]
        keys = ["down", "pagedown", "up", "pageup"] * (count // 4)
        found.append(Program(f"{rows} rows", command, b"Ready", ("down",), keys))
    return found


def _programs_of_cars(stores: Stores, count: int) -> list[Program]:
    """The pages about cars on 20,000 of them, 600 in stock."""
    up_and_down = ["down"] * (count // 2) + ["up"] * (count // 2)
    ways = {
        "step, deliveries": (("f5",), ["1", "1", "2", "2"] * (count // 4)),
        "cursor, deliveries": (("f5",), up_and_down), "cursor, stock": (("f5", "tab", "tab"), up_and_down),
        "cursor, display board": (("f5", "tab"), up_and_down), "cursor, ageing": (("f4",), up_and_down),
        "pick, ageing": (("f4",), ["space"] * count), "cursor, order advice": (("ctrl+k", "d", "c", "enter"), up_and_down),
        "page to page, cars": (("f5", "f4", "f2"), ["f5", "f4", "f2"] * (count // 3)),
    }  # fmt: skip
    store = stores.work["many cars"]
    return [
        Program(
            f"{way}, many cars",
            app(store),
            TODAY,
            lead,
            keys,
            0.5,
            0.1 if "page" in way else 0.04,
            stores.fresh("many cars"),
        )
        for way, (lead, keys) in ways.items()
    ]


def _screen_facts(found: dict[str, Figures], size: str) -> list[Fact]:
    floor = found["hello"].to_dict()
    facts = [Fact(f"{size} Textual hello: start", floor["start"], floor["start_p95"]),
             Fact(f"{size} Textual hello: key", floor["first"], floor["first_p95"])]  # fmt: skip
    for name in ("month", "ten years"):
        mine = {program: figures for program, figures in found.items() if program.endswith(name)}
        facts += _start_facts(mine, name, size, floor) if mine else []
    for program, figures in found.items():
        if program != "hello" and not program.startswith("walk"):
            own = figures.to_dict()
            marks = program.startswith("tick") and program.endswith("month")
            goal = 2.0 if marks or program.startswith(("step", "pick", "cursor")) else None
            facts.append(_fact(f"{size} {program}: first change", own, "first", floor, "hello's key", goal))
            facts.append(_fact(f"{size} {program}: complete", own, "last", floor, "hello's key", None))
            most = 600 if program.startswith("tick") else None
            facts.append(Fact(f"{size} {program}: bytes a key", own["bytes"], own["bytes_p95"], "B", goal=most))
            if own["seen"] < own["keys"]:
                facts.append(Fact(f"{size} {program}: keys without a change", own["keys"] - own["seen"], 0, "keys"))
    return facts


def _start_facts(found: dict[str, Figures], name: str, size: str, floor: dict[str, float]) -> list[Fact]:
    """Start and peak memory over all programs that opened the app on one store."""
    both = Figures()
    for figures in found.values():
        both.start += figures.start
        both.taken += figures.taken
    own, goal = both.to_dict(), 1.25 if name == "month" else None
    peak = found[f"walk, {name}"].to_dict()
    return [
        _fact(f"{size} start: Today painted, {name}", own, "start", floor, "hello", goal),
        _fact(f"{size} start: first key answered, {name}", own, "taken", floor, "hello", goal),
        Fact(f"{size} peak memory after a walk, {name}", peak["peak"], peak["peak_p95"], "MiB", goal=45),
    ]


def _fact(what: str, own: dict[str, float], name: str, floor: dict[str, float], to: str, goal: float | None) -> Fact:
    base = floor[name if name in ("start", "taken") else "first"]
    return Fact(what, own[name], own[f"{name}_p95"], ratio=own[name] / base, to=to, goal=goal)


def insides(stores: Stores, quick: bool) -> list[Fact]:
    """What the file costs without a screen, on both stores in turns."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in ("month", "ten years")}
    for _round in range(1 if quick else 3):
        for name, store in ((name, stores.work[name]) for name in ("month", "ten years")):
            stores.fresh(name)()
            command = [PYTHON, "-m", "tests.bench.inside", str(store), "20" if quick else "60"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment(), check=True)
            for act, values in json.loads(done.stdout).items():
                found[name].setdefault(act, []).extend(values)
    facts = []
    for act, told in READS.items():
        month, ten = sorted(found["month"][act]), sorted(found["ten years"][act])
        middle = month[len(month) // 2]
        facts.append(Fact(f"{told}, month", middle, slow(month)))
        old = ten[len(ten) // 2]
        facts.append(Fact(f"{told}, ten years", old, slow(ten), ratio=old / middle, to="month", goal=2.0))
    return facts


def commands(stores: Stores, quick: bool) -> list[Fact]:
    """The report as whole processes, and what it loads."""
    store = stores.work["month"]
    stores.fresh("month")()
    report = processes.floorlead(store, "report")
    script = str(Path(PYTHON).with_name("floorlead"))
    measured = processes.run(
        {
            "python -c pass": [PYTHON, "-c", "pass"],
            "report": report,
            "report, ten years": processes.floorlead(stores.work["ten years"], "report"),
            "report by the installed script": [script, *report[3:]],
            "report --format pdf": [*report, "--format", "pdf"],
        },
        5 if quick else 15,
    )
    base = sorted(measured["python -c pass"])
    middle = base[len(base) // 2]
    facts = []
    for name, values in measured.items():
        mine = sorted(values)[len(values) // 2]
        facts.append(Fact(name, mine, slow(values), ratio=mine / middle, to="python -c pass"))
    heavy = processes.loaded(store)
    told = f"heavy modules that `report` loads: {', '.join(heavy) or 'none'}"
    facts.append(Fact(told, len(heavy), len(heavy), "", goal=0))
    return facts


def cars(quick: bool) -> list[Fact]:
    """Twenty thousand cars: the age list, the pages without a screen, a dealer system's file read in."""
    aged = ageing.figures()
    facts = [Fact("ageing list read, 600 of 20,000 cars", aged["aged_ms"], aged["aged_ms"], goal=20)]
    facts += [Fact(f"20,000 cars, {what}", value, value) for what, value in many_cars.figures().items()]
    facts += [
        Fact(f"20,000 customers, {what}", value, value, goal=50) for what, value in many_customers.figures().items()
    ]
    read = importing.figures(2 if quick else 4)
    told = "20,000 lines of cars read in"
    return [*facts, Fact(told, read["import"] * 1000, read["import"] * 1000, ratio=read["ratio"],
                         to="reading the file and a bare executemany", goal=read["goal"])]  # fmt: skip


def table(facts: list[Fact], first: str) -> str:
    """The figures as a markdown table."""
    lines = [f"Measured {first}; p50 and p95 over all keys or runs.", ""]
    lines += ["| what | p50 | p95 | ratio | goal |", "|---|---:|---:|---:|---:|"]
    for fact in facts:
        digits = 2 if fact.unit == "ms" else 0
        digits = 1 if fact.unit == "MiB" else digits
        p50, p95 = f"{fact.p50:.{digits}f} {fact.unit}".strip(), f"{fact.p95:.{digits}f}"
        ratio = f"{fact.ratio:.2f} x {fact.to}" if fact.ratio is not None else ""
        goal = "" if fact.goal is None else f"<= {fact.goal:g}{' MISSED' if fact.missed else ''}"
        lines.append(f"| {fact.what} | {p50} | {p95} | {ratio} | {goal} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
