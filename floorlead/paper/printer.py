"""Sending a paper to the shop's printer; the paper itself is already safe in a file and stays there.

Nothing here is tried twice: where no printer takes it, a refusal says so and the screen offers what to do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from floorlead.record import record
from floorlead.shelf import write_file as write_file  # papers are written whole or not at all
from floorlead.store.errors import Refused
from floorlead.text import show
from floorlead.words import _

TIMEOUT = 15.0
LIST_TIMEOUT = 3.0
"""Seconds that the list of printers may take: a screen waits for it."""
MOST_WORDS = 200
_JOB = re.compile(r"[^\s()（）\"'“”]+-\d+(?![^\s()（）\"'“”.,。，])")


@record
class Printed:
    """A paper that a printer took: the printer asked for (empty = the default), its job and what else was said, if anything."""

    printer: str
    job: str
    remark: str = ""

    @property
    def took(self) -> str:
        """The printer that really took it, as the job names it; empty where nobody said."""
        return self.job.rpartition("-")[0] or self.printer


def send(
    pdf_path: Path, *, printer: str, copies: int = 1, title: str = "floorlead", timeout: float = TIMEOUT
) -> Printed:
    """Give the file to a printer (empty = the system's default), `copies` times, within `timeout` seconds.

    Raises Refused E31 with what the printing system says, or when there is none or no answer; the file is untouched.
    """
    if sys.platform == "win32":
        return _by_shell(pdf_path, printer, copies)
    done = _run(_command(pdf_path, printer, copies, title), timeout)
    if done is None:
        raise _no_answer(printer, pdf_path)
    if done.returncode:
        raise _not_taken(printer, pdf_path, _words(done.stderr) or _words(done.stdout))
    job = _JOB.search(done.stdout.decode(errors="replace"))
    return Printed(printer or ("" if job else _default()), job[0] if job else "", _words(done.stderr))


def printers(*, timeout: float = LIST_TIMEOUT) -> list[str]:
    """The names of the printers that the system knows; empty where it knows none or prints otherwise."""
    return listed(timeout=timeout) or []


def listed(*, timeout: float = LIST_TIMEOUT) -> list[str] | None:
    """The names of the printers that the system knows; None where it does not tell."""
    done = _run(["lpstat", "-e"], timeout)
    if done is None or done.returncode:
        return None
    return done.stdout.decode(errors="replace").split()


def there_is_one() -> bool:
    """Whether a paper may be sent without naming a printer."""
    known = listed()
    return bool(known) if known is not None else sys.platform == "win32" or shutil.which("lp") is not None


def _default() -> str:
    """The printer that takes what names none; empty where the system does not tell."""
    done = _run(["lpstat", "-d"], LIST_TIMEOUT)
    told = done.stdout.decode(errors="replace").strip() if done and not done.returncode else ""
    return re.split(r"[:：]\s*", told)[-1] if re.search(r"[:：]", told) else ""


def _words(said: bytes) -> str:
    """What a program said, as one line that no terminal is steered by."""
    text = " ".join(show(" ".join(said.decode(errors="replace").split())).split())
    return text.removeprefix("lp:").strip()[:MOST_WORDS]


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


def _not_taken(printer: str, pdf_path: Path, words: str) -> Refused:
    if not words:
        return _no_answer(printer, pdf_path)
    if printer:
        sentence = _("Printer {printer} did not take it: {words}. The paper is safe in {path}")
    else:
        sentence = _("The printer did not take it: {words}. The paper is safe in {path}")
    return Refused("E31", sentence.format(printer=printer, words=words.rstrip(".。"), path=pdf_path))


def _no_answer(printer: str, pdf_path: Path) -> Refused:
    if printer:
        sentence = _("Printer {printer} did not answer; the paper is safe in {path}")
    else:
        sentence = _("No printer answered; the paper is safe in {path}")
    return Refused("E31", sentence.format(printer=printer, path=pdf_path))
