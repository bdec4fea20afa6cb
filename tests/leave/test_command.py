"""`floorlead leave`: the leave of a period, the balances, and a grant from the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner

from floorlead.cli import cli
from tests.leave.showroom import SLOTS, THU, WED, at_desk, granted, staffed


def run(store, *words, code=0):
    options = ["--store", str(store.path), "--lang", "en", "--now", "2026-11-24T08:41", "leave", *words]
    done = CliRunner().invoke(cli, options, prog_name="floorlead")
    assert done.exit_code == code, done.output
    return done


def test_a_period_as_json(store):
    """Half a day costs 0.5 and is one absent day; the balance has both numbers."""
    staffed(store, WED, THU)
    granted(store, "黄丽", "A", WED, half="am")
    found = json.loads(run(store, "--format", "json").stdout)

    assert (found["from"], found["to"]) == ("2026-11-01", "2026-11-30")
    one = found["leaves"][0]
    assert (one["name"], one["half"], one["days"], one["absent_days"], one["by"]) == ("黄丽", "am", 0.5, 1, "王")
    mine = next(b for b in found["balances"] if b["name"] == "黄丽")
    assert (mine["kind"], mine["allowance"], mine["taken"], mine["left"]) == ("A", 5, 0.5, 4.5)


def test_granted_from_the_command_line(store):
    """The desk is covered as from the page; a second time is refused with exit code 1."""
    staffed(store, WED)
    run(store, "--grant", "李娜", "--from", "2026-11-25", "--reason", "家事")
    assert at_desk(store, WED, SLOTS[1])[0] == "王芳"
    assert (
        "There is leave over Wed 25 Nov already" in run(store, "--grant", "李娜", "--from", "2026-11-25", code=1).output
    )


def test_as_text(store):
    """A line for each leave, a line for each balance."""
    staffed(store, WED)
    granted(store, "黄丽", "P", WED)
    lines = run(store, "--from", "2026-11-25", "--to", "2026-11-25").stdout.splitlines()
    assert lines[0] == "Leave 2026-11-25 to 2026-11-25: 1"
    assert lines[1] == "  S08  黄丽  personal leave  2026-11-25  1  granted  王"


def test_wrong_use(store):
    """No day to a grant, days the wrong way round, a day that is none: exit code 2; a half over two days: 1."""
    staffed(store, WED)
    run(store, "--grant", "李娜", code=2)
    run(store, "--from", "2026-11-25", "--to", "2026-11-24", code=2)
    run(store, "--from", "x", code=2)
    run(store, "--grant", "李娜", "--from", "2026-11-25", "--to", "2026-11-26", "--half", "am", code=1)
