"""What became of a paper, in one line."""

from __future__ import annotations

from floorlead.paper.press import Done
from floorlead.words import _


def outcome(result: Done) -> str:
    """Printed where, or kept where; with what a template lacked."""
    text = (
        _("Printed on {printer}").format(printer=result.printer)
        if result.printer
        else _("No printer here; kept as PDF: {path}").format(path=result.path)
    )
    return f"{text}  !! {result.warning}" if result.warning else text
