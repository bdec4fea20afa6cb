"""The morning's training of those who have nothing else to do just then, as records without behaviour.

Times are minutes from midnight; people are ids. An idle person is at work, not at a post and not with a customer.
"""

from __future__ import annotations

from floorlead.record import record
from floorlead.words import N_, _, both

STARTS, MINUTES = 9 * 60 + 5, 30
"""When the training of a morning begins where nobody said so, and how long it takes."""
NOT_YET, GONE = N_("comes at {detail}"), N_("until {detail}")
POST, STANDBY = N_("at the desk {detail}"), N_("stands by {detail}")
AS_TOLD = "{detail}"
"""Why somebody is not idle, as messages; the last one is told by the sign-in or the role."""

Band = tuple[int, int, str]
"""`[starts, ends)` and what is in it."""


@record
class Facts:
    """What a morning knows of one of the staff.

    `away`: the words for who is not here, empty for who is; `works`: from when until when; `posts`, `standby`
    and `busy`: bands at a post, as its substitute (with its slot) and with a customer (with a message why); `role`: the word of a role that is not trained.
    """

    person: int
    team: str = ""
    away: str = ""
    works: tuple[int, int] = (0, 2880)
    posts: tuple[Band, ...] = ()
    standby: tuple[Band, ...] = ()
    busy: tuple[Band, ...] = ()
    role: str = ""


@record
class Standing:
    """Whether somebody is idle at the training; `first` marks the team that the rota named; `why` not, as a message."""

    person: int
    idle: bool
    first: bool = False
    why: str = ""
    detail: str = ""

    def words(self) -> str:
        """Why not idle, in the language spoken now."""
        return _(self.why).format(detail=self.detail)


TOPICS = (
    N_("rival cars"), N_("talk tracks"), N_("model knowledge"), N_("finance, insurance"), N_("handling objections"),
)  # fmt: skip
"""Topics to begin with, as messages; what was trained before stands in front of them."""


def spoken(topic: str) -> str:
    """A topic in the language spoken now; a typed one stays as it is."""
    return _(topic) if topic in TOPICS else topic


def told(topic: str) -> dict[str, str]:
    """A topic for a record that is read in either language."""
    return both(topic) if topic in TOPICS else {"zh": topic, "en": topic}
