"""The morning's training key by key: two to four keys a morning, and nobody forgotten over the weeks."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from floorlead import words
from floorlead.duty import queries as duty
from floorlead.people import queries as people_queries
from floorlead.people.records import Role, State
from floorlead.record import replace
from floorlead.report import sealing
from floorlead.talks import moves as talk_moves
from floorlead.talks.records import Kind as TalkKind
from floorlead.text import width
from floorlead.today import training as today
from floorlead.training import moves, queries
from tests.app.walk import LETTERS, PUNCTUATION, arrive
from tests.conftest import at, person, press, screen
from tests.queue.hall import desk_at, drive_out, half_leave, hold, plan, sign_in, staff


@pytest.fixture
def hall(store):
    """Six consultants in two teams, a leader and a receptionist, at 9:10."""
    for name, team in (("张伟", "A"), ("李娜", "A"), ("王芳", "B"), ("刘洋", "B"), ("陈静", "B"), ("杨帆", "A")):
        people_queries.save(store, replace(people_queries.blank(), name=name, team=team))
    people_queries.save(store, replace(people_queries.blank(), name="林晓峰", role=Role.LEADER))
    people_queries.save(store, replace(people_queries.blank(), name="马可欣", role=Role.RECEPTIONIST))
    at(store, "09:10")
    return store


@pytest.fixture
def desk(hall):
    return desk_at(hall, "training")


def names(store, idents):
    known = {p.id: p.name for p in people_queries.everybody(store)}
    return [known[ident] for ident in idents]


def there(store):
    return names(store, queries.morning(store, store.today()).there)


def idle(store):
    return names(store, queries.morning(store, store.today()).idle())


def why(store, name):
    found = queries.morning(store, store.today()).standings
    return next(one.words() for one in found if one.person == person(store, name).id)


# -- who is idle


def test_who_is_idle_and_why_not_the_others(hall):
    """
    stock QY 白 4214 5
    """
    hold(hall, "front_desk 09:00", "张伟", "李娜")
    sign_in(hall, "王芳", "08:20", state=State.LEAVE)
    at(hall, "09:00")
    drive_out(hall, "刘洋")
    assert idle(hall) == ["陈静", "杨帆"]
    assert [why(hall, name) for name in ("张伟", "李娜", "王芳", "刘洋", "马可欣")] == [
        "at the desk 9-11", "stands by 9-11", "leave", "test drive", "receptionist",
    ]  # fmt: skip


def test_the_late_shift_the_rest_day_and_half_a_days_leave(hall):
    plan(hall, 张伟="E", 李娜="L", 王芳="-", 刘洋="E", 陈静="D")
    half_leave(hall, "刘洋", "am")
    assert idle(hall) == ["张伟", "陈静", "杨帆"]
    assert [why(hall, name) for name in ("李娜", "王芳", "刘洋")] == ["comes at 10:00", "rest", "comes at 12:30"]


def test_a_hand_over_soon_keeps_its_advisor(store):
    """
    team 张伟 李娜
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T09:45
    """
    assert idle(store) == ["李娜"]
    assert why(store, "张伟") == "hand-over"


def test_the_team_that_the_rota_named_stands_first(hall, desk):
    with hall.write("rota") as db:
        db.execute("INSERT INTO trainings(day, team) VALUES (?, 'B')", (hall.today().isoformat(),))
    desk.minute()
    assert idle(hall) == ["王芳", "刘洋", "陈静", "张伟", "李娜", "杨帆"]
    assert "trainer 林晓峰  team B" in screen(desk)
    press(desk, "ctrl+a")
    training = duty.training(hall, hall.today())
    assert (training.team, training.trainer, training.starts) == ("B", "林晓峰", 545)


# -- a morning


def test_a_morning_in_two_keys(desk, hall):
    """Everybody idle was there, the topic is the first one: Ctrl+A, 1."""
    press(desk, "ctrl+a", "1")
    assert there(hall) == ["张伟", "李娜", "王芳", "刘洋", "陈静", "杨帆"]
    training = duty.training(hall, hall.today())
    assert (training.topic, training.trainer, training.starts) == ("rival cars", "林晓峰", 545)


def test_space_and_minus_one_by_one(desk, hall):
    press(desk, "space", "down", "space", "up", "-", "up", "space")
    assert there(hall) == ["张伟", "王芳"]
    press(desk, "home", "-")
    assert there(hall) == ["王芳"]
    press(desk, "ctrl+a")
    assert len(there(hall)) == 6
    press(desk, "ctrl+a")
    assert "E255" in screen(desk)


def test_who_is_not_idle_may_have_been_there_too(desk, hall):
    press(desk, "end", "space")
    assert there(hall) == ["马可欣"]
    assert "there 0/6 +1" in screen(desk)


def test_the_same_digit_takes_the_topic_back(desk, hall):
    press(desk, "2", "2")
    assert duty.training(hall, hall.today()).topic == ""
    press(desk, "2", "3")
    assert duty.training(hall, hall.today()).topic == "model knowledge"


def test_the_last_topics_stand_first_and_keep_their_digits_all_morning(desk, hall):
    moves.put(hall, hall.today().replace(day=20), "途观L 对比 CR-V", "王", 545)
    moves.put(hall, hall.today().replace(day=23), "异议", "王", 545)
    desk.minute()
    press(desk, "2")
    assert duty.training(hall, hall.today()).topic == "途观L 对比 CR-V"
    assert desk.page.topics[:3] == ["异议", "途观L 对比 CR-V", "rival cars"]


def test_topic_trainer_and_time_are_written(desk, hall):
    press(desk, "enter", '"途观L 对比 CR-V', "enter", '"ln', "enter", '"8:4x', "enter")
    assert "(E256)" in screen(desk)
    press(desk, '"840', "enter")
    training = duty.training(hall, hall.today())
    assert (training.topic, training.trainer, training.starts) == ("途观L 对比 CR-V", "李娜", 520)
    assert "8:40-9:10" in screen(desk)


def test_a_trainer_from_outside_is_kept_as_typed(desk, hall):
    press(desk, "enter", "down", '"厂家刘老师', "ctrl+s")
    assert duty.training(hall, hall.today()).trainer == "厂家刘老师"


def test_the_acting_leader_trains(hall, desk):
    with hall.write("acting") as db:
        values = (hall.today().isoformat(), person(hall, "王芳").id)
        db.execute("INSERT INTO acting_leaders(day, person_id) VALUES (?, ?)", values)
    desk.minute()
    press(desk, "space")
    assert duty.training(hall, hall.today()).trainer == "王芳"


def test_undo_takes_a_whole_key_back_and_goes_there(desk, hall):
    press(desk, "down", "down", "space", "home", "ctrl+z")
    assert there(hall) == [] and duty.training(hall, hall.today()) is None
    assert desk.page.here == person(hall, "王芳").id
    press(desk, "ctrl+y", "ctrl+a", "ctrl+z")
    assert there(hall) == ["王芳"]


def test_a_sealed_day_refuses(desk, hall):
    press(desk, "ctrl+a", "1")
    sealing.seal(hall, hall.today())
    desk.minute()
    press(desk, "home", "-")
    assert len(there(hall)) == 6


def test_every_key_survives_a_kill(hall):
    desk = desk_at(hall, "training")
    for key in ("down", "space", "2", "enter", "down", '"外请', "down", '"8:50', "enter"):
        press(desk, key)
        json.dumps(desk.page.state())
        desk.keep()
        again = type(desk)(hall, desk.doors, desk.shared)
        again.start()
        desk = again
    training = duty.training(hall, hall.today())
    assert (training.topic, training.trainer, training.starts) == ("talk tracks", "外请", 530)
    assert there(hall) == ["李娜"]


def test_letters_find_and_change_nothing(desk, hall):
    press(desk, "c", "j")
    assert desk.page.here == person(hall, "陈静").id
    press(desk, "escape")
    before = hall.one("SELECT count(*) FROM actions")
    draw = random.Random(5)
    for way in ((), ("enter",), ("tab",), ("tab", "tab")):
        desk.stacks["training"].clear()
        desk.finder.clear()
        press(desk, *way)
        for _n in range(400):
            arrive(desk, draw.choice(LETTERS + PUNCTUATION))
    assert hall.one("SELECT count(*) FROM actions") == before


# -- the weeks


def test_how_often_each_person_was_there(hall, desk):
    """Three trainings in thirty days, one before: who came least stands first."""
    for back, who in ((1, "张伟"), (2, "张伟"), (29, "李娜"), (30, "王芳")):
        day = hall.today().fromordinal(hall.today().toordinal() - back)
        moves.mark(hall, day, [person(hall, who).id])
    found = queries.attended(queries.history(hall, hall.today()), hall.today())
    assert {name: found[person(hall, name).id][0] for name in ("张伟", "李娜")} == {"张伟": 2, "李娜": 1}
    assert person(hall, "王芳").id not in found
    assert queries.held(queries.history(hall, hall.today()), hall.today()) == 3
    desk.minute()
    press(desk, "tab", "tab")
    rows = [row.split()[:3] for row in screen(desk).splitlines()[3:9]]
    assert rows[-1] == ["张伟", "A", "2/3"] and rows[-2][0] == "李娜"


def test_today_tells_the_morning_brief(hall, desk):
    day = hall.today()
    assert today.told(today.read(hall, day)) == ("Morning brief", "idle group: not entered", "6 idle  9:05", "^K")
    press(desk, "ctrl+a")
    assert today.told(today.read(hall, day))[1:3] == ("idle group: no topic", "6 there  9:05")
    press(desk, "1")
    brief = today.read(hall, day)
    assert brief.done and today.told(brief)[1:3] == ("idle group: rival cars", "6 there  9:05")


# -- how it looks


@pytest.fixture
def demo(store):
    """Ten past nine, one at the desk and one standing by, two mornings behind it."""
    staff(store)
    at(store, "09:10")
    team = [p for p in people_queries.everybody(store) if p.role is Role.CONSULTANT]
    for back, topic, count in ((1, "青屿对比哈弗 H6 的十个问题", 6), (4, "talk tracks", 3)):
        day = store.today().fromordinal(store.today().toordinal() - back)
        moves.set_topic(store, day, topic)
        moves.mark(store, day, [p.id for p in team[1 : 1 + count]])
    hold(store, "front_desk 09:00", team[1].name, team[3].name)
    return store


SCENES: dict[str, tuple[str, ...]] = {
    "morning": (), "marked": ("ctrl+a", "1", "end", "space"), "details": ("enter", '"青屿对比', "down"),
    "days": ("ctrl+a", "1", "tab", "down"), "people": ("tab", "tab"), "help": ("f1",),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(demo, golden: Callable[..., None], scene, language):
    """A walk of keys, and what the screen then says; no key is lost, nothing is cut."""
    words.use(language)
    desk = desk_at(demo, "training")
    press(desk, *SCENES[scene])
    golden(screen(desk), f"screen-training-{scene}-{language}")
    _whole(desk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty(store, golden: Callable[..., None], language):
    """Nobody was entered yet, no training was."""
    words.use(language)
    desk = desk_at(store, "training")
    shown = screen(desk)
    _whole(desk)
    press(desk, "tab")
    golden(shown + screen(desk), f"screen-training-empty-{language}")
    _whole(desk)


def _whole(desk):
    lines = [one.text().rstrip() for one in desk.frame(80, 24)]
    assert len(lines) == 24 and all(width(one) <= 80 for one in lines)
    assert width(lines[-1]) < 80
    assert all(bind.hint() in lines[-1] for bind in desk.binds())


# -- the library of talk tracks


def library(store, *titles: str) -> None:
    for title in titles:
        talk_moves.save(store, replace(talk_moves.blank(store, TalkKind.TALK), title=title, body="..."))


def test_a_talk_track_that_was_not_trained_yet_has_a_digit(desk, hall):
    """A new talk track stands among the digits at once, behind what was trained last."""
    moves.put(hall, hall.today().replace(day=23), "异议", "王", 545)
    library(hall, "价格异议三步", "置换话术")
    desk.minute()
    assert desk.page.topics[:3] == ["异议", "置换话术", "价格异议三步"]
    press(desk, "3")
    assert duty.training(hall, hall.today()).topic == "价格异议三步"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_training_box_offers_the_library_by_number(desk, hall, language):
    """While the topic is written the box lists the library; its number alone takes the title."""
    words.use(language)
    library(hall, *(f"话术{n} " + "很长" * 20 for n in range(12)))
    press(desk, "enter")
    shown = screen(desk)
    assert "9 话术3" in shown and all(width(line) <= 80 for line in shown.splitlines())
    press(desk, '"2', "ctrl+s")
    assert duty.training(hall, hall.today()).topic.startswith("话术10")
