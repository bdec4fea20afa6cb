"""The A4 papers: one page for a showroom's day, the same bytes every time, names that are no commands."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from floorlead import shelf
from floorlead.paper import pdf as pdf_module
from floorlead.paper.pdf import MISSING, compile_pdf, drawable, render_pdf
from floorlead.store.errors import Refused
from tests.children import around

SAMPLES = Path(__file__).parent / "samples"
HOSTILE = [
    '#read("x")', '#eval("1/0")', "[/]", "[red]", "$ x $", "*x*", "_x_", "`x`", "\\", "\\u{41}", "\"it's\"",
    "= x", "- x", "// x", "/* x", "<x>", "@x", "~", "#", "#{", "{{}}", "%s {0}", "&lt;b&gt;", "=1+1",
    "'; DROP TABLE people; --",
]  # fmt: skip


def paper(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))


def named(*names: str) -> dict[str, Any]:
    """The card with these people on it, all in order."""
    card = copy.deepcopy(paper("card-zh"))
    card["blocks"][1]["rows"] = [[str(n), name, "v", "v", "v", "v", ""] for n, name in enumerate(names, 1)]
    return card


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type */Page\b", data))


def words(data: bytes, tmp_path: Path) -> str:
    """What a reader finds on the paper, all blanks taken out."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed here")
    (tmp_path / "paper.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", tmp_path / "paper.pdf", "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().replace("\u200b", "").split())


def own_template(folder: Path, name: str, text: str) -> Path:
    (folder / "papers").mkdir(parents=True, exist_ok=True)
    (folder / "papers" / name).write_text(text, "utf-8")
    return folder


# ---- the page ----


@pytest.mark.parametrize("sample", sorted(p.stem for p in SAMPLES.glob("*.json")))
def test_a_showrooms_day_is_one_a4_page(sample):
    """12 or 24 people, 14 display cars, 6 tables; or the whole day's report: one page, in both languages."""
    data = compile_pdf(paper(sample), own=None).data

    assert pages(data) == 1
    assert re.findall(rb"/MediaBox *\[0 0 (\d+)\.\d+ (\d+)\.\d+\]", data) == [(b"595", b"841")]


def test_a_larger_showroom_goes_on_to_a_second_page_and_loses_nobody(tmp_path):
    """60 people: the head of the table stands on each page, the last person and the signatures are there."""
    data = compile_pdf(named(*(f"员工{n:03}号" for n in range(60))), own=None).data
    text = words(data, tmp_path)

    assert pages(data) == 2
    assert [n for n in range(60) if f"员工{n:03}号" not in text] == []
    assert text.count("9:00前擦车") == 2
    assert "1/2" in text and "2/2" in text
    assert text.count("销售经理签字") == 1


def test_what_the_card_says_is_on_the_paper(tmp_path):
    text = words(compile_pdf(paper("card-zh"), own=None).data, tmp_path)

    for said in (
        "仪表环境监督卡",
        "检查人林晓峰08:41-08:58",
        "08:52无胸卡现场纠正",
        "编号20261123-C1",
        "1/1",
        "√",
        "×",
    ):
        assert said in text
    assert "[X]" not in text and "草稿" not in text


def test_marks_are_drawn_not_spelled(tmp_path):
    """On the paper v is √ and an exception stands in a box, a counted one too; so does the key."""
    card = named("张伟")
    card["blocks"][1]["rows"] = [["1", "v", "v", "[X]", "[12]", "-", "[X] v"]]
    text = words(compile_pdf(card, own=None).data, tmp_path)

    assert "1v√×12-[X]v" in text
    assert "标记√合格×异常L9:00后-休/不适用" in text


def test_a_draft_says_so_across_the_page_in_the_head_and_in_the_foot(tmp_path):
    text = words(compile_pdf(paper("report-en-draft"), own=None).data, tmp_path)

    assert text.count("DRAFT") >= 2
    assert "Sealed" not in text


def test_a_sealed_report_shows_its_seal_and_the_one_before(tmp_path):
    text = words(compile_pdf(paper("report-zh"), own=None).data, tmp_path)

    assert "封存9f3a61c07be2d845" in text
    assert "上一份02b7e1ffac3590d6" in text


def test_a_paper_of_empty_blocks_is_still_a_page():
    """The first morning of a new showroom: nobody, no car, no words yet."""
    empty = copy.deepcopy(paper("card-zh")) | {"head": ["", "", ""], "foot": ["", ""]}
    empty["blocks"][1]["rows"] = []
    for side in ("left", "right"):
        empty["blocks"][3][side]["rows"] = []
    empty["blocks"] += [{"kind": "facts", "rows": [["x", []]]}, {"kind": "tasks", "rows": []}]
    empty["blocks"] += [{"kind": "note", "text": ""}, {"kind": "sign", "items": []}]

    assert pages(compile_pdf(empty, own=None).data) == 1


# ---- the same paper, the same bytes ----


@pytest.mark.parametrize("sample", ["card-zh", "report-en"])
def test_the_same_paper_is_the_same_bytes_in_another_process(sample, tmp_path, monkeypatch):
    """A seal binds the bytes: another process, folder, hash seed, time zone, order of keys: no change."""
    here = compile_pdf(paper(sample), own=None).data
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    turned = dict(reversed(list(paper(sample).items())))

    assert render_pdf(turned, None).data == here
    assert render_pdf(paper(sample), None).data == here


# ---- names are never commands ----


def test_what_people_type_is_printed_as_they_typed_it(tmp_path):
    """Typst's own marks, brackets, quotes and the marks of other programs are letters like any other."""
    text = words(compile_pdf(named(*HOSTILE), own=None).data, tmp_path)

    assert [name for name in HOSTILE if name.replace(" ", "") not in text] == []


def test_hostile_words_are_letters_in_every_block(tmp_path):
    """Head, heading, facts, tasks, note, sign and foot take the same words as a name does."""
    bad = '#read("x")[/]$*`\\'
    report = copy.deepcopy(paper("report-zh")) | {"head": [bad, bad, bad], "foot": [bad, bad], "title": bad}
    report["blocks"] = [
        {"kind": "heading", "text": bad},
        {"kind": "facts", "rows": [[bad, [bad, bad]]]},
        {"kind": "tasks", "rows": [["[ ]", bad, bad, bad]]},
        {"kind": "note", "text": bad},
        {"kind": "sign", "items": [bad]},
    ]

    assert words(compile_pdf(report, own=None).data, tmp_path).count(bad) == 16


def test_controls_and_turning_marks_never_reach_the_paper(tmp_path):
    """ESC, NUL, a bidi override, a lone surrogate: the letters stay in their order, nothing else does."""
    text = words(
        compile_pdf(named("张\x1b[31m伟", "李\u202e娜\x00", "王\u200b芳\ufeff", "陈\ud800静", "杨\n帆"), own=None).data,
        tmp_path,
    )

    for name in ("张[31m伟", "李娜", "王芳", f"陈{MISSING}静", "杨帆"):
        assert name in text


def test_a_character_that_the_font_lacks_is_a_geta(tmp_path):
    """Rare names keep their other characters; the lost one is seen to be lost."""
    assert drawable("何喆 高玥 林堃") == "何喆 高玥 林堃"
    assert drawable("𫖮伟 ✗ 👍") == f"{MISSING}伟 {MISSING} {MISSING}"
    assert drawable("Cafe\u0301 □■○●√×–—…·°┌─┐→") == "Café □■○●√×–—…·°┌─┐→"

    assert f"{MISSING}伟" in words(compile_pdf(named("𫖮伟"), own=None).data, tmp_path)


def test_the_list_of_characters_is_the_fonts_own():
    fonts = pytest.importorskip("fontTools.ttLib", reason="fontTools is not installed here")
    drawn = fonts.TTFont(shelf.find("fonts", "wqy-microhei-gbk.ttf")).getBestCmap()
    starts, ends = pdf_module._spans()

    assert {c for a, b in zip(starts, ends, strict=True) for c in range(a, b + 1)} == set(drawn)


# ---- a showroom's own templates ----


def test_an_own_template_wins(tmp_path):
    own = own_template(tmp_path, "card.typ", '#set text(font: "WenQuanYi Micro Hei")\n我们店自己的卡')

    pdf = compile_pdf(paper("card-zh"), own=own)

    assert (pdf.template, pdf.warning) == ("own", "")
    assert "我们店自己的卡" in words(pdf.data, tmp_path)
    assert compile_pdf(paper("report-zh"), own=own).template == "shipped"


def test_an_own_piece_goes_with_the_shipped_rest(tmp_path):
    """Only the shared pieces are changed: file by file the own one is taken."""
    shipped = shelf.find("papers", "paper.typ").read_text("utf-8")
    own = own_template(tmp_path, "paper.typ", shipped.replace('"封存"', '"已封"'))

    pdf = compile_pdf(paper("report-zh"), own=own)

    assert pdf.template == "own"
    assert "已封9f3a61c07be2d845" in words(pdf.data, tmp_path)


@pytest.mark.parametrize("draw", [lambda p, own: compile_pdf(p, own=own), render_pdf], ids=["here", "in a child"])
@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("card.typ", "好\n\n#let x = \n", 3),
        ("card.typ", '#import "paper.typ": paper\n#paper(none, sizes: (1pt,))', 2),
        ("paper.typ", "#let a = 1\n#let paper(d, ..more) = d.nothing.at(3)", 2),
        ("card.typ", '好\n#read("/etc/hostname")', 2),
        ("card.typ", '\n#import "@preview/cetz:0.4.0": canvas', 2),
    ],
    ids=["unfinished", "not a paper", "in the shared pieces", "reads a file", "asks the network"],
)
def test_a_broken_own_template_prints_with_the_shipped_page_and_says_where(draw, name, text, line, tmp_path):
    own = own_template(tmp_path, name, text)

    pdf = draw(paper("card-zh"), own)

    assert pdf.template == "shipped"
    assert pdf.data == compile_pdf(paper("card-zh"), own=None).data
    assert name in pdf.warning and str(line) in pdf.warning and "\n" not in pdf.warning


def test_an_own_piece_that_the_shipped_rest_does_not_fit_is_named(tmp_path):
    """After an update the shipped card may hand over more than an old own piece takes."""
    pdf = compile_pdf(paper("card-zh"), own=own_template(tmp_path, "paper.typ", "#let paper(d) = d.title"))

    assert pdf.template == "shipped"
    assert "paper.typ" in pdf.warning and "unexpected argument" in pdf.warning


def test_an_own_template_that_kills_the_typesetter_is_passed_over(tmp_path, monkeypatch):
    """The child is shot as soon as it has an own template to draw: the app goes on with the shipped page."""
    own = own_template(tmp_path, "card.typ", "好")
    real = pdf_module._in_child

    def shot(asked, folder, timeout):
        return real(asked, folder, 0.001 if folder else timeout)

    monkeypatch.setattr(pdf_module, "_in_child", shot)
    pdf = render_pdf(paper("card-zh"), own)

    assert pdf.template == "shipped"
    assert "card.typ" in pdf.warning


# ---- the child process ----


def test_a_typesetter_that_does_not_answer_is_one_sentence():
    with pytest.raises(Refused) as refused:
        render_pdf(paper("card-zh"), None, timeout=0.001)

    assert refused.value.code == "E32"
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("draw", [lambda p, own: compile_pdf(p, own=own), render_pdf], ids=["here", "in a child"])
def test_a_paper_that_no_template_knows_is_refused(draw):
    with pytest.raises(Refused) as refused:
        draw(paper("card-zh") | {"name": "nothing"}, None)

    assert refused.value.code == "E32"


def test_the_app_never_loads_the_typesetter_and_the_child_never_the_app():
    """The app's process stays small; the child starts without the screen's libraries."""
    script = (
        "import sys, json; from floorlead.paper.pdf import render_pdf;"
        "import floorlead.paper.pdf as m; light = sorted(sys.modules);"
        f"d = json.load(open({str(SAMPLES / 'card-zh.json')!r}, encoding='utf-8'));"
        "assert render_pdf(d, None).data[:4] == b'%PDF';"
        "print(json.dumps([light, 'typst' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=around())
    light, typst_in_app = json.loads(done.stdout)

    assert not typst_in_app
    assert {"textual", "rich", "click", "sqlite3", "typst", "sqlite_utils", "arrow"} & set(light) == set()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#for i in range(60) [ #i #pagebreak() ]", "61 pages"),
        ('#let far = "@" + "preview/cetz:0.3.0"\n#import far: *', ""),
        ('#read("/etc/passwd")', ""),
        ('#read("../../../../../etc/passwd")', ""),
        ("#let f(n) = f(n + 1) + 1\n#f(0)", ""),
    ],
    ids=["pages", "network", "absolute", "outside", "deep"],
)
def test_an_own_template_has_bounds(text, reason, tmp_path):
    """Too many pages, a package from the network, a file outside, endless depth: the shipped page, and why."""
    own = tmp_path / "showroom"
    (own / "papers").mkdir(parents=True)
    (own / "papers" / "report.typ").write_text(text, encoding="utf-8")
    drawn = compile_pdf(paper("report-en"), own=own)

    assert drawn.template == "shipped" and drawn.data.startswith(b"%PDF")
    assert "report.typ" in drawn.warning and reason in drawn.warning


def test_an_own_template_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_module, "OWN_SECONDS", 1.5)
    own = tmp_path / "showroom"
    (own / "papers").mkdir(parents=True)
    (own / "papers" / "report.typ").write_text("#while true { }\n#let n = 0\n#while n < 1000000000 { n += 1 }")
    drawn = compile_pdf(paper("report-en"), own=own)

    assert drawn.template == "shipped" and "report.typ" in drawn.warning


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_out_of_the_folder_and_pipes_are_no_templates(tmp_path):
    """What a link outside points to is never read; a pipe is not waited for."""
    own, secret = tmp_path / "showroom", tmp_path / "secret.svg"
    (own / "papers").mkdir(parents=True)
    secret.write_text("<svg/>")
    (own / "papers" / "logo.svg").symlink_to(secret)
    (own / "papers" / "report.typ").write_text('#read("logo.svg")')
    os.mkfifo(own / "papers" / "week.typ")
    drawn = compile_pdf(paper("report-en"), own=own)

    assert drawn.template == "shipped" and "logo.svg" in drawn.warning


def test_a_process_without_network_gets_no_socket():
    """The kernel refuses the socket; everything else goes on."""
    code = (
        "import socket, sys; from floorlead.unplugged import unplug\n"
        "if not unplug(): sys.exit(3)\n"
        "try: socket.socket()\n"
        "except PermissionError: sys.exit(0)\n"
        "sys.exit(1)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    if done.returncode == 3:
        pytest.skip("this system has no such filter")
    assert done.returncode == 0
