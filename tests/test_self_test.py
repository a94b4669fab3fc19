"""The self-test passes here, fails where something is broken, leaves nothing behind and calls nobody."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop import __version__
from desktop.cli import run
from desktop.commands.trials import TRIALS

NAMES = [trial.name for trial in TRIALS]
NO_CALLS = """\
import sys

def no_calls(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise AssertionError(event)

sys.addaudithook(no_calls)
from desktop.cli import run
sys.exit(run(["self-test", "--json"]))
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Return the folder that stands for the computer's folder for passing files."""
    folder = tmp_path / "临时 files"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("JUWEI_DATA", str(tmp_path / "data"))
    return folder


@pytest.fixture
def told(temporary, capsys):
    """Run the self-test and return (status, the object it printed); nothing of it may be left."""

    def call():
        status = run(["self-test", "--json"])
        out, errors = capsys.readouterr()
        assert errors == ""
        assert list(temporary.iterdir()) == []
        return status, json.loads(out)

    return call


def test_it_passes_here_and_says_what_was_tested_on_what(told, tmp_path):
    status, answer = told()
    assert (status, answer["ok"], answer["version"], answer["frozen"]) == (0, True, __version__, False)
    assert [step["name"] for step in answer["steps"]] == NAMES
    assert all(step["ok"] and step["seconds"] > 0 and step["message"] == "" for step in answer["steps"])
    assert answer["seconds"] == pytest.approx(sum(step["seconds"] for step in answer["steps"]), abs=0.01)
    assert not (tmp_path / "data").exists()


def test_in_words_every_step_has_its_line(temporary, capsys):
    assert run(["self-test"]) == 0
    out, errors = capsys.readouterr()
    assert errors == ""
    *steps, verdict = out.splitlines()
    assert [line.split("：")[0] for line in steps] == [trial.title for trial in TRIALS]
    assert verdict == "自检通过，程序在这台电脑上能用。"
    del temporary


def plain_file(path, _key, *, create=False):
    del create
    return sqlite3.connect(path)


def fails(*_, **__):
    raise RuntimeError("王芳 13800004106")


@pytest.mark.parametrize(
    ("step", "fault", "said"),
    [
        ("encrypt", ("desktop.store.engine.connect", plain_file), "没有加密"),
        ("migrate", ("desktop.store.migrate.HEAD", "9999"), "升级没有做完"),
        ("sign_in", ("desktop.register.office.unlock", lambda *_: b""), "错的密码也能打开"),
        ("import", ("desktop.register.intake.service.write_table", fails), "RuntimeError"),
        ("print", ("desktop.printing.preview.page_text", lambda *_: "王〔U+2CEDA〕鸣"), "缺字"),
        ("draw", ("desktop.window.draw_tab", lambda _bench, _tab, file: file.write_bytes(b"")), "窗口画不出来"),
        ("backup", ("desktop.safekeeping.backup.write_flushed", fails), "RuntimeError"),
    ],
)
def test_what_is_broken_fails_at_its_step_and_ends_the_test(step, fault, said, told, monkeypatch):
    monkeypatch.setattr(*fault)
    status, answer = told()
    assert (status, answer["ok"]) == (3, False)
    at = NAMES.index(step)
    assert [one["ok"] for one in answer["steps"]] == [True] * at + [False] * (len(NAMES) - at)
    assert said in answer["steps"][at]["message"]
    assert "王芳" not in json.dumps(answer, ensure_ascii=False)
    assert all("没有试" in one["message"] for one in answer["steps"][at + 1 :])


def test_a_failure_in_words_goes_to_stderr_with_status_3(temporary, capsys, monkeypatch):
    monkeypatch.setattr("desktop.store.engine.connect", plain_file)
    assert run(["self-test"]) == 3
    out, errors = capsys.readouterr()
    assert out == "自检没有通过，请把上面的内容告诉维护人员。\n"
    assert errors.startswith("加密的资料文件：资料没有加密")
    del temporary


def test_a_place_for_passing_files_that_is_gone_is_the_machine_s_fault(temporary, capsys):
    temporary.rmdir()
    assert run(["self-test"]) == 3
    assert "新建自检用的临时文件夹" in capsys.readouterr().err


def test_as_a_process_it_needs_no_password_and_calls_nobody(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUWEI_")}
    done = subprocess.run(
        [sys.executable, "-c", NO_CALLS],
        cwd=Path(__file__).parents[1],
        env={**environment, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["ok"] is True
    assert list(tmp_path.iterdir()) == []
