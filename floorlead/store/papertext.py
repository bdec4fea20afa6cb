"""The words on a PDF's pages, as far as they can be searched: packed as it is no number in it would be found."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_LIST = re.compile(rb"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>\s*\[([^\]]*)\]")
_SHOWN = re.compile(rb"<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]|\\.)*)\)|(T\*|Td|TD|Tm|ET|TJ|Tj)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LARGEST = 64 * 2**20
"""Bytes of one stream that are unfolded."""


def texts(data: bytes) -> Iterator[str]:
    """A PDF's text, once for each of its fonts' alphabets: the right one reads right, the others are noise."""
    streams = list(_streams(data))
    alphabets = [made for stream in streams if b"beginbf" in stream and (made := _alphabet(stream))]
    pages = [stream for stream in streams if b"BT" in stream and b"ET" in stream]
    together: dict[int, str] = {}
    for alphabet in alphabets:
        together |= {code: text for code, text in alphabet.items() if code not in together}
    for alphabet in [*alphabets, together]:
        yield "\n".join(_read(page, alphabet) for page in pages)
    yield from (_plain(page) for page in pages)


def _streams(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        raw = data[found.end() : end if end >= 0 else len(data)]
        yield raw
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(raw, LARGEST)


def _alphabet(stream: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    made: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.DOTALL):
        made |= {int(code, 16): _utf16(text) for code, text in _CHAR.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", stream, re.DOTALL):
        for low, high, first in _RANGE.findall(block):
            start, base = int(low, 16), int(first, 16)
            made |= {
                start + n: _utf16(b"%0*X" % (len(first), base + n))
                for n in range(min(int(high, 16) - start + 1, 65536))
            }
        for low, listed in _LIST.findall(block):
            parts = re.findall(rb"<([0-9A-Fa-f]+)>", listed)
            made |= {int(low, 16) + n: _utf16(part) for n, part in enumerate(parts)}
    return made


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode() if len(digits) % 2 == 0 else "0" + digits.decode()).decode(
        "utf-16-be", "replace"
    )


def _read(page: bytes, alphabet: dict[int, str]) -> str:
    out: list[str] = []
    for packed, text, sign in _SHOWN.findall(page):
        if sign in (b"T*", b"Td", b"TD", b"Tm", b"ET"):
            out.append("\n")
            continue
        raw = _hex(packed) if packed else _unescaped(text)
        out.append("".join(alphabet.get(int.from_bytes(raw[n : n + 2], "big"), "") for n in range(0, len(raw), 2)))
    return "".join(out)


def _plain(page: bytes) -> str:
    """The text of a font that has no alphabet of its own."""
    return "".join(
        "\n" if sign in (b"T*", b"Td", b"TD", b"Tm", b"ET") else _unescaped(text).decode("latin-1")
        for _packed, text, sign in _SHOWN.findall(page)
    )


def _hex(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _unescaped(text: bytes) -> bytes:
    def letter(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        if sign[:1].isdigit() and sign[:1] < b"8":
            return bytes([int(sign, 8) & 255])
        return _LETTERS.get(sign, b"" if sign == b"\n" else sign)

    return _ESCAPED.sub(letter, text)
