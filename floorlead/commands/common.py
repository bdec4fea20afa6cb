"""What the commands share: the options, opening the file, days, output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from floorlead import clock, words
from floorlead.entry import Options
from floorlead.store import Refused, Store, open_store
from floorlead.text import show

F = TypeVar("F", bound=Callable[..., Any])
SMALL_FILE = 8 * 2**20
"""Bytes up to which a reading command checks the whole file first; a larger one is checked by the app and `verify`."""


def clock_of(options: Options) -> clock.Clock:
    """The clock that `--now` or FLOORLEAD_NOW stops. Raises UsageError."""
    try:
        return clock.stopped(options.now)
    except ValueError as error:
        raise click.UsageError(
            words._("'{text}' is not a time; write it as 2026-11-23T08:41").format(text=options.now or error)
        ) from error


def open_for(options: Options, *, reading: bool = True, create: bool = False) -> Store:
    """Open the showroom's file, in the language that was asked for or that the showroom set."""
    path = options.path
    small = path.exists() and path.stat().st_size <= SMALL_FILE
    store = open_store(path, clock_of(options), reading=reading, create=create, check="now" if small or not reading else "none")
    dress(store, options)
    return store


def dress(store: Store, options: Options) -> None:
    """Give an opened store its own clock, its leader and the language."""
    from floorlead import settings
    from floorlead.people.queries import leader

    values = settings.all_of(store)
    words.use(options.lang or values["language"] or words.from_locale())
    store.clock = settings.own_clock(store)
    store.by = leader(store)


def day_of(store: Store, text: str | None) -> date:
    """The day that was asked for, today when none was. Raises UsageError."""
    if not text:
        return store.today()
    try:
        return clock.parse_day(text, store.today())
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def out(data: bytes | str, target: Path | None) -> None:
    """Write to a file (whole or not at all), or to standard output."""
    from floorlead import shelf

    raw = "\n".join(map(show, data.split("\n"))).encode() if isinstance(data, str) else data
    if target is None or str(target) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        shelf.write_file(target, raw)
    except OSError as error:
        raise Refused("E54", words._("{path} was not written: {reason}").format(path=target, reason=error.strerror)) from error


def as_json(value: Any) -> str:
    """JSON for people and programs."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return "\n".join(_escaped(line) for line in text.split("\n")) + "\n"


def _escaped(line: str) -> str:
    """A line of JSON with what could steer a terminal written as `\\u....`; the value stays the same."""
    return line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def say_json_or(value: Any, text: str, form: str) -> None:
    """Print the value as JSON or the text."""
    out(as_json(value) if form == "json" else text, None)


day_option = click.option("--day", help="The day: 2026-11-23, -1, today, 昨天. 哪一天")
output_option = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file. 写到这个文件")


def format_option(*forms: str) -> Callable[[F], F]:
    """`--format` with these forms, the first one by default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], help="Form. 形式")
