"""Whose turn it is, on the command line: as text for a screen in the hall, or as JSON for other programs."""

from __future__ import annotations

import click

from floorlead.commands.common import format_option, output_option
from floorlead.commands.work import as_json, open_for, out
from floorlead.entry import Options
from floorlead.outputs import Output


@click.command(short_help="Whose turn it is. 接待顺位")
@format_option("text", "json")
@output_option
@click.pass_obj
def queue(options: Options, form: str, output: Output | None) -> None:
    """Print the reception queue as it stands now. 打印现在的接待顺位。

    JSON: `as_of` (local stamp), `next` (`number`, `name`, `name_en`, or null), `turns[]`: `person`, `place` (1 is next,
    null for who does not wait), `state` (waiting, serving, away, out), `since` (a stamp), `minutes`, `lowered_by`
    (places lost to `overdue` follow-ups), `taken` (turns today), `why` (`zh`, `en`, or null); `history[]`: `at`,
    `person`, `kind` (join, serve, back, away, move, leave), `place`, `reason`, `by` (null when nobody keyed it).
    """
    from floorlead.people import queries as people_queries
    from floorlead.queue import queries, sheet

    store = open_for(options)
    names = {person.id: person for person in people_queries.everybody(store)}
    now, turns = store.clock.now(), queries.turns(store)
    if form == "json":
        out(as_json(sheet.to_json(now, turns, queries.story(store, store.today()), names)), output)
    else:
        out(sheet.as_text(turns, names, now), output)
