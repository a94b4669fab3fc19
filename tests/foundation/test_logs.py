"""The log names types and places of errors, never what they say; expected errors are sentences."""

from __future__ import annotations

import errno
import logging

import pytest

from desktop.foundation import logs
from desktop.foundation.errors import (
    AppError,
    EnvironmentFailure,
    InputError,
    Problem,
    WrongPassword,
    machine_faults,
)
from desktop.foundation.logs import frames_without_values, start_logging

SECRET = "欧阳雪梅 110101195003080011"


@pytest.fixture
def log(tmp_path):
    path = start_logging(tmp_path / "log")
    yield path
    for handler in logging.getLogger().handlers[:]:
        handler.close()
        logging.getLogger().removeHandler(handler)


def failing():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


def test_an_exception_is_logged_by_type_and_place_only(log):
    try:
        failing()
    except KeyError:
        logging.getLogger("crash").exception("import of batch %s failed", "0a0b")
    written = log.read_text(encoding="utf-8")
    assert "import of batch 0a0b failed" in written
    for expected in ("KeyError", "ValueError", "test_logs.py", "failing"):
        assert expected in written
    assert "欧阳雪梅" not in written
    assert "110101195003080011" not in written
    assert "raise KeyError" not in written


def test_frames_name_every_cause_and_no_value():
    with pytest.raises(KeyError) as caught:
        failing()
    frames = frames_without_values(caught.value)
    assert frames.index("KeyError") < frames.index("ValueError")
    assert SECRET not in frames


def test_a_hidden_context_stays_hidden():
    with pytest.raises(WrongPassword) as caught:
        hidden()
    assert frames_without_values(caught.value).count("Error") == 0


def hidden():
    try:
        raise ValueError(SECRET)
    except ValueError:
        raise WrongPassword("密码不对。") from None


def test_a_log_in_an_impossible_place_is_an_oserror(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match=r"exists|directory"):
        start_logging(tmp_path / "file")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, SECRET, SECRET), "磁盘满了"),
        (OSError(errno.EROFS, SECRET, SECRET), "只能看"),
        (PermissionError(errno.EACCES, SECRET, SECRET), "没有写入这个位置的权限"),
        (FileNotFoundError(errno.ENOENT, SECRET, SECRET), "找不到"),
        (IsADirectoryError(errno.EISDIR, SECRET, SECRET), "弄反了"),
        (OSError(errno.EIO, SECRET, SECRET), "读写出错"),
        (OSError(errno.EBADF, SECRET, SECRET), "错误9号"),
        (TimeoutError(SECRET), "电脑不让做"),
    ],
)
def test_what_the_system_reports_becomes_a_sentence_without_paths(error, said):
    with pytest.raises(EnvironmentFailure, match=said) as caught, machine_faults("保存"):
        raise error
    assert str(caught.value).startswith("保存没有成功：")
    assert "欧阳雪梅" not in str(caught.value)
    assert caught.value.exit_status == 3


def test_problems_are_one_sentence_together():
    error = InputError(problems=[Problem("a", "required", "请填姓名。"), Problem("b", "required", "请选小区。")])
    assert str(error) == "请填姓名。；请选小区。"
    assert isinstance(error, AppError)
    assert error.exit_status == 1


def test_a_full_log_turns_over_and_the_oldest_goes(log, monkeypatch):
    monkeypatch.setattr(logs, "_FULL_BYTES", 100)
    for number in range(9):
        logging.getLogger("work").warning("step %d %s", number, "x" * 100)
    kept = sorted(path.name for path in log.parent.iterdir())
    assert kept == ["desktop.log", *(f"desktop.log.{number}" for number in range(1, 6))]
    assert [log.with_name(name).read_text(encoding="utf-8").count("step") for name in kept] == [1] * 6
    assert "step 8" in log.read_text(encoding="utf-8")
    assert "step 7" in log.with_name("desktop.log.1").read_text(encoding="utf-8")
