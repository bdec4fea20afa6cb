"""A list's file at a path that was typed, pasted or dropped into a line."""

from __future__ import annotations

from pathlib import Path

from floorlead.store import Refused
from floorlead.words import _


def fetch(typed: str, code: str, largest: int, too_large: str) -> tuple[Path, bytes]:
    """The path and its bytes; quotation marks around it are no part of it, `~` is the home.

    Raises Refused under `code` where there is no file, it cannot be read, or it has more than `largest` bytes; then
    `too_large` is the sentence, with the file as `{path}`.
    """
    try:
        path = Path(typed.strip().strip("'\"")).expanduser()
        if not path.is_file():
            raise Refused(code, _("There is no file {path}").format(path=path))
        if path.stat().st_size > largest:
            raise Refused(code, too_large.format(path=path))
        return path, path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(code, _("{path} cannot be read: {reason}").format(path=typed, reason=reason)) from error
