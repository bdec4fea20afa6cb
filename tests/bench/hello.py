"""The floor that the app is measured against: the least Textual program that paints a word and takes a key."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One word on the screen; a key changes one character of it."""

    number = 0

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("Ready 0")

    def on_key(self, event: events.Key) -> None:
        """Count up."""
        self.number = (self.number + 1) % 10
        self.query_one(Static).update(f"Ready {self.number}", layout=False)


if __name__ == "__main__":
    Hello().run()
