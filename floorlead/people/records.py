"""A person of the showroom and a day's sign-in, as records without behaviour."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_, _, pick


class Role(StrEnum):
    """What a person does in the showroom."""

    MANAGER = "manager"
    LEADER = "leader"
    CONSULTANT = "consultant"
    RECEPTIONIST = "receptionist"
    TEST_DRIVE = "test_drive_specialist"
    PLANNER = "planner"


ROLE_WORDS = {
    Role.MANAGER: N_("manager"), Role.LEADER: N_("leader"), Role.CONSULTANT: N_("consultant"),
    Role.RECEPTIONIST: N_("receptionist"), Role.TEST_DRIVE: N_("test-drive host"), Role.PLANNER: N_("planner"),
}  # fmt: skip


class State(StrEnum):
    """Where a person is on a day."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    LEAVE = "leave"
    REST = "rest"
    OUTING = "outing"


STATE_WORDS = {
    State.PRESENT: N_("present"), State.LATE: N_("late"), State.ABSENT: N_("absent"),
    State.LEAVE: N_("leave"), State.REST: N_("rest"), State.OUTING: N_("outing"),
}  # fmt: skip
HERE = (State.PRESENT, State.LATE)


@record
class Person:
    """One of the staff; `rest_day` is a weekday (Monday 0) or None, `search` its finding words."""

    id: int
    number: str
    name: str
    name_en: str
    title: str
    role: Role
    team: str
    rest_day: int | None
    joined: date | None
    left_on: date | None
    trainee: bool
    position: int
    search: str

    @property
    def shown(self) -> str:
        """The name in the language spoken now: as entered, or in Latin letters when those were entered too."""
        return pick(self.name, self.name_en)

    @property
    def on_cards(self) -> bool:
        """Whether the morning card looks at this person: everybody but those who do the looking."""
        return self.role not in (Role.MANAGER, Role.LEADER)

    def works_on(self, day: date) -> bool:
        """Whether the person belongs to the showroom on a day."""
        return (self.joined is None or self.joined <= day) and (self.left_on is None or day <= self.left_on)


@record
class Presence:
    """Where one person is on one day; `said` tells whether somebody said so or the rota and the weekly rest day decide.

    `planned` is the rota's kind of leave or outing in Chinese and English.
    """

    person: Person
    state: State
    at: str
    note: str
    said: bool
    planned: tuple[str, str] = ("", "")

    @property
    def here(self) -> bool:
        """Whether the person can be looked at and given work."""
        return self.state in HERE

    def words(self) -> str:
        """The state as a word, a late one with its time, a leave with its reason."""
        word = _(STATE_WORDS[self.state])
        if self.state is State.LATE:
            return f"{word} {self.at[11:16]}"
        return f"{word} {self.note}".strip()
