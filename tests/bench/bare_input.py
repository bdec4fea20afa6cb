"""What a paste is measured against: the least Textual program with one text line; F2 says that all before it was read."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class BareInput(App[None]):
    """One input line, `limit` characters at most (0: any), and a word."""

    BINDINGS = [("f2", "done", "done")]

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def compose(self) -> ComposeResult:
        """The line and the word."""
        yield Static("Ready")
        yield Input(max_length=self.limit)

    def action_done(self) -> None:
        """All that came before was taken."""
        self.query_one(Static).update("Finished", layout=False)


if __name__ == "__main__":
    BareInput(int(sys.argv[1])).run()
