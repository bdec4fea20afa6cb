"""A showroom of twelve people, fourteen cars and six tables for each test, and terminals that are always closed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from floorlead import clock, words
from floorlead.app import PAGES
from floorlead.cli import cli
from floorlead.store import Store, open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests import kept
from tests.app.terminal import Terminal

MORNING = "2026-11-24T08:41"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who sits at a real terminal waits for its screen: such a test is slow."""
    for item in items:
        if "sit" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture
def showroom(tmp_path: Path) -> Path:
    """The standard showroom, nothing checked yet."""
    return kept.demo(tmp_path / "showroom.db", clock.stopped(MORNING), "standard")


@pytest.fixture
def sit(showroom: Path) -> Iterator[Callable[..., Terminal]]:
    """Open the program on the showroom; whatever was opened is closed."""
    opened: list[Terminal] = []

    def at(lang: str = "zh", now: str = MORNING, *options: str, store: Path | None = None, **kinds: Any) -> Terminal:
        opened.append(Terminal(store or showroom, lang, now, *options, **kinds))
        return opened[-1]

    yield at
    for terminal in opened:
        terminal.close()


@pytest.fixture
def desk_in(showroom: Path) -> Iterator[Callable[..., Desk]]:
    """A desk without a terminal, in a language at a time."""
    stores: list[Store] = []

    def at(lang: str = "zh", now: str = MORNING, store: Path | None = None) -> Desk:
        words.use(lang)
        stores.append(open_store(store or showroom, clock.stopped(now)))
        made = Desk(stores[-1], PAGES, SHARED)
        made.start()
        return made

    yield at
    for store in stores:
        store.close()
    words.use("en")


def command(store: Path, *arguments: str, now: str = MORNING, lang: str = "zh") -> str:
    """What the command line prints."""
    asked = ["--store", str(store), "--now", now, "--lang", lang, *arguments]
    before = words.language()
    try:
        done = CliRunner().invoke(cli, asked, prog_name="floorlead", catch_exceptions=False)
    finally:
        words.use(before)
    assert done.exit_code == 0, done.output
    return done.stdout


def record(store: Path, *arguments: str, now: str = MORNING) -> Any:
    """What the command line prints as JSON."""
    return json.loads(command(store, *arguments, "--format", "json", now=now))


def shown(desk: Desk, cells: int = 80, lines: int = 24) -> str:
    """A desk's screen as text."""
    return "\n".join(line.text().rstrip() for line in desk.frame(cells, lines))
