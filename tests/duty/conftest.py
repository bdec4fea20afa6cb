"""The tests of the desk: read in Chinese; a showroom with two posts at the same time, the front desk and the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead import clock, shelf, words
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.store import Store, open_store
from tests.conftest import DAY


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """The lines are read in Chinese."""
    before = words.language()
    words.use("zh")
    yield
    words.use(before)


@pytest.fixture
def two_posts(tmp_path: Path) -> Iterator[Store]:
    """Six consultants, a leader, a manager; the phone is a post of its own by the showroom's own rota.toml."""
    own = tmp_path / "two.db"
    folder = own.with_suffix("")
    shipped = shelf.find("rota.toml").read_text(encoding="utf-8")
    folder.mkdir()
    text = shipped.replace('en = "phone"\non = false', 'en = "phone"\non = true')
    (folder / "rota.toml").write_text(text, encoding="utf-8")
    store = open_store(own, clock.stopped(f"{DAY}T08:30:00"))
    for name in ("李娜", "杨帆", "王芳", "刘洋", "赵磊", "吴敏"):
        people.save(store, replace(people.blank(), name=name))
    people.save(store, replace(people.blank(), name="王", role=Role.LEADER))
    people.save(store, replace(people.blank(), name="周经理", role=Role.MANAGER))
    store.by = "王"
    yield store
    store.close()
