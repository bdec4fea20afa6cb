"""Every screen in both languages at 80x24 as golden text: columns align in cells, nothing is cut, no key is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from floorlead import clock, words
from floorlead.store import Store
from floorlead.text import width
from tests import kept
from tests.conftest import DAY, desk_of, press, screen

LANGUAGES = ("zh", "en")


@pytest.fixture
def standard(tmp_path: Path) -> Store:
    """The showroom of twelve people, fourteen display cars and six tables, at 08:41."""
    morning = clock.stopped(f"{DAY}T08:41:00")
    return kept.opened(kept.demo(tmp_path / "standard.db", morning, "standard", 0), morning)


SCENES: dict[str, tuple[str, ...]] = {
    "today": (),
    "checks-not-begun": ("f3",),
    "checks": ("f3", "ctrl+a", "l", "y", "2", "enter", "1", "z", "q", "4", "enter", "4"),
    "checks-find": ("f3", "l"),
    "checks-reason": ("f3", "ctrl+a", "2", "enter"),
    "checks-reason-typing": ("f3", "ctrl+a", "2", "enter", "7", '"扣子掉了'),
    "checks-exceptions": ("f3", "ctrl+a", "3", "tab", "tab"),
    "environment": ("f3", "f3", "ctrl+a", "t", "g", "1", "enter", "4", "b", "l", "2", "enter", "5", "end", "2", "enter", "1"),
    "opening": ("f3", "f3", "f3", "space", "2"),
    "closing": ("f3", "f3", "f3", "f3"),
    "number": ("f3", "f3", "f3", "f3", "1"),
    "row": ("f3", "space", "up", "enter"),
    "checks-print": ("f3", "ctrl+p"),
    "report": ("f3", "ctrl+a", "2", "f9"),
    "report-remarks": ("f9", "enter", '"下午到店集中,前台临时加一人。'),
    "report-seal": ("f9", "ctrl+p"),
    "report-preview": ("f9", "f9"),
    "report-task": ("f9", "insert"),
    "palette": ("ctrl+k",),
    "palette-typed": ("ctrl+k", "d", "y"),
    "help-checks": ("f3", "f1"),
    "help-today": ("f1",),
    "refused": ("f6",),
    "today-after": ("f3", "ctrl+a", "2", "enter", "1", "f2"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_scene(standard: Store, golden: Callable[..., None], scene: str, language: str) -> None:
    """A walk of keys, and what the screen then says."""
    words.use(language)
    desk = desk_of(standard)
    press(desk, *SCENES[scene])
    shown = screen(desk)

    golden(shown, f"screen-{scene}-{language}")
    assert all(width(line) <= 80 for line in shown.splitlines())
    assert len(shown.splitlines()) == 24
    key_line = desk.frame(80, 24)[-1].text().rstrip()
    assert width(key_line) < 80
    assert all(bind.hint() in key_line for bind in desk.binds())


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_showroom(store: Store, golden: Callable[..., None], language: str) -> None:
    """
    Nothing was entered yet: each page says what would be here and the one key to make it.
    """
    words.use(language)
    desk = desk_of(store)
    shown = screen(desk)
    for key in ("f3", "f3", "f9"):
        press(desk, key)
        shown += screen(desk)

    golden(shown, f"screen-empty-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_deadline(standard: Store, golden: Callable[..., None], language: str) -> None:
    """09:12, nothing marked yet: Ctrl+A asks how the wiping is meant."""
    words.use(language)
    standard.clock = clock.stopped(f"{DAY}T09:12:00")
    desk = desk_of(standard)
    press(desk, "f3", "ctrl+a")

    golden(screen(desk), f"screen-late-{language}")


def test_a_wide_terminal_shows_the_same(standard: Store) -> None:
    """120x36: more lines of body, nothing that is only there."""
    desk = desk_of(standard)
    press(desk, "f3")
    wide = screen(desk, 120, 36)

    assert len(wide.splitlines()) == 36
    assert "Zhang Wei" in wide or "张伟" in wide


def test_too_small(standard: Store) -> None:
    """One sentence, and nothing else."""
    words.use("zh")
    shown = screen(desk_of(standard), 72, 20)

    assert [line for line in shown.splitlines() if line] == ["窗口太小: 需要 80x24, 现在 72x20"]


def test_beside_the_page(standard: Store) -> None:
    """On a wide screen the keys of the page and the latest actions stand right of it; the page is the one of 80 cells."""
    words.use("zh")
    desk = desk_of(standard)
    press(desk, "f3", "2")
    wide, narrow = screen(desk, 120, 36).splitlines(), screen(desk).splitlines()

    assert "这里的按键" in wide[2] and any("^A" in line[60:] for line in wide[3:14])
    latest = next(n for n, line in enumerate(wide) if "| 最近" in line)
    assert "张伟 胸卡 X" in wide[latest + 1]
    assert [line.partition("| ")[0].rstrip() for line in wide[2:12]] == [line.rstrip() for line in narrow[2:12]]
