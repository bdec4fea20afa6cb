"""The solver in a process of its own: a screen stays quick, and cancelling is killing.

The process reads one problem as JSON and writes lines of JSON: `progress` at least twice a second, then `rota`, or
`error` with one sentence. Nothing else ever comes on its standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from queue import Empty, SimpleQueue
from typing import IO, Any

from floorlead.words import _, language

BEAT = 0.4
"""Seconds between two lines of progress."""


class Child:
    """One running search, asked from a timer: `start`, then `poll` until `done`; `cancel` at any moment.

    `poll` never waits. The last message is `{"rota": ...}` or `{"error": sentence}`, also when the process dies.
    """

    def __init__(self) -> None:
        self.done = True
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def start(self, problem: dict[str, Any]) -> None:
        """Begin to solve a problem told as the interface tells it; a search that still runs is cancelled."""
        self.cancel()
        self.done, self._messages = False, SimpleQueue()
        text = json.dumps({"lang": language(), **problem}, ensure_ascii=False).encode()
        command = [sys.executable, "-m", "floorlead.planning.child"]
        paths = os.pathsep.join(path for path in sys.path if path)
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"}, creationflags=flags,
            )  # fmt: skip
        except OSError as error:
            self._messages.put({"error": _("The search could not be started: {reason}").format(reason=error)})
            return
        self._process = process
        threading.Thread(target=_converse, args=(process, text, self._messages), daemon=True).start()

    def poll(self) -> list[dict[str, Any]]:
        """The messages that have come since the last time; the last one of all sets `done`."""
        found: list[dict[str, Any]] = []
        with contextlib.suppress(Empty):
            while not self.done:
                found.append(self._messages.get_nowait())
                self.done = "progress" not in found[-1]
        return found

    def cancel(self) -> None:
        """Stop at once; no message comes after it."""
        self.done = True
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.kill()


def _converse(process: subprocess.Popen[bytes], text: bytes, messages: SimpleQueue[dict[str, Any]]) -> None:
    """Give the problem, hand on each line, and say so when the process ends without an answer."""
    ended = False
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(text)
        process.stdin.close()
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout:
            message = _message(line)
            if message is not None:
                messages.put(message)
                ended = ended or "progress" not in message
    process.stdout.close()
    code = process.wait()
    if not ended:
        messages.put({"error": _("The search ended without an answer (code {code}); try again").format(code=code)})


def _message(line: bytes) -> dict[str, Any] | None:
    """A line's message; None when it is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


class _Beat:
    """Writes the newest progress every `BEAT` seconds until it is stopped."""

    def __init__(self, out: IO[str]) -> None:
        self.out, self.newest = out, {"phase": "draft", "seconds": 0.0, "objective": None, "bound": None, "gap": None}
        self._begun = time.monotonic()
        self._over, self._lock = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def tell(self, progress: dict[str, Any]) -> None:
        """Keep the newest progress; a new phase is written at once."""
        changed = progress["phase"] != self.newest["phase"]
        self.newest = progress
        if changed:
            self._beat()

    def write(self, message: dict[str, Any]) -> None:
        """One line."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            self.out.write(json.dumps(message, ensure_ascii=False) + "\n")
            self.out.flush()

    def _beat(self) -> None:
        self.write({"progress": {**self.newest, "seconds": time.monotonic() - self._begun}})

    def _run(self) -> None:
        while not self._over.wait(BEAT):
            self._beat()

    def stop(self) -> None:
        """No more progress."""
        self._over.set()
        self._thread.join()


def main() -> int:
    """Read a problem, tell the progress, write the rota. Exit code 1 when there is no answer."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not fall among the answers
    beat = _Beat(out)
    message: dict[str, Any]
    try:
        message = _solved(sys.stdin.buffer.read().decode("utf-8"), beat)
    except Exception as error:
        message = {"error": _sentence(error)}
    beat.stop()
    beat.write(message)
    out.close()
    return 0 if "rota" in message else 1


def _solved(text: str, beat: _Beat) -> dict[str, Any]:
    from floorlead.planning import api

    return {"rota": api.answer(text, "solve", beat.tell)}


def _sentence(error: Exception) -> str:
    from floorlead.planning.backend import NoSolver
    from floorlead.planning.fields import BadProblem

    if isinstance(error, BadProblem | NoSolver):
        return str(error)
    return _("The search failed: {reason}").format(reason=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    sys.exit(main())
