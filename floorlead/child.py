"""Work in a process of its own, with limits on memory and time: whatever goes wrong there ends it and nothing else.

Bytes go in on its standard input, lines of bytes come out; it never asks, never writes to the terminal, and dies with a
kill. Linux and Windows keep the limit of memory, macOS that of time only.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

MODULE, MEMORY, CPU = 1, 2, 3
"""Where the child's own arguments stand."""


class Stopped(Exception):
    """The process could not be started, was killed, or ended by itself without saying that all is well."""


class Running:
    """One process that runs `floorlead.<module>.main()`; `lines()` to its end, or `kill()` at any moment.

    `memory` is in bytes, `cpu` and `wall` in seconds; 0 sets no limit. Raises Stopped where it cannot be started.
    """

    def __init__(
        self, module: str, data: bytes, *, memory: int = 0, cpu: int = 0, wall: float = 0,
        surroundings: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.late = False
        command = [sys.executable, "-P", "-m", "floorlead.child", module, str(memory), str(cpu)]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, **(surroundings or {}), "PYTHONPATH": _paths(), "PYTHONIOENCODING": "utf-8"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise Stopped(str(error)) from error
        self._clock = threading.Timer(wall, self._too_late) if wall else None
        if self._clock:
            self._clock.daemon = True
            self._clock.start()
        threading.Thread(target=self._give, args=(data,), daemon=True).start()

    def lines(self) -> Iterator[bytes]:
        """Each line as it comes. Raises Stopped after the last one where the process did not end well."""
        assert self.process.stdout is not None
        try:
            with contextlib.suppress(OSError, ValueError):
                yield from self.process.stdout
            if self.end():
                raise Stopped("time" if self.late else f"code {self.process.returncode}")
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.end()

    def end(self) -> int:
        """Wait for its end; its exit code."""
        code = self.process.wait()
        if self._clock:
            self._clock.cancel()
        return code

    def _too_late(self) -> None:
        self.late = True
        self.process.kill()

    def _give(self, data: bytes) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.write(data)
        with contextlib.suppress(OSError, ValueError):
            self.process.stdin.close()


def _paths() -> str:
    """The child finds this very floorlead and its libraries, and nothing in the folder where it happens to start."""
    here = str(Path(__file__).parents[1])
    return os.pathsep.join([here, *(path for path in sys.path if path and path != here)])


def confine(memory: int = 0, cpu: int = 0) -> None:
    """Set this very process's limits: bytes of memory, seconds of processor time from its start; 0 leaves one as it is.

    What asks for more memory fails at once; what works for longer is ended by the system.
    """
    if sys.platform == "win32":
        from floorlead.windows import confine as by_job

        by_job(memory, cpu)
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu)):
        if most:
            with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def widen(memory: int, cpu: int) -> None:
    """Other limits for this process once it knows its work; on Windows those of its start stay."""
    if sys.platform != "win32":
        confine(memory, cpu)


def main() -> int:
    """Limit this process, then do the module's work; the exit code is what its `main` returns."""
    confine(int(sys.argv[MEMORY]), int(sys.argv[CPU]))
    found: int = importlib.import_module(f"floorlead.{sys.argv[MODULE]}").main()
    return found


if __name__ == "__main__":
    sys.exit(main())
