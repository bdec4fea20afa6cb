"""The solver in a process of its own: a screen stays quick, and cancelling is killing.

The process reads one problem as JSON and writes lines of JSON: `progress` at least twice a second, `best` for each better
answer on the way, then `rota`, or `error` with one sentence. Nothing else ever comes on its standard output. The
problem's seconds are kept from outside: when they are over the process is ended, and the best answer so far counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from queue import Empty, SimpleQueue
from typing import IO, Any

from floorlead.child import Running, Stopped
from floorlead.words import _, language

BEAT = 0.4
"""Seconds between two lines of progress."""
OVER, LEAST_OVER = 0.1, 0.15
"""How much longer than the problem's seconds it may take: a part of them, and seconds at least."""
FIRST = 2.0
"""Seconds that the first answer of all may take."""
SECONDS_USUAL, SECONDS_MOST = 60.0, 10**6
MEMORY = 4 * 2**30
"""Bytes of memory."""


class Child:
    """One running search, asked from a timer: `start`, then `poll` until `done`; `cancel` at any moment.

    `poll` never waits. The last message is `{"rota": ...}` or `{"error": sentence}`, also when the process dies.
    """

    def __init__(self) -> None:
        self.done = True
        self._running: Running | None = None
        self._messages: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def start(self, problem: dict[str, Any]) -> None:
        """Begin to solve a problem told as the interface tells it; a search that still runs is cancelled."""
        self.cancel()
        self.done, self._messages = False, SimpleQueue()
        text = json.dumps({"lang": language(), **problem}, ensure_ascii=False).encode("utf-8", "backslashreplace")
        try:
            self._running = Running("planning.child", text, memory=MEMORY)
        except Stopped as error:
            self._messages.put({"error": _("The search could not be started: {reason}").format(reason=error)})
            return
        threading.Thread(target=_converse, args=(self._running, self._messages, _seconds(problem)), daemon=True).start()

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
        running, self._running = self._running, None
        if running is not None:
            running.kill()


def _converse(running: Running, messages: SimpleQueue[dict[str, Any]], seconds: float) -> None:
    """Hand on each line; when the time is over the best answer, and a sentence when the process ends without any."""
    best: dict[str, Any] = {}
    begun, over = time.monotonic(), threading.Event()
    clock = threading.Thread(target=_end_in_time, args=(running, seconds, best, over), daemon=True)
    clock.start()
    try:
        for line in running.lines():
            message = _message(line)
            if message is None:
                continue
            if "best" in message:
                best["rota"] = message["best"]
                continue
            messages.put(message)
            if "progress" not in message:
                return
    except Stopped:
        if best and over.is_set():
            messages.put({"rota": {**best["rota"], "seconds": round(time.monotonic() - begun, 3)}})
            return
    finally:
        over.set()
    told = _("The search ended without an answer (code {code}); try again")
    messages.put({"error": told.format(code=running.end())})


def _end_in_time(running: Running, seconds: float, best: dict[str, Any], over: threading.Event) -> None:
    """End the process when its seconds are over and there is an answer; a little later without one."""
    for wait in (seconds + max(OVER * seconds, LEAST_OVER), *[BEAT / 4] * int(FIRST / BEAT * 4)):
        if over.wait(wait):
            return
        if best:
            break
    over.set()
    running.kill()


def _seconds(problem: dict[str, Any]) -> float:
    """The problem's time; what is none is refused by the process itself."""
    told = problem.get("seconds")
    return float(told) if isinstance(told, int | float) and 0 < told <= SECONDS_MOST else SECONDS_USUAL


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
        """One line; when nobody listens any more the process ends."""
        try:
            with self._lock:
                self.out.write(json.dumps(message, ensure_ascii=False) + "\n")
                self.out.flush()
        except (OSError, ValueError):
            os._exit(1)

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

    return {"rota": api.answer(text, "solve", beat.tell, lambda rota: beat.write({"best": rota}))}


def _sentence(error: Exception) -> str:
    from floorlead.planning.backend import NoSolver
    from floorlead.planning.fields import BadProblem

    if isinstance(error, BadProblem | NoSolver):
        return str(error)
    return _("The search failed: {reason}").format(reason=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    sys.exit(main())
