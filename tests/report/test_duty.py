"""The desk in the report, on Today, on the command line, and whose points a table is: who held it at that minute."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from floorlead import words
from floorlead.cli import cli
from floorlead.duty import moves
from floorlead.duty.records import minute_of
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Kind
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.report import duty
from floorlead.store import Store
from floorlead.today import desk as today
from tests.conftest import at, desk_of, person, press
from tests.duty.desk import TODAY, back, code, gone_home, over, plan


@pytest.fixture(autouse=True)
def chinese() -> None:
    """The lines are read in Chinese."""
    words.use("zh")


@pytest.fixture
def reception(store: Store) -> Store:
    """Three slots are planned, the afternoon's are not."""
    for name in ("李娜", "杨帆", "王芳"):
        people.save(store, replace(people.blank(), name=name))
    plan(store, 9, "李娜", "杨帆")
    plan(store, 11, "杨帆", "王芳")
    plan(store, 13, "王芳")
    return store


def said(store: Store) -> list[str]:
    return [one.text for one in duty.say_duty(duty.read_duty(store, TODAY))]


def test_a_showroom_that_never_planned_its_desk_has_no_section(store: Store) -> None:
    """
    team 李娜
    """
    assert duty.read_duty(store, TODAY) == {}
    assert duty.read_tomorrow(store, TODAY) == []
    assert today.read(store, TODAY) is None


def test_the_desk_in_the_report(reception: Store) -> None:
    """Who held each slot, each substitution with its reason, what was reported, where nobody was named."""
    over(reception, "09:30", "杨帆", reason="customer")
    back(reception, "10:10")
    at(reception, "11:20")
    moves.report(reception, TODAY, code(11), minute_of("11:20"), minute_of("11:40"), "开会")

    leader = people.leader(reception)
    assert said(reception) == [
        f"9-11 李娜、杨帆  11-13 杨帆、{leader}  13-15 王芳  15-17 {leader}  17-19 {leader}",
        "  替岗 1: 9:30-10:10 杨帆替李娜 (接客户)",
        f"  无人可替已报经理 1: 11:20-11:40 {leader}替杨帆 (开会)",
        f"  前台缺人 2: 15:00-17:00 {leader}; 17:00-19:00 {leader}",
    ]
    words.use("en")
    assert "9:30-10:10 杨帆 for 李娜 (customer)" in said(reception)[1]


def test_the_planned_substitute_who_stood_in_is_named(reception: Store) -> None:
    people.say(reception, TODAY, person(reception, "李娜"), State.ABSENT)

    assert "  替岗 1: 9:00-11:00 杨帆 按排班顶岗" in said(reception)


def test_tomorrows_desk(reception: Store) -> None:
    """Who is away tomorrow is nobody at the desk."""
    tomorrow = TODAY + timedelta(days=1)
    for hour, name in ((9, "李娜"), (11, "杨帆")):
        moves.assign(reception, tomorrow, code(hour), person(reception, name).id, None)
    with reception.write("rest") as db:
        moves.put_cell(db, tomorrow, person(reception, "杨帆").id, "-")

    told = duty.say_tomorrow(duty.read_tomorrow(reception, TODAY))
    assert [one.text for one in told] == ["明日前台: 9-11 李娜  11-13 缺  13-15 缺  15-17 缺  17-19 缺"]


# -- Today


def line(store: Store, time: str) -> str:
    at(store, time)
    found = today.read(store, TODAY)
    assert found
    return found.text


def test_the_reception_line_of_today(reception: Store) -> None:
    assert line(reception, "08:30") == "9:00-11:00 李娜  替岗 -"
    over(reception, "09:30", "杨帆")
    assert line(reception, "09:31") == "9:00-11:00 李娜  替岗 杨帆"
    assert line(reception, "11:00") == "11:00-13:00 杨帆  替岗 -"
    assert line(reception, "19:00") == "今天前台已结束"


def test_a_gap_now_or_within_three_hours_is_told(reception: Store) -> None:
    for time, told in (
        ("11:59", []),
        ("12:00", ["前台 15:00-17:00"]),
        ("14:30", ["前台 15:00-17:00", "前台 17:00-19:00"]),
    ):
        at(reception, time)
        found = today.read(reception, TODAY)
        assert found
        assert [one.name for one in found.notices] == told
    assert not found.over


def test_who_goes_home_leaves_a_gap_that_today_tells(reception: Store) -> None:
    gone_home(reception, "13:20", "王芳")
    found = today.read(reception, TODAY)
    assert found
    assert (found.calm, found.notices[0].name) == (False, "前台 13:20-15:00")


# -- points


def test_an_untidy_table_at_1030_is_whoevers_desk_it_is_at_1030(reception: Store) -> None:
    """Li Na until 10:20, then Yang Fan: nobody keeps the table, so it is the reception's."""
    for number in (1, 2):
        piece = replace(furniture.blank(Kind.TABLE), label=f"谈判桌{number}")
        furniture.save(reception, piece)
    over(reception, "10:20", "杨帆", reason="接客户")
    owners = []
    for time, down in (("10:10", 0), ("10:30", 1)):
        at(reception, time)
        desk = desk_of(reception)
        press(desk, "f3")
        desk.go("checks", "environment")
        press(desk, *["down"] * down, "1")
        owners.append(
            reception.one("SELECT p.name FROM marks m JOIN people p ON p.id = m.owner_id ORDER BY m.id DESC LIMIT 1")
        )

    assert owners == ["李娜", "杨帆"]


# -- the command


def run(store: Store, *args: str) -> str:
    done = CliRunner().invoke(
        cli, ["--store", str(store.path), "--lang", "zh", "--now", f"{TODAY}T10:00", "duty", *args]
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_who_answers_for_the_desk_as_json(reception: Store) -> None:
    over(reception, "09:30", "杨帆", reason="接客户")
    found = json.loads(run(reception, "--format", "json"))

    assert found["at"] == f"{TODAY}T10:00"
    (one,) = found["slots"]
    assert (one["slot"], one["holder"]["name"], one["why"], one["planned"]["name"]) == (
        "front_desk 09:00",
        "杨帆",
        "substitution",
        "李娜",
    )
    assert [(link["from"], link["to"], link["holder"]["name"]) for link in one["chain"]] == [
        ("9:00", "9:30", "李娜"),
        ("9:30", "11:00", "杨帆"),
    ]
    assert json.loads(run(reception, "--at", "09:10", "--format", "json"))["slots"][0]["holder"]["name"] == "李娜"


def test_who_answers_for_the_desk_as_text(reception: Store) -> None:
    over(reception, "09:30", "杨帆", reason="接客户")

    assert run(reception) == "前台 9:00-11:00  杨帆  (替岗 杨帆)\n  9:00-9:30  李娜\n  9:30-11:00  杨帆  接客户\n"
    assert "没有当班时段" in run(reception, "--at", "08:00")
    assert run(reception, "--at", f"{TODAY}T13:10") == "前台 13:00-15:00  王芳  (替岗 -)\n"


def test_a_wrong_time_is_wrong_use(reception: Store) -> None:
    done = CliRunner().invoke(cli, ["--store", str(reception.path), "duty", "--at", "soon"])

    assert done.exit_code == 2
