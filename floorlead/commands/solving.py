"""`rota solve`: a problem on standard input, the rota on standard output, for strangers and other programs."""

from __future__ import annotations

import json
import sys

import click

from floorlead import words
from floorlead.words import _


@click.command(short_help="Solve a rota problem from JSON. 求解排班问题")
@click.option("--draft", "quick", is_flag=True, help="Without the solver. 不用求解器, 只排草稿")
@click.option("--check", "checking", is_flag=True, help="Check the rota in the field `rota`. 只检查 rota 字段里的班表")
def solve(quick: bool, checking: bool) -> None:
    """Read a problem as JSON, print the rota as JSON. 读入排班问题 (JSON), 输出班表 (JSON)。

    The fields are told in the README. Exit code 1 with one sentence when the problem cannot be read or there is no solver;
    a problem without a rota is an answer: `status` is `infeasible` and `conflict` says why.
    """
    from floorlead.planning import api
    from floorlead.planning.backend import NoSolver
    from floorlead.planning.fields import BadProblem
    from floorlead.store.errors import Refused

    if not (sys.stdin.encoding or "").lower().startswith("utf"):
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    before = words.language()
    try:
        told = api.answer(sys.stdin.read(), "check" if checking else "draft" if quick else "solve")
    except (BadProblem, NoSolver) as error:
        raise Refused("E900", str(error)) from error
    except UnicodeDecodeError as error:
        raise Refused("E900", _("The problem is not UTF-8 text")) from error
    finally:
        words.use(before)
    click.echo(json.dumps(told, ensure_ascii=False))
