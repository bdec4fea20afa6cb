"""Whatever the program draws can be typeset: each paper's name has its template."""

from __future__ import annotations

import re
from pathlib import Path

import floorlead
from floorlead import shelf

HOUSE = Path(floorlead.__file__).parent


def test_each_paper_has_a_template():
    """A paper without its template would only be missed on the evening it is to be printed."""
    drawn = {
        name
        for file in HOUSE.rglob("*.py")
        for name in re.findall(r'\bPaper\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert {"week", "report", "rota"} <= drawn
    assert [name for name in sorted(drawn) if not shelf.find("papers", f"{name}.typ").exists()] == []
