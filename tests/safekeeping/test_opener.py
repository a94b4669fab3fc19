"""The file a double click opens the program with: in every backup, for people, and no part of what is restored."""

from __future__ import annotations

import pytest

from desktop.safekeeping.opener import OPENER, backup_to_open
from desktop.safekeeping.verify import look_inside, look_over
from tests.safekeeping.making import back_up


def test_every_backup_has_one_that_says_what_it_is(opened, bench, stick):
    report = back_up(bench, stick)
    raw = (report.path / OPENER).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "双击这个文件" in raw.decode("utf-8-sig")
    del opened


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_backup_without_it_or_with_another_one_is_as_good(bench, stick, harm):
    report = back_up(bench, stick)
    if harm == "gone":
        (report.path / OPENER).unlink()
    else:
        (report.path / OPENER).write_text("改过", encoding="utf-8")
    assert look_inside(look_over(report.path), bench.data_key).counts == report.counts
    assert look_over(report.path / OPENER if harm == "changed" else report.path).folder == report.path


def test_started_with_one_the_program_knows_the_backup(tmp_path):
    assert backup_to_open([str(tmp_path / "备份 一" / OPENER)]) == tmp_path / "备份 一"
    assert backup_to_open([str(tmp_path / "备份 一" / "OPEN.JUWEI")]) == tmp_path / "备份 一"


@pytest.mark.parametrize("arguments", [[], ["check"], ["verify", "x.juwei"], ["x.juwei", "--json"], ["--x.juwei"]])
def test_anything_else_is_a_command(arguments):
    assert backup_to_open(arguments) is None
