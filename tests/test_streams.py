"""Standard output that is full, closed or read by nobody, and the app where there is no terminal: one sentence, no spin."""

from __future__ import annotations

import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from floorlead import clock
from floorlead.store import Store
from tests import kept
from tests.children import ROOT, around, undisturbed
from tests.conftest import DAY

NOW = f"{DAY}T08:41"
NEEDS = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")


@pytest.fixture
def showroom(tmp_path: Path) -> Path:
    return kept.demo(tmp_path / "s.db", clock.stopped(NOW), "standard", 0)


def started(path: Path, words: str, leads: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the shell with its standard streams led somewhere."""
    program = f"{sys.executable} -m floorlead --store {path} --lang en --now {NOW} {words} {leads}"
    return subprocess.run(
        ["/bin/sh", "-c", program], cwd=ROOT, env=undisturbed(), capture_output=True, text=True, timeout=60
    )


def closed_pipe(path: Path, words: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        base = [sys.executable, "-m", "floorlead", "--store", str(path), "--lang", "en", "--now", NOW, *words.split()]
        return subprocess.run(
            base, cwd=ROOT, env=undisturbed(), stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60
        )
    finally:
        os.close(writer)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@NEEDS
@pytest.mark.parametrize(
    "words", ["report", "report --format json", "card", "cars --format pdf", "history", "--help", "verify"]
)
def test_a_full_standard_output(showroom, words):
    done = started(showroom, words, "> /dev/full")

    assert done.returncode == 1
    assert "No space left on device (E441)" in one_sentence(done)


@pytest.mark.parametrize("words", ["report", "queue --format json"])
def test_nobody_reads(showroom, words):
    done = closed_pipe(showroom, words)

    assert done.returncode == 1
    assert "stopped reading (E441)" in one_sentence(done)


@pytest.mark.parametrize("words", ["report", "doctor", "--version"])
def test_a_closed_standard_output(showroom, words):
    """Nor does the file that is opened next take its number: the showroom's file is as it was."""
    before = showroom.read_bytes()
    done = started(showroom, words, ">&-")

    assert done.returncode == 1
    assert "(E441)" in one_sentence(done)
    assert showroom.read_bytes() == before


@NEEDS
def test_what_was_done_before_it_failed_is_told(showroom):
    """The targets are set, the report is sealed, the copy is made: exit code 0, what is done, and a warning."""
    for words, told in (("targets --set orders=60", "orders 60"), ("seal", "sealed"), ("backup", "manual.db")):
        done = started(showroom, words, "> /dev/full")
        first, second = done.stderr.splitlines()
        assert done.returncode == 0
        assert first.startswith("floorlead: Done: ") and told in first
        assert second == "floorlead: warning: Standard output takes nothing: No space left on device (E441)"
    assert "already" in closed_pipe(showroom, "seal").stderr


@NEEDS
def test_where_nobody_can_be_told(showroom):
    """Both streams are full: the exit code is all that is left to say it."""
    assert started(showroom, "report", "> /dev/full 2>&1").returncode == 1
    assert started(showroom, "seal", "> /dev/full 2>&1").returncode == 0


@pytest.mark.parametrize("leads", ["< /dev/null", "> /dev/null", "< /dev/null > /dev/null", "<&-", "2> /dev/null", ""])
@pytest.mark.parametrize("words", ["", "demo", "keys"])
def test_the_app_without_a_terminal(tmp_path, words, leads):
    """Exit code 2, no file is made, and no core is kept busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = started(tmp_path / "none.db", words, leads)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert done.returncode == 2
    assert "2>" in leads or "needs a terminal" in one_sentence(done)
    assert after.ru_utime - before.ru_utime < 5
    assert list(tmp_path.iterdir()) == []


def test_a_driver_that_is_named_is_used(tmp_path, monkeypatch):
    """Whoever names a driver of Textual's brings the screen along."""
    from floorlead import streams

    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    assert streams.no_terminal() == ""
    monkeypatch.delenv("TEXTUAL_DRIVER")
    assert streams.no_terminal()


def terminal(path: Path, *, deaf: bool) -> tuple[int, int]:
    """The app in a terminal; `deaf` lets it hear of no window that closes. Returns its process and the terminal's end."""
    process, end = pty.fork()
    if not process:
        if deaf:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
        os.chdir(ROOT)
        words = ["-m", "floorlead", "--store", str(path), "--lang", "en", "--now", NOW]
        os.execve(sys.executable, [sys.executable, *words], undisturbed(TERM="xterm-256color"))
    return process, end


@pytest.mark.parametrize("deaf", [False, True])
def test_a_terminal_that_goes_ends_the_app(showroom, deaf):
    """The window closes, with and without the signal that tells of it: the program ends, it does not spin."""
    process, end = terminal(showroom, deaf=deaf)
    seen = b""
    while b"Today" not in seen and select.select([end], [], [], 30)[0]:
        seen += os.read(end, 65536)
    os.close(end)

    for _n in range(200):
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            break
        time.sleep(0.05)
    else:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        pytest.fail("the program goes on without its terminal")
    assert os.waitstatus_to_exitcode(status) in (129, -signal.SIGHUP)


def completed(path: Path, *words: str, **more: str) -> str:
    asked = {
        "_FLOORLEAD_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("floorlead", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "floorlead"], cwd=ROOT, env=around(**asked, FLOORLEAD_STORE=str(path), **more),
        capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_completing_opens_nothing(tmp_path):
    """Words, options and choices are completed; neither the app nor a file comes of it."""
    path = tmp_path / "none.db"

    assert completed(path, "re").split() == ["plain,report", "plain,reopen", "plain,restore"]
    assert "plain,--format" in completed(path, "report", "--f")
    assert completed(path, "report", "--format", "js").split() == ["plain,json"]
    assert "plain,seal" in completed(path, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_completion(shell, tmp_path):
    path = tmp_path / "none.db"
    done = started(path, f"completion {shell}", "")

    assert done.returncode == 0
    assert f"_FLOORLEAD_COMPLETE={shell}_complete" in done.stdout
    assert not path.exists()
    if shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(done.stdout)
        subprocess.run([shell, "-n", str(script)], check=True)


def test_the_help_tells_of_completion_and_the_bash_script_works(tmp_path, store: Store):
    assert "floorlead completion bash" in started(store.path, "--help", "").stdout
    script, program = tmp_path / "script", tmp_path / "floorlead"
    script.write_text(started(store.path, "completion bash", "").stdout)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m floorlead "$@"\n')
    program.chmod(0o755)
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("there is no bash")
    asks = f'. {script}; COMP_WORDS=(floorlead sea); COMP_CWORD=1; _floorlead_completion floorlead sea floorlead; echo "${{COMPREPLY[@]}}"'
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [bash, "-c", asks], env=around(PATH=path), cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert done.stdout.split() == ["seal"]
