"""What the click commands share: options that several of them take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

day_option = click.option("--day", help="The day: 2026-11-23, -1, today, 昨天. 哪一天")
output_option = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file. 写到这个文件")


def format_option(*forms: str) -> Callable[[F], F]:
    """`--format` with these forms, the first one by default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], help="Form. 形式")
