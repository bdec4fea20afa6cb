"""The tests stand on exact versions, the program on ranges: next year's release of a package breaks neither today's tests nor an install."""

from __future__ import annotations

import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import pins

TOLD = tomllib.loads(Path(pins.PYPROJECT).read_text(encoding="utf-8"))
TEST = [Requirement(one) for one in TOLD["project"]["optional-dependencies"]["test"]]
BUILD = [Requirement(one) for one in TOLD["build-system"]["requires"]]
PROGRAM = [Requirement(one) for one in TOLD["project"]["dependencies"]]
INSTALLER = {"pip"}
"""What installs cannot replace itself on every system; no test runs it."""
ASKED = [Requirement(one) for kind in ("tests", "build") for one in TOLD["tool"]["floorlead"]["pins"][kind]]


def exact(one: Requirement) -> bool:
    return [spec.operator for spec in one.specifier] == ["=="] and "*" not in str(one.specifier)


def brought(names: set[str]) -> set[str]:
    """The packages, and whatever they bring here."""
    seen: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        seen.add(name)
        wanted = [Requirement(one) for one in requires(name) or []]
        left |= {canonicalize_name(one.name) for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})}
        left -= seen
    return seen


def test_what_the_tests_touch_is_exact() -> None:
    """Direct, brought along, needed at run time or by the build: each has one version, and the build has the same."""
    pinned = {canonicalize_name(one.name): str(one.specifier) for one in TEST}

    assert [str(one) for one in [*TEST, *BUILD] if not exact(one)] == []
    assert (
        brought({canonicalize_name(one.name) for one in [*PROGRAM, *ASKED]} - {"editables"}) - set(pinned) == INSTALLER
    )
    assert {canonicalize_name(one.name): str(one.specifier) for one in BUILD}.items() <= pinned.items()
    assert brought({"hatchling"}) <= {canonicalize_name(one.name) for one in BUILD}


def test_each_version_is_one_that_the_program_allows() -> None:
    """The program itself asks for ranges, never for one version; the tests' versions lie within them."""
    versions = {canonicalize_name(one.name): next(iter(one.specifier)).version for one in TEST}

    assert [str(one) for one in PROGRAM if exact(one)] == []
    for one in [*PROGRAM, *ASKED]:
        assert one.specifier.contains(versions[canonicalize_name(one.name)]), one


def test_a_list_is_written_in_its_place() -> None:
    """Whatever stood in it; the rest of the file stays."""
    text = 'a = 1\ntest = [\n  "x==1", # old\n]\nb = ["y>=2"]\n'

    assert pins.written(text, "test", ["x==2", "z==1"]) == 'a = 1\ntest = [\n  "x==2",\n  "z==1",\n]\nb = ["y>=2"]\n'
