"""The day report on paper, for the chat group and as data: in both languages, within the page, without loss."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from floorlead import words
from floorlead.checks import lists
from floorlead.paper.text import as_text
from floorlead.people.records import State
from floorlead.report import queries
from floorlead.report.records import Report
from floorlead.report.sections import SECTIONS
from floorlead.report.sheet import as_chat, draw
from floorlead.store import Store
from floorlead.tasks import queries as task_queries
from floorlead.text import width
from tests.conftest import DAY, tell

TODAY = date.fromisoformat(DAY)
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

BEFORE = """
at 17:40 2026-11-23
task 8:30传达厂家12月政策 王
task 补0412合格证 张伟
remarks 昨天一切正常。
seal it
at 08:15
weather 晴
away 孙悦 事假
at 08:44
rest appearance
at 08:46
fail 途观蓝 wiped 已补擦
fail 宝来红 unlocked 钥匙不在
fail 谈判桌6 chairs 现场纠正
at 08:49
rest environment
at 08:52
fail 刘洋 badge 现场纠正
at 16:00
task 9:30交车帕萨特黑5520 赵磊
task A3换电瓶 吴敏
remarks 下午到店集中,前台临时加一人。明天上午两台交车,请安排上牌。
at 17:45
"""
"""A day as in the mock-up, after a day that was sealed with two tasks."""


@pytest.fixture
def evening(standard: Store) -> Store:
    for line in BEFORE.splitlines():
        tell(standard, line.split())
    task_queries.tick(standard, task_queries.open_all(standard)[0])
    return standard


def bare(text: str) -> str:
    """A text without its blanks."""
    return "".join(text.split())


def paper(report: Report, **how: object) -> str:
    return as_text(draw(report, **how))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_draft_on_paper(evening: Store, golden: Callable[..., None], language: str) -> None:
    """Before sealing: the word draft stands small in the head, no seal below."""
    words.use(language)
    text = paper(queries.live(evening, TODAY))

    golden(text, f"report-draft-{language}")
    assert all(width(line) <= 80 for line in text.splitlines())
    assert ("[草稿]" if language == "zh" else "[DRAFT]") in text
    assert ".." not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_for_the_chat_group(evening: Store, golden: Callable[..., None], language: str) -> None:
    """Plain text, at most thirty lines, nothing a phone would draw as a picture."""
    words.use(language)
    text = as_chat(queries.live(evening, TODAY))

    golden(text, f"report-chat-{language}")
    assert len(text.splitlines()) <= 30
    assert not re.search("[\u2190-\u2bff\U0001f000-\U0001ffff]", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_second_revision_on_paper(evening: Store, golden: Callable[..., None], language: str) -> None:
    """What changed is marked, and why it was opened again stands below; the seals stand in the foot."""
    words.use(language)
    for line in ("seal it", "reopen 漏记一条备注", "at 18:40", "remarks 下午到店集中。郑先生的投诉已结。"):
        tell(evening, line.split())
    tell(evening, ["seal", "it"])
    report = queries.sealed(evening, TODAY)
    text = paper(report, nth=2)

    assert all(width(line) <= 80 for line in text.splitlines())
    assert report.seal[:16] in text
    assert report.previous_seal[:16] in text
    golden(re.sub(r"\b[0-9a-f]{16}\b", "0123456789abcdef", text), f"report-revision-{language}")


def test_an_empty_showroom_in_a_report(store: Store) -> None:
    """Nobody, nothing, no task: a report all the same, on paper and for the group."""
    report = queries.live(store, TODAY)

    assert len(paper(report).splitlines()) > 8
    assert "none" in as_chat(report)


def test_every_card_switched_off(store: Store) -> None:
    """
    team 张伟
    """
    for card in lists.in_force(store):
        lists.switch(store, card)
    report = queries.live(store, TODAY)

    assert "Cards: none" in as_chat(report)
    assert "2. Cards" in paper(report)


def test_the_fields_are_those_of_the_readme(evening: Store) -> None:
    """`report --format json`: the fields that the README names, all of them and no others; sealed the same."""
    told_in = README[README.index("`report --format json`") : README.index("`cars --format json`")]
    named = set(re.findall(r"`(\w+)(?:\[\])?`", told_in)) - {"draft", "sealed", "void"}
    draft = json.loads(json.dumps(queries.live(evening, TODAY).to_dict()))
    tell(evening, ["seal", "it"])
    sealed = json.loads(json.dumps(queries.sealed(evening, TODAY).to_dict()))

    for data in (draft, sealed):
        market = {"traffic", "results", "pace", "followups", "consultants", "events"}
        quiet = {"leave", "outings", "training", *market}  # nothing of these happened on that day
        assert set(data) | set(data["sections"]) == named - quiet
        assert set(data["sections"]) == {section.name for section in SECTIONS} - quiet
        assert set(data["showroom"]) == {"zh", "en"}
        assert data["number"] == 2
    assert (draft["state"], draft["seal"], draft["sealed_at"]) == ("draft", None, "")
    assert sealed["state"] == "sealed"
    assert re.fullmatch(r"[0-9a-f]{64}", sealed["seal"])
    assert re.fullmatch(r"[0-9a-f]{64}", sealed["previous_seal"])
    assert sealed["sealed_at"] == f"{DAY}T17:45:00"


NASTY = ("[/]", "=1+1", "{name}", "%s", "$x$", "#let", "O'Neil", "<b>", "*王*")


def test_a_name_is_a_name(standard: Store) -> None:
    """Whatever is written stands there as it was written."""
    tell(standard, ["team", *NASTY])
    for name in NASTY:
        tell(standard, ["fail", name, "badge", name])
        tell(standard, ["task", f"{name}说", name])
    tell(standard, ["remarks", *NASTY])
    report = queries.live(standard, TODAY)

    for text in (bare(paper(report)), bare(as_chat(report))):
        assert all(f"{name}Badge({name})08:41" in text for name in NASTY)
        assert all(f"[]{name}说{name}" in text for name in NASTY)
        assert "".join(NASTY) in text
    assert all(width(line) <= 80 for line in paper(report).splitlines())


line_of_text = st.text(st.sampled_from("张伟传达厂家政策，。；:/()[] abcXYZ012"), max_size=120)


@given(line_of_text, st.lists(line_of_text, max_size=40), line_of_text, line_of_text, st.integers(0, 3))
@example("", [], "", "0000000。。。。。", 0)
@example("擦。" * 60, ["传达" * 60], "某" * 60, "王" * 40, 1)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_report_fits_the_page(remarks, tasks, showroom, manager, revision):
    """However much is written: no line is wider than the page, nothing is lost, the chat has thirty lines."""
    open_tasks = [{"text": text, "owner": text[:20], "due": DAY, "carried": True} for text in tasks]
    sections = {
        "head": {"weather": "晴", "staff": 1, "states": dict.fromkeys(State, 0), "showroom": showroom},
        "checks": {"cards": []}, "people": {"away": [], "points": [], "staff": 1},
        "tasks": {"done": [], "open": open_tasks}, "remarks": {"text": remarks},
    }  # fmt: skip
    report = Report(TODAY, 1, 1 + revision, "sealed", {"zh": showroom, "en": showroom}, manager[:40], manager, sections,
                    f"{DAY}T17:45:00", "a" * 64, "b" * 64, remarks, ("tasks",))  # fmt: skip
    text, chat = paper(report), as_chat(report)

    assert all(width(line) <= 80 for line in text.splitlines()), text
    assert all(bare(f"[ ] {task['text']}") in bare(text) for task in open_tasks)
    assert bare(remarks) in bare(text)
    if len(chat.splitlines()) < 30:
        assert bare(remarks) in bare(chat)
    assert len(chat.splitlines()) <= 30
    assert all(width(line) <= 120 for line in chat.splitlines())
    assert chat.splitlines()[-1] == "seal " + "a" * 16
