"""Readable copies: whoever has the password reads every sheet with other programs, nobody else reads anything."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
import pyzipper
from openpyxl import load_workbook

from desktop.foundation.errors import EnvironmentFailure, InputError, NotAllowed
from desktop.foundation.jobs import JobCancelled
from desktop.register.rights import Role
from desktop.safekeeping import readable
from desktop.safekeeping.readable import PREFIX, README, ReadableService
from tests.safekeeping.making import PEOPLE, Stopping, fill, settle

SECRET = "桂花树下-2026"
PURPOSE = "长期保存"
SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz")


@pytest.fixture
def copies(bench):
    settle(bench)
    return service_of(bench)


def service_of(bench) -> ReadableService:
    return ReadableService(bench.whole, bench.store, bench.people.profile().name, bench.clock)


def left_in(target):
    return sorted(path.name for path in target.iterdir())


def test_what_was_typed_wrong_is_said_all_at_once_and_nothing_is_written(copies, stick):
    with pytest.raises(InputError) as error:
        copies.check("1234567", "1234567", " ")
    assert [(one.field, one.code) for one in error.value.problems] == [
        ("password", "password_short"),
        ("purpose", "required"),
    ]
    with pytest.raises(InputError, match="两次输入的密码不一样"):
        copies.check(SECRET, SECRET + "x", PURPOSE)
    with pytest.raises(InputError, match="太常见"):
        copies.write(stick, "11111111", PURPOSE)
    assert left_in(stick) == []


@pytest.mark.parametrize("role", [Role.GRID, Role.READER])
def test_who_may_not_take_whole_numbers_out_makes_none(bench_as, stick, role):
    with pytest.raises(NotAllowed):
        service_of(bench_as(role)).write(stick, SECRET, PURPOSE)
    assert left_in(stick) == []


def test_it_may_not_lie_in_the_folder_of_the_data(copies, folder):
    with pytest.raises(InputError, match="不能放在资料自己的文件夹里"):
        copies.write(folder.path, SECRET, PURPOSE)


def test_every_sheet_is_there_with_whole_numbers_and_imports_again(copies, bench, stick, tmp_path):
    made = copies.write(stick, SECRET, PURPOSE)
    assert left_in(stick) == [made.path.name]
    assert made.path.name.startswith(f"{PREFIX}_后环社区居民委员会_20260617-1042")
    assert made.sentence == "可读的表格存好了，也重新读过：点位1行、居民3行、随访4行。"
    with pyzipper.AESZipFile(made.path) as archive:
        archive.setpassword(SECRET.encode())
        names = archive.namelist()
        archive.extractall(tmp_path / "out")
    assert names == [README, *(f"{title}.xlsx" for title in bench.intake.kinds.values())]
    assert "WPS" in (tmp_path / "out" / README).read_text(encoding="utf-8-sig")
    rows = list(load_workbook(tmp_path / "out" / "居民.xlsx").active.iter_rows(values_only=True))
    assert "沈玉琴 2026年6月17日 10:42导出，含完整号码，用途：长期保存" in rows[0][0]
    assert {row[1] for row in rows[2:]} == {number for _name, _phone, number in PEOPLE}
    preview = bench.intake.preview("residents", tmp_path / "out" / "居民.xlsx")
    assert {problem.code for row in preview.sheet.refused for problem in row.problems} == {"id_exists"}


@pytest.mark.skipif(SEVEN_ZIP is None, reason="no 7-Zip here")
def test_another_program_opens_it_with_the_password_and_not_without(copies, stick):
    made = copies.write(stick, SECRET, PURPOSE)
    tried = [SEVEN_ZIP, "t", made.path]
    assert subprocess.run([*tried, f"-p{SECRET}"], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*tried, "-pwrong"], capture_output=True, check=False).returncode != 0


def test_nothing_of_it_can_be_read_without_the_password(copies, stick):
    raw = copies.write(stick, SECRET, PURPOSE).path.read_bytes()
    for needle in (text for person in PEOPLE for text in person):
        assert not any(needle.encode(code) in raw for code in ("utf-8", "utf-16-le", "gb18030"))
    with pyzipper.AESZipFile(stick / left_in(stick)[0]) as archive:
        assert all(one.flag_bits & 1 for one in archive.infolist())
        archive.setpassword(b"another one")
        with pytest.raises(RuntimeError):
            archive.read("居民.xlsx")


def test_it_stands_in_the_log_of_exports_with_its_purpose_and_is_remembered_for_a_year(copies, bench, stick):
    assert not copies.is_due()
    bench.clock.advance(timedelta(days=365))
    assert copies.is_due()
    copies.write(stick, SECRET, PURPOSE)
    (step,) = bench.journal.disclosures()
    assert step.label == "导出看得懂的全部表格：8行，完整号码，用途：长期保存"
    last = bench.journal.last_undoable(bench.officer.staff_id)
    assert last is None or last.id != step.id
    assert not copies.is_due()
    bench.clock.advance(timedelta(days=364))
    assert not copies.is_due()
    bench.clock.advance(timedelta(days=1))
    assert copies.is_due()


def test_two_in_one_minute_do_not_overwrite_each_other(copies, stick):
    first, second = (copies.write(stick, SECRET, PURPOSE).path for _ in range(2))
    assert first != second
    assert left_in(stick) == sorted([first.name, second.name])


def test_a_long_sheet_goes_on_in_another_file(copies, stick, monkeypatch):
    monkeypatch.setattr(readable, "ROWS_A_FILE", 2)
    made = copies.write(stick, SECRET, PURPOSE)
    with pyzipper.AESZipFile(made.path) as archive:
        names = archive.namelist()
    assert [name for name in names if name.startswith(("居民", "随访"))] == [
        "居民_1.xlsx",
        "居民_2.xlsx",
        "随访_1.xlsx",
        "随访_2.xlsx",
    ]
    assert made.rows["居民"] == 3


def test_stopping_leaves_nothing_behind_and_nothing_in_the_log(copies, bench, stick):
    with pytest.raises(JobCancelled):
        copies.write(stick, SECRET, PURPOSE, Stopping(3))
    assert left_in(stick) == []
    assert bench.journal.disclosures() == []


def test_what_a_kill_has_left_is_removed_the_next_time(copies, stick):
    (stick / f".{PREFIX}_x_20260101-0000.zip.未完成").write_bytes(b"half")
    made = copies.write(stick, SECRET, PURPOSE)
    assert left_in(stick) == [made.path.name]


def test_a_full_disk_is_a_sentence_and_leaves_nothing(copies, small_stick):
    fill(small_stick, free=16_000)
    with pytest.raises(EnvironmentFailure, match="磁盘满了"):
        copies.write(small_stick, SECRET, PURPOSE)
    assert left_in(small_stick) == ["films"]


def test_a_folder_that_went_is_a_sentence(copies, tmp_path):
    with pytest.raises(EnvironmentFailure, match=re.compile(r"[\u4e00-\u9fff]")):
        copies.write(tmp_path / "gone", SECRET, PURPOSE)
