"""Sending a paper to the shop's printer; the paper itself is already safe in a file and stays there.

Nothing here is tried twice: where no printer takes it, a refusal says so and the screen offers what to do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from floorlead.record import record
from floorlead.shelf import write_file as write_file  # papers are written whole or not at all
from floorlead.store.errors import Refused
from floorlead.words import _

TIMEOUT = 15.0
_JOB = re.compile(r"[\w.-]+-\d+")


@record
class Printed:
    """A paper that a printer took: the printer's name (empty = the default) and its job, if it told one."""

    printer: str
    job: str


def send(
    pdf_path: Path, *, printer: str, copies: int = 1, title: str = "floorlead", timeout: float = TIMEOUT
) -> Printed:
    """Give the file to a printer (empty = the system's default), `copies` times, within `timeout` seconds.

    Raises Refused E31 when there is no printing system, no such printer or no answer; the file is untouched.
    """
    if sys.platform == "win32":
        return _by_shell(pdf_path, printer, copies)
    done = _run(_command(pdf_path, printer, copies, title), timeout)
    if done is None or done.returncode:
        raise _no_answer(printer, pdf_path)
    job = _JOB.search(done.stdout.decode(errors="replace"))
    return Printed(printer, job[0] if job else "")


def printers(*, timeout: float = TIMEOUT) -> list[str]:
    """The names of the printers that the system knows; empty where it knows none or prints otherwise."""
    done = _run(["lpstat", "-e"], timeout)
    if done is None or done.returncode:
        return []
    return done.stdout.decode(errors="replace").split()


def _command(pdf_path: Path, printer: str, copies: int, title: str) -> list[str]:
    to = ["-d", printer] if printer else []
    plain = re.sub(r"[^\w.-]+", "-", title, flags=re.ASCII).strip("-") or "floorlead"
    return ["lp", *to, "-n", str(max(copies, 1)), "-t", plain, "--", str(pdf_path)]


def _run(command: list[str], timeout: float) -> subprocess.CompletedProcess[bytes] | None:
    """The finished command; None when there is no such program or it did not end in time."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return None


def _by_shell(pdf_path: Path, printer: str, copies: int) -> Printed:
    """Windows: the program that opens PDF files prints it, on the default printer."""
    start = getattr(os, "startfile", None)
    try:
        if start is None:
            raise OSError("no shell")
        for _copy in range(max(copies, 1)):
            start(str(pdf_path), "print")
    except OSError as error:
        raise _no_answer(printer, pdf_path) from error
    return Printed("", "")


def _no_answer(printer: str, pdf_path: Path) -> Refused:
    if printer:
        sentence = _("Printer {printer} did not answer; the paper is safe in {path}")
    else:
        sentence = _("No printer answered; the paper is safe in {path}")
    return Refused("E31", sentence.format(printer=printer, path=pdf_path))
