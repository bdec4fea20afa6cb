"""Leaving the post, in a store: the cases of the trade one by one, and random days that keep one name a minute."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from floorlead.duty import lists, moves, notes, queries, rules
from floorlead.duty.records import minute_of
from floorlead.people import queries as people
from floorlead.people.records import Role, State
from floorlead.record import replace
from floorlead.store import Refused, Store, log, undo
from tests.conftest import at, person
from tests.duty.desk import TODAY, back, chain, code, gone_home, over, plan, rota, who


def refused(code_of: str, act: object) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(Refused) as told:
        act()  # type: ignore[operator]
    assert told.value.code == code_of
    return str(told.value)


def said(store: Store) -> str:
    """The last line of the log."""
    done = log.actions(store, store.today(), 1)
    return done[0].words()


def test_a_to_b_to_c_where_c_comes_back_first(store: Store) -> None:
    """10:20 a test drive, 10:50 the substitute is called to a delivery, then each comes back in turn.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜", "杨帆")
    over(store, "09:20", "杨帆")
    over(store, "09:50", "王芳")
    back(store, "10:10")
    back(store, "10:30")

    assert chain(store) == [("9:00", "9:20", "李娜"), ("9:20", "9:50", "杨帆"), ("9:50", "10:10", "王芳"),
                            ("10:10", "10:30", "杨帆"), ("10:30", "11:00", "李娜")]  # fmt: skip


def test_the_first_comes_back_and_takes_the_post_over_the_whole_chain(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    over(store, "09:20", "杨帆")
    over(store, "09:50", "王芳")
    back(store, "10:10", original=True)

    assert who(store, "10:10") == "李娜"
    assert said(store) == "前台 9-11 10:10 起: 李娜 回岗"
    undo.undo(store)
    assert who(store, "10:10") == "王芳"


def test_the_middle_link_has_an_end_of_its_own(store: Store) -> None:
    """B takes over until 9:45, at 9:40 C takes over from B: at 9:45 the post stays with C.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    over(store, "09:30", "杨帆", until="09:45")
    over(store, "09:40", "王芳")

    assert chain(store)[1:] == [("9:30", "9:40", "杨帆"), ("9:40", "11:00", "王芳")]


def test_back_to_one_who_has_gone_on_leave_means_the_leader(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    over(store, "09:30", "杨帆")
    gone_home(store, "09:50", "李娜")
    back(store, "10:10")

    assert chain(store) == [("9:00", "9:30", "李娜"), ("9:30", "10:10", "杨帆"), ("10:10", "11:00", "王")]
    assert said(store) == "前台 9-11 10:10 起: 王 回岗"


def test_a_cycle(store: Store) -> None:
    """A -> B -> A: the first one takes over from the second, and both parts end.

    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    over(store, "09:20", "杨帆")
    over(store, "09:40", "李娜")
    assert who(store, "09:50") == "李娜"
    back(store, "10:00")

    assert who(store, "10:00") == "杨帆"


@pytest.mark.parametrize("shift", ["-", "P", "O", "T"])
def test_who_rests_is_on_leave_or_out_cannot_take_over(store: Store, shift: str) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    rota(store, "杨帆", shift)

    assert "杨帆" in refused("E215", lambda: over(store, "09:30", "杨帆"))
    assert who(store, "09:30") == "李娜"


def test_who_was_signed_in_all_the_same_can(store: Store) -> None:
    """Resting by the rota, but here today.

    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    rota(store, "杨帆", "-")
    people.say(store, store.today(), person(store, "杨帆"), State.PRESENT)
    over(store, "09:30", "杨帆")

    assert who(store, "09:30") == "杨帆"


def test_nobody_holds_two_posts_and_two_leavers_cannot_take_the_same_substitute(two_posts: Store) -> None:
    """Desk and phone are left in the same minute, both for the same person: the second is refused."""
    store = two_posts
    at(store, "09:30")
    day, ids = store.today(), {name: person(store, name).id for name in ("李娜", "杨帆", "王芳", "刘洋")}
    moves.assign(store, day, "front_desk 09:00", ids["李娜"], None)
    moves.assign(store, day, "phone 09:00", ids["杨帆"], None)
    moves.substitute(store, day, "front_desk 09:00", ids["王芳"], 570)

    told = refused("E216", lambda: moves.substitute(store, day, "phone 09:00", ids["王芳"], 570))
    assert "前台" in told
    moves.substitute(store, day, "phone 09:00", ids["刘洋"], 570)
    assert rules.holders_at(queries.reception(store, day), 570) == {
        "front_desk 09:00": ids["王芳"], "phone 09:00": ids["刘洋"],
    }  # fmt: skip
    refused("E216", lambda: moves.assign(store, day, "front_desk 09:00", ids["刘洋"], None))


def test_across_the_band_boundary_the_next_slot_gets_its_own_part(store: Store) -> None:
    """From 10:40 to 11:20, as one action; coming back early ends both.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    plan(store, 11, "王芳")
    over(store, "10:40", "杨帆", until="11:20")

    assert [who(store, time) for time in ("10:39", "10:40", "10:59", "11:00", "11:19", "11:20")] == [
        "李娜", "杨帆", "杨帆", "杨帆", "杨帆", "王芳",
    ]  # fmt: skip
    back(store, "10:50")
    assert [who(store, time) for time in ("10:50", "11:00")] == ["李娜", "王芳"]
    undo.undo(store)
    undo.undo(store)
    assert [who(store, time) for time in ("10:40", "11:00")] == ["李娜", "王芳"]


def test_past_closing_it_is_cut(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 17, "李娜")
    over(store, "18:30", "杨帆", until="20:00", hour=17)

    assert store.rows("SELECT slot, starts, ends FROM substitutions") == [("front_desk 17:00", 1110, None)]
    assert rules.holders_at(queries.reception(store, TODAY), 1140) == {}


def test_the_next_slots_own_holder_needs_no_substitution(store: Store) -> None:
    """B takes over until noon, but holds the next slot anyway.

    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    plan(store, 11, "杨帆")
    over(store, "10:40", "杨帆", until="12:00")

    assert store.one("SELECT count(*) FROM substitutions") == 1
    assert who(store, "11:30") == "杨帆"


def test_without_a_substitute_the_post_is_not_left(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")

    refused("E212", lambda: moves.substitute(store, TODAY, code(9), None, 570))
    assert store.one("SELECT count(*) FROM substitutions") == 0


def test_nobody_can_take_over_so_the_manager_is_told_and_the_leader_holds(store: Store) -> None:
    """
    lead 王
    team 李娜
    """
    plan(store, 9, "李娜")
    at(store, "09:30")
    moves.report(store, TODAY, code(9), 570, None, "接客户")

    assert who(store, "09:30") == "王"
    assert said(store) == "前台 9-11 9:30 起: 李娜 (接客户) 无人可替, 已报销售经理, 王 顶岗"
    assert rules.gaps(queries.reception(store, TODAY)) == [
        g for g in rules.gaps(queries.reception(store, TODAY)) if g.starts >= 660
    ]


def test_entered_later_neither_gap_nor_overlap(store: Store) -> None:
    """ "I left at 10:20, it is 10:45", and at 10:35 somebody else was entered already.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    over(store, "10:35", "王芳")
    over(store, "10:45", "杨帆", since="10:20")

    assert chain(store) == [("9:00", "10:20", "李娜"), ("10:20", "10:35", "杨帆"), ("10:35", "11:00", "王芳")]
    names = {p.id: p.name for p in people.everybody(store)}
    links = store.rows("SELECT left_id, taker_id FROM substitutions ORDER BY starts")
    assert [(names[a], names[b]) for a, b in links] == [("李娜", "杨帆"), ("杨帆", "王芳")]


def test_entered_later_the_return_that_is_known_stays(store: Store) -> None:
    """B held 10:00 to 10:30 and gave it back; then it turns out that C held from 9:40.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    over(store, "10:00", "杨帆")
    back(store, "10:30")
    over(store, "10:45", "王芳", since="09:40")

    assert chain(store) == [
        ("9:00", "9:40", "李娜"),
        ("9:40", "10:00", "王芳"),
        ("10:00", "10:30", "杨帆"),
        ("10:30", "11:00", "李娜"),
    ]


def test_the_same_minute_again_corrects_the_name(store: Store) -> None:
    """Picked the wrong one: the same minute again names another one instead.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    over(store, "09:30", "杨帆")
    over(store, "09:30", "王芳")

    assert chain(store) == [("9:00", "9:30", "李娜"), ("9:30", "11:00", "王芳")]
    assert store.one("SELECT count(*) FROM substitutions") == 1


def test_a_minute_to_come_is_fine_today_but_not_tomorrow(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")
    over(store, "09:10", "杨帆", since="10:00")
    assert [who(store, time) for time in ("09:59", "10:00")] == ["李娜", "杨帆"]

    ident = person(store, "杨帆").id
    refused("E218", lambda: moves.substitute(store, TODAY + timedelta(days=1), code(9), ident, 600))
    refused("E211", lambda: moves.substitute(store, TODAY, code(9), ident, 700))
    refused("E217", lambda: moves.substitute(store, TODAY, code(9), ident, 620, 610))
    refused("E210", lambda: moves.substitute(store, TODAY, "front_desk 03:00", ident, 620))
    refused("E219", lambda: moves.give_back(store, TODAY, code(9), 550))


def test_who_holds_the_post_cannot_take_it_over(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    plan(store, 9, "李娜")

    refused("E213", lambda: over(store, "09:30", "李娜"))


def test_a_trainee_and_other_roles_may_not_hold_the_desk(store: Store) -> None:
    """
    lead 王
    team 李娜
    """
    for name, more in (("小赵", {"trainee": True}), ("老周", {"role": Role.PLANNER})):
        people.save(store, replace(people.blank(), name=name, **more))
        refused("E214", lambda n=name: plan(store, 9, n))
        refused("E214", lambda n=name: over(store, "09:30", n))


def test_the_holder_cannot_be_the_own_substitute(store: Store) -> None:
    """
    lead 王
    team 李娜
    """
    refused("E219", lambda: plan(store, 9, "李娜", "李娜"))


def test_on_the_leaders_rest_day_the_acting_leader_is_the_fallback(store: Store) -> None:
    """Nobody is planned: the leader; he rests: whoever acts for him; nobody acts: the manager.

    lead 王
    team 李娜 杨帆
    """
    people.save(store, replace(people.blank(), name="周经理", role=Role.MANAGER))
    assert who(store, "09:30") == "王"
    people.say(store, TODAY, person(store, "王"), State.REST)
    assert who(store, "09:30") == "周经理"
    moves.act_for(store, TODAY, person(store, "杨帆"))
    assert who(store, "09:30") == "杨帆"
    assert said(store) == "杨帆 代组长 2026-11-24"
    moves.act_for(store, TODAY, person(store, "李娜"))
    assert who(store, "09:30") == "李娜"
    moves.act_for(store, TODAY, None)
    assert who(store, "09:30") == "周经理"


def test_half_a_day_off_takes_the_half_only(store: Store) -> None:
    """Leave in the afternoon: the slot that begins at noon ends there.

    lead 王
    team 李娜 杨帆
    """
    plan(store, 11, "李娜", "杨帆")
    with store.write("leave") as db:
        sql = "INSERT INTO leaves(person_id, kind, first_day, last_day, half, state, asked_at, by) VALUES (?, 'P', ?, ?, 'pm', 'granted', '', '')"
        db.execute(sql, (person(store, "李娜").id, TODAY.isoformat(), TODAY.isoformat()))

    assert [who(store, time) for time in ("11:00", "12:29", "12:30")] == ["李娜", "李娜", "杨帆"]


def test_a_closed_day_has_no_desk(store: Store) -> None:
    """
    lead 王
    """
    book = lists.book(store)
    lists.OWN.kept[next(mark for mark, one in lists.OWN.kept.items() if one is book)] = replace(
        book, closed=frozenset({TODAY})
    )
    try:
        assert queries.reception(store, TODAY).slots == ()
        refused("E210", lambda: moves.assign(store, TODAY, code(9), None, None))
    finally:
        lists.OWN.kept.clear()


def test_a_sealed_day_keeps_its_desk(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    at 09:00
    """
    plan(store, 9, "李娜")
    at(store, "18:00")
    from floorlead.report import sealing

    sealing.seal(store, TODAY)

    refused("E41", lambda: over(store, "18:10", "杨帆", since="10:20"))
    refused("E41", lambda: plan(store, 9, "杨帆"))


def test_put_desk_and_put_cell_change_only_what_differs(store: Store) -> None:
    """
    lead 王
    team 李娜 杨帆
    """
    ids = [person(store, name).id for name in ("李娜", "杨帆")]
    with store.write("plan") as db:
        moves.put_desk(db, TODAY, code(9), *ids)
        moves.put_cell(db, TODAY, ids[0], "E", locked=True)
    before = store.one("SELECT max(seq) FROM actions")
    with store.write("the same") as db:
        moves.put_desk(db, TODAY, code(9), *ids)
        moves.put_cell(db, TODAY, ids[0], "E")
    assert store.one("SELECT max(seq) FROM actions") == before
    with store.write("other") as db:
        moves.put_cell(db, TODAY, ids[0], "L")
        moves.put_desk(db, TODAY, code(9), None, None)
    assert store.rows("SELECT shift, locked FROM rota_cells") == [("L", 1)]
    assert store.one("SELECT count(*) FROM desk_duty") == 0


# -- as worked


def test_duty_as_worked(store: Store) -> None:
    """A slot counts for whoever held most of it, stepping up counts, and so do late shifts, weekends and rest days.

    lead 王
    team 李娜 杨帆 王芳
    """
    plan(store, 9, "李娜")
    plan(store, 17, "王芳")
    over(store, "09:10", "杨帆")
    rota(store, "王芳", "L")
    rota(store, "杨帆", "-")
    people.say(store, TODAY, person(store, "杨帆"), State.PRESENT)
    saturday = TODAY + timedelta(days=5)
    with store.write("sat") as db:
        moves.put_cell(db, saturday, person(store, "李娜").id, "E")
        moves.put_cell(db, saturday, person(store, "王芳").id, "-")
    found = {p.name: queries.worked(store, TODAY, saturday).get(p.id) for p in people.everybody(store)}

    assert {name: one.__dict__ for name, one in found.items() if one} == {
        "李娜": {"desk": 0, "substitute": 0, "late": 0, "weekend": 1, "evening_desk": 0, "off": 0},
        "杨帆": {"desk": 1, "substitute": 1, "late": 0, "weekend": 0, "evening_desk": 0, "off": 0},
        "王芳": {"desk": 1, "substitute": 0, "late": 1, "weekend": 0, "evening_desk": 1, "off": 1},
    }


def test_what_keeps_people_busy(store: Store) -> None:
    """A hand-over at 10:30, a customer since 9:18, a task past its day, a substitution this month.

    lead 王
    team 李娜 杨帆 王芳 赵磊 吴敏
    stock QY 白 0412 30
    order 刘女士 0412 赵磊 2026-11-24T10:30
    """
    plan(store, 9, "李娜", "杨帆")
    with store.write("busy") as db:
        db.execute("INSERT INTO queue_events(day, person_id, kind, at, by) VALUES (?, ?, 'serve', ?, '')",
                   (TODAY.isoformat(), person(store, "吴敏").id, f"{TODAY}T09:18:00"))  # fmt: skip
        db.execute("INSERT INTO tasks(text, owner, due, made_on) VALUES ('回访', '王芳', '2026-11-20', '2026-11-20')")
    at(store, "09:30")
    reception = queries.reception(store, TODAY)
    found = rules.candidates(reception, reception.slots[0], 570, notes.loads(store, reception, 570))

    assert [(one.member.zh, one.state, one.minute) for one in found] == [
        ("杨帆", "free", 0), ("王芳", "free", 0), ("赵磊", "appointment", 630), ("吴敏", "serving", 558),
    ]  # fmt: skip
    assert found[1].load.overdue == 1


# -- random days


@pytest.mark.parametrize("seed", range(6))
def test_random_days_keep_one_name_a_minute(two_posts: Store, seed: int) -> None:
    """Whatever is tried on a day, in any order: each open minute has exactly one name, nobody two, nobody while away."""
    store, dice = two_posts, random.Random(seed)
    staff = [one for one in people.everybody(store) if one.on_cards]
    slots = [slot.code for slot in lists.book(store).slots]
    done = 0
    for _step in range(40):
        now = dice.randrange(530, 1150)
        at(store, f"{now // 60:02d}:{now % 60:02d}")
        one, other, slot = dice.choice(staff), dice.choice(staff), dice.choice(slots)
        start = dice.randrange(540, 1140)
        act = dice.choice([
            lambda o=one, p=other, s=slot: moves.assign(store, TODAY, s, o.id, p.id),
            lambda o=one, s=slot, m=start: moves.substitute(store, TODAY, s, o.id, m, dice.choice([None, m + dice.randrange(-5, 200)])),
            lambda o=one, s=slot, m=start: moves.substitute(store, TODAY, s, o.id, m),
            lambda s=slot, m=start: moves.give_back(store, TODAY, s, m, original=dice.random() < 0.5),
            lambda s=slot, m=start: moves.report(store, TODAY, s, m),
            lambda o=one: people.say(store, TODAY, o, dice.choice(list(State))),
            lambda o=one: rota(store, o.name, dice.choice(["E", "L", "D", "-", "P", "O"])),
            lambda: undo.undo(store), lambda o=one: moves.act_for(store, TODAY, o),
        ])  # fmt: skip
        try:
            act()
            done += 1
        except Refused:
            pass
        _one_name_a_minute(store)
    assert done > 15


def _one_name_a_minute(store: Store) -> None:
    reception = queries.reception(store, TODAY)
    for minute in range(minute_of("9:00"), minute_of("19:00"), 7):
        found = rules.holders_at(reception, minute)
        named = [who for who in found.values() if who is not None]
        assert list(found) == [d.slot.code for d in reception.slots if d.slot.starts <= minute < d.slot.ends]
        assert len(named) == len(set(named))
        assert all(reception.staff[who].away_at(minute) is None for who in named)
