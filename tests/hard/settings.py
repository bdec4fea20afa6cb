"""Mutated settings files: the showroom opens, its pages are visited, the report is made, and none of it ends the program."""

from __future__ import annotations

import contextlib
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from floorlead import clock, ownfile, shelf, words
from floorlead.app import PAGES
from floorlead.cli import cli
from floorlead.store import open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests import kept
from tests.app.walk import PLACES, close_all, play, quick
from tests.hard import campaign

NOW = "2026-11-24T08:41"
BAD = ("ended", "silent")
USERS = {
    "rota.toml": ("rota", "leave", "outings", "training", "today", "people"),
    "kpi.toml": ("kpi", "appraisal", "targets"), "log.toml": ("log", "spotchecks", "today", "meetings"),
    "customers.toml": ("customers", "today", "kpi"), "checklists.toml": ("checks", "items", "cars", "today"),
}  # fmt: skip
"""The pages that show what a file says."""
VALUES = (
    "0", "-1", "1", "4800", "9", "10", "1e400", "inf", "-inf", "nan", "9223372036854775808", "9" * 40, "9" * 5000, "0.5", "true", '""', '"x"',
    '"' + "长" * 400 + '"', '"13900010012"', '"\\u0000"', '"\\u001b[2J"', '"\\u202e"', "[]", "[[]]", "[1, 2]", "{}", "{ a = 1 }", "2026-02-30", "2026-02-28",
    "08:30:00", '"25:00"', '["08:30"]', '[["a"]]', '["17:30", "08:30"]', '"[red]x"', '"{path}"', "'''\n\n'''",
)  # fmt: skip
"""What is put in a value's place."""
PAIR = re.compile(r"^\s*[\w]+ = ")
Mutation = Callable[[random.Random, list[str]], str]


def another_value(dice: random.Random, lines: list[str]) -> str:
    at = dice.choice([n for n, line in enumerate(lines) if PAIR.match(line)])
    lines[at] = lines[at].partition(" = ")[0] + " = " + dice.choice(VALUES)
    return "\n".join(lines)


def another_number(dice: random.Random, lines: list[str]) -> str:
    text = "\n".join(lines)
    spot = dice.choice(list(re.finditer(r"(?<=[ \":\[])\d+", text)))
    return (
        text[: spot.start()] + dice.choice(("0", "-5", "7", "61", "99", "1440", "100000", "1e9")) + text[spot.end() :]
    )


def a_line_less(dice: random.Random, lines: list[str]) -> str:
    del lines[dice.randrange(len(lines))]
    return "\n".join(lines)


def lines_less(dice: random.Random, lines: list[str]) -> str:
    at = dice.randrange(len(lines))
    del lines[at : at + dice.randrange(2, 40)]
    return "\n".join(lines)


def a_line_twice(dice: random.Random, lines: list[str]) -> str:
    at = dice.randrange(len(lines))
    lines.insert(dice.choice((at, dice.randrange(len(lines)))), lines[at])
    return "\n".join(lines)


def a_table_twice(dice: random.Random, lines: list[str]) -> str:
    heads = [n for n, line in enumerate(lines) if line.strip().startswith("[[")]
    at = dice.choice(heads)
    end = next((n for n in heads if n > at), len(lines))
    return "\n".join(lines[:end] + lines[at:end] * dice.choice((1, 300)) + lines[end:])


def another_key(dice: random.Random, lines: list[str]) -> str:
    at = dice.choice([n for n, line in enumerate(lines) if PAIR.match(line)])
    lines[at] = dice.choice(("unknown", "code", "zh", '""', "a.b.c", '"{}"')) + " = " + lines[at].partition(" = ")[2]
    return "\n".join(lines)


def one_more_key(dice: random.Random, lines: list[str]) -> str:
    lines.insert(dice.randrange(len(lines)), f"extra = {dice.choice(VALUES)}")
    return "\n".join(lines)


def nested(dice: random.Random, lines: list[str]) -> str:
    depth = dice.choice((3, 90, 3000))
    lines.insert(0, "deep = " + "[" * depth + "]" * depth)
    return "\n".join(lines)


def cut(dice: random.Random, lines: list[str]) -> str:
    text = "\n".join(lines)
    return text[: dice.randrange(len(text))]


def other_words(dice: random.Random, lines: list[str]) -> str:
    text = "\n".join(lines)
    spot = dice.choice(list(re.finditer(r'"[^"\n]*"', text)))
    return text[: spot.start()] + dice.choice(VALUES) + text[spot.end() :]


MUTATIONS: tuple[Mutation, ...] = (
    another_value, another_value, another_value, another_number, another_number, a_line_less, lines_less, a_line_twice, a_table_twice,
    another_key, one_more_key, nested, cut, other_words, other_words,
)  # fmt: skip


def laid(dice: random.Random, path: Path) -> str:
    """Put a mutated file, or something that is none, at `path`; answers what was done to it."""
    text = shelf.find(path.name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    kind = dice.randrange(24)
    if kind == 0:
        os.mkfifo(path)
        return "a pipe"
    if kind == 1:
        dice.choice((lambda: path.mkdir(), lambda: path.symlink_to(path), lambda: path.write_bytes(b"")))()
        return "no file"
    if kind == 2:
        data = bytearray(text.encode(dice.choice(("utf-8", "gb18030", "utf-16"))))
        for _n in range(dice.choice((1, 1, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data)
        return "bytes"
    how = dice.choice(MUTATIONS)
    for _n in range(dice.choice((1, 1, 1, 3))):
        text = how(dice, lines)
        lines = text.splitlines() or ["x = 1"]
    path.write_text(text, encoding="utf-8")
    return how.__name__


def visited(dice: random.Random, desk: Desk, name: str) -> None:
    """Two of the pages that use the file, in a state each."""
    for page in dice.sample(USERS[name], 2):
        desk.go(page)
        desk.frame(80, 24)
        play(desk, *dice.choice(PLACES[page]))
        desk.frame(80, 24)
        close_all(desk)


def attempt(dice: random.Random, folder: Path) -> str:
    """One mutated file in a showroom's folder: open, start, pages, report, doctor's look."""
    words.use(dice.choice(("zh", "en")))
    name = dice.choice(list(ownfile.FILES))
    path = kept.demo(folder / "showroom.db", clock.stopped(NOW), "standard")
    done = laid(dice, shelf.private_folder(shelf.own(path)) / name)
    refused = ownfile.troubles(path)
    with contextlib.closing(open_store(path, clock.stopped(NOW), check="none")) as store:
        desk = quick(Desk(store, PAGES, SHARED))
        desk.start()
        if [ownfile.told(one) for one in refused] != store.notices:
            return f"silent: {name} {done} {store.notices}"
        visited(dice, desk, name)
    asked = ["--store", str(path), "--now", NOW, "report", "--format", dice.choice(("text", "json"))]
    ran = CliRunner().invoke(cli, asked, prog_name="floorlead")
    words.use("en")
    if ran.exit_code:
        return f"ended {ran.exit_code}: {name} {done} {ran.output[-80:]}"
    return "the shipped one counts" if refused else "it counts"


if __name__ == "__main__":
    campaign.main(attempt, BAD, count=2000)
