"""What the click commands share: options that several of them take, and how an import is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from floorlead.outputs import Output
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.tables.refused import RefusedLine

F = TypeVar("F", bound=Callable[..., Any])

day_option = click.option("--day", help="The day: 2026-11-23, -1, today, 昨天. 哪一天")
sure_option = click.option("--yes", "sure", is_flag=True, help="The clock is right, however strange. 时钟没错, 照做")


def _as_output(ctx: click.Context, _param: click.Parameter, path: Path | None) -> Output | None:
    """The file named, looked at before anything is done; None for standard output. Raises Refused."""
    if path is None or str(path) == "-":
        return None
    output = Output(path, ctx.obj.path)
    output.check()
    return output


def output_as(*names: str) -> Callable[[F], F]:
    """The file to write to, under these names."""
    kind = click.Path(path_type=Path)
    told = "Write to this file; - is standard output. 写到这个文件"
    return click.option(*names, "output", type=kind, callback=_as_output, help=told)


output_option = output_as("-o", "--output")


def format_option(*forms: str) -> Callable[[F], F]:
    """`--format` with these forms, the first one by default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], help="Form. 形式")


def import_facts(plan: Any, refused: Sequence[RefusedLine], imported: bool) -> dict[str, Any]:
    """An import as JSON tells it; `plan` has the lists `new` and `changed` and the number `same`."""
    return {
        "new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "imported": imported,
        "refused": [{"line": one.line, "text": one.text, "reason": one.reason} for one in refused],
    }  # fmt: skip


def import_lines(plan: Any, refused: Sequence[RefusedLine]) -> list[str]:
    """An import in numbers, then each refused line with its reason."""
    counted = _("new {new}, changed {changed}, the same {same}, refused {refused}").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same, refused=len(refused)
    )
    return [counted, *(_("line {line}: {reason}").format(line=one.line, reason=one.reason) for one in refused)]
