"""The report's lines about the morning's training and the turns of the queue."""

from __future__ import annotations

import json

from floorlead import words
from floorlead.people import queries as people_queries
from floorlead.queue import moves as queue_moves
from floorlead.report.training import read_training, say_training
from floorlead.training import moves
from tests.conftest import at, person
from tests.queue.hall import hold, sign_in, stands


def said(store) -> list[str]:
    """The section's lines, its facts once through JSON as a seal keeps them."""
    data = read_training(store, store.today())
    return [one.text for one in say_training(json.loads(json.dumps(data)))]


def test_a_showroom_that_uses_neither_has_no_such_section(store):
    """
    team 张伟
    """
    assert read_training(store, store.today()) == {}


def test_who_of_the_idle_group_was_there_and_who_was_not(store):
    """
    team 张伟 李娜 王芳 刘洋
    lead 林晓峰
    """
    hold(store, "front_desk 09:00", "刘洋")
    moves.set_topic(store, store.today(), "rival cars")
    moves.mark(store, store.today(), [person(store, name).id for name in ("张伟", "王芳", "刘洋")])
    assert said(store) == [
        "training 9:05 rival cars, trainer 林晓峰, idle group 2/3",
        "  there: 张伟 王芳   not there: 李娜   also there: 刘洋",
    ]
    words.use("zh")
    assert said(store) == [
        "晨训 9:05 竞品对比, 讲师 林晓峰, 闲置组 2/3", "  到场: 张伟 王芳   未到: 李娜   另有: 刘洋",
    ]  # fmt: skip


def test_a_morning_without_training_and_the_turns_of_the_day(store):
    """
    team 张伟 李娜 王芳
    """
    moves.set_topic(store, store.today().replace(day=20), "话术")
    sign_in(store, "张伟", "08:20", "李娜", "08:21", "王芳", "08:22")
    assert said(store) == ["training: not entered"]
    at(store, "10:00")
    for name in ("李娜", "王芳", "李娜"):
        queue_moves.serve(store, stands(store, name), "asked by name" if name == "王芳" else "")
        queue_moves.back(store, stands(store, name))
    queue_moves.move(store, stands(store, "王芳"), 1, "swapped turns")
    assert said(store) == ["training: not entered", "turns taken: 李娜 2  王芳 1   out of order by hand 2"]


def test_who_went_home_keeps_the_turns(store):
    """
    team 张伟 李娜
    """
    sign_in(store, "张伟", "08:20", "李娜", "08:21")
    queue_moves.serve(store, stands(store, "张伟"))
    people_queries.leave(store, person(store, "张伟"))
    assert said(store)[-1] == "turns taken: 张伟 1"
