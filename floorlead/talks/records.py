"""What is known of a rival, or how something is said to a customer, as a record."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from floorlead.record import record
from floorlead.words import N_


class Kind(StrEnum):
    """A rival's note or a talk track."""

    COMPETITOR = "competitor"
    TALK = "talk"


KIND_WORDS = {Kind.TALK: N_("talk track"), Kind.COMPETITOR: N_("rival")}


@record
class Talk:
    """A page of the library: `model_id` which of our models it is about (None: all), `competitor` the rival car;
    retired pages stay and are out of the lists; `search` the words to find it by."""

    id: int
    kind: Kind
    title: str
    body: str
    model_id: int | None
    competitor: str
    made_on: date
    changed_at: str
    by: str
    retired_on: date | None
    search: str = ""

    @property
    def retired(self) -> bool:
        """Whether it is no longer used."""
        return self.retired_on is not None
