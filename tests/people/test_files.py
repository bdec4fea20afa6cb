"""A showroom brings its own people, from whatever program wrote the file."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from floorlead import shelf, words
from floorlead.people.files import PeopleFile, Unreadable, read_people
from floorlead.tables.csvtext import records

TEAM = "工号,姓名,职务,岗位,组,休息日\nS01,张伟,销售顾问,顾问,A,周一\nS02,李娜,实习顾问,,B,-\n"


@pytest.fixture(autouse=True)
def in_english():
    words.use("en")


def people(text: str, encoding: str = "utf-8") -> PeopleFile:
    return read_people(text.encode(encoding))


def one(heading: str, line: str):
    file = people(f"{heading}\n{line}\n")
    assert not file.refused
    return file.rows[0]


def why(heading: str, line: str) -> str:
    file = people(f"{heading}\n{line}\n")
    assert not file.rows
    return file.refused[0].reason


def test_a_team_as_a_showroom_writes_it():
    wei, na = people(TEAM).rows
    assert (wei.number, wei.name, wei.title, wei.role) == ("S01", "张伟", "销售顾问", "consultant")
    assert (wei.team, wei.rest_day, wei.trainee, wei.line) == ("A", 0, False, 2)
    assert (na.role, na.rest_day, na.trainee, na.line) == ("consultant", None, True, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_usual_encoding_gives_the_same_people(encoding):
    assert people(TEAM, encoding) == people(TEAM)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_tabs_and_semicolons_separate_too(separator):
    assert people(TEAM.replace(",", separator)) == people(TEAM)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_system(end):
    assert people(TEAM.replace("\n", end)) == people(TEAM)


def test_headings_in_english_in_any_order_and_full_width():
    assert one("rest_day,name,Number", "Mon,Zhang Wei,S01").rest_day == 0
    assert one("ｎａｍｅ，ｔｅａｍ".replace("，", ","), "张伟,A").team == "A"
    assert one(" 姓名* ,拼音", "张伟,Zhang Wei").name_en == "Zhang Wei"


def test_unknown_headings_are_ignored_and_named():
    file = people('姓名,星座,备注\n张伟,白羊,"两行\n备注"\n')
    assert file.ignored == ("星座", "备注")
    assert [p.name for p in file.rows] == ["张伟"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n ,\n",
        TEAM.replace("姓名", "性别").encode(),
        "张伟,顾问\n李娜,顾问\n".encode(),
        "姓名,工号,编号\n张伟,S01,S02\n".encode(),
    ],
)
def test_a_file_without_a_heading_line_is_refused_in_one_sentence(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        read_people(data)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("经理", "manager"),
        ("展厅组长", "leader"),
        ("销售顾问", "consultant"),
        ("", "consultant"),
        ("前台接待", "receptionist"),
        ("试驾专员", "test_drive_specialist"),
        ("test_drive", "test_drive_specialist"),
        ("Test-drive specialist", "test_drive_specialist"),
        ("销售计划员", "planner"),
        ("ｌｅａｄｅｒ", "leader"),
    ],
)
def test_roles_by_their_trade_names(word, role):
    assert one("姓名,岗位", f"张伟,{word}").role == role


@pytest.mark.parametrize(
    ("word", "day"),
    [
        *[(word, 6) for word in ("周日", "周天", "星期日", "Sun", "sunday", "7", "７")],
        *[(word, 0) for word in ("周一", "礼拜一", "Mon", "１")],
        *[(word, None) for word in ("", "-", "－", "无")],
    ],
)
def test_rest_days_by_every_name(word, day):
    assert one("姓名,休息日", f"张伟,{word}").rest_day == day


@pytest.mark.parametrize("word", ["2026-03-05", "2026/3/5", "2026年3月5日", "２０２６－０３－０５", "2026/3/5 0:00:00"])
def test_dates_as_spreadsheets_write_them(word):
    assert one("姓名,入职", f"张伟,{word}").joined == date(2026, 3, 5)


@pytest.mark.parametrize(("word", "trainee"), [("是", True), ("Yes", True), ("X", True), ("", False), ("否", False)])
def test_a_trainee_by_column(word, trainee):
    assert one("姓名,实习", f"张伟,{word}").trainee is trainee


def test_a_missing_number_is_left_to_the_store():
    assert one("姓名,工号", "张伟,").number is None
    assert one("姓名,工号", "张伟,Ｓ０１").number == "S01"


@pytest.mark.parametrize(
    ("heading", "line", "reason"),
    [
        ("工号,姓名", "S01,", "the name is missing"),
        ("姓名,岗位", "张伟,飞行员", "unknown role '飞行员'"),
        ("姓名,休息日", "张伟,周八", "unknown day '周八'"),
        ("姓名,休息日", "张伟,0", "unknown day '0'"),
        ("姓名,入职", "张伟,2026-02-30", "'2026-02-30' is no date such as 2026-11-23"),
        ("姓名,入职", "张伟,2026-02/03", "'2026-02/03' is no date such as 2026-11-23"),
        ("姓名,入职,离职", "张伟,2026-02-03,2026-02-02", "left before joining"),
        ("姓名,实习", "张伟,大概", "'大概' is neither yes nor no"),
        ("姓名,岗位", "张伟", "1 cells instead of 2"),
        ("姓名,岗位", "张伟,顾问,A,B", "4 cells instead of 2"),
        ("姓名", "张\x1b[31m伟", "a character in it is a control character or was lost"),
        ("姓名", "张\u202e伟", "a character in it is a control character or was lost"),
        ("姓名", "张\ufffd伟", "a character in it is a control character or was lost"),
        ("姓名", "张" * 41, "'张张张张张张张张张张..' is longer than 40 characters"),
        ("工号,姓名", 'S01,"张伟', "its quotation marks do not match"),
    ],
)
def test_a_line_is_refused_with_its_reason(heading, line, reason):
    assert why(heading, line) == reason


def test_a_number_twice_names_its_first_line():
    file = people("工号,姓名\nS01,张伟\n\ns01,李娜\n,王芳\n,刘洋\n")
    assert [p.name for p in file.rows] == ["张伟", "王芳", "刘洋"]
    assert [(r.line, r.reason) for r in file.refused] == [(4, "number s01 stands in line 2 already")]
    assert file.blank == 1


def test_empty_cells_beyond_the_heading_do_no_harm():
    assert one("姓名,岗位", "张伟,顾问,,,").name == "张伟"


@pytest.mark.parametrize(
    "name", ["[/]", "[red]张伟", "=1+1", "@张伟", "+86", "{name}", "#read(1)", "<b>", '张"三', "O'Neil"]
)
def test_a_name_is_never_markup_or_a_formula(name):
    assert one("工号,姓名", f"S01,{name}").name == name


def test_a_name_is_composed_and_stripped():
    assert one("姓名", "  Jose\u0301　").name == "José"


@pytest.mark.parametrize("path", [("demo", "people.csv"), ("demo", "standard", "people.csv")])
def test_the_shipped_people_load_without_a_refusal(path):
    file = read_people(shelf.find(*path).read_bytes())
    assert len(file.rows) >= 14
    assert not file.refused
    assert not file.ignored


def test_the_shipped_showroom_has_its_roles_and_trainees():
    rows = read_people(shelf.find("demo", "people.csv").read_bytes()).rows
    roles = Counter(p.role for p in rows)
    assert roles.pop("consultant") == 10
    assert set(roles) == {"manager", "leader", "receptionist", "test_drive_specialist", "planner"}
    assert [p.name for p in rows if p.trainee] == ["黄子墨", "冯雅琪"]


RAGGED = st.text(st.sampled_from('S01,,张伟李娜周一"\t;[/]=+\x1b\u202e０\ufeff'), max_size=30)
LINES = st.lists(RAGGED | st.sampled_from(["S01,张伟,周一", ",李娜,", '"王芳",刘洋,', ""]), max_size=20)


@given(LINES)
@example(['"张伟', '"'])
def test_every_record_is_a_person_a_refusal_or_a_blank(lines):
    text = "\n".join(["工号,姓名,休息日", *lines, ""])
    file = people(text)
    assert len(file.rows) + len(file.refused) + file.blank == len(list(records(text))) - 1
    assert all(person.name for person in file.rows)
    assert all(refused.reason for refused in file.refused)


@given(LINES)
def test_without_quotes_every_line_is_accounted_for(lines):
    lines = [line.replace('"', "") for line in lines]
    file = people("\n".join(["工号,姓名,休息日", *lines, ""]))
    told = {p.line for p in file.rows} | {r.line for r in file.refused}
    assert len(told) == len(file.rows) + len(file.refused) == len(lines) - file.blank
    assert told <= set(range(2, len(lines) + 2))
