"""The one widget: lines in, and only the cells that changed go to the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from floorlead.widgets.line import Line, span

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

WHEEL_LINES = 3
MOST_STRAIGHT = 12
"""Changed lines that still count as a small change; a new page is drawn the library's way."""


class Canvas(Widget, can_focus=True):
    """Draws the desk's lines; clicks and the wheel become the keys they stand for."""

    DEFAULT_CSS = "Canvas { width: 1fr; height: 1fr; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.lines: list[Line] = []
        self._strips: list[Strip] = []
        self._theme = ""

    def paint(self) -> None:
        """Draw again, and mark only what looks different."""
        cells, height = self.size
        if not cells:
            return
        new = self.desk.frame(cells, height)
        theme = self.desk.theme
        if (
            len(new) != len(self.lines)
            or theme != self._theme
            or (new and self.lines and new[0].cells != self.lines[0].cells)
        ):
            self.lines, self._theme = new, theme
            self._strips = [line.strip(theme) for line in new]
            self.refresh()
            return
        regions = []
        for y, (old, line) in enumerate(zip(self.lines, new, strict=True)):
            start, end = span(old, line)
            if end > start:
                self._strips[y] = line.strip(theme)
                regions.append(Region(start, y, end - start, 1))
        self.lines = new
        if regions and not self._straight(regions):
            self.refresh(*regions)

    def _straight(self, regions: list[Region]) -> bool:
        """Write a small change to the terminal at once, in Textual's own rendering but without its idle round.

        A tick then costs its commit and little more. Returns False where Textual must lay the screen itself: in tests
        without a terminal, while a text field lies over the canvas, for large changes.
        """
        app = self.app
        driver = app._driver
        if driver is None or app.is_headless or len(regions) > MOST_STRAIGHT or self.desk.field() is not None:
            return False
        if any(child.display for child in self.screen.children if child is not self):
            return False
        self._styles_cache.set_dirty(*regions)
        drawn = [self._at(region) for region in regions]
        x, y = app.cursor_position
        app._begin_update()
        driver.write("".join((*drawn, f"\x1b[{y + 1};{x + 1}H")))
        app._end_update()
        driver.flush()
        return True

    def _at(self, region: Region) -> str:
        """A region's cells with the sequence that goes there, filtered for the terminal's colours as everything is."""
        strip = self.render_lines(Region(0, region.y, self.size.width, 1))[0]
        cells = strip.crop(region.x, region.right).render(self.app.console)
        return f"\x1b[{region.y + 1};{region.x + 1}H{cells}"

    def repaint(self) -> None:
        """Draw everything again, whatever stands on the terminal."""
        self.lines = []
        self.paint()

    def render_line(self, y: int) -> Strip:
        """One line for the compositor."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        """The terminal has another size."""
        self.paint()

    def on_click(self, event: events.Click) -> None:
        """A click is the key or the row under it; a double click is Enter."""
        do = self.lines[event.y].at(event.x) if event.y < len(self.lines) else ""
        if do:
            self.desk.click(do)
            if event.chain == 2 and not do.startswith(("key:", "cell:", "pick:")):
                self.desk.press("enter")
        self.app.after_key()  # type: ignore[attr-defined]

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self._wheel("down")

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self._wheel("up")

    def _wheel(self, key: str) -> None:
        for _n in range(WHEEL_LINES):
            self.desk.press(key)
        self.app.after_key()  # type: ignore[attr-defined]
