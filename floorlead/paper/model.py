"""A paper as a record: drawn as text here, as PDF by a template, printed as it stands. No rendering reads the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from floorlead.record import asdict, record


@record
class Column:
    """A table's column: `width` in cells of an 80-column page, 0 takes what is left."""

    title: str
    width: int
    align: str = "left"


@record
class Heading:
    """A section's heading."""

    text: str
    kind: str = "heading"


@record
class Table:
    """Rows under column titles; marks come as `v`, `[X]`, `[L]`, `-`, `.`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    kind: str = "table"


@record
class Pair:
    """Two tables beside each other; `split` is the left one's cells."""

    left: Table
    right: Table
    split: int = 50
    kind: str = "pair"


@record
class Facts:
    """Labels, each with its lines."""

    rows: Sequence[tuple[str, Sequence[str]]]
    kind: str = "facts"


@record
class Tasks:
    """Task lines: box, words, owner, day."""

    rows: Sequence[Sequence[str]]
    kind: str = "tasks"


@record
class Note:
    """A line of small print."""

    text: str
    kind: str = "note"


@record
class Sign:
    """Lines to sign on."""

    items: Sequence[str]
    kind: str = "sign"


Block = Heading | Table | Pair | Facts | Tasks | Note | Sign


@record
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
    extra: Mapping[str, str] = MappingProxyType({})

    def to_dict(self) -> dict[str, Any]:
        """The paper as JSON-ready values, for a template."""
        data: dict[str, Any] = asdict(self)
        data.pop("extra")
        return data
