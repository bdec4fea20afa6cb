"""Leave as the leader decides it: the desk is covered before it is granted, and given back when it is withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.duty import lists
from floorlead.duty import moves as duty
from floorlead.duty import queries as duty_queries
from floorlead.duty import rules as duty_rules
from floorlead.leave import moves, notes, queries
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.rota import moves as rota_moves
from floorlead.rota import queries as rota_queries
from floorlead.store import Refused, open_store, undo
from tests.conftest import at, person
from tests.leave.showroom import (
    FRI,
    MON,
    SAT,
    SLOTS,
    SUN,
    TEAM,
    THU,
    WED,
    at_desk,
    balance,
    closed,
    granted,
    leave_of,
    plan,
    staffed,
)  # fmt: skip
from tests.meanwhile import meanwhile


def test_the_named_substitute_steps_up_and_is_followed(store):
    """李娜 holds 11-13 and stands in at 9-11; with her leave the plan's substitute steps up and both places are filled
    again, in one action."""
    staffed(store, WED)
    before = store.writes
    ident = granted(store, "李娜", "P", WED)

    assert store.writes == before + 1
    holder, substitute = at_desk(store, WED, SLOTS[1])
    assert holder == "王芳" and substitute not in ("", "李娜", "王芳")
    holder, substitute = at_desk(store, WED, SLOTS[0])
    assert holder == "张伟" and substitute not in ("", "李娜", "张伟")
    assert leave_of(store, ident).state == "granted"
    assert store.last and store.last[0] == "{name} {days} {what} granted{desk}"

    undo.undo(store)
    assert at_desk(store, WED, SLOTS[1]) == ("李娜", "王芳") and duty_queries.leaves(store, WED, WED) == []


def test_what_is_shown_before_granting(store):
    """The slots that fall open, who may step up, how many stay, and the own hand-over at three."""
    staffed(store, WED)
    review = queries.review(store, moves.blank(store, person(store, "李娜").id, "P", WED))

    assert [(one.slot.code, one.holds) for one in review.stand_ins] == [(SLOTS[0], False), (SLOTS[1], True)]
    assert person(store, "王芳").id == review.stand_ins[1].choices[0]
    assert person(store, "李娜").id not in review.stand_ins[1].choices
    worst = notes.worst(review)
    assert worst and (worst.before, worst.after, worst.wanted) == (10, 9, 7)


def test_another_one_steps_up_when_chosen(store):
    """The leader picks 吴敏 instead of the named substitute, who stays substitute."""
    staffed(store, WED)
    who = person(store, "吴敏").id
    moves.grant(store, moves.blank(store, person(store, "李娜").id, "P", WED), {(WED, SLOTS[1]): who})

    assert at_desk(store, WED, SLOTS[1]) == ("吴敏", "王芳")


def test_nobody_is_proposed_who_is_away_or_on_another_post_or_a_trainee(store):
    """The best free one is at work, no trainee, no leader, and holds nothing at that time."""
    staffed(store, WED)
    people.save(store, replace(people.blank(), name="小白", trainee=True))
    plan(store, WED, "小白", "E")
    plan(store, WED, "吴敏", "-")
    granted(store, "周强", "S", WED)
    choices = queries.review(store, moves.blank(store, person(store, "李娜").id, "P", WED)).stand_ins[1].choices
    names = {one.id: one.name for one in people.everybody(store)}

    assert [names[who] for who in choices if names[who] in ("小白", "吴敏", "周强", "李娜")] == []


# -- halves and overlaps


def test_half_a_day_and_half_a_day_of_another_kind(store):
    """Personal leave in the morning and sick leave in the afternoon of the same day are two leaves."""
    staffed(store, WED)
    granted(store, "黄丽", "P", WED, half="am")
    granted(store, "黄丽", "S", WED, half="pm")

    assert [(one.kind, one.half) for one in duty_queries.leaves(store, WED, WED)] == [("P", "am"), ("S", "pm")]
    assert balance(store, "黄丽", "P") == (0.5, None) and balance(store, "黄丽", "S") == (0.5, None)
    assert queries.absence_days(store, person(store, "黄丽"), WED, WED) == [WED]


@pytest.mark.parametrize("half", ["", "am"])
def test_two_requests_overlap(store, half):
    """The second over the same half is refused, and the first is named."""
    staffed(store, WED, THU)
    granted(store, "黄丽", "P", WED, half="am")

    with pytest.raises(Refused, match=r"Wed 25 Nov morning already \(granted\)") as refused:
        granted(store, "黄丽", "A", WED, half=half)
    assert refused.value.code == "E230"
    moves.ask(store, moves.blank(store, person(store, "黄丽").id, "A", THU))
    with pytest.raises(Refused, match=r"asked for"):
        granted(store, "黄丽", "S", THU)


def test_a_morning_leaves_the_afternoon_slots_alone(store):
    """Only slots that share a minute with the half fall open; 11-13 has a part of both halves."""
    staffed(store, WED)

    def open_slots(name, half):
        leave = moves.blank(store, person(store, name).id, "P", WED, half=half)
        return [one.slot.code for one in queries.review(store, leave).stand_ins if one.holds]

    assert open_slots("张伟", "am") == [SLOTS[0]] and open_slots("张伟", "pm") == []
    assert open_slots("李娜", "am") == [SLOTS[1]] and open_slots("李娜", "pm") == [SLOTS[1]]


# -- published, withdrawn


def test_after_the_rota_was_published_the_affected_days_are_told(store):
    """Approval after the rota was published: the slots are listed and the day is named to be printed again."""
    staffed(store, WED)
    with store.write("published") as db:
        db.execute("INSERT INTO publications(first_day, last_day, at, by, body) VALUES (?, ?, ?, '王', '{}')",
                   (WED.isoformat(), WED.isoformat(), store.clock.stamp()))  # fmt: skip
    review = queries.review(store, moves.blank(store, person(store, "李娜").id, "P", WED))
    told = [text for text, _style in notes.lines(review, queries.names(store))]

    assert review.published == [WED] and len(review.stand_ins) == 2
    assert "published already: Wed 25 Nov; print the rota again" in told


def test_withdrawn_after_a_substitute_was_arranged(store):
    """李娜 comes after all: both slots are as they were before."""
    staffed(store, WED)
    before = [at_desk(store, WED, slot) for slot in SLOTS]
    ident = granted(store, "李娜", "P", WED)
    back, stay = moves.withdraw(store, leave_of(store, ident))

    assert (len(back), stay) == (2, [])
    assert [at_desk(store, WED, slot) for slot in SLOTS] == before
    assert leave_of(store, ident).state == "withdrawn"


def test_a_slot_that_was_changed_since_stays_and_is_named(store):
    """Meanwhile the leader gave 11-13 to 吴敏: withdrawing leaves it to her and says so."""
    staffed(store, WED)
    ident = granted(store, "李娜", "P", WED)
    duty.assign(store, WED, SLOTS[1], person(store, "吴敏").id, None)
    back, stay = moves.withdraw(store, leave_of(store, ident))

    assert [one.slot for one in stay] == [SLOTS[1]] and [one.slot for one in back] == [SLOTS[0]]
    assert at_desk(store, WED, SLOTS[1]) == ("吴敏", "")
    assert store.last and store.last[1]["desk"]["zh"] == "; 前台 11-13 仍由吴敏"


def test_a_slot_that_has_begun_stays_with_whoever_has_it(store):
    """On the day itself at 11:20 the slot from 11 is being held: it does not change hands by a withdrawal."""
    staffed(store, WED)
    ident = granted(store, "李娜", "P", WED)
    at(store, "11:20", WED.isoformat())
    _back, stay = moves.withdraw(store, leave_of(store, ident))

    assert {one.slot for one in stay} == {SLOTS[0], SLOTS[1]}
    assert at_desk(store, WED, SLOTS[1])[0] == "王芳"


def test_the_other_half_still_away_keeps_the_slot(store):
    """Morning and afternoon leave both touch 11-13; withdrawing the morning gives nothing back while the afternoon
    stands."""
    staffed(store, WED)
    first = granted(store, "李娜", "P", WED, half="am")
    granted(store, "李娜", "S", WED, half="pm")
    _back, stay = moves.withdraw(store, leave_of(store, first))

    assert SLOTS[1] in [one.slot for one in stay]
    assert at_desk(store, WED, SLOTS[1])[0] == "王芳"


# -- late, closed, too few


def test_sick_leave_recorded_the_next_day(store):
    """Yesterday is sealed: the leave is kept all the same, the desk of yesterday as it was, and it counts as late.

    lead 王
    """
    staffed(store, store.today())
    yesterday = store.today()
    at(store, "18:30")
    from floorlead.report import sealing

    sealing.seal(store, yesterday)
    at(store, "08:20", "2026-11-25")
    desk = at_desk(store, yesterday, SLOTS[1])
    ident = granted(store, "李娜", "S", yesterday)

    assert leave_of(store, ident).decided_at == "2026-11-25T08:20:00"
    assert at_desk(store, yesterday, SLOTS[1]) == desk
    assert queries.review(store, leave_of(store, ident)).late
    assert balance(store, "李娜", "S") == (1.0, None)


def test_sick_today_begins_with_the_slots_that_are_not_over(store):
    """At 12:00 she calls in: 11-13 is handed over, 9-11 is past."""
    today = store.today()
    staffed(store, today)
    at(store, "12:00")
    review = queries.review(store, moves.blank(store, person(store, "李娜").id, "S", today))

    assert [one.slot.code for one in review.stand_ins] == [SLOTS[1]]


def test_days_closed_to_leave(store):
    """A motor show: personal leave is refused, said why; the leader may grant it all the same and it is logged; who is
    ill is away anyway."""
    staffed(store, WED, THU)
    closed(store, WED, FRI, "车展")

    with pytest.raises(Refused, match="车展") as refused:
        granted(store, "黄丽", "P", WED)
    assert refused.value.code == "E231"
    ident = granted(store, "黄丽", "P", WED, all_the_same=True)
    assert notes.read(leave_of(store, ident).note).broken == ("closed",)
    assert store.last and store.last[1]["broken"] == {"zh": "不批假的日子", "en": "days closed to leave"}
    assert leave_of(store, granted(store, "周强", "S", THU)).state == "granted"


def test_a_statutory_holiday_is_warned_of_not_refused(store):
    """Spring Festival is the showroom's busiest time: the box says so."""
    from floorlead.calendar import queries as calendar

    calendar.preload(store)
    at(store, "09:00", "2026-02-10")
    day = date(2026, 2, 18)
    staffed(store, day)
    review = queries.review(store, moves.blank(store, person(store, "黄丽").id, "P", day))

    assert review.holidays == ["Spring Festival"]
    assert ("holiday: Spring Festival, the showroom's busiest days", "warn") in notes.lines(
        review, queries.names(store)
    )


def test_too_few_stay(store):
    """Six are wanted from 9 to 17:30 and six are there: a seventh leave is refused unless all the same; sick leave not."""
    staffed(store, WED, team=TEAM[:6])

    with pytest.raises(Refused, match="only 5 stay"):
        granted(store, "杨帆", "P", WED)
    ident = granted(store, "杨帆", "P", WED, all_the_same=True)
    assert notes.read(leave_of(store, ident).note).broken == ("heads",)
    assert leave_of(store, granted(store, "陈静", "S", WED)).state == "granted"


def test_whoever_rests_then_leaves_nobody_short(store):
    """Leave over a rest day takes nobody away and costs nothing."""
    staffed(store, SAT, team=TEAM[:7])
    plan(store, SAT, "杨帆", "-")
    granted(store, "杨帆", "A", SAT)

    assert balance(store, "杨帆", "A") == (0.0, 5.0)


def test_nobody_can_hold_the_desk(store):
    """Only those on the late shift stay and cannot hold 9-11: refused; all the same it falls to the leader."""
    staffed(store, WED)
    with store.write("planned") as db:
        for name in TEAM[1:]:
            duty.put_cell(db, WED, person(store, name).id, "L")

    with pytest.raises(Refused, match="nobody can hold the desk 9-11"):
        granted(store, "张伟", "P", WED)
    granted(store, "张伟", "P", WED, all_the_same=True)
    assert at_desk(store, WED, SLOTS[0]) == ("", "")


def test_more_than_is_left_of_the_year(store):
    """Five days of annual leave: the sixth is refused, with ten entered for the person it is granted."""
    days = [WED + timedelta(days=n) for n in range(6)]
    staffed(store, *days)
    granted(store, "黄丽", "A", days[0], days[4], all_the_same=True)

    with pytest.raises(Refused, match="more than is left"):
        granted(store, "黄丽", "A", days[5])
    moves.allow(store, person(store, "黄丽"), 2026, "A", 10)
    granted(store, "黄丽", "A", days[5])
    assert balance(store, "黄丽", "A") == (6.0, 4.0)


# -- counting


def test_half_counts_half_in_the_balance_and_one_in_the_score(store):
    """The balance takes 0.5; the month's attendance score takes four points, as for a whole day."""
    from floorlead.leave import rules

    staffed(store, WED, THU)
    granted(store, "黄丽", "A", WED, half="pm")
    absent = queries.absence_days(store, person(store, "黄丽"), date(2026, 11, 1), date(2026, 11, 30))

    assert balance(store, "黄丽", "A") == (0.5, 4.5)
    assert absent == [WED] and rules.attendance_score(len(absent)) == 96


def test_business_leave_is_no_absence(store):
    """公出: at the plate office one is at work."""
    staffed(store, WED)
    granted(store, "黄丽", "B", WED)

    assert queries.absence_days(store, person(store, "黄丽"), WED, WED) == []


def test_the_month_and_the_year_are_split_where_they_end(store):
    """Leave from 30 November to 2 December: one day is November's; over New Year each year has its own share."""
    staffed(store, *(MON + timedelta(days=n) for n in range(3)))
    granted(store, "黄丽", "P", MON, MON + timedelta(days=2))
    who = person(store, "黄丽")

    assert queries.absence_days(store, who, date(2026, 11, 1), date(2026, 11, 30)) == [MON]
    assert len(queries.absence_days(store, who, date(2026, 12, 1), date(2026, 12, 31))) == 2
    granted(store, "周强", "A", date(2026, 12, 30), date(2027, 1, 2), all_the_same=True)
    assert balance(store, "周强", "A") == (2.0, 3.0) and balance(store, "周强", "A", 2027) == (2.0, 3.0)


def test_unplanned_days_count_but_the_weekly_rest_day(store):
    """Nothing is planned in December: a week of leave counts six days for who rests on Mondays."""
    people.save(store, replace(people.blank(), name="黄丽", rest_day=0))
    granted(store, "黄丽", "P", date(2026, 12, 7), date(2026, 12, 13))

    assert balance(store, "黄丽", "P") == (6.0, None)


# -- the rest


def test_asked_then_refused_or_taken_back(store):
    """A request waits, is refused with a word, or taken back by who asked; neither changes the rota."""
    staffed(store, WED, THU)
    one = moves.ask(store, moves.blank(store, person(store, "李娜").id, "A", WED, reason="旅行"))
    assert [leave.id for leave in queries.asked(store, store.today())] == [one]
    moves.refuse(store, leave_of(store, one), "人手不够")
    other = moves.ask(store, moves.blank(store, person(store, "李娜").id, "A", WED))
    moves.withdraw(store, leave_of(store, other))

    assert (leave_of(store, one).state, leave_of(store, one).note) == ("refused", "人手不够")
    assert leave_of(store, other).state == "withdrawn"
    assert at_desk(store, WED, SLOTS[1]) == ("李娜", "王芳")


def test_a_request_is_granted_as_it_was_asked(store):
    """The same row becomes granted; the desk is covered then."""
    staffed(store, WED)
    one = moves.ask(store, moves.blank(store, person(store, "李娜").id, "A", WED))

    assert moves.grant(store, leave_of(store, one)) == one
    assert at_desk(store, WED, SLOTS[1])[0] == "王芳"
    with pytest.raises(Refused, match="another terminal"):
        moves.refuse(store, replace(leave_of(store, one), state="asked"))


def test_granted_leave_is_the_day_s_attendance(store):
    """On the day the attendance begins with leave, and comes back with the withdrawal."""
    today = store.today()
    staffed(store, today)
    ident = granted(store, "黄丽", "P", today)

    def state():
        return next(one.state for one in people.day(store, today) if one.person.name == "黄丽")

    assert state() is State.LEAVE
    moves.withdraw(store, leave_of(store, ident))
    assert state() is State.PRESENT


def test_who_is_not_there_any_more_gets_no_leave(store):
    """Somebody who left, days the wrong way round, a kind that the file does not know: each a sentence."""
    staffed(store, WED)
    people.save(store, replace(people.blank(), name="旧人", left_on=date(2026, 11, 20)))
    for name, kind, first, last, code in (
        ("旧人", "P", WED, WED, "E234"), ("黄丽", "P", THU, WED, "E233"), ("黄丽", "E", WED, WED, "E232"),
        ("黄丽", "P", WED, WED + timedelta(days=500), "E233"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            granted(store, name, kind, first, last)
        assert refused.value.code == code


def test_leave_over_an_outing_says_that_somebody_counts_on_her(store):
    """黄丽 goes leafleting on Wednesday; her leave warns that another must go."""
    from floorlead.outings import moves as outings

    staffed(store, WED)
    outings.send(store, person(store, "黄丽"), WED)
    review = queries.review(store, moves.blank(store, person(store, "黄丽").id, "P", WED))

    assert review.sent_out == [WED]


def test_kinds_are_data():
    """The kinds come from rota.toml, among them the five of the trade."""
    from floorlead import shelf

    assert shelf.find(lists.FILE).exists()


def test_words_kept_in_a_note_are_words(store):
    """A reason of refusal that looks like data stays words."""
    assert notes.read('{"said": 1}').said == '{"said": 1}'
    kept = notes.Kept(said='{"said":"x","desk":[],"broken":[]}')
    assert notes.read(notes.written(kept)) == kept
    assert SUN.weekday() == 6


# -- in the course of the day, and two terminals


def test_leave_in_the_middle_of_a_slot_leaves_the_past_alone(store):
    """李娜 signed in and holds 11-13; ill at 11:20, 王芳 takes over from then: at 11:10 it was 李娜. Back at 11:40 she
    has the rest of it; the plan is as it was all the time."""
    today = store.today()
    staffed(store, today)
    people.say(store, today, person(store, "李娜"), State.PRESENT)
    at(store, "11:20")
    ident = granted(store, "李娜", "S", today)
    names = {one.id: one.name for one in people.everybody(store)}

    def holds(minute):
        return names[duty_rules.holders_at(duty_queries.reception(store, today), minute)[SLOTS[1]]]

    assert [holds(m) for m in (670, 679, 680, 779)] == ["李娜", "李娜", "王芳", "王芳"]
    assert at_desk(store, today, SLOTS[1]) == ("李娜", "王芳")
    at(store, "11:40")
    back, _stay = moves.withdraw(store, leave_of(store, ident))
    assert [one.slot for one in back] == [SLOTS[1]]
    assert [holds(m) for m in (670, 680, 699, 700)] == ["李娜", "王芳", "王芳", "李娜"]


def test_signed_in_and_then_on_leave_is_away(store):
    """黄丽 signed in at 8:41 and goes home at 10:20: from then on she is not there; granted the day before and come all
    the same, she is there."""
    today = store.today()
    staffed(store, today)
    granted(store, "周强", "P", today)
    at(store, "09:00")
    for name in ("黄丽", "周强"):
        people.say(store, today, person(store, name), State.PRESENT)
    at(store, "10:20")
    granted(store, "黄丽", "S", today)
    staff = duty_queries.reception(store, today).staff

    assert staff[person(store, "黄丽").id].away_at(619) is None and staff[person(store, "黄丽").id].away_at(620)
    assert staff[person(store, "周强").id].away == ()


def test_whoever_has_nothing_planned_is_not_proposed(store):
    """The day is planned, 吴敏's cell is empty: she is not counted and not proposed for the desk."""
    staffed(store, WED)
    plan(store, WED, "吴敏", "")
    review = queries.review(store, moves.blank(store, person(store, "李娜").id, "P", WED))
    worst = notes.worst(review)

    assert person(store, "吴敏").id not in review.stand_ins[1].choices
    assert worst and (worst.before, worst.after) == (9, 8)


def test_another_terminal_grants_meanwhile(store):
    """Between looking and writing another terminal grants leave for the same day: the second one is refused."""
    staffed(store, WED)
    other = open_store(store.path, store.clock)
    with meanwhile(store, lambda: granted(other, "黄丽", "P", WED)), pytest.raises(Refused) as refused:
        granted(store, "黄丽", "S", WED)
    other.close()
    assert refused.value.code == "E230" and len(duty_queries.leaves(store, WED, WED)) == 1


def test_back_early_the_rest_of_the_leave_is_given_up(store):
    """李娜 asked for Wednesday to Friday and is back on Friday: Friday's slots are hers again, Wednesday's stay moved."""
    staffed(store, WED, THU, FRI)
    friday = [at_desk(store, FRI, slot) for slot in SLOTS]
    ident = granted(store, "李娜", "P", WED, FRI)
    wednesday = [at_desk(store, WED, slot) for slot in SLOTS]
    assert [at_desk(store, FRI, slot) for slot in SLOTS] != friday
    back, stay = moves.shorten(store, leave_of(store, ident), FRI)

    assert (len(back), stay) == (2, [])
    assert [at_desk(store, FRI, slot) for slot in SLOTS] == friday
    assert [at_desk(store, WED, slot) for slot in SLOTS] == wednesday
    left = leave_of(store, ident)
    assert (left.first, left.last, left.state) == (WED, THU, "granted")
    assert len(notes.read(left.note).desk) == 4

    undo.undo(store)
    assert leave_of(store, ident).last == FRI and [at_desk(store, FRI, slot) for slot in SLOTS] != friday
    undo.redo(store)
    moves.withdraw(store, leave_of(store, ident))
    assert at_desk(store, WED, SLOTS[1])[0] == "李娜"


def test_back_early_the_rota_knows(store):
    """The published rota shows the day worked again and marks it as changed; the balance counts two days."""
    staffed(store, WED, THU, FRI)
    ident = granted(store, "李娜", "A", WED, FRI)
    rota_moves.publish(store, WED, FRI)
    who = person(store, "李娜").id
    moves.shorten(store, leave_of(store, ident), FRI)

    cells = duty_queries.cells(store, WED, FRI)
    assert (cells[who, THU].code, cells[who, FRI].code) == ("A", "E")
    assert rota_queries.read(store, WED, FRI).cells[who, FRI].marked
    assert queries.balances(store, 2026, [person(store, "李娜")])[who, "A"].taken == 2


@pytest.mark.parametrize("day", [WED, SAT])
def test_back_early_is_inside_the_leave(store, day):
    """Back on the first day is no leave at all: the whole is withdrawn; after the last day nothing is shortened."""
    staffed(store, WED, THU, FRI)
    ident = granted(store, "李娜", "P", WED, FRI)
    with pytest.raises(Refused, match="E239"):
        moves.shorten(store, leave_of(store, ident), day)


def test_back_early_on_two_terminals(store):
    """Both leaders shorten the same leave: the second is told, nothing is done twice."""
    staffed(store, WED, THU, FRI)
    ident = granted(store, "李娜", "P", WED, FRI)
    seen = leave_of(store, ident)
    moves.shorten(store, seen, FRI)
    with pytest.raises(Refused, match="E235"):
        moves.shorten(store, seen, THU)
    assert leave_of(store, ident).last == THU
