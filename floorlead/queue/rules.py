"""Whose turn it is: the day is played again from its first moment, so that the same data always give the same line.

First come, first in line; who served goes to the end; overdue follow-ups lower a turn, never strike it off; the
leader's own hand beats both. Everybody on duty stands exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from floorlead.queue.records import Busy, Event, Kind, Present, State, Step, Turn


def story(events: Sequence[Event], present: Sequence[Present], busy: Sequence[Busy] = ()) -> list[Step]:
    """The queue's day in the order of time; of one second first who signs in, then what ends, begins, is keyed."""
    found = [((one.at, 0, n), Step(one.at, one.person, Kind.JOIN)) for n, one in enumerate(present) if one.at]
    for n, one in enumerate(busy):
        kind = Kind.AWAY if one.state is State.AWAY else Kind.SERVE
        found.append(((one.starts, 2, n), Step(one.starts, one.person, kind, None, one.why, "", n, one.counts)))
        if one.ends:
            found.append(((one.ends, 1, n), Step(one.ends, one.person, Kind.BACK, None, one.why, "", n)))
    found += [
        ((e.at, 3, n), Step(e.at, e.person, e.kind, e.place, e.reason, e.by)) for n, e in enumerate(events)
    ]  # fmt: skip
    return [step for _order, step in sorted(found, key=lambda one: one[0])]


def turns(
    events: Sequence[Event], present: Sequence[Present], busy: Sequence[Busy] = (),
    overdue: Mapping[int, int] | None = None, penalty: int = 0,
) -> list[Turn]:  # fmt: skip
    """Everybody on duty: those in line by their places, then with a customer, away, not in line (yet).

    `present` stands in the order of arrival, `overdue` counts follow-ups by person; somebody with any stands `penalty`
    places lower.
    """
    line = _Line(present, overdue or {}, penalty)
    for step in story(events, present, busy):
        line.take(step)
    return line.turns()


def next_up(found: Iterable[Turn]) -> int | None:
    """Who takes the next customer; nobody who is with one or away."""
    return next((one.person for one in found if one.place == 1), None)


def lowered(order: Sequence[int], weight: Callable[[int], int]) -> list[tuple[int, int]]:
    """The line with each person behind at most `weight` others who weigh less, as (person, how many passed).

    Of equal weight nobody passes the other; nobody is lost.
    """
    behind: list[tuple[int, int]] = []
    for person in reversed(order):
        mine, passed = weight(person), 0
        while passed < min(mine, len(behind)) and weight(behind[passed][0]) < mine:
            passed += 1
        behind.insert(passed, (person, passed))
    return behind


class _Member:
    """Somebody on duty while the day is played."""

    def __init__(self, one: Present) -> None:
        self.person = one.person
        self.state = State.OUT
        self.since = one.begins
        self.why = ""
        self.taken = 0
        self.keyed = False
        """With a customer because somebody said so."""
        self.left = False
        """Left the queue for the day."""
        self.off = ""
        """Why the working time is over."""
        self.busy: set[int] = set()
        self.settled = False
        """Whether the leader's hand fixed the place: nothing lowers it until the next turn is taken."""
        self.passed = 0


class _Line:
    """The line while the day is played; `order` is who waits, before anybody is lowered."""

    def __init__(self, present: Sequence[Present], overdue: Mapping[int, int], penalty: int) -> None:
        self.members = {one.person: _Member(one) for one in present}
        self.order: list[int] = []
        self.overdue = overdue
        self.penalty = penalty

    def take(self, step: Step) -> None:
        """One moment passes; of who is not on duty (any more) nothing is said."""
        member = self.members.get(step.person)
        if member is None:
            return
        if step.busy >= 0:
            self._by_itself(member, step)
        elif step.kind is Kind.JOIN:
            self._join(member, step)
        elif step.kind is Kind.SERVE:
            member.keyed = True
            self._serve(member, step)
        elif step.kind is Kind.MOVE:
            self._move(member, step)
        elif step.kind is Kind.BACK:
            self._back(member, step)
        else:
            member.left = step.kind is Kind.LEAVE
            self._put(member, State.OUT if member.left else State.AWAY, step)
            member.since = "" if member.left else step.at

    def _by_itself(self, member: _Member, step: Step) -> None:
        """A test drive, a hand-over, the end of the shift: what was keyed later counts more."""
        if step.kind is Kind.BACK:
            if step.busy in member.busy:
                member.busy.discard(step.busy)
                if not member.busy and not member.keyed:
                    self._back(member, step)
        elif member.left:
            return
        elif step.kind is Kind.AWAY:
            member.off = step.reason
            if member.state is State.WAITING:
                self._put(member, State.AWAY, step)
        else:
            member.busy.add(step.busy)
            self._serve(member, step)

    def _join(self, member: _Member, step: Step) -> None:
        if member.state is State.OUT:
            self._to_end(member, step)

    def _serve(self, member: _Member, step: Step) -> None:
        if member.state is not State.SERVING:
            keyed, busy = member.keyed, member.busy
            self._put(member, State.SERVING, step)
            member.keyed, member.busy = keyed, busy
            member.taken += step.counts

    def _back(self, member: _Member, step: Step) -> None:
        """To the end of the line; home, when the customer was the last of the shift."""
        if member.off and member.state is State.SERVING:
            self._put(member, State.AWAY, step)
            member.why = member.off
        else:
            self._to_end(member, step)

    def _to_end(self, member: _Member, step: Step) -> None:
        self._put(member, State.WAITING, step)
        member.why = member.off = ""
        self.order.append(member.person)

    def _move(self, member: _Member, step: Step) -> None:
        """The line is fixed as it is shown now, with this person at the place that was asked for."""
        since = member.since if member.state is State.WAITING else step.at
        shown = self._shown()
        for person, passed in shown:
            other = self.members[person]
            other.settled, other.passed = True, max(other.passed, passed)
        self.order = [person for person, _passed in shown]
        self._put(member, State.WAITING, step)
        member.since, member.settled, member.off = since, True, ""
        self.order.insert(max(0, (step.place or 1) - 1), member.person)

    def _shown(self) -> list[tuple[int, int]]:
        return lowered(self.order, self._weight)

    def _weight(self, person: int) -> int:
        settled = self.members[person].settled
        return 0 if settled or not self.overdue.get(person) else max(0, self.penalty)

    def _put(self, member: _Member, state: State, step: Step) -> None:
        """Take somebody out of the line into a state."""
        if member.person in self.order:
            self.order.remove(member.person)
        member.state, member.since, member.why = state, step.at, step.reason
        member.keyed, member.left, member.busy = False, member.left and state is State.OUT, set()
        member.settled, member.passed = False, 0

    def turns(self) -> list[Turn]:
        """Everybody, in the order in which the page shows them."""
        found = [
            self._turn(self.members[person], place, max(passed, self.members[person].passed))
            for place, (person, passed) in enumerate(self._shown(), 1)
        ]
        for state in (State.SERVING, State.AWAY, State.OUT):
            some = [one for one in self.members.values() if one.state is state]
            ordered = some if state is State.OUT else sorted(some, key=lambda one: one.since)
            found += [self._turn(one, 0, 0) for one in ordered]
        return found

    def _turn(self, one: _Member, place: int, passed: int) -> Turn:
        owed = self.overdue.get(one.person, 0)
        return Turn(one.person, place, one.state, one.since, passed, one.why, owed, one.taken, one.left)
