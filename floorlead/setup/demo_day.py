"""One invented day from the first weather to the seal, told through the same doors that the keys use.

The same day always tells the same story: the lots are drawn from the date alone.
"""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any

from floorlead import shelf
from floorlead.checks import lists
from floorlead.people import queries as people
from floorlead.people.records import Person, State
from floorlead.record import replace
from floorlead.report import queries as report
from floorlead.report import sealing
from floorlead.setup.demo_cards import DemoCards
from floorlead.store import Store
from floorlead.tasks import queries as tasks
from floorlead.words import pick

ON_LEAVE, ON_ERRAND, LATE = 0.2, 0.12, 0.25
"""How likely it is that on a day somebody is on leave, out on an errand, late."""
WALKED_LATE = 0.15
"""How likely it is that the opening round is written only after nine."""
TICKED = 0.85
KEYS_COUNTED = 14


def read_story() -> dict[str, Any]:
    """What the days are made of: `data/demo/story.toml`."""
    return tomllib.loads(shelf.find("demo", "story.toml").read_text(encoding="utf-8"))


class DemoDay:
    """A day about to be told into `store`, whose clock it turns."""

    def __init__(self, store: Store, day: date, story: dict[str, Any]) -> None:
        self.store = store
        self.day = day
        self.story = story
        self.draw = random.Random(day.isoformat())
        store.by = people.leader(store)

    def tell(self, *, last: bool) -> None:
        """The whole day; on the `last` one before today a single task is left over."""
        self.attendance()
        self.cards()
        self.tick_tasks(last)
        self.new_tasks()
        self.closing()
        self.at("18:20:05")
        report.put_day(self.store, self.day, "remarks", self.some("remarks"))
        self.at("18:25:40")
        sealing.seal(self.store, self.day)

    def at(self, clock_time: str) -> str:
        """Turn the clock to a time of the day; returns its stamp."""
        moment = datetime.combine(self.day, time.fromisoformat(clock_time), self.store.clock.zone)
        self.store.clock = replace(self.store.clock, source=lambda: moment)
        return self.store.clock.stamp()

    def some(self, kind: str) -> str:
        """One of the story's texts of a kind."""
        return pick(**self.draw.choice(self.story[kind]))

    def attendance(self) -> None:
        """Weather, then who is away or late, then the rest."""
        self.at("08:05:10")
        report.put_day(self.store, self.day, "weather", self.some("weather"))
        expected = [p.person for p in people.day(self.store, self.day) if p.here and p.person.on_cards]
        self.draw.shuffle(expected)
        self.at("08:22:30")
        self._away(expected, ON_LEAVE, State.LEAVE)
        self._away(expected, ON_ERRAND, State.OUTING)
        self.at(f"08:{self.draw.randint(34, 39)}:15")
        if self.draw.random() < LATE:
            people.say(self.store, self.day, expected.pop(), State.LATE)
        self.at("08:40:20")
        people.rest_are_here(self.store, self.day)

    def _away(self, expected: list[Person], likely: float, state: State) -> None:
        if self.draw.random() < likely:
            people.say(self.store, self.day, expected.pop(), state, self.some(state.value))

    def _hand(self) -> DemoCards:
        here = {p.person.id for p in people.day(self.store, self.day) if p.here}
        return DemoCards(self.store, self.day, self.story, self.draw, self.at, here)

    def cards(self) -> None:
        """The morning's cards: faults on the way, the rest is fine, some wiped late, most put right."""
        words = {one.code: one for one in lists.in_force(self.store)}
        hand = self._hand()
        card = hand.opened(words["appearance"], "08:41:10")
        faults = hand.faults(card, (0, 0, 1, 1, 2), range(42, 48))
        hand.rest(card, "08:49:05")
        card = hand.opened(words["environment"], "08:50:15")
        faults += hand.faults(card, (0, 1, 1, 2, 3), range(51, 57))
        hand.rest(card, "08:58:10")
        walked = "09:03:30" if self.draw.random() < WALKED_LATE else "08:59:20"
        hand.rest(hand.opened(words["opening"], walked), walked)
        hand.late_wipes(card, "09:06:40")
        hand.put_right(faults, "09:21:30")

    def closing(self) -> None:
        """The closing round: the keys are counted, the rest is fine."""
        words = {one.code: one for one in lists.in_force(self.store)}
        hand = self._hand()
        card = hand.opened(words["closing"], "18:09:30")
        hand.numbers(card, KEYS_COUNTED)
        hand.rest(card, "18:12:00")

    def tick_tasks(self, last: bool) -> None:
        """Most of what was open is done during the day; on the last day all but one."""
        found = tasks.open_until(self.store, self.day)
        times = sorted(f"{self.draw.randint(10, 16)}:{self.draw.randint(10, 59)}:20" for _task in found)
        done = found[:-1] if last else [task for task in found if self.draw.random() < TICKED]
        for task, clock_time in zip(done, times, strict=False):
            self.at(clock_time)
            tasks.tick(self.store, task)

    def new_tasks(self) -> None:
        """Two tasks for tomorrow, none of them open already."""
        self.at("17:42:10")
        names = {person.number: person.shown for person in people.staff(self.store, self.day)}
        known = {task.text for task in tasks.open_all(self.store)}
        fresh = [one for one in self.story["task"] if pick(one["zh"], one["en"]) not in known]
        for one in self.draw.sample(fresh, 2):
            text, owner = pick(one["zh"], one["en"]), names.get(one["owner"], "")
            tasks.add(self.store, text, owner, self.day + timedelta(days=1))
