"""The template files in force: a showroom's own ones over the shipped ones, by name."""

from __future__ import annotations

from pathlib import Path

from floorlead import shelf

NAMES = ("paper.typ", "card.typ", "report.typ")


def sources(store: Path | None) -> dict[str, str]:
    """Each template's text; `store` is the store's path, whose own folder wins."""
    return {name: shelf.found(store, "papers", name).read_text(encoding="utf-8") for name in NAMES}


def lay_out(templates: dict[str, str], folder: Path) -> Path:
    """Write kept templates as a showroom's own folder has them; returns `folder`."""
    for name, text in templates.items():
        if name in NAMES:
            shelf.write_file(folder / "papers" / name, text.encode())
    return folder
