"""Whose turn it is, from the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner

from floorlead.cli import cli
from floorlead.queue import moves
from tests.conftest import at
from tests.queue.hall import sign_in, stands


def run(store, *words: str) -> str:
    """Run `floorlead queue` on the store's file at 10:12 in English."""
    base = ["--store", str(store.path), "--lang", "en", "--now", "2026-11-24T10:12"]
    done = CliRunner().invoke(cli, [*base, "queue", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_text_and_json(store):
    """
    team 张伟 李娜 王芳
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    at(store, "10:00")
    moves.serve(store, stands(store, "李娜"), "returning customer")
    assert run(store).splitlines()[0].split() == ["1", "张伟", "next", "in", "line", "08:20", "112", "."]
    told = json.loads(run(store, "--format", "json"))
    assert told["next"] == {"number": "S01", "name": "张伟", "name_en": ""}
    assert [(one["person"]["name"], one["place"], one["state"], one["minutes"]) for one in told["turns"]] == [
        ("张伟", 1, "waiting", 112), ("李娜", None, "serving", 12), ("王芳", None, "out", None),
    ]  # fmt: skip
    assert told["turns"][1]["why"] == {"zh": "老客户", "en": "returning customer"}
    assert [(one["kind"], one["by"]) for one in told["history"]] == [("join", None), ("join", None), ("serve", "王")]


def test_nobody_on_duty(store):
    """Nobody was entered yet."""
    assert run(store) == "Nobody is on duty\n"
    assert json.loads(run(store, "--format", "json")) == {
        "as_of": "2026-11-24T10:12:00", "next": None, "turns": [], "history": [],
    }  # fmt: skip
