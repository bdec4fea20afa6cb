"""Setting targets: each one action that can be undone, refused in one sentence where it cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store import undo as undoing
from floorlead.targets import moves, queries
from floorlead.tasks import queries as tasks
from tests.conftest import person
from tests.targets import floor

MONTH = "2026-11"


def test_set_and_undone(store):
    """A target is set, changed, taken away; one Ctrl+Z takes back one of them."""
    moves.set_targets(store, MONTH, {"orders": 60, "visits": 400})
    moves.set_target(store, MONTH, "orders", 61)
    moves.set_target(store, MONTH, "visits", None)
    undoing.undo(store)

    assert queries.targets(store, MONTH) == {"orders": 61, "visits": 400}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda store: moves.set_target(store, MONTH, "profit", 5), "E370"),
        (lambda store: moves.set_target(store, MONTH, "orders", 100_000), "E371"),
        (lambda store: moves.copy_last(store, MONTH), "E372"),
        (lambda store: moves.set_share(store, MONTH, person(store, "张伟"), 11), "E373"),
        (lambda store: moves.set_weight(store, date(2026, 11, 1), -1), "E374"),
        (lambda store: moves.predict(store, date(2026, 11, 24), person(store, "张伟"), {"visits": 1}), "E375"),
        (lambda store: moves.give_cause(store, ["orders"], " "), "E376"),
        (lambda store: moves.give_cause(store, ["orders"], "few visitors", "请老客户"), "E377"),
    ],
)
def test_refused(store, act, code):
    """What cannot be is refused with its reason, and nothing is written."""
    floor.staff(store, "张伟")
    with pytest.raises(Refused) as refused:
        act(store)

    assert refused.value.code == code
    assert queries.targets(store, MONTH) == {}
    assert queries.causes(store, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_as_last_month(store):
    """October's targets and shares are taken over where November has none; who has left takes no share along."""
    floor.staff(store, "张伟", "李娜")
    moves.set_targets(store, "2026-10", {"orders": 55, "visits": 380})
    moves.set_share(store, "2026-10", person(store, "李娜"), 0.5)
    moves.set_target(store, MONTH, "orders", 60)
    moves.copy_last(store, MONTH)

    assert queries.targets(store, MONTH) == {"orders": 60, "visits": 380}
    assert [(one.share, one.set) for one in queries.shares(store, MONTH)] == [(1.0, False), (0.5, True)]
    with pytest.raises(Refused):
        moves.copy_last(store, MONTH)


def test_a_weight_of_ones_own(store):
    """A motor show on the 11th: the day weighs 4; taken back it weighs as its kind again."""
    moves.set_weight(store, date(2026, 11, 11), 4)
    assert queries.days(store, MONTH)[10].weight == 4
    moves.set_weight(store, date(2026, 11, 11), None)
    assert queries.days(store, MONTH)[10].weight == 1


def test_a_cause_with_an_action_is_a_task(store):
    """Behind for weeks: the cause and an action with owner and day in one stroke; the task stands in tomorrow's list."""
    floor.november(store)
    due = queries.pace(store, store.today()).causes_due
    task = moves.give_cause(store, due, "few visitors", "周末请老客户试驾", "李娜", date(2026, 11, 25))

    assert due and queries.pace(store, store.today()).causes_due == []
    assert [(one.id, one.owner) for one in tasks.open_until(store, date(2026, 11, 25))] == [(task, "李娜")]
    undoing.undo(store)
    assert queries.pace(store, store.today()).causes_due == due
    assert tasks.open_all(store) == []


def test_predicted_and_taken_back(store):
    """2 orders and 1 delivery predicted; the orders are taken back."""
    floor.staff(store, "张伟")
    who, day = person(store, "张伟"), store.today()
    moves.predict(store, day, who, {"orders": 2, "deliveries": 1})
    moves.predict(store, day, who, {"orders": None})

    assert queries.forecasts(store, day) == {(who.id, "deliveries"): 1}


def test_a_target_changed_in_the_middle_of_the_month(store):
    """From 30 orders to 45 on the 24th: what is left is split anew, today first; the parts are the new target exactly."""
    floor.november(store)
    day = date(2026, 11, 24)
    before = queries.pace(store, day).figures["orders"]
    moves.set_target(store, "2026-11", "orders", 45)
    after, month = queries.pace(store, day).figures["orders"], queries.month(store, "2026-11")
    left = sum(one.planned["orders"] for one in month.days if one.day.day >= day)

    assert (before.asked, after.asked) == (18, 33)
    assert left == 33
    assert sum(part["orders"] for part in month.people.values()) == 45
    asked = queries.by_person(store, day)
    assert sum(part["orders"] for part in asked.values()) == after.today_target


def test_who_joins_and_who_leaves_share_by_their_days(store):
    """王芳 joins on the 16th, 李娜 leaves on the 20th: parts by their days, together the target; who left is not asked."""
    floor.november(store)
    people.save(store, replace(person(store, "王芳"), joined=date(2026, 11, 16)))
    people.save(store, replace(person(store, "李娜"), left_on=date(2026, 11, 20)))
    month, asked = queries.month(store, "2026-11"), queries.by_person(store, date(2026, 11, 24))

    assert all(sum(part[name] for part in month.people.values()) == amount for name, amount in month.targets.items())
    assert set(asked) == {person(store, "张伟").id, person(store, "王芳").id}
    for name, one in queries.pace(store, date(2026, 11, 24)).figures.items():
        assert sum(part[name] for part in asked.values()) == one.today_target
