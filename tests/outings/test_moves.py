"""Outings: who is in the pool, who goes, who steps up at the desk, when the papers are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.duty import queries as duty
from floorlead.duty import rules as duty_rules
from floorlead.outings import moves, queries, rules
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.store import Refused, undo
from tests.conftest import at, person
from tests.leave.showroom import FRI, SLOTS, TEAM, THU, WED, at_desk, granted, leave_of, plan, staffed


def entered(store, first=WED, last=None, **more):
    """An outing that was entered, as it is now."""
    one = replace(moves.blank(store, first), last=last or first, review_due=rules.review_due(last or first), **more)
    found = queries.of(store, moves.save(store, one))
    assert found
    return found


def goes(store, outing, day):
    """The names of who goes on a day."""
    names = {one.id: one.name for one in people.everybody(store)}
    return [names[who] for who in queries.going(store, outing.id).get(day, ())]


def free(store, outing, day):
    return [one.person.name for one in queries.pool(store, outing, day) if one.free]


# -- the pool


def test_the_pool_of_a_half_day(store):
    """At work that half day, not on the desk as holder or substitute, not on leave, no hand-over: 15:00 marketing asks for
    two people for leaflets."""
    staffed(store, WED)
    plan(store, WED, "吴敏", "-")
    granted(store, "周强", "P", WED, half="pm")
    morning, afternoon = entered(store, half="am"), entered(store, half="pm")

    assert free(store, morning, WED) == ["刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周强"]
    assert free(store, afternoon, WED) == ["张伟", "杨帆", "赵磊", "黄丽"]
    why = {one.person.name: one.busy for one in queries.pool(store, afternoon, WED)}
    assert why["周强"] == "personal leave" and why["吴敏"] == "off" and why["王芳"] == "substitute 11-13"
    assert why["刘洋"] == "substitute 13-15"


def test_whoever_went_least_goes_first(store):
    """杨帆 and 赵磊 went last week; two are wanted: the others go."""
    last_week = [WED - timedelta(days=n) for n in (7, 6)]
    staffed(store, WED)
    at(store, "09:00", "2026-11-17")
    for day in last_week:
        for name in ("杨帆", "赵磊"):
            moves.send(store, person(store, name), day)
    at(store, "08:41")
    outing = entered(store, wanted=2)
    pool = queries.pool(store, outing, WED)

    assert {one.person.name: one.sent for one in pool if one.sent} == {"杨帆": 2, "赵磊": 2}
    assert [one.person.name for one in rules.next_to_go(pool, 2)] == ["黄丽", "周强"]


# -- sending and calling back


def test_sent_people_are_off_the_rota(store):
    """Their cell is an outing, they are out in the attendance, nobody proposes them for the desk."""
    today = store.today()
    staffed(store, today)
    outing = entered(store, today)
    moves.assign(store, outing, today, [person(store, "黄丽")])

    assert duty.cells(store, today, today)[person(store, "黄丽").id, today].code == "O"
    state = next(one.state for one in people.day(store, today) if one.person.name == "黄丽")
    assert state is State.OUTING


def test_a_holder_goes_and_the_named_substitute_steps_up(store):
    """李娜 goes out: 王芳 takes 11-13, and 李娜's place as substitute is filled; called back she has both again."""
    staffed(store, WED)
    before = [at_desk(store, WED, slot) for slot in SLOTS]
    moves.send(store, person(store, "李娜"), WED)
    assert at_desk(store, WED, SLOTS[1])[0] == "王芳" and "李娜" not in at_desk(store, WED, SLOTS[0])
    assert store.last and store.last[1]["desk"]["zh"] == "; 前台 11-13 王芳"

    moves.recall(store, person(store, "李娜"), WED)
    assert [at_desk(store, WED, slot) for slot in SLOTS] == before
    assert queries.on(store, WED) == []


def test_called_back_after_the_slot_was_changed(store):
    """Meanwhile 11-13 went to 吴敏: it stays hers."""
    from floorlead.duty import moves as desk

    staffed(store, WED)
    moves.send(store, person(store, "李娜"), WED)
    desk.assign(store, WED, SLOTS[1], person(store, "吴敏").id, None)
    moves.recall(store, person(store, "李娜"), WED)

    assert at_desk(store, WED, SLOTS[1]) == ("吴敏", "") and at_desk(store, WED, SLOTS[0])[1] == "李娜"


def test_one_key_joins_the_day_s_outing_that_still_wants_people(store):
    """Of two outings the one not full is joined; without any a one-day outing of the first kind is made, without papers."""
    staffed(store, WED, THU)
    full, open_ = entered(store, wanted=0), entered(store, wanted=1, place="宝山")
    moves.send(store, person(store, "黄丽"), WED)
    assert goes(store, open_, WED) == ["黄丽"] and goes(store, full, WED) == []

    moves.send(store, person(store, "黄丽"), THU)
    made = queries.on(store, THU)
    assert [(one.kind, one.wanted, one.plan_due) for one in made] == [("发单片", 1, None)]
    undo.undo(store)
    assert queries.on(store, THU) == []


def test_who_is_away_cannot_go(store):
    """On leave, resting, or out already: one sentence, nothing changes."""
    staffed(store, WED)
    granted(store, "周强", "P", WED)
    plan(store, WED, "吴敏", "-")
    moves.send(store, person(store, "黄丽"), WED)
    for name, why in (("周强", "personal leave"), ("吴敏", "off"), ("黄丽", "outing")):
        with pytest.raises(Refused, match=why) as refused:
            moves.send(store, person(store, name), WED)
        assert refused.value.code == "E242"


def test_nobody_can_step_up(store):
    """The last one able to hold 9-11 is not sent."""
    staffed(store, WED, team=TEAM[:5])
    for name in TEAM[1:5]:
        plan(store, WED, name, "L")

    with pytest.raises(Refused, match="nobody can step up") as refused:
        moves.send(store, person(store, "张伟"), WED)
    assert refused.value.code == "E243" and queries.on(store, WED) == []


def test_a_sealed_day_keeps_who_went(store):
    """Outings of a sealed day cannot change.

    lead 王
    """
    from floorlead.report import sealing

    today = store.today()
    staffed(store, today)
    outing = entered(store, today)
    moves.assign(store, outing, today, [person(store, "黄丽")])
    sealing.seal(store, today)

    with pytest.raises(Refused):
        moves.unassign(store, outing, today, person(store, "黄丽"))
    assert goes(store, outing, today) == ["黄丽"]


# -- outings themselves


def test_a_roadshow_takes_people_off_the_rota_for_days(store):
    """Three days, the same two people on each who can; the day 杨帆 is on leave she stays away."""
    staffed(store, WED, THU, FRI)
    granted(store, "杨帆", "P", FRI)
    outing = entered(store, WED, FRI, place="宝山", kind="巡展", wanted=2)
    two = [person(store, "杨帆"), person(store, "赵磊")]
    moves.assign(store, outing, WED, two)
    moves.assign_days(store, outing, [THU, FRI], two)

    assert [goes(store, outing, day) for day in (WED, THU, FRI)] == [["杨帆", "赵磊"], ["杨帆", "赵磊"], ["赵磊"]]


def test_called_off_everybody_stays_and_has_the_desk_again(store):
    """Rain: called off, 李娜 has 11-13 again; it may take place after all."""
    staffed(store, WED)
    outing = entered(store)
    moves.assign(store, outing, WED, [person(store, "李娜"), person(store, "黄丽")])
    now = queries.of(store, outing.id)
    assert now
    moves.call_off(store, now)

    assert goes(store, outing, WED) == [] and at_desk(store, WED, SLOTS[1]) == ("李娜", "王芳")
    off = queries.of(store, outing.id)
    assert off and off.cancelled_at
    moves.call_off(store, off)
    assert queries.on(store, WED)[0].id == outing.id


def test_shortened_who_was_to_go_later_stays(store):
    """Two days become one: the second day's people stay here."""
    staffed(store, WED, THU)
    outing = entered(store, WED, THU)
    for day in (WED, THU):
        moves.assign(store, outing, day, [person(store, "李娜")])
    now = queries.of(store, outing.id)
    assert now
    moves.save(store, replace(now, last=WED), now)

    assert queries.going(store, outing.id).keys() == {WED}
    assert at_desk(store, THU, SLOTS[1]) == ("李娜", "王芳") and at_desk(store, WED, SLOTS[1])[0] == "王芳"


def test_papers_are_ticked_and_due(store):
    """The plan by the 15th of the month before, the review within five days after the end; overdue until handed in."""
    outing = entered(store, date(2026, 12, 20), date(2026, 12, 23))
    assert (outing.plan_due, outing.review_due) == (date(2026, 11, 24), date(2026, 12, 28))
    assert [one.id for one in queries.due_by(store, date(2026, 11, 24))] == [outing.id]
    moves.tick(store, outing, "plan")
    assert queries.due_by(store, date(2026, 12, 27)) == []
    now = queries.of(store, outing.id)
    assert now and now.planned_on == date(2026, 11, 24) and rules.review_late(now, date(2026, 12, 29))
    assert [one.id for one in queries.coming(store, date(2026, 12, 29))] == [outing.id]
    moves.tick(store, now, "review")
    assert queries.coming(store, date(2026, 12, 29)) == [] and len(queries.past(store, date(2026, 12, 29))) == 1


def test_each_town_once(store):
    """The second roadshow to 宝山 is warned of; leafleting there again is not."""
    entered(store, date(2026, 10, 12), date(2026, 10, 15), place="宝山")
    again = entered(store, date(2026, 12, 1), date(2026, 12, 4), place=" 宝山")
    leaflets = entered(store, date(2026, 12, 1), place="宝山")

    before = queries.seen_before(store, again)
    assert before and before.first == date(2026, 10, 12)
    assert queries.seen_before(store, leaflets) is None


def test_days_and_numbers_are_checked(store):
    """The wrong way round, too long, too many: each a sentence."""
    one = moves.blank(store, WED)
    for wrong, code in (
        (replace(one, last=WED - timedelta(days=1)), "E240"), (replace(one, last=WED + timedelta(days=99)), "E240"),
        (replace(one, wanted=200), "E241"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            moves.save(store, wrong)
        assert refused.value.code == code


def test_changed_elsewhere(store):
    """Two terminals edit the same outing: the second is told."""
    one = entered(store)
    moves.save(store, replace(one, place="宝山"), one)
    with pytest.raises(Refused) as refused:
        moves.call_off(store, one)
    assert refused.value.code == "E244"


def test_leave_given_to_somebody_who_was_to_go(store):
    """Leave lies over an outing: the cell shows leave, and after withdrawing the outing again."""
    from floorlead.leave import moves as leave

    staffed(store, WED)
    moves.send(store, person(store, "黄丽"), WED)
    ident = granted(store, "黄丽", "P", WED)
    key = person(store, "黄丽").id, WED
    assert duty.cells(store, WED, WED)[key].code == "P"
    leave.withdraw(store, leave_of(store, ident))
    assert duty.cells(store, WED, WED)[key].code == "O"


def test_called_off_after_one_sent_stepped_up_for_another(store):
    """李娜 goes, 王芳 steps up and goes too, a third holds 11-13: called off, 李娜 has it again."""
    staffed(store, WED)
    before = [at_desk(store, WED, slot) for slot in SLOTS]
    outing = entered(store)
    for name in ("李娜", "王芳"):
        moves.assign(store, outing, WED, [person(store, name)])
    moves.call_off(store, outing)

    assert [at_desk(store, WED, slot) for slot in SLOTS] == before


def test_called_off_on_its_way_keeps_the_days_that_took_place(store):
    """A roadshow from Tuesday to Friday, called off on Thursday morning: Tuesday and Wednesday stay in the books, also
    when Wednesday's report is sealed; over, it cannot be called off.

    lead 王
    """
    from floorlead.report import sealing

    today = store.today()
    staffed(store, today, WED, THU, FRI)
    outing = entered(store, today, FRI, place="宝山")
    moves.assign_days(store, outing, [today, WED, THU, FRI], [person(store, "黄丽")])
    at(store, "19:40", WED.isoformat())
    sealing.seal(store, WED)
    moves.call_off(store, outing)
    now = queries.of(store, outing.id)

    assert now and (now.last, now.cancelled_at, now.review_due) == (WED, "", rules.review_due(WED))
    assert list(queries.going(store, outing.id)) == [today, WED]
    with pytest.raises(Refused) as refused:
        moves.call_off(store, now)
    assert refused.value.code == "E247"


def test_the_half_does_not_change_while_people_are_sent(store):
    """A morning becomes a whole day: whoever was sent may hold the desk in the afternoon, so they are called back first."""
    staffed(store, WED)
    outing = entered(store, half="am")
    moves.assign(store, outing, WED, [person(store, "黄丽")])
    with pytest.raises(Refused) as refused:
        moves.save(store, replace(outing, half=""), outing)
    assert refused.value.code == "E246"
    moves.unassign(store, outing, WED, person(store, "黄丽"))
    moves.save(store, replace(outing, half=""), outing)


def test_sent_out_in_the_middle_of_a_slot(store):
    """李娜 signed in and holds 11-13; sent out at 11:20, 王芳 has it from then on; called back at 11:40 she has the rest."""
    today = store.today()
    staffed(store, today)
    people.say(store, today, person(store, "李娜"), State.PRESENT)
    at(store, "11:20")
    moves.send(store, person(store, "李娜"), today)
    names = {one.id: one.name for one in people.everybody(store)}

    def holds(minute):
        return names[duty_rules.holders_at(duty.reception(store, today), minute)[SLOTS[1]]]

    assert duty.reception(store, today).staff[person(store, "李娜").id].away_at(690)
    assert [holds(m) for m in (679, 680, 779)] == ["李娜", "王芳", "王芳"]
    at(store, "11:40")
    moves.recall(store, person(store, "李娜"), today)
    assert [holds(m) for m in (679, 680, 699, 700)] == ["李娜", "王芳", "王芳", "李娜"]
