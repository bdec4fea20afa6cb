"""`rota solve`: a problem on standard input, the rota on standard output, for strangers and other programs."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import click

from floorlead import words
from floorlead.words import _

POLL_SECONDS = 0.02
LARGEST = 64 * 2**20
"""Characters of a problem."""


@click.command(short_help="Solve a rota problem from JSON. 求解排班问题")
@click.option("--draft", "quick", is_flag=True, help="Without the solver. 不用求解器, 只排草稿")
@click.option("--check", "checking", is_flag=True, help="Check the rota in the field `rota`. 只检查 rota 字段里的班表")
def solve(quick: bool, checking: bool) -> None:
    """Read a problem as JSON, print the rota as JSON. 读入排班问题 (JSON), 输出班表 (JSON)。

    The fields are told in the README. Exit code 1 with one sentence when the problem cannot be read or there is no solver;
    a problem without a rota is an answer: `status` is `infeasible` and `conflict` says why, or `unknown` when the time was
    too short to know, with what the best so far breaks in `violations`.
    """
    from floorlead.planning.backend import NoSolver
    from floorlead.planning.fields import BadProblem
    from floorlead.store.errors import Refused

    before = words.language()
    try:
        told = _told(_read(), "check" if checking else "draft" if quick else "solve")
    except (BadProblem, NoSolver) as error:
        raise Refused("E900", str(error)) from error
    except UnicodeDecodeError as error:
        raise Refused("E900", _("The problem is not UTF-8 text")) from error
    finally:
        words.use(before)
    click.echo(json.dumps(told, ensure_ascii=False))


def _read() -> str:
    """The problem's text. Raises BadProblem, and UnicodeDecodeError."""
    from floorlead.planning.fields import BadProblem

    if not (sys.stdin.encoding or "").lower().startswith("utf") or sys.stdin.errors != "strict":
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
    text = sys.stdin.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise BadProblem(_("The problem is longer than {count} characters").format(count=LARGEST))
    return text


def _told(text: str, what: str) -> dict[str, Any]:
    """The answer; a search runs in a process of its own, which an interruption or its time ends at once."""
    from floorlead.planning import api, backend
    from floorlead.planning.child import Child
    from floorlead.planning.fields import BadProblem
    from floorlead.planning.reading import parsed, read

    if what != "solve":
        return api.answer(text, what)
    problem = parsed(text)
    seconds = read(problem).seconds
    backend.available()
    child = Child()
    child.start({**problem, "seconds": seconds, "lang": words.language()})
    try:
        while True:
            for message in child.poll():
                if "error" in message:
                    raise BadProblem(str(message["error"]))
                if "rota" in message:
                    found: dict[str, Any] = message["rota"]
                    return found
            time.sleep(POLL_SECONDS)
    finally:
        child.cancel()
