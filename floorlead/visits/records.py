"""A batch of visitors or a call, as a record without behaviour.

Stamps are local, `YYYY-MM-DDTHH:MM:SS`; people, customers and models are ids; sources and purposes are codes of
`data/customers.toml`. One customer who comes again the same day is the same batch (`times` counts).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_


class Channel(StrEnum):
    """How they came."""

    WALK_IN = "walk_in"
    CALL = "call"


class Kind(StrEnum):
    """What the visit counts as: first ever, first of somebody recorded before (carded), again, without intent."""

    FIRST = "first"
    CARDED_FIRST = "carded_first"
    REPEAT = "repeat"
    NON_INTENT = "non_intent"


CHANNEL_WORDS = {Channel.WALK_IN: N_("walk-in"), Channel.CALL: N_("call")}
KIND_WORDS = {
    Kind.FIRST: N_("first visit"), Kind.CARDED_FIRST: N_("carded, first visit"), Kind.REPEAT: N_("came again"),
    Kind.NON_INTENT: N_("no intent"),
}  # fmt: skip


@record
class Visit:
    """A batch. `captured`: a telephone number was left at this visit or was known before; `incomplete`: the advisor
    still owes its details, `explained` why it stays so; `grade` as judged at this visit, empty where not judged."""

    id: int
    day: date
    channel: Channel
    came_at: str
    left_at: str
    kind: Kind
    party: int
    times: int
    advisor_id: int | None
    customer_id: int | None
    model_id: int | None
    colour: str
    grade: str
    captured: bool
    test_drive: bool
    quote: bool
    finance: bool
    deal: bool
    incomplete: bool
    explained: str
    source: str
    purpose: str
    competitor: str
    note: str
    number: str
    at: str
    by: str
