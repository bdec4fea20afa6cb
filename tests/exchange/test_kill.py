"""A killed import is all there or not there at all."""

from __future__ import annotations

import os

import pytest

from tests import kept
from tests.exchange import lives
from tests.store.lives import life, spread

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")


def test_killed_at_any_step(tmp_path):
    """An import killed at a dozen steps from its first to its last: each is there whole or not at all.

    `tests.hard.killed` kills at any.
    """
    path = tmp_path / "showroom.db"
    kept.lay(path, lives.CLOCK)
    whole = life(lives.importing(path, 0))
    done, killed, hot = set(whole.said), 0, 0
    for number, dies_at in enumerate(spread(whole.steps, 12), 1):
        one = life(lives.importing(path, number), dies_at)
        done, killed = done | set(one.said), killed + (not one.steps)
        hot += path.with_name("showroom.db-journal").exists()
        assert lives.half_or_lost(path, done) == ""
    assert killed > 9
    assert hot > 0
    assert "M0" in done
