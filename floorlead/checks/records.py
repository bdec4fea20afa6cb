"""A card, its rows and its marks, as records without behaviour."""

from __future__ import annotations

from datetime import date

from floorlead.record import record
from floorlead.words import pick

PASS, FAIL, NA = "pass", "fail", "na"
LONGEST_PAGE = 9
"""Columns on one page of a card, because the digit is the column."""


@record
class Item:
    """One thing looked at; `severity` is R (fix before opening), Y (fix today) or G, `due` is `HH:MM` or empty.

    A number item takes a value between `low` and `high` (in `unit`) instead of a tick.
    """

    code: str
    zh: str
    en: str
    short_zh: str = ""
    short_en: str = ""
    long_zh: str = ""
    long_en: str = ""
    severity: str = "Y"
    points: int = 0
    answer: str = "tick"
    low: float | None = None
    high: float | None = None
    unit: str = ""
    unit_en: str = ""
    due: str = ""

    @property
    def shown(self) -> str:
        """The item's words in the language spoken now."""
        return pick(self.zh, self.en)

    @property
    def short(self) -> str:
        """The column title, at most six cells."""
        return pick(self.short_zh or self.zh, self.short_en or self.en)

    @property
    def long(self) -> str:
        """The whole sentence of what is looked at."""
        return pick(self.long_zh or self.zh, self.long_en or self.en)

    @property
    def is_number(self) -> bool:
        """Whether it is answered with a number."""
        return self.answer == "number"

    def both(self) -> dict[str, str]:
        """The words in both languages, for the log."""
        return {"zh": self.zh, "en": self.en}


@record
class CheckList:
    """The items that one kind of subject is looked at for."""

    code: str
    card: str
    zh: str
    en: str
    subject: str
    is_on: bool
    items: tuple[Item, ...]

    @property
    def shown(self) -> str:
        """The list's name in the language spoken now."""
        return pick(self.zh, self.en)


@record
class CardWords:
    """What a card asks: its lists in walking order and the quick reasons; kept with every card made from it."""

    code: str
    zh: str
    en: str
    is_on: bool
    lists: tuple[CheckList, ...]
    reasons: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> str:
        """The card's name in the language spoken now."""
        return pick(self.zh, self.en)

    def list_of(self, code: str) -> CheckList:
        """One of the card's lists."""
        return next(one for one in self.lists if one.code == code)


@record
class Row:
    """One person, car, table or zone on a card; `away` says in a word why nobody or nothing is there to look at."""

    id: int
    list: str
    subject: str
    position: int
    number: str
    label: str
    label_en: str
    owner_id: int | None
    away: str = ""
    search: str = ""

    @property
    def shown(self) -> str:
        """The row's name in the language spoken now."""
        return pick(self.label, self.label_en)

    def both(self) -> dict[str, str]:
        """The name in both languages, for the log."""
        return {"zh": self.label, "en": self.label_en or self.label}


@record
class Mark:
    """What was said of one item of one row. `at` is local time; `first` keeps the first result of a remedied one.

    `single` is 0 for a mark made with the rest, 1 for one made singly, 2 for one made singly after a rest-pass.
    """

    result: str
    at: str
    by: str
    late: bool = False
    backfilled: bool = False
    single: int = 1
    was: str | None = None
    first: str | None = None
    first_at: str | None = None
    reason: str = ""
    value: float | None = None
    owner_id: int | None = None
    points: int = 0

    @property
    def is_exception(self) -> bool:
        """Whether it stands out on the card: failed, or late."""
        return self.result == FAIL or self.late


@record
class RestPass:
    """One press of "the rest is fine": how many rows and marks it filled."""

    at: str
    by: str
    rows: int
    marks: int
    backfilled: bool


@record
class Counts:
    """A card in numbers; `items` are those that apply: pass + fail + late + open."""

    items: int = 0
    passed: int = 0
    fail: int = 0
    late: int = 0
    na: int = 0
    open: int = 0

    def to_dict(self) -> dict[str, int]:
        """The counts under their trade names."""
        return {"items": self.items, "pass": self.passed, "fail": self.fail, "late": self.late, "na": self.na,
                "open": self.open}  # fmt: skip


Key = tuple[str, str, str]
"""A cell: (list code, subject, item code)."""


class Card:
    """One day's card; `id` is 0 while nothing has been said on it."""

    def __init__(
        self, ident: int, day: date, words: CardWords, opened_at: str, opened_by: str, rows: list[Row]
    ) -> None:
        self.id = ident
        self.day = day
        self.words = words
        self.opened_at = opened_at
        self.opened_by = opened_by
        self.rows = rows
        self.marks: dict[Key, Mark] = {}
        self.passes: list[RestPass] = []

    def mark(self, row: Row, item: Item) -> Mark | None:
        """What was said of an item of a row, or None."""
        return self.marks.get((row.list, row.subject, item.code))

    def items(self, row: Row) -> tuple[Item, ...]:
        """What a row is looked at for."""
        return self.words.list_of(row.list).items
