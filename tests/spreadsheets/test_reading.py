"""Files of every format, and a plain sentence for every one that cannot be read."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from desktop.foundation.errors import EnvironmentFailure, InputError
from desktop.spreadsheets import newformat, oldformat
from desktop.spreadsheets.judging import read_sheet
from desktop.spreadsheets.reading import read_table
from tests.spreadsheets.making import make_csv, make_xlsx
from tests.spreadsheets.specs import AEDES, RESIDENTS, TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
ROWS = [["姓名", "身份证号", "小区"], ["张三", "11010519491231002X", "幸福里"], ["李四", "", "幸福里"]]


def refusal(path, **more):
    with pytest.raises(InputError) as caught:
        read_table(path, **more)
    return str(caught.value)


def test_old_excel_files_are_read():
    read = read_sheet(SAMPLES / "residents_old.xls", RESIDENTS, today=TODAY)
    assert [row.number for row in read.rows] == [3, 4]
    assert read.rows[0].values["born_on"] == date(1946, 4, 3)
    assert read.rows[1].values["estate"] == "幸福里"  # merged downwards in the file
    assert [problem.code for problem in read.rows[1].problems] == ["id_rounded"]
    assert read.skipped == [(5, "合计行")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_in_every_encoding_and_separator(tmp_path, encoding, separator):
    path = make_csv(
        tmp_path / "居民.csv", [*ROWS, ["欧阳𬸚", "", "海怡,湾;畔"]], encoding=encoding, separator=separator
    )
    assert read_table(path).rows == [*ROWS, ["欧阳𬸚", "", "海怡,湾;畔"]]


def test_text_files_with_ragged_rows_tricks_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('姓名,身份证号,备注\r\n张三,"=""11010519491231002X""","一\n二"\r\n\r\n李四\r\n'.encode())
    rows = read_table(path).rows
    assert rows == [
        ["姓名", "身份证号", "备注"],
        ["张三", "11010519491231002X", "一\n二"],
        ["", "", ""],
        ["李四", "", ""],
    ]


def test_what_a_file_is_is_told_by_its_content_not_its_name(tmp_path):
    named_xls = make_xlsx(tmp_path / "a.xlsx", ROWS).rename(tmp_path / "a.xls")
    assert read_table(named_xls).rows[1][0] == "张三"
    text = make_csv(tmp_path / "b.xlsx", ROWS, separator="\t")
    assert read_table(text).rows == ROWS


def test_of_several_sheets_the_one_with_the_best_head_is_taken(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", ROWS, sheet="名单", before={"封面": [["XX社区"], ["说明"]], "空": []})
    read = read_sheet(path, RESIDENTS, today=TODAY)
    assert (read.sheet_name, read.sheet_names) == ("名单", ("封面", "空", "名单"))
    assert len(read.rows) == 2
    assert read_table(path, sheet="封面").rows[0] == ["XX社区"]
    assert "名单" in refusal(path, sheet="没有的")


def test_cells_merged_downwards_count_in_every_row(tmp_path):
    rows = [["姓名", "小区", "楼栋"], ["张三", None, "1号楼"], ["李四", None, "2号楼"], ["王五", "海怡湾畔", "3号楼"]]
    path = make_xlsx(tmp_path / "a.xlsx", rows, merges=[(1, 1, 2, 1, "幸福里")])
    read = read_sheet(path, RESIDENTS, today=TODAY)
    assert [row.values["estate"] for row in read.rows] == ["幸福里", "幸福里", "海怡湾畔"]


@pytest.mark.parametrize(
    ("content", "piece"),
    [
        (b"", "空的"),
        (b" \r\n ", "空的"),
        (b"\xef\xbb\xbf,,\r\n,,\r\n", "空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是表格"),
        (b"%PDF-1.7\n%...", "不是表格"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "网页"),
        (b"a,b\n\xff\xfe\xfd\xfc", "编码"),
        (b'name,note\n"' + b"x" * 1_100_000, "引号"),
        (b"PK\x03\x04 broken", "损坏"),
        (oldformat.MAGIC + b"\0" * 300, "损坏"),
    ],
)
def test_what_is_no_spreadsheet_gets_a_sentence(tmp_path, content, piece):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert piece in refusal(path)


def test_an_empty_workbook_says_so(tmp_path):
    assert "空的" in refusal(make_xlsx(tmp_path / "a.xlsx", []))


@pytest.mark.parametrize(
    ("inside", "piece"), [("word/document.xml", "Word"), ("content.xml", "别的格式"), ("a.txt", "压缩包")]
)
def test_other_zip_files_are_named(tmp_path, inside, piece):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    assert piece in refusal(path)


def test_a_damaged_workbook_is_refused_at_whatever_byte(tmp_path):
    whole = make_xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    path = tmp_path / "b.xlsx"
    refused = 0
    for place in range(0, len(whole), 97):
        for damaged in (whole[:place], whole[:place] + b"\xff\xff" + whole[place + 2 :]):
            path.write_bytes(damaged)
            try:
                assert read_table(path).rows == ROWS
            except InputError:
                refused += 1
    assert refused > 50


def test_a_damaged_old_workbook_never_ends_the_program(tmp_path):
    whole = (SAMPLES / "residents_old.xls").read_bytes()
    path = tmp_path / "b.xls"
    survived = refused = 0
    for place in (*range(0, len(whole), 61), *range(1740, 1760)):
        path.write_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :])
        try:
            survived += bool(read_table(path).rows)
        except InputError:
            refused += 1
    assert survived > 50
    assert refused > 5


def test_passwords_are_recognised(tmp_path):
    path = tmp_path / "a.xls"
    whole = (SAMPLES / "residents_old.xls").read_bytes()
    # A FILEPASS record (0x002F) in the place of WRITEACCESS, the first record of that length.
    path.write_bytes(whole.replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1))
    assert "密码" in refusal(path)
    # A modern file with a password is an old container around an EncryptedPackage stream.
    path.write_bytes(_with_entry(whole, "Workbook", "EncryptedPackage"))
    assert "密码" in refusal(path)


def _with_entry(whole, old, new):
    """Rename a directory entry; its name field is 64 bytes, its length in bytes stands behind it."""
    place = whole.index(old.encode("utf-16-le") + b"\0\0")
    field = new.encode("utf-16-le").ljust(64, b"\0") + (2 * len(new) + 2).to_bytes(2, "little")
    return whole[:place] + field + whole[place + 66 :]


def test_an_old_word_document_is_no_spreadsheet(tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(_with_entry((SAMPLES / "residents_old.xls").read_bytes(), "Workbook", "WordDocument"))
    assert "不是表格" in refusal(path)


def test_a_stray_cell_far_away_is_refused_before_it_eats_the_memory(tmp_path):
    far = make_xlsx(tmp_path / "a.xlsx", ROWS)
    moved = tmp_path / "b.xlsx"
    with zipfile.ZipFile(far) as source, zipfile.ZipFile(moved, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'r="C3"', b'r="XFD1048576"'))
    assert "XFD列" in refusal(moved)


def test_formatted_empty_cells_far_away_do_no_harm(tmp_path):
    near = make_xlsx(tmp_path / "a.xlsx", ROWS)
    wide = tmp_path / "b.xlsx"
    with zipfile.ZipFile(near) as source, zipfile.ZipFile(wide, "w") as target:
        for name in source.namelist():
            rows = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
            target.writestr(name, source.read(name).replace(b"</sheetData>", rows))
    assert read_table(wide).rows == ROWS


def test_a_false_count_of_texts_is_damage(tmp_path):
    good = make_xlsx(tmp_path / "a.xlsx", ROWS)
    false = tmp_path / "b.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(false, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'uniqueCount="', b'uniqueCount="99999999'))
    assert "损坏" in refusal(false)


def test_a_zip_bomb_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(newformat, "MOST_UNPACKED_BYTES", 1000)
    assert "太大" in refusal(make_xlsx(tmp_path / "a.xlsx", ROWS))


def test_a_missing_file_or_a_folder_is_to_be_named_again_a_locked_one_is_the_machines_fault(tmp_path):
    with pytest.raises(InputError, match=r"找不到文件“no\.xlsx”"):
        read_table(tmp_path / "no.xlsx")
    with pytest.raises(InputError, match="是文件夹"):
        read_table(tmp_path)
    locked = make_xlsx(tmp_path / "a.xlsx", ROWS)
    locked.chmod(0)
    if not os.access(locked, os.R_OK):  # root may read everything
        with pytest.raises(EnvironmentFailure, match="权限"):
            read_table(locked)


def test_names_stay_out_of_what_could_be_logged(tmp_path):
    path = make_xlsx(tmp_path / "a.xlsx", ROWS)
    read = read_sheet(path, RESIDENTS, today=TODAY)
    shown = repr(read_table(path)) + repr(read.rows) + repr(read)
    assert "张三" not in shown
    assert "11010519491231002X" not in shown


def test_other_kinds_of_sheet_read_too():
    read = read_sheet(SAMPLES / "houhuan" / "aedes.xlsx", AEDES, today=TODAY)
    assert [row.values["households"] for row in read.rows] == [36, 40, 25]
    assert [issue.field for issue in read.warnings] == ["积水容器数", "阳性户数", "容器类型", "处理措施"]
