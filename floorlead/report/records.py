"""A day's report as data that can be drawn in either language, now or in ten years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.record import record

if TYPE_CHECKING:
    from floorlead.store import Store

Data = dict[str, Any]
"""A section's facts: JSON-ready, words of data in both languages as `{"zh":…, "en":…}`."""


@record
class Said:
    """One line of a section: its text, and the lines its numbers are made of."""

    text: str
    source: Sequence[str] = ()
    page: str = ""
    place: str = ""


@record
class Section:
    """A block of the report: how it is read from the store, and how its facts are said in lines."""

    name: str
    word: str
    read: Callable[[Store, date], Data]
    say: Callable[[Data], list[Said]]


@record
class Report:
    """A day's report. `state` is draft, sealed or void; `sections` are facts by section name, a void report has none.

    `changed` names the sections that differ from the revision before, `reason` says why it was re-opened.
    """

    day: date
    number: int
    revision: int
    state: str
    showroom: dict[str, str]
    leader: str
    manager: str
    sections: dict[str, Data]
    sealed_at: str = ""
    seal: str = ""
    previous_seal: str = ""
    reason: str = ""
    changed: Sequence[str] = ()

    @property
    def sealed(self) -> bool:
        """Whether it is fixed for good."""
        return self.state != "draft"

    @property
    def void(self) -> bool:
        """Whether it only says that the day's report before it does not count."""
        return self.state == "void"

    def body(self) -> Data:
        """What the seal covers: everything but the seal itself."""
        void = {"void": True} if self.void else {}
        return {
            "day": self.day.isoformat(), "number": self.number, "revision": self.revision, "showroom": self.showroom,
            "leader": self.leader, "manager": self.manager, "sections": self.sections, "sealed_at": self.sealed_at,
            "reason": self.reason, "changed": list(self.changed), **void,
        }  # fmt: skip

    def to_dict(self) -> Data:
        """The report as JSON-ready values; the fields stand in the README."""
        return {
            **self.body(),
            "state": self.state,
            "seal": self.seal or None,
            "previous_seal": self.previous_seal or None,
        }


def from_body(body: Data, seal: str, previous_seal: str) -> Report:
    """A sealed report from what was kept."""
    return Report(
        date.fromisoformat(body["day"]), body["number"], body["revision"], "void" if body.get("void") else "sealed", body["showroom"], body["leader"],
        body["manager"], body["sections"], body["sealed_at"], seal, previous_seal, body["reason"], tuple(body["changed"]),
    )  # fmt: skip
