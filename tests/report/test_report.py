"""The evening: what is sealed stays, what was forgotten makes a further revision, what is open goes along."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorlead import clock, shelf, words
from floorlead.checks import rules
from floorlead.paper.press import pdf_of
from floorlead.paper.text import as_text
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.record import replace
from floorlead.report import queries, sealing
from floorlead.report.sheet import draw
from floorlead.store import Refused, Store, open_store
from floorlead.store.verify import verify
from floorlead.tasks import queries as tasks
from tests.conftest import DAY, at, card, desk_of, person, press, screen, tell

TODAY = date.fromisoformat(DAY)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def say(store: Store, *lines: str) -> None:
    """Lines of the day language."""
    for line in lines:
        tell(store, line.split())


def open_now(store: Store) -> list[str]:
    """The tasks that today's report takes along."""
    return [one["text"] for one in queries.live(store, store.today()).sections["tasks"]["open"]]


# -- numbers and revisions


@pytest.mark.slow
@given(st.lists(st.sampled_from(("seal", "reopen", "tomorrow", "remark")), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_numbers_have_no_gaps(tmp_path_factory, steps):
    """However often a day is sealed and opened again: a number a day, a revision a seal, one chain of seals."""
    store = open_store(tmp_path_factory.mktemp("seals") / "s.db", clock.stopped(f"{DAY}T17:45:00"))
    store.by = "王"
    for n, step in enumerate(steps):
        closed = queries.is_closed(store, store.today())
        if step == "tomorrow":
            at(store, "17:45", str(store.clock.today() + timedelta(days=1)))
        elif step == "remark" and not closed:
            say(store, f"remarks 第{n}条")
        elif step == "seal" and not closed:
            sealing.seal(store, store.today())
        elif step == "reopen" and closed:
            queries.reopen(store, store.today(), f"漏记{n}")
    rows = store.rows("SELECT day, number, revision, seal, previous_seal FROM reports ORDER BY id")
    verdict = verify(store.path)
    store.close()

    days = list(dict.fromkeys(day for day, *_rest in rows))
    assert [days.index(day) + 1 for day, *_rest in rows] == [number for _day, number, *_rest in rows]
    for day in days:
        found = [revision for d, _n, revision, *_rest in rows if d == day]
        assert found == list(range(1, len(found) + 1))
    assert [before for *_rest, before in rows] == ["", *(seal for *_rest, seal, _before in rows)][: len(rows)]
    assert verdict.ok, verdict.findings


def test_the_number_of_a_draft_is_the_one_it_gets(store):
    """
    team 张伟
    """
    draft = queries.live(store, TODAY)

    assert (draft.number, draft.revision) == (1, 1)
    assert (sealing.seal(store, TODAY).number, queries.live(store, TOMORROW).number) == (1, 2)


def test_the_second_revision_says_what_changed_and_why(store):
    """
    team 张伟 李娜
    rest appearance
    task 补价签 李娜
    remarks 一切正常。
    at 17:45
    seal it
    reopen 漏记一个任务
    at 18:20
    task 车管所上牌 张伟
    """
    first = queries.kept_text(store, queries.sealed(store, TODAY, 1))
    draft = queries.live(store, TODAY)
    assert (draft.number, draft.revision, draft.reason, draft.changed) == (1, 2, "漏记一个任务", ("tasks",))

    second = sealing.seal(store, TODAY)
    told = as_text(draw(second))
    assert (second.number, second.revision, second.changed) == (1, 2, ("tasks",))
    assert "Tomorrow *" in told
    assert "Remarks *" not in told
    assert "* changed since revision 1; opened again because: 漏记一个任务" in told
    assert queries.kept_text(store, queries.sealed(store, TODAY, 1)) == first


def test_opened_again_for_nothing_marks_nothing(store):
    """Sealed in Chinese with somebody on leave, opened again in English: no word changed, so nothing is marked.

    team 张伟 李娜
    away 李娜 事假
    fail 张伟 badge 忘带
    """
    words.use("zh")
    sealing.seal(store, TODAY)
    queries.reopen(store, TODAY, "看错")
    words.use("en")

    assert queries.live(store, TODAY).changed == ()
    assert "Sun Yue" not in as_text(draw(queries.live(store, TODAY)))
    assert "leave personal" in as_text(draw(queries.live(store, TODAY)))


def test_opened_again_on_the_next_day_marks_only_what_changed(store):
    """Sealed with a card not made and a task open; the task is done next morning. Yesterday stays as it was.

    team 张伟 李娜
    rest appearance
    task 补价签 李娜
    at 17:45
    seal it
    at 08:15 2026-11-25
    """
    tasks.tick(store, tasks.open_all(store)[0])
    queries.reopen(store, TODAY, "补备注")
    assert queries.live(store, TODAY).changed == ()

    queries.put_day(store, TODAY, "remarks", "漏了一句。")
    assert queries.live(store, TODAY).changed == ("remarks",)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sealed_text_stays_byte_for_byte(store, language):
    """Names, cards and words may change later; the sealed page does not.

    team 张伟 李娜
    fail 张伟 badge 忘带
    remarks 一切正常。
    at 17:45
    """
    words.use(language)
    done = sealing.seal(store, TODAY)
    kept_in, text = queries.kept_text(store, done)
    assert kept_in == language
    assert text == as_text(draw(done))

    at(store, "09:00", str(TOMORROW))
    people.save(store, replace(person(store, "张伟"), name="张大伟"))
    say(store, "showroom 另一家展厅")
    words.use("en" if language == "zh" else "zh")
    again = queries.sealed(store, TODAY)
    words.use(language)

    assert queries.kept_text(store, again) == (language, text)
    assert as_text(draw(again)) == text


# -- the PDF


def test_the_same_report_gives_the_same_pdf(store):
    """
    team 张伟
    remarks 一切正常。
    seal it
    """
    report = queries.sealed(store, TODAY)
    kept = queries.kept_template(store, report)
    first = pdf_of(draw(report), store.path, kept).data

    assert first.startswith(b"%PDF-")
    assert pdf_of(draw(queries.sealed(store, TODAY)), store.path, kept).data == first


def test_a_sealed_report_keeps_its_template(store):
    """The showroom draws its own template afterwards: drafts follow it, the sealed report does not.

    team 张伟
    remarks 一切正常。
    seal it
    """
    report = queries.sealed(store, TODAY)
    before = pdf_of(draw(report), store.path, queries.kept_template(store, report)).data
    own = shelf.own(store.path) / "papers" / "report.typ"
    own.parent.mkdir(parents=True)
    shipped = shelf.find("papers", "report.typ").read_text(encoding="utf-8")
    own.write_text(shipped.replace("12mm", "25mm"), encoding="utf-8")

    assert pdf_of(draw(report), store.path, queries.kept_template(store, report)).data == before
    assert pdf_of(draw(report), store.path).data != before

    queries.reopen(store, TODAY, "新模板")
    second = sealing.seal(store, TODAY)
    assert "25mm" in queries.kept_template(store, second)["report.typ"]
    assert "12mm" in queries.kept_template(store, report)["report.typ"]


def test_a_reprint_says_so(store, monkeypatch):
    """Ctrl+P 1 three times: the second paper says 第 2 次打印, the third 第 3 次打印.

    team 张伟
    remarks 一切正常。
    seal it
    """
    from floorlead.paper import press as printing

    words.use("zh")
    seen = []
    monkeypatch.setattr(printing, "print_paper", lambda paper, path, name, *_rest: (
        seen.append(as_text(paper)), printing.Done(path.with_name(f"{name}.pdf"), "柜台", ""))[1])  # fmt: skip
    desk = desk_of(store)
    press(desk, "f9", *("ctrl+p", "1") * 3)

    assert ["第 2 次打印" in text for text in seen] == [False, True, False]
    assert "第 3 次打印" in seen[2]
    assert "已打印" in desk.last


# -- a sealed day


@pytest.mark.parametrize("act", [
    lambda store: say(store, "fail 张伟 badge"),
    lambda store: say(store, "rest environment"),
    lambda store: people.say(store, TODAY, person(store, "张伟"), State.LATE),
    lambda store: say(store, "remarks 还有一句"),
    lambda store: say(store, "weather 雨"),
], ids=["mark", "rest", "attendance", "remarks", "weather"])  # fmt: skip
def test_a_sealed_day_takes_nothing_more(store, act):
    """One sentence says what to do; nothing is changed.

    team 张伟
    car A1 朗逸白 张伟
    rest appearance
    remarks 一切正常。
    seal it
    """
    before = store.rows("SELECT count(*) FROM changes")
    with pytest.raises(Refused, match="This day's report is sealed; re-open it on F9"):
        act(store)

    assert store.rows("SELECT count(*) FROM changes") == before
    assert verify(store.path).ok


def test_a_sealed_day_says_so_on_the_screen(store):
    """A digit on the card after sealing: the sentence stands on the screen, the card is as it was.

    team 张伟
    rest appearance
    seal it
    """
    desk = desk_of(store)
    press(desk, "f3", "2")
    assert "report is sealed; re-open it on F9" in screen(desk)
    assert rules.counts(card(store, "appearance")).fail == 0

    press(desk, "f9", "end", "enter")
    assert "The report is sealed; ^P opens it again with a reason" in screen(desk)


def test_a_task_may_still_be_ticked_on_a_sealed_day(store):
    """Tasks are not the day's: what is done after sealing is done.

    team 张伟
    task 补价签 张伟
    seal it
    """
    tasks.tick(store, tasks.open_all(store)[0])

    assert tasks.open_all(store) == []
    assert [one["text"] for one in queries.sealed(store, TODAY).sections["tasks"]["open"]] == ["补价签"]


def test_sealing_from_the_keyboard(store):
    """Remarks, Ctrl+P, 3: sealed with its number; what is open was named and goes along.

    team 张伟
    task 补价签 张伟
    """
    desk = desk_of(store)
    press(desk, "f9", "enter", '"下午到店集中。', "ctrl+p")
    box = screen(desk)
    assert "Appearance not made" in box
    assert "1 tasks go along to tomorrow" in box

    press(desk, "enter")
    assert not queries.is_closed(store, TODAY)
    press(desk, "3")
    assert "sealed 08:41  no. 1.1" in screen(desk)
    assert queries.sealed(store, TODAY).sections["remarks"]["text"] == "下午到店集中。"


def test_opening_again_needs_a_reason(store):
    """
    team 张伟
    seal it
    """
    desk = desk_of(store)
    press(desk, "f9", "ctrl+p", "2", "enter")
    assert "Say why the report is opened again" in screen(desk)
    assert queries.is_closed(store, TODAY)

    press(desk, '"客户来电', "enter")
    assert not queries.is_closed(store, TODAY)
    with pytest.raises(Refused, match="is not sealed"):
        queries.reopen(store, TODAY, "再开")


def test_sealing_twice_is_refused(store):
    """
    team 张伟
    seal it
    """
    with pytest.raises(Refused, match="sealed already"):
        sealing.seal(store, TODAY)


def test_a_day_to_come_cannot_be_sealed(store):
    """
    team 张伟
    """
    with pytest.raises(Refused, match="is still to come"):
        sealing.seal(store, TOMORROW)
    assert store.one("SELECT count(*) FROM reports") == 0


def test_a_seal_is_no_step_to_undo(store):
    """
    team 张伟
    rest appearance
    """
    desk = desk_of(store)
    sealing.seal(store, TODAY)
    press(desk, "f3", "ctrl+z")

    assert "Nothing to take back since the report was sealed" in screen(desk)
    assert queries.is_closed(store, TODAY)


# -- the day before, the day after


def test_yesterday_is_sealed_today(store):
    """The report was forgotten; next morning it is sealed with yesterday's people, cards and tasks, and today goes on.

    at 08:41 2026-11-23
    team 张伟 李娜
    away 李娜 事假
    rest appearance
    fail 张伟 badge 忘带
    task 补价签 张伟
    task 车管所上牌 张伟
    remarks 昨天一切正常。
    at 08:15 2026-11-24
    """
    tasks.tick(store, tasks.open_all(store)[0])
    say(store, "task 今天才有的任务 李娜", "rest appearance")
    done = sealing.seal(store, YESTERDAY)

    assert (done.day, done.number, done.sealed_at) == (YESTERDAY, 1, f"{DAY}T08:15:00")
    assert done.sections["checks"]["cards"][0]["counts"]["fail"] == 1
    assert [one["state"] for one in done.sections["people"]["away"]] == ["leave"]
    assert [one["text"] for one in done.sections["tasks"]["open"]] == ["补价签", "车管所上牌"]
    assert done.sections["tasks"]["done"] == []
    assert done.sections["remarks"]["text"] == "昨天一切正常。"
    assert queries.live(store, TODAY).sections["checks"]["cards"][0]["counts"]["pass"] == 8
    say(store, "fail 李娜 badge")


def test_the_day_after_a_seal_goes_on(store):
    """A new day has its own card, its own number, and nobody's remarks from yesterday.

    at 17:45 2026-11-23
    team 张伟
    rest appearance
    remarks 昨天一切正常。
    seal it
    at 08:41 2026-11-24
    rest appearance
    """
    report = queries.live(store, TODAY)

    assert (report.number, report.revision, report.changed) == (2, 1, ())
    assert report.sections["remarks"]["text"] == ""
    assert report.sections["checks"]["cards"][0]["counts"]["pass"] == 4


def test_a_clock_set_back_does_not_reach_a_sealed_day(store):
    """Somebody turns the clock back to last week: the business day stays the sealed one.

    team 张伟
    seal it
    """
    at(store, "09:00", str(TODAY - timedelta(days=5)))
    assert store.today() == TODAY

    queries.reopen(store, TODAY, "漏记")
    assert sealing.seal(store, TODAY).revision == 2


# -- tasks


def test_tasks_go_along_by_themselves(store):
    """Not done today, so it stands on tomorrow's report with its day, and on the day after too.

    team 张伟
    task 补价签 张伟
    """
    for back, carried in ((0, False), (1, True), (2, True)):
        at(store, "17:45", str(TODAY + timedelta(days=back)))
        found = queries.live(store, store.today()).sections["tasks"]["open"]
        assert [(one["text"], one["carried"]) for one in found] == [("补价签", carried)]
        sealing.seal(store, store.today())


def test_a_task_for_next_week_waits(store):
    """
    team 张伟
    """
    tasks.add(store, "外拍选2人", "张伟", TODAY + timedelta(days=7))
    assert open_now(store) == []

    at(store, "17:45", str(TODAY + timedelta(days=6)))
    assert open_now(store) == ["外拍选2人"]


def test_tasks_are_ticked_dropped_and_edited(store):
    """
    team 张伟 黄丽
    task 补价签 张伟
    task 换电瓶 张伟
    task 外拍 张伟
    """
    desk = desk_of(store)
    press(desk, "f9", "home", "tab", "tab", "tab", "space")
    assert open_now(store) == ["换电瓶", "外拍"]
    assert [one["text"] for one in queries.live(store, TODAY).sections["tasks"]["done"]] == ["补价签"]

    press(desk, "-")
    assert open_now(store) == ["外拍"]
    assert [one["text"] for one in queries.live(store, TODAY).sections["tasks"]["done"]] == ["补价签"]

    press(desk, "enter", '"外拍选2人', "enter", '"hl', "enter", '"+3', "enter")
    task = tasks.open_all(store)[0]
    assert (task.text, task.owner, task.due) == ("外拍选2人", "黄丽", TODAY + timedelta(days=3))

    press(desk, "ctrl+z", "ctrl+z")
    assert open_now(store) == ["换电瓶", "外拍"]


@pytest.mark.parametrize("typed", ["32.13", "gestern", "2026-02-30"])
def test_a_day_that_is_none_is_refused(store, typed):
    """
    team 张伟
    """
    desk = desk_of(store)
    press(desk, "f9", "insert", '"上牌', "enter", '"zw', "enter", f'"{typed}', "enter")

    assert "is not a day; write it as 2026-11-23" in screen(desk)
    assert tasks.open_all(store) == []


def test_the_weather(store):
    """1 on the report, a word; it stands in the head of the report and is undone like all else.

    team 张伟
    """
    desk = desk_of(store)
    press(desk, "f9", "1", '"小雨', "enter")
    assert "weather 小雨" in screen(desk)

    press(desk, "ctrl+z")
    assert queries.live(store, TODAY).sections["head"]["weather"] == ""


# -- the seal on paper


def test_the_seal_on_paper_proves_the_file(store):
    """Sixteen digits as they stand on the paper, in groups of four, or as a Chinese input method types them.

    team 张伟
    seal it
    """
    shown = queries.sealed(store, TODAY).seal[:16]
    groups = [shown[n : n + 4] for n in range(0, 16, 4)]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in shown)

    for typed in (shown, shown.upper(), wide, f" {shown}\n", *(gap.join(groups) for gap in " 　\u00a0-")):
        assert verify(store.path, typed).ok, typed
    assert not verify(store.path, shown[:-1] + ("0" if shown[-1] != "0" else "1")).ok
    assert not verify(store.path, "zzzz zzzz zzzz zzzz").ok


def test_a_revision_before_is_proved_too(store):
    """
    team 张伟
    seal it
    reopen 漏记
    seal it
    """
    first, second = (queries.sealed(store, TODAY, n).seal[:16] for n in (1, 2))

    assert first != second
    assert verify(store.path, first).ok
    assert verify(store.path, second).ok


def test_a_sealed_body_is_plain_data(store):
    """What the seal covers reads back as it was, in ten years too.

    team 张伟
    fail 张伟 badge 忘带
    seal it
    """
    body = store.one("SELECT body FROM reports")

    assert json.loads(body)["sections"] == queries.sealed(store, TODAY).sections
    assert Path(store.path).stat().st_size > 0


def test_opened_again_and_nothing_changed(store):
    """
    A further revision without any change does not claim one.

    team 张伟
    seal it
    reopen 补录
    seal it
    """
    text = queries.kept_text(store, queries.sealed(store, TODAY))[1]

    assert "nothing changed since revision 1" in text
    assert "attendance was not taken" in text
