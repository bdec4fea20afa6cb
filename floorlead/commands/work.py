"""What the commands do, without the command-line library: a scheduler's `report` must not wait for it to load."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from floorlead import clock, streams, words
from floorlead.doubt import doubt, refuse
from floorlead.entry import Options
from floorlead.outputs import Output
from floorlead.phones import safe
from floorlead.store import Store, aftermath, open_store, witness
from floorlead.text import show
from floorlead.words import _, language, use


class WrongUse(Exception):
    """A command was called in a way that it does not know; exit code 2. No number stands whole in its sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(safe(sentence))


_written: list[Store] = []
"""Stores that this command opened to write to."""
SMALL_FILE = 8 * 2**20
"""Bytes up to which a reading command checks the whole file first; a larger one is checked by the app and `verify`."""


def clock_of(options: Options) -> clock.Clock:
    """The clock that `--now` or FLOORLEAD_NOW stops. Raises UsageError."""
    try:
        return clock.stopped(options.now)
    except ValueError as error:
        raise WrongUse(
            words._("'{text}' is not a time; write it as 2026-11-23T08:41").format(text=options.now or error)
        ) from error


def open_for(
    options: Options, *, reading: bool = True, create: bool = False, check: str = "now", asked: bool = False
) -> Store:
    """Open the showroom's file, in the language that was asked for or that the showroom set.

    With `check="behind"` the caller waits for the verdict (`store.wait_checked`) before it hands anything out. Where it is
    written to, a clock that cannot be right is told of, unless the caller has `asked`.
    """
    path = options.path
    if create and not path.exists():
        aftermath.made(path)
    small = path.exists() and path.stat().st_size <= SMALL_FILE
    store = open_store(
        path, clock_of(options), reading=reading, create=create, check=check if small or not reading else "none"
    )
    dress(store, options)
    if not reading:
        _tell(witness.look(store))
        _tell("" if asked else doubt(store))
        _written.append(store)
    return store


def finish() -> None:
    """A command is over: what was written to is noted where an older copy would be noticed by it."""
    for store in _written:
        if store.writes:
            witness.keep(store)
    _written.clear()


def open_sure(options: Options, sure: bool, *, reading: bool = False, create: bool = False) -> Store:
    """Open the file for what a clock that is wrong would spoil; `sure` says it is right. Raises Refused E460."""
    store = open_for(options, reading=reading, create=create, asked=True)
    if not reading:
        refuse(store, sure=sure)
    return store


def _tell(sentence: str) -> None:
    """Say what is strange and does not stop anything."""
    if sentence:
        streams.tell(sentence)


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
        raise WrongUse(str(error)) from error


def out(data: bytes | str, target: Output | None) -> None:
    """Write to a file (whole or not at all), or to standard output. Raises Refused."""
    raw = "\n".join(map(show, data.split("\n"))).encode() if isinstance(data, str) else data
    if target is None:
        streams.put(raw)
    else:
        target.write(raw)


def as_json(value: Any) -> str:
    """JSON for people and programs."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return "\n".join(_escaped(line) for line in text.split("\n")) + "\n"


def as_done(value: dict[str, Any]) -> str:
    """JSON of what was done, with what did not work beside it in `warnings`."""
    return as_json({**value, "warnings": aftermath.warnings()})


def _escaped(line: str) -> str:
    """A line of JSON with what could steer a terminal written as `\\u....`; the value stays the same."""
    return line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def say_done(value: dict[str, Any], text: str, form: str) -> None:
    """Print what was done as JSON, with its warnings, or the text; the warnings stand on standard error in any case."""
    out(as_done(value) if form == "json" else text, None)


def say_json_or(value: Any, text: str, form: str) -> None:
    """Print the value as JSON or the text."""
    out(as_json(value) if form == "json" else text, None)


def make_card(options: Options, day: str | None, lists: Sequence[str], form: str, output: Output | None) -> None:
    """Write a day's cards as text, JSON or PDF. Raises Refused and WrongUse."""
    from floorlead.checks import queries, sheet
    from floorlead.checks.papers import PAPER_CARDS, read

    store = open_for(options, check="behind")
    on = day_of(store, day)
    if form == "json":
        cards = [c for c in queries.cards_of(store, on) if not lists or c.words.code in lists]
        _known(lists, [c.words.code for c in cards])
        _hand_out(store, as_json(sheet.to_json(on, cards)), output)
        return
    record = read(store, on, tuple(lists) or PAPER_CARDS)
    _known(lists, [c.words.code for c in record.cards])
    paper = sheet.draw(record)
    _hand_out(store, drawn(paper, form, store.path), output)


def make_report(options: Options, day: str | None, revision: int | None, form: str, output: Output | None) -> None:
    """Write a day's report as text, chat, JSON or PDF. Raises Refused and WrongUse."""
    from floorlead.report import queries, sheet

    store = open_for(options, check="behind")
    on = day_of(store, day)
    found = queries.sealed(store, on, revision) if revision else queries.current(store, on)
    if form == "json":
        _hand_out(store, as_json(found.to_dict()), output)
    elif form == "chat":
        _hand_out(store, sheet.as_chat(found), output)
    elif not found.sealed:
        _hand_out(store, drawn(sheet.draw(found), form, store.path), output)
    else:
        kept_in, text = queries.kept_text(store, found)
        if not options.lang:
            use(kept_in)
        same = form == "text" and language() == kept_in and bool(text)
        _hand_out(
            store,
            text if same else drawn(sheet.draw(found), form, store.path, queries.kept_template(store, found)),
            output,
        )


def make_week(options: Options, day: str | None, form: str, output: Output | None) -> None:
    """Write the roll-up of the week of a day as text, chat text, JSON or PDF. Raises Refused and WrongUse."""
    from floorlead.report import week, weekchat, weeksheet

    store = open_for(options, check="behind")
    data = week.read(store, day_of(store, day) if day else week.shown(store.today()))
    if form == "chat":
        made: bytes | str = weekchat.as_chat(data)
    else:
        made = as_json(data) if form == "json" else drawn(weeksheet.draw(data), form, store.path)
    _hand_out(store, made, output)


def _hand_out(store: Store, data: bytes | str, target: Output | None) -> None:
    """Write what was read from the file, once the whole file was seen to be sound. Raises Damaged."""
    store.wait_checked()
    out(data, target)


def _known(wanted: Sequence[str], there: list[str]) -> None:
    missing = [code for code in wanted if code not in there]
    if missing:
        raise WrongUse(
            _("There is no card '{code}' on this day; there are: {codes}").format(
                code=missing[0], codes=", ".join(there)
            )
        )


def drawn(paper: object, form: str, store: Path, templates: dict[str, str] | None = None) -> bytes | str:
    """A paper as text or as PDF; what an own template lacks is told on standard error."""
    from floorlead.paper.model import Paper

    assert isinstance(paper, Paper)
    if form == "text":
        from floorlead.paper.text import as_text

        return as_text(paper)
    from floorlead.paper.press import pdf_of

    pdf = pdf_of(paper, store, templates)
    if pdf.warning:
        streams.tell(pdf.warning)
    return pdf.data
