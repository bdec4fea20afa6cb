"""`python -m tests.catalogue` brings the words up: new messages enter empty, stale ones go, the catalogue is compiled.

What is written hangs on the messages alone, not on the day nor on Babel's version.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).parent.parent / "floorlead"
PO = HOUSE / "locale" / "zh" / "LC_MESSAGES" / "floorlead.po"
MO = PO.with_suffix(".mo")


def extracted() -> set[str]:
    """Every message in the code."""
    return {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in extract_from_dir(str(HOUSE), keywords={"_": None, "N_": None})
    } - {""}


def written() -> Catalog:
    """The catalogue as its translators wrote it."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def compiled() -> dict[str, str]:
    """What the program reads: each message and its translation."""
    with MO.open("rb") as file:
        return {m.id: m.string for m in read_mo(file) if m.id}


def texts(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The written and the compiled file, without the line that names the tool."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=118, no_location=True, sort_output=True)
    write_mo(mo, catalogue)
    lines = [line for line in po.getvalue().splitlines(keepends=True) if not line.startswith(b'"Generated-By')]
    return b"".join(lines), mo.getvalue()


def main() -> None:
    """Bring the catalogue up to the code; say what has no translation yet."""
    catalogue, messages = written(), extracted()
    for stale in [m.id for m in catalogue if m.id and m.id not in messages]:
        catalogue.delete(stale)
    for message in sorted(messages):
        if message not in catalogue:
            catalogue.add(message)
    po, mo = texts(catalogue)
    PO.write_bytes(po)
    MO.write_bytes(mo)
    for message in catalogue:
        if message.id and not message.string:
            print(f"no translation yet: {message.id!r}")


if __name__ == "__main__":
    main()
