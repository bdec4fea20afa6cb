"""Styles by what they mean, in themes that a 16-colour or a colourless terminal shows as well.

Nothing is told by colour alone: whatever stands out is also a letter, bold or reverse.
"""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style

THEMES: dict[str, dict[str, str]] = {
    "terminal": {
        "tab": "reverse bold", "title": "bold", "rule": "dim", "warn": "bold yellow", "error": "bold reverse red",
        "bad": "bold reverse", "late": "bold reverse", "good": "", "dim": "dim", "bold": "bold", "key": "bold cyan",
        "cursor": "bold", "box": "bold", "open": "dim", "chip": "reverse", "saved": "green", "head": "underline",
        "done": "green",
    },
    "dark": {
        "": "white on black", "tab": "bold black on cyan", "title": "bold bright_white on black", "rule": "bright_black on black",
        "warn": "bold bright_yellow on black", "error": "bold white on red", "bad": "bold white on red",
        "late": "bold black on yellow", "good": "bright_green on black", "dim": "bright_black on black",
        "bold": "bold bright_white on black", "key": "bold bright_cyan on black", "cursor": "bold white on blue",
        "box": "bold bright_white on black", "open": "bright_black on black", "chip": "black on white",
        "saved": "bright_green on black", "head": "bright_cyan on black", "done": "bright_green on black",
    },
    "light": {
        "": "black on bright_white", "tab": "bold bright_white on blue", "title": "bold black on bright_white",
        "rule": "bright_black on bright_white", "warn": "bold red on bright_white", "error": "bold bright_white on red",
        "bad": "bold bright_white on red", "late": "bold black on yellow", "good": "green on bright_white",
        "dim": "bright_black on bright_white", "bold": "bold black on bright_white", "key": "bold blue on bright_white",
        "cursor": "bold black on bright_cyan", "box": "bold black on bright_white", "open": "bright_black on bright_white",
        "chip": "bright_white on black", "saved": "green on bright_white", "head": "bold blue on bright_white",
        "done": "green on bright_white",
    },
    "mono": {
        "tab": "reverse", "title": "bold", "rule": "", "warn": "bold", "error": "bold reverse", "bad": "bold reverse",
        "late": "bold reverse", "good": "", "dim": "", "bold": "bold", "key": "bold", "cursor": "bold", "box": "bold",
        "open": "", "chip": "reverse", "saved": "", "head": "underline", "done": "",
    },
}  # fmt: skip
THEME_NAMES = tuple(THEMES)


@lru_cache(maxsize=256)
def style(theme: str, name: str) -> Style:
    """The style of a meaning in a theme; the theme's ground for a meaning it does not name."""
    table = THEMES.get(theme, THEMES["terminal"])
    return Style.parse(table.get(name, table.get("", "")) or "none")
