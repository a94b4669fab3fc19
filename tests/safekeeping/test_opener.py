"""The file a double click opens the program with: in every backup, for people; a changed one is told."""

from __future__ import annotations

import pytest

from desktop.foundation.errors import DamagedFile
from desktop.safekeeping.opener import OPENER, backup_to_open
from desktop.safekeeping.verify import look_inside, look_over
from tests.safekeeping.making import back_up


def test_every_backup_has_one_that_says_what_it_is(opened, bench, stick):
    report = back_up(bench, stick)
    raw = (report.path / OPENER).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "双击这个文件" in raw.decode("utf-8-sig")
    del opened


def test_every_flipped_bit_in_it_is_refused_and_the_way_out_is_said(bench, stick):
    report = back_up(bench, stick)
    whole = (report.path / OPENER).read_bytes()
    assert look_over(report.path / OPENER).folder == report.path
    for place in range(0, 8 * len(whole), 7):
        content = bytearray(whole)
        content[place // 8] ^= 1 << place % 8
        (report.path / OPENER).write_bytes(content)
        with pytest.raises(DamagedFile, match=r"内容变了.*把这个文件删掉再试"):
            look_over(report.path)
    for content in (b"", whole + b" ", whole[:-1]):
        (report.path / OPENER).write_bytes(content)
        with pytest.raises(DamagedFile, match="内容变了"):
            look_over(report.path)


def test_a_backup_without_it_is_as_good(bench, stick):
    report = back_up(bench, stick)
    (report.path / OPENER).unlink()
    assert look_inside(look_over(report.path), bench.data_key).counts == report.counts


def test_started_with_one_the_program_knows_the_backup(tmp_path):
    assert backup_to_open([str(tmp_path / "备份 一" / OPENER)]) == tmp_path / "备份 一"
    assert backup_to_open([str(tmp_path / "备份 一" / "OPEN.JUWEI")]) == tmp_path / "备份 一"


@pytest.mark.parametrize("arguments", [[], ["check"], ["verify", "x.juwei"], ["x.juwei", "--json"], ["--x.juwei"]])
def test_anything_else_is_a_command(arguments):
    assert backup_to_open(arguments) is None
