"""Cells by kind: what they mean, and the one code each bad one gets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.spreadsheets.cells import as_text
from desktop.spreadsheets.kinds import judge_for
from desktop.spreadsheets.spec import SheetColumn
from tests.spreadsheets.specs import TODAY


def value(kind, cell, **more):
    found, code, message = judge_for(SheetColumn("key", "栏", kind, **more), TODAY)(cell)
    assert (code, message) == ("", "")
    return found


def code(kind, cell, **more):
    found, code, message = judge_for(SheetColumn("key", "栏", kind, **more), TODAY)(cell)
    assert found is None
    assert message
    return code


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (400.0, "400"),
        (5.6, "5.6"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (440402199606101000.0, "440402199606101000"),
        (True, "TRUE"),
        (None, ""),
        (date(2011, 4, 5), "2011-04-05"),
        (datetime(2011, 4, 5, 14, 30), "2011-04-05 14:30"),  # noqa: DTZ001  as the parser gives them
        (datetime(2011, 4, 5), "2011-04-05"),  # noqa: DTZ001
        (time(14, 30), "14:30"),
        (time(9, 5, 7), "09:05:07"),
        (timedelta(hours=25, minutes=5), "25:05"),
        (float("inf"), "inf"),
    ],
)
def test_cells_read_as_they_look_in_the_sheet(cell, shown):
    assert as_text(cell) == shown


def test_text_keeps_what_is_visible():
    assert value("text", " 1号楼　") == "1号楼"
    assert value("text", 400.0) == "400"
    assert value("text", "第一行\r\n第二行") == "第一行\n第二行"
    assert value("text", "汉", aliases={"汉": "汉族"}) == "汉族"
    assert value("text", "3户", strip_unit=("户",)) == "3"
    assert value("text", "户", strip_unit=("户",)) == "户"


def test_names_lose_blanks_inside_but_foreign_names_keep_them():
    assert value("name", "韩 豪伟") == "韩豪伟"
    assert value("name", "Anna  Smith") == "Anna Smith"


@pytest.mark.parametrize("blank", [None, "", "  ", "　", "\u200b", "\u2003"])
def test_blank_is_none_and_required_blank_is_refused(blank):
    assert value("text", blank) is None
    assert value("tags", blank) == ()
    for kind in ("text", "name", "day", "integer", "choice", "tags", "id_number", "phone"):
        assert code(kind, blank, required=True) == "required"


def test_rounded_numbers_are_told_from_typed_ones():
    assert code("id_number", 4.40402199606101e17) == "id_rounded"
    assert code("id_number", 440402199606101) == "id_rounded"
    assert code("id_number", 44040219960610.0) == "id_length"
    assert code("id_number", "4.40402E+17") == "id_rounded"
    assert code("id_number", "440402199606101") == "id_length"
    assert value("id_number", "４４０４０２１９５１０１１９１０５３") == "440402195101191053"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (13971380338.0, "13971380338"),
        ("138 0051 6465", "13800516465"),
        ("0756-3629041", "0756-3629041"),
        ("０７５６－３６２９０４１", "0756-3629041"),
        ("13800516465 13800516466", "13800516465 13800516466"),
        ("13800516465/3629041转8", "13800516465/3629041转8"),
        ("问儿子", "问儿子"),
    ],
)
def test_phones_are_kept_and_never_refused(cell, kept):
    assert value("phone", cell) == kept


@pytest.mark.parametrize(
    "cell",
    [
        date(2011, 4, 5),
        datetime(2011, 4, 5, 8, 0),  # noqa: DTZ001
        "2011.4.5",
        "2011年4月5日",
        "2011/04/05",
        "２０１１－４－５",
        "20110405",
        20110405.0,
        40638.0,
        40638.5,
        40638,
        "40638",
    ],
)
def test_days_in_all_their_dresses(cell):
    assert value("day", cell) == date(2011, 4, 5)


@pytest.mark.parametrize(
    "cell", ["2010年9月31日", "2011-13-01", "昨天", "2011.4", 2011.4, 99999.0, "1011-05-03", True, time(8, 0)]
)
def test_days_that_are_none(cell):
    assert code("day", cell) == "date_invalid"


def test_only_days_of_things_done_may_not_lie_ahead():
    tomorrow = TODAY + timedelta(days=1)
    assert code("past_day", tomorrow) == "date_future"
    assert value("past_day", TODAY) == TODAY
    assert value("day", tomorrow) == tomorrow


def test_whole_numbers():
    assert value("integer", 86.0) == 86
    assert value("integer", "８６ 人", strip_unit=("人",)) == 86
    assert value("integer", "1,234") == 1234
    assert value("integer", -3, minimum=Decimal(-5)) == -3
    assert code("integer", 8.5) == "number_invalid"
    assert code("integer", "约50") == "number_invalid"
    assert code("integer", "3，5") == "number_invalid"
    assert code("integer", "1_000") == "number_invalid"
    assert code("integer", -1) == "number_negative"
    assert code("integer", 300, maximum=Decimal(299)) == "number_invalid"
    assert code("integer", 10**15) == "number_invalid"
    assert code("integer", float("nan")) == "number_invalid"
    assert code("integer", date(2011, 4, 5)) == "number_invalid"


def test_the_range_stands_in_the_sentence():
    column = SheetColumn("key", "收缩压", "integer", minimum=Decimal(50), maximum=Decimal(300))
    assert judge_for(column, TODAY)(20) == (None, "number_invalid", "数字应在50到300之间，请检查")


def test_decimals_are_exact_and_never_rounded_in_silence():
    assert value("decimal", 5.6, decimals=1) == Decimal("5.6")
    assert value("decimal", "16.70", decimals=1) == Decimal("16.7")
    assert value("decimal", 0.1 + 0.2, decimals=2) == Decimal("0.3")
    assert str(value("decimal", "1E3")) == "1000"
    assert code("decimal", "3.14159", decimals=2) == "number_invalid"


def test_closed_lists_take_their_aliases_and_nothing_else():
    sex = {"choices": ("男", "女"), "aliases": {"1": "男", "２": "女"}}
    assert value("choice", 1.0, **sex) == "男"
    assert value("choice", "2", **sex) == "女"
    assert value("choice", " 女 ", **sex) == "女"
    assert code("choice", "M", **sex) == "choice_unknown"


def test_tags_split_and_lose_doubles():
    assert value("tags", "高血压，糖尿病;高血压/独居 低保、") == ("高血压", "糖尿病", "独居", "低保")
    assert value("tags", "蟑、鼠", aliases={"蟑": "蟑螂"}) == ("蟑螂", "鼠")
    assert code("tags", "甲、丁", choices=("甲", "乙")) == "choice_unknown"
    assert code("tags", "、", required=True) == "required"


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(["{}-{}-{}", "{}.{}.{}", "{}年{}月{}日", "{}/{}/{} "]),
)
def test_every_day_reads_back_from_any_form(day, form):
    assert value("day", form.format(day.year, day.month, day.day)) == day


@given(
    st.sampled_from(["text", "name", "id_number", "phone", "day", "past_day", "integer", "decimal", "choice", "tags"]),
    st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.integers(-(10**20), 10**20),
        st.booleans(),
        st.none(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    ),
)
def test_no_cell_breaks_a_reader(kind, cell):
    found, problem, message = judge_for(SheetColumn("key", "栏", kind), TODAY)(cell)
    assert bool(problem) == bool(message)
    assert problem == "" or found is None
