"""Rows straight from a database's pages, without the tree above them: a bad page loses what stood on it and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from floorlead.record import record

LEAF, INTERIOR = 13, 5
MAGIC = b"SQLite format 3\x00"
USUAL_PAGE = 4096
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes that the first kinds of value take."""


@record
class Row:
    """A row as it lies on a page: its rowid, and its values as SQLite keeps them."""

    ident: int
    values: tuple[object, ...]


class Unreadable(Exception):
    """A page or a row that is not what its place asks for."""


class Pages:
    """A file's pages by number, from 1."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        size = int.from_bytes(data[16:18], "big") if data.startswith(MAGIC) else USUAL_PAGE
        size = 65536 if size == 1 else size
        self.size = size if 512 <= size <= 65536 and not size & (size - 1) else USUAL_PAGE
        self.count = -(-len(data) // self.size)

    def page(self, number: int) -> bytes:
        """A page's bytes, a cut one filled up with zeros."""
        if not 1 <= number <= self.count:
            raise Unreadable
        return self.data[(number - 1) * self.size : number * self.size].ljust(self.size, b"\0")

    def kind(self, number: int) -> int:
        """LEAF, INTERIOR or whatever else the page begins with."""
        return self.page(number)[100 if number == 1 else 0]

    def children(self, number: int) -> list[int]:
        """The pages below an interior one."""
        page, start = self.page(number), 100 if number == 1 else 0
        cells = [int.from_bytes(page[at : at + 4], "big") for at in self._cells(page, start, 12)]
        return [*cells, int.from_bytes(page[start + 8 : start + 12], "big")]

    def rows(self, number: int) -> Iterator[Row | None]:
        """A leaf's rows; None for one that cannot be read."""
        page = self.page(number)
        for at in self._cells(page, 100 if number == 1 else 0, 8):
            try:
                yield self._row(page, at)
            except (Unreadable, IndexError, ValueError, struct.error):
                yield None

    def _cells(self, page: bytes, start: int, head: int) -> list[int]:
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + head
        if first + 2 * count > self.size:
            raise Unreadable
        return [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]

    def _row(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        ident, at = _varint(page, at)
        if ident >= 2**63:
            ident -= 2**64
        return Row(ident, _values(self._payload(page, at, length)))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """A row's bytes, those on overflow pages too."""
        most, least = self.size - 35, (self.size - 12) * 32 // 255 - 23
        if not 0 < length <= len(self.data):
            raise Unreadable
        if length <= most:
            return _whole(page[at : at + length], length)
        local = least + (length - least) % (self.size - 4)
        local = local if local <= most else least
        parts, left = [page[at : at + local]], length - local
        follows = int.from_bytes(page[at + local : at + local + 4], "big")
        while left > 0:
            over = self.page(follows)
            parts.append(over[4 : 4 + min(left, self.size - 4)])
            left -= self.size - 4
            follows = int.from_bytes(over[:4], "big")
        return _whole(b"".join(parts), length)


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise Unreadable
    return data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _values(data: bytes) -> tuple[object, ...]:
    head, at = _varint(data, 0)
    kinds: list[int] = []
    while at < head:
        kind, at = _varint(data, at)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        size = _SIZES[kind] if kind < 10 else (kind - 12) // 2
        if kind in (10, 11) or at + size > len(data):
            raise Unreadable
        values.append(_value(kind, data[at : at + size]))
        at += size
    if at != len(data):
        raise Unreadable
    return tuple(values)


def _value(kind: int, data: bytes) -> object:
    if kind == 0:
        return None
    if kind == 7:
        return struct.unpack(">d", data)[0]
    if kind < 10:
        return kind - 8 if kind >= 8 else int.from_bytes(data, "big", signed=True)
    return data.decode("utf-8", "replace") if kind % 2 else bytes(data)
