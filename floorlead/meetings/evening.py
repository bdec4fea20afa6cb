"""The points of the evening: what is open, who owes what, what tomorrow's hand-overs lack, what was promised here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from floorlead import clock
from floorlead.cars import queries as cars
from floorlead.customers.records import Due
from floorlead.log import queries as log
from floorlead.log.records import SORT_WORDS
from floorlead.log.records import Sort as LogSort
from floorlead.meetings.morning import car_words, causes, missing_words
from floorlead.meetings.records import Block, Meeting, Point, Sort
from floorlead.orders import queries as orders
from floorlead.orders import rules
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets.records import Pace
from floorlead.tasks import queries as tasks
from floorlead.tasks.records import Task
from floorlead.visits import queries as visits
from floorlead.words import _

ACTION = "action:"
"""What the key of a task made at the meeting begins with."""


def blocks(store: Store, held: Meeting, pace: Pace, owed: Mapping[int | None, list[Due]]) -> list[Block]:
    """Every block of the evening, in the order in which it is gone through."""
    names = {ident: person.shown for ident, person in targets.people(store).items()}
    made_here = [int(key.removeprefix(ACTION)) for key in held.ticks if key.startswith(ACTION)]
    return [
        Block(_("Causes"), causes(pace)),
        Block(_("Open items"), [*_tasks(store, held.day, made_here), *_entries(store, held.day)], _("nothing is open")),
        Block(_("Overdue follow-ups"), _overdue(owed, names), _("nobody is overdue")),
        Block(_("Incomplete visits"), _incomplete(store, held.day, names), _no_visit_owed(store, held.day)),
        Block(_("Hand-overs tomorrow"), _tomorrow(store, held.day, names), _("no hand-over tomorrow")),
        Block(_("Actions of this meeting"), _actions(store, made_here), _("none yet")),
    ]


def task_words(task: Task) -> str:
    """A task with its owner and its day."""
    due = _("by {day}").format(day=clock.short_day(task.due))
    return "  ".join(filter(None, [mask_in(task.text), task.owner, due]))


def _tasks(store: Store, day: date, made_here: list[int]) -> list[Point]:
    """What was meant for today or earlier: open, or done today."""
    done = [task for task in tasks.done_on(store, day) if task.due <= day]
    some = [task for task in [*tasks.open_until(store, day), *done] if task.id not in made_here]
    return [
        Point(f"task:{one.id}", Sort.TASK, task_words(one), one.id, one.overdue(day), one.done)
        for one in sorted(some, key=lambda one: (one.due, one.id))
    ]


def _entries(store: Store, day: date) -> list[Point]:
    """What is open in the log but the notices, which the morning reads out."""
    found = [one for one in log.open_entries(store, day) if one.kind.value != "notice"]
    return [
        Point(f"entry:{one.id}", Sort.ENTRY,
              "  ".join(filter(None, [_(SORT_WORDS[LogSort(one.kind.value)]), mask_in(one.text), one.owner])), one.id,
              one.day < day)
        for one in found
    ]  # fmt: skip


def _overdue(owed: Mapping[int | None, list[Due]], names: Mapping[int, str]) -> list[Point]:
    """By consultant how many follow-ups are overdue, and for how long the oldest."""
    made = []
    for who, some in owed.items():
        late = [due.late for due in some if due.late > 0 and not due.done]
        if late:
            told = _("{name}: {count} overdue, the oldest for {days} days")
            words = told.format(name=names.get(who or 0, _("nobody's")), count=len(late), days=max(late))
            made.append((len(late), Point(f"follow_up:{who or 0}", Sort.FOLLOW_UP, words, who or 0, True)))
    return [point for _count, point in sorted(made, key=lambda one: -one[0])]


def _no_visit_owed(store: Store, day: date) -> str:
    return _("every visit is complete") if visits.on_day(store, day) else _("no visit was entered today")


def _incomplete(store: Store, day: date, names: Mapping[int, str]) -> list[Point]:
    made = []
    for one in visits.incomplete(store, day):
        at = one.came_at[11:16] if one.day == day else f"{clock.short_day(one.day)} {one.came_at[11:16]}"
        who = names.get(one.advisor_id or 0) or _("nobody")
        made.append(Point(f"visit:{one.id}", Sort.VISIT, f"{at}  {who}", one.id, one.day < day))
    return made


def _tomorrow(store: Store, day: date, names: Mapping[int, str]) -> list[Point]:
    """Tomorrow's hand-overs with the papers that are missing."""
    tomorrow = day + timedelta(days=1)
    due = [one for one in orders.open_orders(store) if rules.day_of(one.handover_at) == tomorrow]
    found = cars.some(store, [one.car_id for one in due if one.car_id])
    made = []
    for one in due:
        time = "" if one.handover_at.endswith("T00:00") else one.handover_at[11:16]
        missing = missing_words(one)
        parts = [
            time,
            car_words(one, found),
            one.customer,
            names.get(one.advisor_id or 0, ""),
            missing or _("papers complete"),
        ]
        made.append(Point(f"order:{one.id}", Sort.ORDER, " ".join(filter(None, parts)), one.id, bool(missing)))
    return made


def _actions(store: Store, made_here: list[int]) -> list[Point]:
    """The tasks made at this meeting; one that was dropped since is left out."""
    found = {task.id: task for task in tasks.open_all(store)}
    found |= {task.id: task for task in tasks.done_on(store, store.today())}
    return [
        Point(f"{ACTION}{ident}", Sort.ACTION, task_words(found[ident]), ident, done=found[ident].done)
        for ident in made_here if ident in found
    ]  # fmt: skip
