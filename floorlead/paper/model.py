"""A paper as a record: drawn as text here, as PDF by a template, printed as it stands. No rendering reads the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """A table's column: `width` in cells of an 80-column page, 0 takes what is left."""

    title: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Heading:
    """A section's heading."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Table:
    """Rows under column titles; marks come as `v`, `[X]`, `[L]`, `-`, `.`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    kind: str = "table"


@dataclass(frozen=True)
class Pair:
    """Two tables beside each other; `split` is the left one's cells."""

    left: Table
    right: Table
    split: int = 50
    kind: str = "pair"


@dataclass(frozen=True)
class Facts:
    """Labels, each with its lines."""

    rows: Sequence[tuple[str, Sequence[str]]]
    kind: str = "facts"


@dataclass(frozen=True)
class Tasks:
    """Task lines: box, words, owner, day."""

    rows: Sequence[Sequence[str]]
    kind: str = "tasks"


@dataclass(frozen=True)
class Note:
    """A line of small print."""

    text: str
    kind: str = "note"


@dataclass(frozen=True)
class Sign:
    """Lines to sign on."""

    items: Sequence[str]
    kind: str = "sign"


Block = Heading | Table | Pair | Facts | Tasks | Note | Sign


@dataclass(frozen=True)
class Paper:
    """One paper. `head` stands left, centre, right under the title; `foot` left and right at the bottom."""

    name: str
    lang: str
    title: str
    head: Sequence[str]
    blocks: Sequence[Block]
    foot: Sequence[str]
    draft: str = ""
    seal: str = ""
    previous_seal: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The paper as JSON-ready values, for a template."""
        data = asdict(self)
        data.pop("extra")
        return data
