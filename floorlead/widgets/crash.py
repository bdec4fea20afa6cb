"""What is left of a crash: a file that names places in the code and no value of anybody's."""

from __future__ import annotations

import traceback
from pathlib import Path

from floorlead import __version__, shelf
from floorlead.clock import machine_now
from floorlead.words import _


def write_crash(folder: Path, error: BaseException, sentence: str = "") -> str:
    """Write the crash file; returns the one sentence for the user. Messages are left out: they may quote data."""
    told = sentence or _("floorlead stopped (E99). Everything up to the last key is saved; start it again.")
    stamp = machine_now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"crash-{stamp}.txt"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"floorlead {__version__}", type(error).__name__, *(f"{f.filename}:{f.lineno} {f.name}" for f in frames)]
    try:
        shelf.write_file(path, ("\n".join(lines) + "\n").encode())
    except OSError:
        return told
    return told + " " + _("Details: {path}").format(path=path)
