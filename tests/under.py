"""Run the tests as if it were another day elsewhere: `python -m tests.under 2027-02-17T12:00 America/New_York zh_CN.UTF-8 -m "not slow"`.

The day is a shift of the clock, the same for all programs that tests start: by faketime where it is installed, else
by `tests/shifted`. What stands after the locale goes to pytest.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent


def main(moment: str, zone: str, locale: str, *asked: str) -> None:
    """Become pytest at a moment (local in the zone) with the locale's language."""
    place = ZoneInfo(zone)
    seconds = round((datetime.fromisoformat(moment).replace(tzinfo=place) - datetime.now(place)).total_seconds())
    around = {**os.environ, "TZ": zone, "LANG": locale}
    before, more = under(seconds, around.get("PYTHONPATH", ""))
    command = [*before, sys.executable, "-m", "pytest", *asked]
    print(f"+ {moment} {zone} {locale}:", *command, flush=True)
    os.execvpe(command[0], command, around | more)


def under(seconds: int, path: str = "") -> tuple[list[str], dict[str, str]]:
    """What stands before a command, and around it, so that it lives `seconds` from now."""
    shifted = {"PYTHONPATH": os.pathsep.join(filter(None, [str(HERE / "shifted"), path]))}
    tool = shutil.which("faketime")
    if tool:
        # durations stay true: a lock's timeout is counted by the kernel
        return [tool, "-f", f"{seconds:+d}"], {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", **shifted}
    return [], {"FLOORLEAD_SHIFT": str(seconds), **shifted}


if __name__ == "__main__":
    main(*sys.argv[1:])
