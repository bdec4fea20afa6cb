"""Raise what the tests stand on: `python -m tests.pins` resolves the ranges anew and writes every version into pyproject.toml.

The ranges are the program's own (`dependencies`) and those in `[tool.floorlead.pins]`; the versions stand in the extra
`test` and in `[build-system]`. Run the tests after it, and commit both or nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def resolved(ranges: list[str], folder: Path, *limits: str) -> list[str]:
    """Everything that the ranges bring, as `name==version`, from a fresh environment in the folder."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    (folder / "limits.txt").write_text("\n".join(limits), encoding="utf-8")
    pip = [python, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-c", folder / "limits.txt", *ranges], check=True)
    frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
    return sorted((line for line in frozen.splitlines() if "==" in line), key=str.lower)


def written(text: str, key: str, pins: list[str]) -> str:
    """The file's text with the list of that key replaced."""
    lines = "".join(f'  "{pin}",\n' for pin in pins)
    made, times = re.subn(rf"(?ms)^{key} = \[.*?^\]", lambda _found: f"{key} = [\n{lines}]", text)
    assert times == 1, key
    return made


def main() -> None:
    """Resolve, and write."""
    text = PYPROJECT.read_text(encoding="utf-8")
    told = tomllib.loads(text)
    asked = told["tool"]["floorlead"]["pins"]
    with tempfile.TemporaryDirectory() as folder:
        wanted = [*told["project"]["dependencies"], *asked["tests"], *asked["build"]]
        everything = resolved(wanted, Path(folder) / "all")
        backend = resolved(asked["build"], Path(folder) / "build", *everything)
    text = written(written(text, "test", everything), "requires", backend)
    PYPROJECT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(everything)} packages, {len(backend)} of them build")


if __name__ == "__main__":
    main()
