"""Who is idle in the morning: as properties, and the cases of the trade."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from floorlead.training.records import Facts
from floorlead.training.rules import counted, idle

bands = st.lists(
    st.tuples(st.integers(480, 700), st.integers(1, 200), st.sampled_from(["9-11", "test drive"])).map(
        lambda one: (one[0], one[0] + one[1], one[2])
    ), max_size=2,
).map(tuple)  # fmt: skip
people = st.lists(
    st.builds(
        Facts, st.integers(1, 99), st.sampled_from(["A", "B", ""]), st.sampled_from(["", "", "leave sick"]),
        st.sampled_from([(510, 1050), (600, 1140), (0, 2880)]), bands, bands, bands, st.sampled_from(["", "", "planner"]),
    ), unique_by=lambda one: one.person, max_size=15,
)  # fmt: skip
starts = st.integers(500, 620)


@given(people, starts, st.sampled_from(["", "A", "C"]))
def test_everybody_stands_once_and_has_a_reason_or_is_idle(facts, at, team):
    found = idle(facts, at, 30, team)
    assert sorted(one.person for one in found) == sorted(one.person for one in facts)
    assert all(bool(one.why) != one.idle for one in found)
    assert all(one.words() for one in found if not one.idle)


@given(people, starts, st.sampled_from(["", "A", "B"]))
def test_the_idle_stand_first_and_of_them_the_team_that_the_rota_named(facts, at, team):
    found = idle(facts, at, 30, team)
    group = {one.person: one.team for one in facts}
    order = [(not one.idle, not (team and group[one.person] == team and one.idle)) for one in found]
    assert order == sorted(order)
    assert all(one.first == (one.idle and bool(team) and group[one.person] == team) for one in found)


@given(people, starts)
def test_nobody_at_a_post_or_with_a_customer_is_idle(facts, at):
    known = {one.person: one for one in facts}
    for one in idle(facts, at):
        mine = known[one.person]
        touched = any(
            begins < at + 30 and at < ends for begins, ends, _what in (*mine.posts, *mine.standby, *mine.busy)
        )
        free = not mine.away and mine.works[0] <= at < mine.works[1] and not touched and not mine.role
        assert one.idle == free


@given(people, starts, st.lists(st.integers(1, 99)))
def test_the_count_is_of_the_idle_group(facts, at, there):
    standings = idle(facts, at)
    present, group = counted(standings, there)
    assert 0 <= present <= group == sum(one.idle for one in standings)


def test_the_first_reason_is_told():
    found = idle(
        [
            Facts(1, away="leave sick", posts=((540, 660, "9-11"),)), Facts(2, works=(600, 1140)),
            Facts(3, posts=((540, 660, "9-11"),)), Facts(4, busy=((555, 585, "hand-over"),)), Facts(5, role="planner"),
            Facts(6), Facts(7, works=(510, 545)),
        ], 545,
    )  # fmt: skip
    assert [(one.person, one.words()) for one in found] == [
        (6, ""), (1, "leave sick"), (2, "comes at 10:00"), (3, "at the desk 9-11"), (4, "hand-over"), (5, "planner"),
        (7, "until 9:05"),
    ]  # fmt: skip


def test_a_desk_from_the_end_of_the_training_on_keeps_nobody_away():
    assert idle([Facts(1, posts=((575, 660, "9-11"),))], 545, 30)[0].idle
    assert not idle([Facts(1, posts=((574, 660, "9-11"),))], 545, 30)[0].idle


def test_a_note_with_braces_is_told_as_it_stands():
    assert idle([Facts(1, away="leave {x}")], 545)[0].words() == "leave {x}"
