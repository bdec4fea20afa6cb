"""The line of a settings file on which a key stands."""

from __future__ import annotations

import re

from floorlead.ownfile.shape import Keys


def line_of(text: str, keys: Keys) -> int:
    """The line, counted from 1, of the value that `keys` lead to, or of the nearest thing around it; 0 for none."""
    lines = text.splitlines()
    at, end, path = -1, len(lines), ""
    for here, key in enumerate(keys):
        if isinstance(key, str):
            path = f"{path}.{key}" if path else key
            head = r"\[{1,2}" if here == len(keys) - 1 else r"\["  # the first of a list stands for the whole
            found = _first(lines, rf"{head}\s*{re.escape(path)}\s*\]", at + 1, len(lines))
            written = _first(lines, rf"[\"']?{re.escape(key)}[\"']?\s*[.=]", at + 1, end)
            if found is not None and (written is None or here == 0 or found < written):
                at, end = found, _next_head(lines, found)
            elif written is not None:
                return written + 1
            continue
        heads = [n for n in range(at + 1, len(lines)) if re.match(rf"\s*\[\[\s*{re.escape(path)}\s*\]\]", lines[n])]
        if key >= len(heads):
            break
        at, end = heads[key], _next_head(lines, heads[key])
    return at + 1


def _first(lines: list[str], pattern: str, begin: int, end: int) -> int | None:
    return next((n for n in range(begin, end) if re.match(r"\s*" + pattern, lines[n])), None)


def _next_head(lines: list[str], at: int) -> int:
    found = _first(lines, r"\[", at + 1, len(lines))
    return len(lines) if found is None else found
