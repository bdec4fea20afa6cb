"""Whatever program wrote the table: its text comes out whole, or one sentence says why not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from floorlead import words
from floorlead.people.files import PeopleFile, read_people
from floorlead.tables.csvtext import Unreadable, decode, records, split_rows

TEAM = "工号,姓名,职务,岗位,组,休息日\nS01,张伟,销售顾问,顾问,A,周一\nS02,李娜,实习顾问,,B,-\n"
RAGGED = st.text(st.sampled_from('S01,,张伟李娜周一"\t;[/]=+\x1b\u202e０\ufeff'), max_size=30)
LINES = st.lists(RAGGED | st.sampled_from(["S01,张伟,周一", ",李娜,", '"王芳",刘洋,', ""]), max_size=20)


@pytest.fixture(autouse=True)
def in_english():
    words.use("en")


def people(text: str, encoding: str = "utf-8") -> PeopleFile:
    return read_people(text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        TEAM.encode("utf-16-le"),
        TEAM.encode("utf-32"),
        b"\xff\xfe\x00\xd8",
        bytes(range(256)),
        "姓名\n陳志明\n林淑芬\n黃建宏\n".encode("big5"),
        "name\n陳志明\n林淑芬\n黃建宏\n".encode("big5"),
    ],
)
def test_what_is_no_people_file_is_refused_whole(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        read_people(data)


def test_two_encodings_pasted_together_are_refused_with_the_line():
    with pytest.raises(Unreadable, match=r"in line 4\."):
        read_people(TEAM.encode("utf-8-sig") + "S03,王芳,顾问,,A,-\n".encode("gbk"))


def test_rare_characters_of_names_survive_gb18030():
    file = people("姓名\n朱喆\n陈堃\n李玥\n阿依古丽·买买提\n\U00020bb7野\n", "gb18030")
    assert [p.name for p in file.rows] == ["朱喆", "陈堃", "李玥", "阿依古丽·买买提", "\U00020bb7野"]


def test_a_stray_quote_costs_its_own_line_only():
    team = [f"S{n:02},王{n}" for n in range(40)]
    team[3] = 'S03,"王三'
    team[30] = 'S30,王"三十'
    file = people("\n".join(["工号,姓名", *team]))
    assert [r.line for r in file.refused] == [5]
    assert file.refused[0].text == 'S03,"王三'
    assert len(file.rows) == 39


def test_two_stray_quotes_do_not_pair_up():
    file = people('工号,姓名\nS01,"张伟\nS02,李娜",\nS03,王芳\n')
    assert [r.line for r in file.refused] == [2]
    assert [p.number for p in file.rows] == ["S02", "S03"]


def test_a_quoted_field_spans_at_most_five_lines():
    def rows(lines):
        return split_rows('姓名,备注\n张伟,"' + "\n".join("x" * lines) + '"\n李娜,\n')

    assert [line for line, _ in rows(5)] == [1, 2, 7]
    assert rows(5)[1][1] == ["张伟", "x\nx\nx\nx\nx"]
    assert 2 not in [line for line, _ in rows(6)]


def test_lines_are_counted_as_an_editor_counts_them():
    assert split_rows('\n姓名,备注\r\n"张,伟","两\n行"\n\n李娜,\n') == [
        (2, ["姓名", "备注"]),
        (3, ["张,伟", "两\n行"]),
        (6, ["李娜", ""]),
    ]


@given(LINES)
@example(['"张伟', '"'])
def test_every_line_stands_in_one_record(lines):
    kept = "\n".join(record.text for record in records("\n".join([*lines, ""])))
    assert kept == "\n".join(lines)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_ever_crash_it(data):
    with suppress(Unreadable):
        decode(data)
    with suppress(Unreadable):
        read_people("姓名,岗位\n".encode() + data)


def test_a_monstrous_file_is_read_in_a_moment():
    file = people("姓名,岗位\n" + '"' * 1_000_001 + "\n" + "," * 100_000 + "x\n" + '"张伟\n' * 20_000 + "李娜,顾问\n")
    assert [p.name for p in file.rows] == ["李娜"]
    assert len(file.refused) == 20_002
