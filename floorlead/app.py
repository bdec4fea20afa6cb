"""The pages in the order of their tabs, and nothing else: F-keys come from here."""

from __future__ import annotations

from floorlead.checks.screen import ChecksPage

PAGES = (ChecksPage,)
