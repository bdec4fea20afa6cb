"""From a paper to the printer: draw the PDF, keep it beside the store, send it; every failure is one sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path

from floorlead import shelf
from floorlead.outputs import not_written
from floorlead.paper.model import Paper
from floorlead.paper.pdf import Pdf, compile_pdf, render_pdf
from floorlead.paper.printer import send, there_is_one
from floorlead.paper.template import lay_out
from floorlead.record import record
from floorlead.words import _


@record
class Done:
    """A paper that `printer` took or, where there is none, kept at `path`; `warning` about a template or from the printer."""

    path: Path
    printer: str
    warning: str


def pdf_of(paper: Paper, store: Path, templates: dict[str, str] | None = None, *, child: bool = False) -> Pdf:
    """The paper as PDF with the showroom's templates, or with those that a sealed report keeps."""
    drawn = render_pdf if child else compile_pdf
    if not templates:
        return drawn(paper.to_dict(), own=shelf.own(store))
    with tempfile.TemporaryDirectory() as folder:
        return drawn(paper.to_dict(), own=lay_out(templates, Path(folder)))


def print_paper(paper: Paper, store: Path, name: str, printer: str, templates: dict[str, str] | None = None) -> Done:
    """Draw, keep under `name` in the reports folder, send to the printer. Raises Refused; the PDF is then kept."""
    path = keep(paper, store, name, templates)
    if not printer and not there_is_one():
        return Done(path[0], "", path[1])
    printed = send(path[0], printer=printer, title=name)
    told = "  ".join(filter(None, (path[1], printed.remark)))
    return Done(path[0], printed.took or _("the system's own printer"), told)


def keep(paper: Paper, store: Path, name: str, templates: dict[str, str] | None = None) -> tuple[Path, str]:
    """Draw the PDF and keep it in the reports folder; returns its path and a warning about the template."""
    pdf = pdf_of(paper, store, templates, child=True)
    path = shelf.own(store) / "reports" / f"{name}.pdf"
    try:
        shelf.write_file(path, pdf.data)
    except OSError as error:
        raise not_written(path, error) from error
    return path, pdf.warning
