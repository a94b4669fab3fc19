"""Headings as superiors write them, title lines, two-row heads, and joining by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.spreadsheets.mapping import find_columns, normalise_heading, remap
from desktop.spreadsheets.reading import RawTable
from tests.spreadsheets.specs import AEDES, RESIDENTS


def table(*rows):
    width = max(map(len, rows))
    return RawTable("Sheet1", [[*row, *[""] * (width - len(row))] for row in rows])


def found(*rows, spec=RESIDENTS, **more):
    columns = find_columns(table(*rows), spec, **more)
    return {key: column.index for key, column in columns.columns.items()}, columns


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("姓  名", "name"),
        ("姓名＊", "name"),
        ("姓名*（必填）", "name"),
        ("居民\n姓名", "name"),
        ("公民身份号码", "id_number"),
        ("身份证号（18位）", "id_number"),
        ("居民的身份证号码", None),
        ("家庭住址(小区)", "estate"),
        ("家庭住址（小区）", "estate"),
        ("所在小区", "estate"),
        ("现小区", "estate"),
        ("家庭住址（楼栋）", "building"),
        ("联系电话/手机", "phone"),
        ("联系电话：", "phone"),
        ("户主的姓名", None),
        ("ＸＸ", None),
    ],
)
def test_headings_are_understood_as_people_mean_them(heading, key):
    _, columns = found([heading, "民族"])
    assert (set(columns.columns) - {"nation"}) == ({key} if key else set())


def test_a_heading_shows_as_it_stands_in_the_file():
    _, columns = found(["姓  名", "小区", "政治面貌"])
    assert columns.heading("name") == "姓  名"
    assert columns.heading("id_number") == "身份证号"
    assert columns.unknown == ((2, "政治面貌"),)
    assert columns.missing == ()


def test_title_lines_and_form_lines_stand_above_the_head():
    keys, columns = found(
        ["XX街道常住人口信息采集表"],
        ["填报单位:", "", "填报日期:"],
        [],
        ["序号", "姓名", "小区", "电话"],
        [1.0, "张三", "幸福里", ""],
    )
    assert columns.header_row == 4
    assert keys == {"name": 1, "estate": 2, "phone": 3}
    assert columns.unknown == ()


def test_a_value_that_looks_like_a_heading_does_not_win():
    _, columns = found(["姓名", "小区", "与户主关系"], ["张三", "幸福里", "户主"], ["李四", "幸福里", "户主"])
    assert columns.header_row == 1


def test_the_second_row_refines_the_first():
    keys, columns = found(
        ["居民登记表"],
        ["序号", "姓名", "家庭住址", "", "", "", "联系电话"],
        ["", "", "小区", "楼栋", "单元", "室", ""],
        [1.0, "张三", "幸福里", "1号楼", "2单元", 301.0, "138"],
    )
    assert columns.header_row == 3
    assert keys == {"name": 1, "phone": 6, "estate": 2, "building": 3, "entrance": 4, "room": 5}
    assert columns.heading("phone") == "联系电话"


def test_a_group_heading_tells_two_equal_lower_ones_apart():
    keys, _ = found(
        ["姓名", "小区", "户主", "", "紧急联系人", ""],
        ["", "", "姓名", "楼栋", "姓名", "楼栋"],
        ["张三", "甲", "李", "1", "王", "2"],
    )
    assert keys == {"name": 0, "estate": 1, "building": 3}


def test_the_same_heading_twice_uses_the_first_and_names_the_second():
    keys, columns = found(["姓名", "小区", "姓名"])
    assert keys["name"] == 0
    assert columns.unknown == ((2, "姓名"),)


def test_data_under_no_heading_is_not_passed_over_in_silence():
    _, columns = found(["姓名", "小区", "", ""], ["张三", "幸福里", "低保", ""])
    assert columns.unknown == ((2, "C列"),)


def test_missing_required_headings_are_named():
    _, columns = found(["姓名", "民族"])
    assert [column.heading for column in columns.missing] == ["小区"]
    _, nothing = found(["甲乙丙"], ["这是", "别的表"], spec=AEDES)
    assert nothing.header_row == 2
    assert len(nothing.missing) == 4


def test_what_was_learned_goes_before_the_synonyms():
    learned = {normalise_heading("人口姓名"): "name", normalise_heading("电话"): "note", "别的": "no_such_key"}
    keys, _ = found(["人口姓名", "小区", "电话", "别的"], learned=learned)
    assert keys == {"name": 0, "estate": 1, "note": 2}


def test_a_column_can_be_joined_moved_and_let_go_by_hand():
    _, columns = found(["名字", "小区", "姓名"])
    joined = remap(columns, 0, "name")
    assert joined.columns["name"].index == 0
    assert joined.unknown == ((2, "姓名"),)
    freed = remap(joined, 0, None)
    assert [column.key for column in freed.missing] == ["name"]
    assert freed.unknown == ((0, "名字"), (2, "姓名"))
    assert remap(freed, 2, "name").missing == ()
    with pytest.raises(KeyError):
        remap(columns, 9, "name")
    with pytest.raises(KeyError):
        remap(columns, 0, "no_such_key")


@given(st.text(max_size=40))
def test_a_learned_heading_is_found_again(heading):
    plain = normalise_heading(heading)
    _, columns = found([heading, "姓名"], learned={plain: "note"})
    if plain not in ("", "姓名"):
        assert columns.columns["note"].index == 0


@given(
    st.permutations([column.heading for column in RESIDENTS.columns]),
    st.sampled_from(["{}", " {} ", "{}＊", "所在{}", "{}（请填）"]),
)
def test_any_order_and_decoration_maps_every_column_to_itself(headings, form):
    _, columns = found([form.format(heading) for heading in headings])
    assert {key: headings[column.index] for key, column in columns.columns.items()} == {
        column.key: column.heading for column in RESIDENTS.columns
    }


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=8), st.floats(), st.none()), min_size=3, max_size=3), min_size=1, max_size=6
    )
)
def test_any_rows_can_be_searched(rows):
    columns = find_columns(RawTable("Sheet1", rows), RESIDENTS)
    assert 1 <= columns.header_row <= len(rows)
    assert set(columns.columns) | {column.key for column in columns.missing} <= {
        column.key for column in RESIDENTS.columns
    }
