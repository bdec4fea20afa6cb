"""A line of Today that is watched: what it is, what is to be said, where its digit goes."""

from __future__ import annotations

from floorlead.record import record


@record
class Notice:
    """A line of "watch today": what it is, about what, what is to be said, and where its digit goes."""

    word: str
    name: str
    text: str
    page: str
    place: str
    urgent: bool = False
