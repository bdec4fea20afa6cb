"""A paper as plain text, 80 cells wide: for the terminal, a file, a chat group. The same record gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

from floorlead.paper.model import Block, Facts, Heading, Note, Pair, Paper, Sign, Table, Tasks
from floorlead.text import fit, show, width, wrap

PAGE = 80


def as_text(paper: Paper, page: int = PAGE) -> str:
    """The whole paper, blanks at line ends cut, a newline at the end."""
    lines = [_centred(paper.title, page), *_head(paper, page), "=" * page]
    for block in paper.blocks:
        lines += _block(block, page)
    lines += _sides(paper.foot[0], paper.foot[1], page)
    if paper.seal:
        lines += _sides(f"{paper.extra.get('seal_word', 'seal')} {paper.seal}",
                        f"{paper.extra.get('previous_word', 'previous')} {paper.previous_seal or '-'}", page)  # fmt: skip
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _centred(text: str, page: int) -> str:
    return fit(text, page, "center")


def _head(paper: Paper, page: int) -> list[str]:
    left, centre, right = (show(part) for part in paper.head)
    marked = f"[{paper.draft}] {left}" if paper.draft else left
    if width(marked) + width(centre) + width(right) + 4 > page:
        return [*wrap(marked, page), *_sides(centre, right, page)]
    start = min((page - width(centre)) // 2, page - width(right) - 2 - width(centre))
    gap = max(2, start - width(marked))
    line = f"{marked}{' ' * gap}{centre}"
    return [line + " " * max(2, page - width(line) - width(right)) + right]


def _sides(left: str, right: str, page: int) -> list[str]:
    """Left and right on one line, or below each other where they do not fit."""
    left, right = show(left), show(right)
    gap = page - width(left) - width(right)
    if gap >= 2:
        return [left + " " * gap + right]
    return [*wrap(left, page), *(fit(part, page, "right") for part in wrap(right, page))]


def _block(block: Block, page: int) -> list[str]:
    if isinstance(block, Heading):
        return wrap(block.text, page)
    if isinstance(block, Table):
        return [*_table(block, page), "-" * page]
    if isinstance(block, Pair):
        return [*_pair(block, page), "-" * page]
    if isinstance(block, Facts):
        return _facts(block, page)
    if isinstance(block, Tasks):
        return [line for row in block.rows for line in _task(row, page)]
    if isinstance(block, Note):
        return wrap(block.text, page)
    return ["", _sign(block, page)]


def _sizes(table: Table, page: int) -> list[int]:
    fixed = sum(column.width + 1 for column in table.columns if column.width)
    return [column.width or max(8, page - fixed) for column in table.columns]


def _table(table: Table, page: int, bar: bool = True) -> list[str]:
    sizes = _sizes(table, page)
    head = " ".join(fit(c.title, size, c.align) for c, size in zip(table.columns, sizes, strict=True))
    lines = [head, "-" * page] if bar else [head]
    for row in table.rows:
        lines += _row(table, row, sizes)
    return lines


def _row(table: Table, row: Sequence[str], sizes: list[int]) -> list[str]:
    """A row; the last column may run on to further lines, nothing of a note is cut."""
    *cells, note = row
    parts = wrap(note, sizes[-1]) if table.columns[-1].align == "left" else [note]
    aligns = [column.align for column in table.columns]
    head = " ".join(fit(text, size, align) for text, size, align in zip(cells, sizes, aligns, strict=False))
    first = f"{head} {fit(parts[0], sizes[-1], aligns[-1])}" if cells else parts[0]
    indent = " " * (width(head) + 1 if cells else 0)
    return [first, *(indent + part for part in parts[1:])]


def _pair(pair: Pair, page: int) -> list[str]:
    left = _table(pair.left, pair.split - 2, bar=False)
    right = _table(pair.right, page - pair.split, bar=False)
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    lines = [fit(one, pair.split) + other for one, other in zip(left, right, strict=True)]
    return [lines[0], "-" * page, *lines[1:]]


def _facts(facts: Facts, page: int) -> list[str]:
    label = max(width(name) for name, _lines in facts.rows) + 2
    made: list[str] = []
    for name, texts in facts.rows:
        parts = [part for text in texts for part in wrap(text, page - label)] or [""]
        made.append(fit(name, label) + parts[0])
        made += [" " * label + part for part in parts[1:]]
    return made


def _task(row: Sequence[str], page: int) -> list[str]:
    box, words, owner, due = row
    tail = f"  {owner}  {due}".rstrip()
    parts = wrap(words, page - width(box) - 1 - width(tail))
    first = f"{box} {parts[0]}"
    return [first + " " * (page - width(first) - width(tail)) + tail, *(" " * (width(box) + 1) + p for p in parts[1:])]


def _sign(sign: Sign, page: int) -> str:
    each = page // len(sign.items)
    return "".join(fit(f"{item} " + "_" * max(4, each - width(item) - 3), each) for item in sign.items)
