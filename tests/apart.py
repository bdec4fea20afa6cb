"""The user's own folder is none of the tests' business: whatever is written there goes into one of this run's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

VARIABLE = "XDG_CONFIG_HOME"
MARK = "floorlead-tests-"


def begin() -> None:
    """Point this run, its workers and its children to a folder of their own."""
    if MARK not in os.environ.get(VARIABLE, ""):
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix=MARK)
        atexit.register(shutil.rmtree, os.environ[VARIABLE], ignore_errors=True)
