"""The manager's PIN on the command line: asked for, or read from standard input or the environment; never an argument."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from floorlead.store import Store, aftermath
from floorlead.words import _

F = TypeVar("F", bound=Callable[..., Any])
VARIABLE = "FLOORLEAD_PIN"

pin_option = click.option(
    "--pin-stdin", is_flag=True, help="Read the manager's PIN from standard input. 从标准输入读经理密码"
)


def allow(store: Store, what: str, from_stdin: bool) -> None:
    """Let through what only the manager may; asks for the PIN at a terminal. Raises Refused (E412 to E414)."""
    from floorlead.lock import moves, queries

    if queries.needs_manager(store, what):
        with aftermath.apart():
            moves.may_try(store)
            moves.allow(store, what, typed(what, from_stdin))


def typed(what: str, from_stdin: bool) -> str:
    """The PIN from standard input, the environment or a prompt; empty where there is none."""
    if from_stdin:
        return sys.stdin.readline().strip()
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    if sys.stdin.isatty():
        from floorlead.lock.rules import MANAGERS

        asked = _("{what} needs the sales manager's PIN").format(what=_(MANAGERS[what]))
        return str(click.prompt(asked, hide_input=True, err=True, default="", show_default=False))
    return ""
