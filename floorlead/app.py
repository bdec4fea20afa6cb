"""The pages in the order of their tabs, and nothing else: F-keys come from here."""

from __future__ import annotations

from floorlead.checks.items import ItemsPage
from floorlead.checks.screen import ChecksPage
from floorlead.furniture.screen import FurniturePage
from floorlead.history.screen import HistoryPage
from floorlead.options.screen import OptionsPage
from floorlead.people.screen import PeoplePage
from floorlead.report.screen import ReportPage
from floorlead.setup.screen import WelcomePage
from floorlead.today.screen import TodayPage

PAGES = (TodayPage, ChecksPage, ReportPage, HistoryPage, OptionsPage, WelcomePage, PeoplePage, FurniturePage, ItemsPage)
