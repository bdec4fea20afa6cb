"""What is shipped is whole: the wheel holds its data and runs from wherever it is installed, far from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from floorlead import shelf
from tests.children import around

ROOT = Path(__file__).parents[1]

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed"),
    pytest.mark.xdist_group("wheel"),
]


def run(*words: str, **how: object) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, *words]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", **how)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network."""
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    return next(folder.glob("floorlead-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder of its own."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("pip is not installed")
    folder = tmp_path_factory.mktemp("installed")
    offline = ("-q", "--no-deps", "--no-index", "--disable-pip-version-check")
    run("-m", "pip", "install", *offline, "--target", str(folder), str(wheel))
    return folder


def tracked(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in files}


def test_everything_is_in_the_wheel(wheel: Path) -> None:
    """Every module, every data file, the Chinese words; no test and nothing of the workshop."""
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"floorlead/data/{name}" for name in tracked(ROOT / "data")} <= names
    modules = {name for name in tracked(ROOT / "floorlead") if name.endswith((".py", ".mo"))}
    assert {f"floorlead/{name}" for name in modules} <= names
    assert "floorlead/locale/zh/LC_MESSAGES/floorlead.mo" in names
    assert any(name.endswith(".ttf") or name.endswith(".otf") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"floorlead"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db"))]
    assert [name for name in names if "/licenses/" in name and "fonts" in name], "the fonts' licences"


@pytest.mark.slow
def test_the_wheel_runs_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Installed elsewhere and run elsewhere: its own data, its own words, a card and its paper."""
    here = around(
        PYTHONPATH=os.pathsep.join([str(installed), os.environ.get("PYTHONPATH", "")]), PYTHONIOENCODING="utf-8"
    )
    asked = "import floorlead, floorlead.shelf as s; print(floorlead.__file__); print(s.find('checklists.toml'))"
    where = run("-c", asked, cwd=tmp_path, env=here).stdout.splitlines()
    assert all(Path(path).is_relative_to(installed) for path in where), where
    assert not shelf.find("checklists.toml").is_relative_to(installed)

    floorlead = ("-m", "floorlead", "--store", str(tmp_path / "s.db"), "--now", "2026-11-24T08:41", "--lang", "zh")
    run(*floorlead, "demo", "--no-open", "--showroom", "standard", cwd=tmp_path, env=here)
    shown = run(*floorlead, "card", cwd=tmp_path, env=here).stdout
    assert "仪表环境监督卡" in shown
    assert "刘洋" in shown
    run(*floorlead, "card", "--format", "pdf", "-o", "card.pdf", cwd=tmp_path, env=here)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF-")


def test_the_command_is_installed(wheel: Path) -> None:
    """`floorlead` is a command after installing."""
    with zipfile.ZipFile(wheel) as found:
        name = next(n for n in found.namelist() if n.endswith("entry_points.txt"))

        assert "floorlead = floorlead.__main__:main" in found.read(name).decode()
