"""What of the log must not be forgotten today: complaints and incidents past their time, policies nobody has read yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.log import lists, queries, rules
from floorlead.log.records import SORT_WORDS, Entry, Kind, Sort
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.today.records import Notice
from floorlead.words import _


def notices(store: Store, day: date) -> list[Notice]:
    """The lines of a day: what is late, complaints without a response, then policies unread."""
    found = queries.open_entries(store, day)
    return [*_late(store, found, day), *_waiting(store, found, day), *_unread(store, found)]


def _late(store: Store, found: Sequence[Entry], day: date) -> list[Notice]:
    clocks, now = lists.lists(store).clocks, store.clock.now()
    late = [one for one in found if one.kind is not Kind.NOTICE and rules.is_late(one, now, day, clocks)]
    if len(late) > 1:
        told = _("{count} overdue").format(count=len(late))
        return [
            Notice(_("Log"), f"{_word(late[0])} {mask_in(late[0].text)}", told, "log", f"entries:{late[0].id}", True)
        ]
    return [_line(one, _("overdue"), urgent=True) for one in late]


def _waiting(store: Store, found: Sequence[Entry], day: date) -> list[Notice]:
    """Complaints that nobody has answered for longer than the first response may take, and are not late yet."""
    clocks, now = lists.lists(store).clocks, store.clock.now()
    made = []
    for one in found:
        seen = rules.watch(one, max(store.clock.stamp(), one.at), clocks) if one.kind is Kind.COMPLAINT else None
        if seen and seen.response is None and seen.slow and not rules.is_late(one, now, day, clocks):
            made.append(_line(one, _("no response for {count} min").format(count=seen.open_for), urgent=True))
    return made[:1]


def _unread(store: Store, found: Sequence[Entry]) -> list[Notice]:
    left = {ident: people for ident, people in queries.unacknowledged_of(store, found).items() if people}
    first = next((one for one in found if one.id in left), None)
    if first is None:
        return []
    count = len({person.id for people in left.values() for person in people})
    told = _("{count} have not read it") if len(left) == 1 else _("{count} have not read all of {notices}")
    text = told.format(count=count, notices=len(left))
    return [Notice(_("Policy"), mask_in(first.text), text, "log", f"entries:{first.id}")]


def _line(one: Entry, text: str, *, urgent: bool) -> Notice:
    return Notice(_word(one), mask_in(one.text), text, "log", f"entries:{one.id}", urgent)


def _word(one: Entry) -> str:
    return _(SORT_WORDS[Sort(one.kind.value)])
