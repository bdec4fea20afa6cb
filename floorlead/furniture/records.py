"""A piece of the showroom that a card looks at."""

from __future__ import annotations

from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, pick


class Kind(StrEnum):
    """What kind of thing it is; a card list names the kind it looks at."""

    DISPLAY_CAR = "display_car"
    TABLE = "table"
    ZONE = "zone"
    TEST_DRIVE_CAR = "test_drive_car"


KIND_WORDS = {
    Kind.DISPLAY_CAR: N_("display car"), Kind.TABLE: N_("table"), Kind.ZONE: N_("zone"),
    Kind.TEST_DRIVE_CAR: N_("test-drive car"),
}  # fmt: skip


@record
class Furniture:
    """One spot, table or zone; `keeper_id` is the person it is theirs to keep, `spot` its short place name."""

    id: int
    kind: Kind
    spot: str
    label: str
    label_en: str
    keeper_id: int | None
    position: int
    removed_on: str | None
    search: str

    @property
    def shown(self) -> str:
        """The label in the language spoken now."""
        return pick(self.label, self.label_en)
