"""A paper as an A4 PDF, drawn by the typst templates that a showroom may edit.

What people typed reaches a template only as JSON data, and the same paper always gives the same bytes.
The app calls `render_pdf`: typesetting then lives and, at worst, dies in a child process.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floorlead import shelf
from floorlead.child import confine
from floorlead.record import asdict, record
from floorlead.unplugged import unplug

if TYPE_CHECKING:
    from floorlead.store.errors import Refused

MISSING = "〓"
TIMEOUT = 30.0
OWN_SECONDS, OWN_PAGES, OWN_MEMORY = 10.0, 50, 2 * 2**30
"""What an own template may take: seconds, pages, bytes of memory."""
_SHARED = "paper.typ"
_PARTS = {".typ", ".png", ".jpg", ".svg"}
_LARGEST_PART = 4_000_000
_NOT_DRAWN = {"Cc", "Cf"}
_PLACE = re.compile(r"┌─ (?:.*[/\\])?([^/\\]+\.typ):(\d+):\d+")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_FROM_NETWORK = re.compile(rb'"@[a-z]')


@record
class Pdf:
    """A drawn paper; `template` is `own` or `shipped`, `warning` says in a sentence what an own one lacks."""

    data: bytes
    template: str
    warning: str


@record
class Fault:
    """What is wrong with a template: file name, line (0 = not known) and the typesetter's reason."""

    file: str
    line: int
    reason: str


class _Broken(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def compile_pdf(paper: dict[str, Any], *, own: Path | None) -> Pdf:
    """The paper drawn in this process; `own` is the showroom's folder whose `papers/*.typ` win, in a child process.

    An own template that fails is passed over with a warning. Raises Refused when the shipped one fails too.
    """
    fault = None
    if own is not None and _wins(own, paper["name"]):
        try:
            return _in_child(paper, own, OWN_SECONDS)
        except _Broken as broken:
            fault = broken.fault
    try:
        return Pdf(_typeset(paper, None), "shipped", _warning(fault))
    except _Broken as broken:
        raise _refused(broken.fault) from broken


def render_pdf(paper: dict[str, Any], own: Path | None, *, timeout: float = TIMEOUT) -> Pdf:
    """The paper drawn in a child process within `timeout` seconds; else as `compile_pdf`.

    An own template that hangs or crashes has `OWN_SECONDS`, half of the time at most, then the shipped one is used with
    a warning.
    """
    if own is None or not _wins(own, paper["name"]):
        return _in_child(paper, None, timeout)
    try:
        return _in_child(paper, own, min(OWN_SECONDS, timeout / 2))
    except _Broken as broken:
        pdf = _in_child(paper, None, timeout / 2)
        return Pdf(pdf.data, pdf.template, _warning(broken.fault))


def drawable(text: str) -> str:
    """The text as the shipped font draws it: controls are left out, what has no shape is 〓."""
    composed = unicodedata.normalize("NFC", text)
    if all(" " <= char <= "~" for char in composed):
        return composed
    return "".join(map(_glyph, composed))


def _glyph(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in _NOT_DRAWN or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""
    starts, ends = _spans()
    at = bisect_right(starts, ord(char)) - 1
    return char if at >= 0 and ord(char) <= ends[at] else MISSING


@cache
def _spans() -> tuple[list[int], list[int]]:
    """First and last character of each span that the font draws, ascending."""
    lines = shelf.find("fonts", "wqy-microhei-gbk.ranges.txt").read_text("ascii").splitlines()
    spans = [span.partition("-") for line in lines if not line.startswith("#") for span in line.split()]
    return [int(first, 16) for first, *_ in spans], [int(last or first, 16) for first, _, last in spans]


def _all_drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _all_drawable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_all_drawable(item) for item in value]
    return value


def _wins(own: Path, name: str) -> bool:
    """Whether the showroom has a template of its own for the paper; one that is the shipped one is none."""
    return any(_differs(own / "papers" / file) for file in (f"{name}.typ", _SHARED))


def _differs(part: Path) -> bool:
    try:
        if not part.is_file() or part.stat().st_size > _LARGEST_PART:
            return part.is_file()
        return part.read_bytes() != shelf.find("papers", part.name).read_bytes()
    except OSError:
        return True


def _draw(paper: dict[str, Any], own: Path | None) -> tuple[bytes, str, Fault | None]:
    fault = None
    if own is not None and _wins(own, paper["name"]):
        try:
            return _typeset(paper, own / "papers"), "own", None
        except _Broken as broken:
            fault = broken.fault
    return _typeset(paper, None), "shipped", fault


def _typeset(paper: dict[str, Any], own: Path | None) -> bytes:
    import typst

    name = f"{paper['name']}.typ"
    data = json.dumps(_all_drawable(paper), ensure_ascii=False, sort_keys=True)
    with tempfile.TemporaryDirectory(prefix="floorlead-") as folder:
        root = Path(folder)
        mine = _copy_parts(root, own)
        try:
            drawn = typst.compile(
                root / name, root=root, font_paths=[shelf.find("fonts")], ignore_system_fonts=True,
                sys_inputs={"data": data}, package_path=root, package_cache_path=root, pdf_tags=False,
            )  # fmt: skip
        except RuntimeError as error:  # typst.TypstError, and what its binding itself raises
            raise _Broken(_fault(error, mine, name)) from error
    if not isinstance(drawn, bytes):
        raise _Broken(Fault(name, 0, "no page"))
    if own and (pages := len(_PAGE.findall(drawn))) > OWN_PAGES:
        raise _Broken(Fault(_named(mine, name), 0, f"{pages} pages, at most {OWN_PAGES}"))
    return drawn


def _copy_parts(root: Path, own: Path | None) -> set[str]:
    """Copy the shipped templates and over them the own ones; returns the names of the own ones."""
    for part in shelf.find("papers").glob("*.typ"):
        (root / part.name).write_bytes(part.read_bytes())
    parts = [p for p in sorted(own.iterdir()) if p.suffix in _PARTS and p.is_file()] if own else []
    for part in parts:
        if own and not part.resolve().is_relative_to(own.resolve()):
            raise _Broken(Fault(part.name, 0, "it lies outside of the showroom's folder"))
        try:
            data = part.read_bytes() if part.stat().st_size <= _LARGEST_PART else b""
        except OSError as error:
            raise _Broken(Fault(part.name, 0, error.strerror or "unreadable")) from error
        if part.suffix == ".typ" and (found := _FROM_NETWORK.search(data)):
            line = data.count(b"\n", 0, found.start()) + 1
            raise _Broken(Fault(part.name, line, "packages are not fetched from the network"))
        (root / part.name).write_bytes(data)
    return {part.name for part in parts}


def _fault(error: Any, mine: set[str], name: str) -> Fault:
    """Where it went wrong: the first place in an own file, else the own file that the rest does not fit."""
    places = _PLACE.findall(getattr(error, "diagnostic", "")) or [(name, "0")]
    reason = " ".join(str(getattr(error, "message", error)).split())
    file, line = next((place for place in places if place[0] in mine), places[0])
    if mine and file not in mine:
        return Fault(_named(mine, name), 0, f"{reason}: {file} {line}")
    return Fault(file, int(line), reason)


def _named(mine: set[str], name: str) -> str:
    """The own file to name where none is at fault by itself."""
    return name if name in mine else _SHARED


def _warning(fault: Fault | None) -> str:
    from floorlead.words import _

    if fault is None:
        return ""
    if not fault.line:
        sentence = _("Your own {file} does not work ({reason}); the shipped page was used")
        return sentence.format(file=fault.file, reason=fault.reason)
    sentence = _("Your own {file} does not work, line {line} ({reason}); the shipped page was used")
    return sentence.format(file=fault.file, line=fault.line, reason=fault.reason)


def _refused(fault: Fault) -> Refused:
    from floorlead.store.errors import Refused
    from floorlead.words import _

    sentence = _("The paper could not be drawn ({reason}); no data was lost")
    return Refused("E32", sentence.format(reason=fault.reason))


def _in_child(paper: dict[str, Any], own: Path | None, timeout: float) -> Pdf:
    """Draw in a child; raises Refused, or _Broken when an own template stopped the child."""
    import subprocess

    request = json.dumps({"paper": paper, "own": str(own) if own else None}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "floorlead.paper.pdf"], input=request, capture_output=True,
            timeout=timeout, env=_child_env(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        told = json.loads(done.stderr.splitlines()[-1])
        fault = Fault(**told["fault"]) if told["fault"] else None
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError, KeyError, TypeError) as error:
        stopped = Fault(f"{paper['name']}.typ", 0, "the typesetter stopped")
        raise (_Broken(stopped) if own else _refused(stopped)) from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise _refused(fault or Fault("", 0, "no page"))
    return Pdf(done.stdout, told["template"], _warning(fault))


def _child_env() -> dict[str, str]:
    """The child finds this very floorlead, and no way to the network."""
    here = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    return os.environ | nowhere | {"PYTHONPATH": path}


def main() -> int:
    """JSON `{paper, own}` in, PDF bytes out; the last line of stderr is JSON `{template, fault}`.

    With an own template this process has little memory and no network.
    """
    asked = json.load(sys.stdin.buffer)
    if asked["own"]:
        confine(OWN_MEMORY)
        unplug()
    data, template, fault = b"", "shipped", None
    try:
        data, template, fault = _draw(asked["paper"], Path(asked["own"]) if asked["own"] else None)
    except _Broken as broken:
        fault = broken.fault
    sys.stdout.buffer.write(data)
    sys.stderr.write("\n" + json.dumps({"template": template, "fault": asdict(fault) if fault else None}))
    return 0 if data else 1


if __name__ == "__main__":
    raise SystemExit(main())
