"""The colours' English names: a plain list that costs a start nothing."""

from __future__ import annotations

from functools import lru_cache

from floorlead import shelf


def colour_en(colour: str) -> str:
    """A colour's English name from `data/colours.csv` (colour,english); as entered where it is not listed."""
    return _colours().get(colour, colour) if not colour.isascii() else colour


@lru_cache(1)
def _colours() -> dict[str, str]:
    lines = shelf.find("colours.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    pairs = (line.split(",") for line in lines if line.count(",") == 1)
    return {colour.strip(): english.strip() for colour, english in pairs}
