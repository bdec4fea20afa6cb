"""A killed program loses nothing that it had acknowledged, and leaves nothing half."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.children import around
from tests.store import lives
from tests.store.conftest import ROOT, WRITER
from tests.store.test_power_cut import needs_strace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")


def test_killed_at_any_step(path, store):
    """Killed at two dozen steps from the first to the last: 0 acknowledged lost, 0 half, the file verifies; what was
    saved but unsaid is allowed. `tests.hard.killed` kills at any."""
    store.close()
    steps = lives.life(lives.entries(path, "whole")).steps
    acknowledged, hot = {f"whole-{n}" for n in range(lives.ACTIONS)}, 0
    for n, dies_at in enumerate(lives.spread(steps, 24)):
        acknowledged |= set(lives.life(lives.entries(path, f"k{n}"), dies_at).said)
        hot += path.with_name("showroom.db-journal").exists()
        assert lives.half_or_lost(path, acknowledged) == ""
    assert len(acknowledged) > 8 * lives.ACTIONS
    assert hot > 8


@needs_strace
@pytest.mark.parametrize("call", [3, 6, 8, 11, 21, 34])
def test_killed_at_a_system_call(path, store, call):
    """Killed by the kernel at the n-th write, sync or removal of the file or its journal."""
    store.close()
    done = subprocess.run(
        ["strace", "-qq", "-o", "/dev/null", "-P", path, "-P", f"{path}-journal", "-P", path.parent,
         "-e", "trace=pwrite64,fsync,fdatasync,unlink",
         "-e", f"inject=pwrite64,fsync,fdatasync,unlink:signal=KILL:when={call}",
         sys.executable, WRITER, "write", path, "k", "20"],
        cwd=ROOT, env=around(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (-9, 137)
    assert lives.half_or_lost(path, set(done.stdout.split()) - {"open"}) == ""
