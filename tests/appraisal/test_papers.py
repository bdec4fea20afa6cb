"""The appraisal on paper and as a table: nobody, forty people, a name that looks like a formula, tables kept whole."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from floorlead import clock, words
from floorlead.appraisal import exporting, papers, queries
from floorlead.commands.work import drawn
from floorlead.kpi import papers as kpi_papers
from floorlead.paper.text import as_text
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.store import Store, open_store
from floorlead.tables.reading import read_table
from floorlead.text import width
from tests.appraisal import showroom as ash
from tests.kpi import showroom as sh

MONTH = "2026-11"


def more(store: Store, count: int, name: str = "顾问") -> None:
    """So many further consultants."""
    for n in range(count):
        made = replace(people.blank(), name=f"{name}{n:02}", name_en=f"Somebody With A Long Name {n}")
        people.save(store, replace(made, number=f"T{n:02}"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("count", [0, 40])
def test_nobody_and_forty_people(tmp_path: Path, language: str, count: int) -> None:
    """The team's sheet and the figures of a month: within the page, everybody on them, also where nobody is."""
    words.use(language)
    store = ash.opened(tmp_path) if count else open_store(tmp_path / "e.db", clock.stopped(ash.NOW))
    more(store, count)
    for paper in (papers.team(store, MONTH), kpi_papers.paper(store, MONTH)):
        text = as_text(paper)
        assert max(map(width, text.splitlines())) <= 80
        assert text.count("T39") == (0 if not count else text.count("T00"))
    store.close()


def test_a_name_that_looks_like_a_formula(tmp_path: Path) -> None:
    """A consultant called =1+1 with the number =S1: the table for HR holds the words, nothing is worked out."""
    store = ash.opened(tmp_path)
    people.save(store, replace(people.blank(), name="=1+1", number="=S1"))
    exporting.write(queries.month(store, MONTH), tmp_path / "hr.xlsx", store.path)
    exporting.write(queries.month(store, MONTH), tmp_path / "hr.csv", store.path)
    held = read_table((tmp_path / "hr.xlsx").read_bytes(), "hr.xlsx")
    rows = [str(row.cells) for row in held if "=1+1" in str(row.cells)]
    assert len(rows) == 1
    assert "=S1" in rows[0]
    assert ',"=' not in (tmp_path / "hr.csv").read_text(encoding="utf-8-sig")
    store.close()


def test_a_table_begins_where_it_fits(tmp_path: Path) -> None:
    """14 people: the last table of indicators is not torn, its heading stands on the page of its rows."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here")
    words.use("zh")
    store = ash.opened(tmp_path)
    more(store, 14 - len(people.everybody(store)))
    made = drawn(papers.team(store, MONTH), "pdf", store.path)
    assert isinstance(made, bytes)
    (tmp_path / "team.pdf").write_bytes(made)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "team.pdf", "-"], capture_output=True, check=True).stdout
    pages = [page for page in told.decode().split("\f") if page.strip()]
    last = f"T{13 - len(sh.NAMES):02}"
    for page in pages:
        lines = [line.split() for line in page.splitlines() if line.split()]
        heads = [n for n, line in enumerate(lines) if line[0] == "工号"]
        for begin, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            assert last in [line[0] for line in lines[begin:end]], page
    assert sum(page.count("工号") for page in pages) == 4
    store.close()
