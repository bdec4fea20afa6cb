"""Every property of the suite with examples that it never saw: as many as asked for each, drawn by the seed."""

from __future__ import annotations

import argparse
import os
import sys


def main() -> None:
    """Become pytest over what hypothesis marks; what is told of each failure runs by `--hypothesis-seed` again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    asked = parser.parse_args()
    command = [sys.executable, "-m", "pytest", "-m", "hypothesis", f"--hypothesis-seed={asked.seed}"]
    os.execve(sys.executable, command, os.environ | {"FLOORLEAD_EXAMPLES": str(asked.count)})


if __name__ == "__main__":
    main()
