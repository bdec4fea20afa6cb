"""The log's own entries: the first action is the first response, a complaint ends with a result, a grumble need not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import clock
from floorlead.cars import queries as cars
from floorlead.furniture import queries as furniture_queries
from floorlead.log import lists, moves, queries, rules
from floorlead.log.records import Clocks, StepKind
from floorlead.record import replace
from floorlead.report import events
from floorlead.store import Refused
from floorlead.store.undo import redo, undo
from floorlead.tasks import queries as task_queries
from tests.conftest import at, person, tell
from tests.log.hall import again, entry, staff


@pytest.fixture
def hall(store):
    staff(store)
    at(store, "13:58")
    return store


def complaint(store, **more):
    return entry(store, "complaint", "售后久等", customer="郑先生", phone="139 1111 2280", **more)


def test_the_first_action_is_the_first_response_and_stops_its_clock(hall):
    one = complaint(hall)
    at(hall, "14:06")
    moves.act(hall, one, "组长接手")
    at(hall, "14:30")
    moves.act(hall, again(hall, one), "售后经理到场")
    kept = again(hall, one)
    steps = queries.steps(hall, [one.id])[one.id]

    assert kept.responded_at.endswith("14:06:00")
    assert [(step.kind, step.text) for step in steps] == [
        (StepKind.RESPONSE, "组长接手"), (StepKind.ACTION, "售后经理到场"),
    ]  # fmt: skip
    assert rules.watch(kept, hall.clock.stamp(), lists.lists(hall).clocks).response == 8


def test_the_manager_was_told_with_time_and_name_and_the_same_key_takes_it_back(hall):
    one = complaint(hall)
    at(hall, "14:05")
    moves.escalate(hall, one)
    assert (again(hall, one).escalated_to, again(hall, one).escalated_at[11:16]) == ("周经理", "14:05")
    moves.escalate(hall, again(hall, one))
    assert again(hall, one).escalated_at == ""
    assert queries.steps(hall, [one.id])[one.id] == []


def test_a_complaint_needs_a_result_a_grumble_may_go_without(hall):
    one, grumble = complaint(hall), complaint(hall, level="grumble")
    with pytest.raises(Refused, match="ends with a result"):
        moves.close(hall, one, "  ")
    moves.close(hall, grumble, "")
    moves.close(hall, one, "已解决", True)
    assert (again(hall, one).result, again(hall, one).satisfied, again(hall, one).open) == ("已解决", True, False)
    assert not again(hall, grumble).open


def test_closing_opening_and_everything_else_is_taken_back_one_by_one(hall):
    one = complaint(hall)
    before = [again(hall, one)]
    for act in (
        lambda e: moves.act(hall, e, "组长接手"), lambda e: moves.escalate(hall, e), lambda e: moves.close(hall, e, "好了"),
        lambda e: moves.reopen(hall, e),
    ):  # fmt: skip
        act(again(hall, one))
        before.append(again(hall, one))
    for stood in reversed(before[:-1]):
        undo(hall)
        assert again(hall, one) == stood
    undo(hall)
    assert queries.of(hall, one.id) is None
    assert queries.steps(hall, [one.id])[one.id] == []
    for _n in before:
        redo(hall)
    assert again(hall, one) == before[-1]


def test_what_is_open_goes_along_to_tomorrow_by_itself(hall):
    one, day = complaint(hall), hall.today()
    done = complaint(hall)
    moves.close(hall, done, "好了")
    at(hall, "08:20", (day + timedelta(days=1)).isoformat())
    assert [e.id for e in queries.open_entries(hall, hall.today())] == [one.id]
    assert rules.is_late(again(hall, one), hall.clock.now(), hall.today(), Clocks())
    assert [e.id for e in queries.open_entries(hall, day)] == [one.id]


def test_yesterdays_evening_is_told_as_it_stood_then(hall):
    """What was closed this morning was still open in yesterday's evening."""
    one, day = complaint(hall), hall.today()
    at(hall, "08:20", (day + timedelta(days=1)).isoformat())
    moves.close(hall, again(hall, one), "好了")
    assert [e.id for e in queries.open_entries(hall, day)] == [one.id]
    assert queries.open_entries(hall, hall.today()) == []


def test_a_phone_is_kept_as_digits_and_half_a_one_is_refused(hall):
    assert complaint(hall).phone == "13911112280"
    with pytest.raises(Refused, match="digits"):
        entry(hall, "complaint", "吵", phone="139")


def test_a_card_number_never_gets_into_the_log(hall):
    """11010519491231002X is an identity card's number with its right check sign."""
    with pytest.raises(Refused) as refused:
        entry(hall, "incident", "客户证件 11010519491231002X 丢了")
    assert refused.value.code == "E401"


def test_two_terminals_do_not_overwrite_each_other(hall):
    one = complaint(hall)
    moves.act(hall, one, "组长接手")
    with pytest.raises(Refused, match="another terminal"):
        moves.act(hall, one, "售后经理到场")
    with pytest.raises(Refused, match="another terminal"):
        moves.close(hall, one, "好了")


# -- notices


def test_a_notice_closes_when_the_last_one_has_read_it(hall):
    one = entry(hall, "notice", "12 月起限时补贴")
    readers = queries.readers(hall, one)
    assert [p.name for p in readers] == ["李娜", "杨帆", "王芳", "刘洋", "吴敏", "马可欣"]
    moves.acknowledge(hall, one, readers[:-1])
    assert [p.name for p in queries.unacknowledged(hall, again(hall, one))] == ["马可欣"]
    moves.acknowledge(hall, again(hall, one), [person(hall, "马可欣")])
    assert not again(hall, one).open
    undo(hall)
    assert again(hall, one).open
    redo(hall)
    moves.unacknowledge(hall, again(hall, one), person(hall, "李娜"))
    assert again(hall, one).open
    with pytest.raises(Refused, match="already"):
        moves.acknowledge(hall, again(hall, one), [person(hall, "杨帆")])


# -- rules


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_the_clock_counts_whole_minutes_and_stands_still_when_closed(responded, lasted):
    """Whatever the minutes: response within the time it was open, limits at their very minute not over."""
    from datetime import datetime

    start = datetime.fromisoformat("2026-11-24T09:00:00")
    stamp = {n: (start + timedelta(minutes=n)).isoformat() for n in (0, responded, lasted)}
    one = _entry(stamp[0], stamp[responded], stamp[lasted])
    seen = rules.watch(one, "2027-01-01T00:00:00", Clocks())
    assert (seen.response, seen.open_for) == (responded, lasted)
    assert seen.slow == (responded > 30)
    assert seen.unacknowledged == (responded > 24 * 60)
    assert seen.uninvestigated == (lasted > 48 * 60)


def _entry(at_, responded, closed):
    from datetime import date

    from floorlead.log.records import Entry, Kind

    day = date(2026, 11, 24)
    return Entry(1, day, at_, "", Kind.COMPLAINT, "x", "normal", None, "", "", "", "", None, None, None, None, "", "",
                 responded, "", closed, day, None, None)  # fmt: skip


def test_due_at_its_minute_is_not_over_yet():
    now = clock.stopped("2026-11-24T16:00:30").now()
    day = now.date()
    assert not rules.overdue("2026-11-24T16:00", now, day)
    assert rules.overdue("2026-11-24T15:59", now, day)
    assert not rules.overdue("2026-11-24", now, day)
    assert rules.overdue("2026-11-23", now, day)
    assert not rules.overdue("", now, day)


def test_a_showrooms_own_log_file_wins_and_a_broken_one_is_told_of(hall):
    from floorlead import shelf

    folder = hall.path.with_suffix("")
    folder.mkdir(exist_ok=True)
    text = shelf.find("log.toml").read_text(encoding="utf-8")
    (folder / "log.toml").write_text(text.replace("respond_minutes = 30", "respond_minutes = 10"), encoding="utf-8")
    assert lists.lists(hall).clocks.respond_minutes == 10
    (folder / "log.toml").write_text(text + "\nbroken", encoding="utf-8")
    assert lists.lists(hall).clocks.respond_minutes == 30
    assert any("log.toml" in told for told in hall.notices)


# -- a policy and the price boards


def boards(store):
    """Two display cars of a model that 李娜 and nobody keep, one of another model, each on its spot."""
    for spot in ("D01", "D02", "D04"):
        furniture_queries.save(store, replace(furniture_queries.blank(), spot=spot, label=spot))
    for line in ("stock QY 白 4114 34 D01", "stock QY 红 4115 3 D04", "stock YL 白 4116 3 D02"):
        tell(store, line.split())
    first = next(one for one in furniture_queries.standing(store) if one.spot == "D01")
    furniture_queries.save(store, replace(first, keeper_id=person(store, "李娜").id), first)
    return next(one.id for one in cars.models(store) if one.code == "QY")


def test_a_policy_that_names_a_model_has_its_price_boards_checked_again(hall):
    """The maker lowers 青屿 from 1 December on: each keeper has a task for that day, the board nobody keeps is the
    leader's; one Ctrl+Z takes the notice and the tasks back."""
    model = boards(hall)
    one = entry(hall, "notice", "限时补贴", model_id=model, effective_on=date(2026, 12, 1))
    found = [(task.owner, task.due, task.text.rsplit(" ", 1)[1]) for task in task_queries.open_all(hall)]
    assert found == [("李娜", date(2026, 12, 1), "D01"), ("林晓峰", date(2026, 12, 1), "D04")]
    assert hall.last[1]["boards"] == "D01 D04"
    undo(hall)
    assert task_queries.open_all(hall) == [] and queries.of(hall, one.id) is None


def test_a_policy_of_today_is_checked_today_and_one_for_all_models_asks_nothing(hall):
    """What counts already is on the floor now; a policy without a model touches no single board."""
    model = boards(hall)
    one = entry(hall, "notice", "全系贴息")
    assert task_queries.open_all(hall) == []
    moves.change(hall, one, replace(one, model_id=model))
    assert {task.due for task in task_queries.open_all(hall)} == {hall.today()}
    moves.change(hall, again(hall, one), replace(again(hall, one), text="全系贴息 2%"))
    assert len(task_queries.open_all(hall)) == 2


# -- times in the wrong order, the evening of a past day


def test_what_is_written_after_the_end_is_no_first_response(hall):
    """Closed at once without an action, the customer called back an hour later: the response is not after the end."""
    one = entry(hall, "incident", "灯不亮")
    moves.close(hall, one, "已换")
    at(hall, "15:30")
    moves.act(hall, again(hall, one), "回访")
    assert again(hall, one).responded_at == ""
    steps = queries.steps(hall, [one.id])[one.id]
    assert [step.kind.value for step in steps] == ["closed", "action"]


def test_mondays_evening_does_not_know_of_tuesdays_late_answer(hall):
    """A complaint of 14:00 answered and closed 50 hours later was not late in its own evening."""
    one = complaint(hall, due="2026-11-30")
    day = hall.today()
    at(hall, "16:30", "2026-11-26")
    moves.act(hall, one, "回电")
    moves.close(hall, again(hall, one), "已解决")
    assert [fact["late"] for fact in events.read_events(hall, day)["entries"]] == [False]
    assert [fact["late"] for fact in events.read_events(hall, date(2026, 11, 26))["entries"]] == [True]
