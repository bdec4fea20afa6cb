"""Files that were made to harm who reads them: small ones that unfold to gigabytes, cells at the end of the world."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

Maker = Callable[[random.Random], bytes]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'
FOOT = "</sheetData></worksheet>"


def workbook(parts: dict[str, bytes], *, strings: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet, `parts` its XML in pieces that are streamed into the zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr(
            "_rels/.rels", f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )  # fmt: skip
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
        )  # fmt: skip
        shared = f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
        packed.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{shared}</Relationships>',
        )  # fmt: skip
        if strings:
            packed.writestr("xl/sharedStrings.xml", strings)
        for name, data in {**parts, **(extra or {})}.items():
            packed.writestr(name, data)
    return out.getvalue()


def sheet(rows: str | bytes) -> bytes:
    """A workbook whose only sheet holds these rows."""
    body = rows.encode() if isinstance(rows, str) else rows
    return workbook({"xl/worksheets/sheet1.xml": HEAD.encode() + body + FOOT.encode()})


def cell(place: str, value: str = "1") -> str:
    """One row of one cell."""
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}"><v>{value}</v></c></row>'


def far_cell(dice: random.Random) -> bytes:
    """Two cells, the second at the far end of the sheet."""
    column = dice.choice(["XFD", "SF", "A", "ZZ", "AMJ"])
    row = dice.choice([1048576, 400_000, 1_000_000]) if column != "XFD" else dice.choice([1048576, 3])
    return sheet(cell("A1") + cell(f"{column}{row}"))


def diagonal(dice: random.Random) -> bytes:
    """Few cells, a huge rectangle around them."""
    return sheet("".join(cell(f"{'ABCDEFG'[n % 7]}X{n * dice.randrange(900, 1100) + 1}") for n in range(300)))


def unmarked(_dice: random.Random) -> bytes:
    """Cells without a place, hundreds of thousands of rows."""
    return sheet(b"<row>" + b"<c><v>1</v></c>" * 3 + b"</row>" * 1 + b"<row><c><v>1</v></c></row>" * 1_500_000)


def million_rows(dice: random.Random) -> bytes:
    """A sheet as long as a spreadsheet allows."""
    marked = dice.random() < 0.5
    return sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' if marked else f"<row><c><v>{n}</v></c></row>" for n in range(1, 1_000_001)))  # fmt: skip


def single_quotes(_dice: random.Random) -> bytes:
    """A place in another attribute order and other quotation marks."""
    return sheet(cell("A1") + "<row r='1048576'><c s='1' r='XFD1048576' ><v>1</v></c></row>")


def lying_dimension(_dice: random.Random) -> bytes:
    """The stated rectangle is one cell."""
    body = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:A1"/><sheetData>{cell("A1")}{cell("SF199999")}{cell("XFD1048570")}{FOOT}'
    return workbook({"xl/worksheets/sheet1.xml": body.encode()})


def giant_cell(dice: random.Random) -> bytes:
    """One cell of hundreds of mebibytes, which pack into a few hundred kilobytes."""
    inside = dice.choice([b"A", b"\xe5\xb1\x95", b" "]) * (120 * 2**20)
    return sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + inside + b"</t></is></c></row>")


def giant_unfolded(dice: random.Random) -> bytes:
    """Rows that unfold to more than half a gigabyte."""
    return sheet((b'<row r="1"><c r="A1"><v>' + str(dice.random()).encode() + b"</v></c></row>") * 10_000_000)


def repeated_string(_dice: random.Random) -> bytes:
    """A hundred thousand cells that all show one long shared text."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"展" * 200_000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return workbook({"xl/worksheets/sheet1.xml": (HEAD + rows + FOOT).encode()}, strings=strings)


def entities(_dice: random.Random) -> bytes:
    """A billion laughs."""
    named = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a0 "ha">{named}]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    return workbook({"xl/worksheets/sheet1.xml": (head + HEAD.partition("?>")[2] + rows + FOOT).encode()})


def deep(dice: random.Random) -> bytes:
    """Marks inside marks, millions deep."""
    return sheet(b"<a>" * dice.choice([3_000_000, 20_000_000]))


def nested_zip(_dice: random.Random) -> bytes:
    """A zip of zips that pretends to be a workbook."""
    inner = sheet(b"A" * 10_000_000)
    return workbook({"xl/worksheets/sheet1.xml": inner})


def many_parts(_dice: random.Random) -> bytes:
    """Tens of thousands of parts."""
    return workbook({f"xl/worksheets/sheet{n}.xml": b"" for n in range(1, 30_000)})


def lying_size(_dice: random.Random) -> bytes:
    """A part that states a few bytes and unfolds to hundreds of mebibytes."""
    data = bytearray(sheet(b"<row>" + b"<c><v>1</v></c>" * 40_000_000 + b"</row>"))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02") + 1)
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def broken_ole(dice: random.Random) -> bytes:
    """An old workbook's first bytes, then nonsense."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + dice.randbytes(dice.choice([100, 5_000, 2_000_000]))


def looping_ole(_dice: random.Random) -> bytes:
    """An old workbook whose chain of sectors runs in a circle."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, *([0] + [0xFFFFFFFF] * 108))
    return bytes(head) + struct.pack("<128I", *([0xFFFFFFFD, 1] + [1] * 126)) + bytes(512) * 64


def ods_repeats(_dice: random.Random) -> bytes:
    """One cell that says it stands a billion times."""
    rows = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        packed.writestr("content.xml", body)
    return out.getvalue()


def commas(dice: random.Random) -> bytes:
    """Sixty megabytes of nothing but separators."""
    return (dice.choice([b",,,", b";;;", b"\t\t\t", b""]) + dice.choice([b"\n", b"\r\n", b"\r"])) * 15_000_000


def wide_line(_dice: random.Random) -> bytes:
    """One line of thirty mebibytes."""
    return "车架号,车型\n".encode() + b"x" * (30 * 2**20) + b"\n"


def wide_commas(_dice: random.Random) -> bytes:
    """Thirty million cells in lines of a megabyte."""
    return (b"," * 1_000_000 + b"\n") * 30


def quotes(dice: random.Random) -> bytes:
    """Quotation marks that never match."""
    return "车架号,车型\n".encode() + dice.choice([b'"x,', b'x"y\n', b'"\n']) * 5_000_000


def foreign_text(_dice: random.Random) -> bytes:
    """Sixty megabytes in no encoding at all."""
    return b"\x81\x40\xa1\xa1\xff\xfe\n" * 240_000 + b"\x82\xa0" * 400_000


def zeros(dice: random.Random) -> bytes:
    """Sixty megabytes of one byte."""
    return bytes([dice.choice([0, 10, 32, 34, 44, 255])]) * (60 * 2**20)


MAKERS: tuple[Maker, ...] = (
    far_cell, diagonal, unmarked, million_rows, single_quotes, lying_dimension, giant_cell, giant_unfolded, repeated_string,
    entities, deep, nested_zip, many_parts, lying_size, broken_ole, looping_ole, ods_repeats, commas, wide_line,
    wide_commas, quotes, foreign_text, zeros,
)  # fmt: skip
