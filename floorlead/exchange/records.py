"""What an import is before it is done: a table, the lines that would be entered, and those refused with their reason.

Every line below the heading is accepted, refused or blank; none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from floorlead.record import record

if TYPE_CHECKING:
    from floorlead.tables.refused import RefusedLine

T = TypeVar("T")
KINDS = ("cars", "orders", "sales", "customers", "visits")
"""What can be read in, besides people."""


@record
class Field:
    """A column that is understood: its headings in Chinese and English, the first of each written on export."""

    name: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    needed: bool = False


@record
class Table:
    """A file's heading and the records below it; `shift` days are added to every day in it."""

    kind: str
    name: str
    headings: tuple[str, ...]
    body: Sequence[Any]
    shift: int = 0


class Values(Mapping[str, Any]):
    """A line's values by field, a fifth of a dictionary's size: lines with the same fields share their names."""

    __slots__ = ("_names", "_row")
    _shared: ClassVar[dict[tuple[str, ...], dict[str, int]]] = {}

    def __init__(self, told: Mapping[str, Any]) -> None:
        names = tuple(told)
        if names not in self._shared:
            self._shared[names] = {name: at for at, name in enumerate(names)}
        self._names, self._row = self._shared[names], tuple(told.values())

    def __getitem__(self, name: str) -> Any:
        return self._row[self._names[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._row)


def consumed(lines: list[T]) -> Iterator[T]:
    """Each of the lines, which the list lets go of as soon as the next one is asked for."""
    lines.reverse()
    while lines:
        yield lines.pop()


Happening = tuple[str, str]
"""What is told on a car's story: the kind of the event and its detail."""


class Entered(NamedTuple):
    """One accepted line: the record's line, its values by column, keys standing for models and spots still to be made.

    `before` holds the values of what is there already, None for what is new; `events` what is told on a car's story.
    """

    line: int
    values: Mapping[str, Any]
    ident: int = 0
    before: Mapping[str, Any] | None = None
    events: tuple[Happening, ...] = ()


@record
class Plan:
    """What an import would do. `models` and `pieces` are made with it, `keepers` is {spot's id: person's id}.

    `seq` is the last action of the file that was looked at; `remember` whether the columns are worth keeping.
    """

    table: Table
    columns: Mapping[str, int]
    new: Sequence[Entered]
    changed: Sequence[Entered]
    same: int
    refused: Sequence[RefusedLine]
    blank: int
    remarks: Sequence[str]
    models: Mapping[str, tuple[str, str]]
    pieces: Mapping[str, tuple[Any, ...]]
    keepers: Mapping[int, int]
    seq: int
    remember: bool

    @property
    def lines(self) -> int:
        """The lines below the heading."""
        return len(self.table.body)

    @property
    def accepted(self) -> int:
        """The lines that are or already were entered."""
        return len(self.new) + len(self.changed) + self.same

    @property
    def does_something(self) -> bool:
        """Whether the accepted lines change anything."""
        return bool(self.new or self.changed)
