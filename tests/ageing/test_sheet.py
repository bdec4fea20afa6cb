"""The ageing list on paper and on the command line: one page for the demo's stock, the fields that are promised."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from floorlead import settings, words
from floorlead.ageing import moves, papers, queries, sheet
from floorlead.cars import moves as car_moves
from floorlead.cli import cli
from floorlead.paper.pdf import compile_pdf
from floorlead.paper.text import as_text
from floorlead.store import Store
from floorlead.text import width
from tests.ageing.stock import add, add_many, load
from tests.conftest import at


@pytest.fixture
def demo(store: Store) -> Store:
    """The demo showroom on Monday 23 November: one offer made, three cars announced."""
    at(store, "16:05", "2026-11-23")
    store.by = "林晓峰"
    load(store)
    settings.put(store, "showroom", "启岳汽车 展厅")
    moves.set_offer(store, queries.aged(store).cars[:1], "降5千")
    moves.announce(store, queries.aged(store).cars[:3])
    return store


def everything(store: Store) -> list[int]:
    return [one.id for one in queries.aged(store).cars]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_as_text(demo, golden: Callable[..., None], language):
    """Ten cars over 60 days, the stock by age, what was announced, and a line to sign."""
    words.use(language)
    golden(as_text(sheet.draw(papers.read(demo, demo.today()))), f"ageing-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("whole", [False, True])
def test_the_demo_stock_is_one_page(demo, language, whole):
    """The ten old cars, and all 48."""
    words.use(language)
    paper = sheet.draw(papers.read(demo, demo.today(), everything(demo) if whole else None))
    data = compile_pdf(paper.to_dict(), own=None).data

    assert len(re.findall(rb"/Type */Page\b", data)) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_six_hundred_cars_go_on_to_further_pages(store, language):
    """Nothing is wider than the page, nobody is lost."""
    words.use(language)
    add_many(store, 600)
    text = as_text(sheet.draw(papers.read(store, store.today(), everything(store))))

    assert all(width(line) <= 80 for line in text.splitlines())
    assert text.count("LX0") == 0 and len(re.findall(r"^ *\d+ 青屿|^ *\d+ QY", text, re.M)) == 600


def test_nothing_announced_yet_is_proposed(store):
    """A week without an announcement: the words are there, and that they are still to be said."""
    add(store, "1", 100)
    text = as_text(sheet.draw(papers.read(store, store.today())))

    assert "3. Announcement    to be announced" in text
    assert "QY white 0001 100d: push this week. Owners: to be named(0001)." in text


def test_no_old_car_is_said(store):
    """A young stock: the paper says so and still sums it up."""
    add(store, "1", 10)
    text = as_text(sheet.draw(papers.read(store, store.today())))

    assert "No car stands here that long." in text
    assert "Announcement" not in text


def test_an_empty_showroom_has_a_paper(store):
    """No car at all: noughts, no mean."""
    text = as_text(sheet.draw(papers.read(store, store.today())))

    assert "mean -d  interest 0.0/day at 5%" in text


# -- the command


def run(store: Store, *args: str, lang: str = "en") -> Result:
    base = ["--store", str(store.path), "--lang", lang, "--now", "2026-11-23T17:00"]
    return CliRunner().invoke(cli, [*base, "ageing", *args])


def test_json_has_the_promised_fields_and_no_others(demo):
    """48 cars, buckets 30/8/5/4/1, 857.6 a day at 5 %."""
    done = run(demo, "--format", "json")
    data = json.loads(done.output)

    assert done.exit_code == 0
    assert set(data) == {"as_of", "thresholds", "apr", "cars", "buckets", "interest_per_day"}
    assert (data["as_of"], data["thresholds"], data["apr"]) == ("2026-11-23", [30, 60, 90, 180], 0.05)
    assert data["buckets"] == {"0-30": 30, "31-60": 8, "61-90": 5, "91-180": 4, ">180": 1}
    assert (len(data["cars"]), data["interest_per_day"]) == (48, 857.6)
    for car in data["cars"]:
        assert set(car) == {
            "vin", "model", "colour", "trim", "spot", "stock_age", "paid_age", "built_age", "bucket",
            "interest_per_day", "interest_to_date", "announced",
        }  # fmt: skip
        assert all(set(said) == {"day", "kind", "age", "owner", "offer", "by", "since"} for said in car["announced"])
    assert [said["kind"] for said in data["cars"][0]["announced"]] == ["offer", "push"]
    assert {said["by"] for said in data["cars"][0]["announced"]} == {"林晓峰"}


@pytest.mark.parametrize(("language", "word"), [("zh", "超龄"), ("en", "OVER")])
def test_over_stands_beside_the_days(demo, language, word):
    """The car of 187 days is over: the word stands behind its days, its offer alone in the last column."""
    words.use(language)
    table = next(block for block in sheet.draw(papers.read(demo, demo.today())).blocks if hasattr(block, "rows"))

    assert table.rows[0][3:5] == ["187", word]
    assert table.rows[0][-1] == "降5千"
    assert [row[4] for row in table.rows[1:]] == [""] * 9


def test_no_heading_is_cut(demo):
    """Every heading of the list in full, also where a car is out of the house."""
    car_moves.go_away(demo, queries.aged(demo).cars[0].car)
    for language in ("zh", "en"):
        words.use(language)
        text = as_text(sheet.draw(papers.read(demo, demo.today())))
        assert ".." not in text


def test_text_and_pdf(demo, tmp_path: Path):
    """The paper as text in the language asked for, the PDF into a file."""
    assert "库龄表" in run(demo, lang="zh").output
    assert "Over 60 days: 10 of 48" in run(demo).output
    assert "Cars on hand: 48" in run(demo, "--all").output
    run(demo, "--format", "pdf", "-o", str(tmp_path / "list.pdf"))

    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_reading_changes_nothing(demo):
    """The command reads: the log is as long as before."""
    before = demo.one("SELECT max(seq) FROM actions")
    run(demo, "--format", "json")

    assert demo.one("SELECT max(seq) FROM actions") == before
