"""The period report: the figures of `figures`, the same on paper and in the workbook, for every kind of period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from desktop.foundation.days import parse_period
from desktop.register.rights import Role
from desktop.reports.figures import shown
from desktop.reports.table import number_text
from tests.inspections.making import finding, places
from tests.reports.papers import complaints_of, fonts_of, text_of, texts_of
from tests.reports.samples import EXPECTED

MAY = parse_period("2011-05")


def lines_of(content):
    return [line for section in content.table.sections for line in section.lines]


@pytest.mark.parametrize("period", EXPECTED)
def test_the_report_tells_every_expected_figure_and_its_value(houhuan, period):
    lines = [line for line in lines_of(houhuan.reports.content(parse_period(period))) if line.kinds is None]
    told = {line.key: shown(line.values[0]) for line in lines if line.key}
    # What is fed by no record of the period stands as 0, or without a value, where the year so far has one.
    assert {key: value for key, value in told.items() if key in EXPECTED[period]} == EXPECTED[period]
    assert {value for key, value in told.items() if key not in EXPECTED[period]} <= {0, None}


@pytest.mark.parametrize("period", EXPECTED)
def test_paper_and_workbook_hold_the_numbers_of_the_table(houhuan, period, tmp_path):
    content = houhuan.reports.content(parse_period(period))
    pdf = houhuan.reports.pdf(content)
    text = text_of(pdf)
    page = openpyxl.load_workbook(houhuan.reports.write_xlsx(content, tmp_path / "r.xlsx")).worksheets[0]
    body = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    for line in lines_of(content):
        row = next(row for row in body if str(row[0]).strip("　") == line.label and row[1] == (line.unit or None))
        body.remove(row)
        for cell, value in zip(row[2:5], line.values, strict=True):
            assert cell == shown(value)
            assert cell is None or isinstance(cell, str) == isinstance(value, str)
        for value in line.values:
            assert number_text(value) in text


def test_the_pdf_is_sound_has_its_fonts_and_comes_out_equal_again(houhuan):
    pdf = houhuan.reports.pdf(houhuan.reports.content(MAY))
    assert complaints_of(pdf) == []
    fonts = fonts_of(pdf)
    assert fonts
    assert all(fonts.values())
    assert pdf == houhuan.reports.pdf(houhuan.reports.content(MAY))


def test_the_report_has_cover_contents_page_numbers_and_lines_to_sign(houhuan):
    pages = texts_of(houhuan.reports.pdf(houhuan.reports.content(MAY)))
    assert "工作月报" in pages[0].replace(" ", "")
    assert "2011年5月" in pages[0]
    assert "后环社区居民委员会" in pages[0]
    assert "目录" in pages[1]
    for number, page in enumerate(pages[1:], start=2):
        assert f"第{number}页" in page
        assert f"共{len(pages)}页" in page
    for words in ("居民委员会审核意见", "街道办事处核收意见", "填表人", "负责人", "填报单位（盖章）"):
        assert words in pages[-1]


def test_the_contents_name_the_page_every_chapter_stands_on(houhuan):
    pages = texts_of(houhuan.reports.pdf(houhuan.reports.content(parse_period("2011"))))
    contents = pages[1].splitlines()
    for title in ("二、走势", "三、主要工作", "四、检查评比", "五、存在问题", "六、下步打算"):
        place = next(number for number, line in enumerate(contents) if line.startswith(title))
        told = "".join(contents[place : place + 2]).removeprefix(title)
        number = int("".join(character for character in told if character.isdigit())[:1])
        assert title in pages[number - 1]


def test_all_twelve_sections_are_there(houhuan):
    names = [section.name for section in houhuan.reports.content(MAY).table.sections]
    assert names == [
        "辖区底数", "环境卫生", "安全", "门前三包", "五小行业", "除四害", "居民健康", "健康教育", "社区活动",
        "居务公开", "台账资料",
    ]  # fmt: skip
    text = text_of(houhuan.reports.pdf(houhuan.reports.content(MAY)))
    assert "存在问题" in text
    assert "下步打算" in text


def test_rates_come_from_sums_and_stocks_have_no_year_so_far(houhuan):
    table = houhuan.reports.content(MAY).table
    may, year = EXPECTED["2011-05"], houhuan.figures.of(parse_period("2011-01-01..2011-05-31"))
    rate = table.line("合格率")
    assert rate.values[0] == Decimal(may["inspections.passed"]) * 100 / may["inspections.done"]
    assert rate.values[1] == Decimal(year["inspections.passed"].value) * 100 / year["inspections.done"].value
    assert rate.values[2] is None  # nobody inspected in May 2010
    followed = table.line("应随访中已随访")
    assert followed.values[0] == Decimal(may["health.followups_done"]) * 100 / may["health.followups_due"]
    assert table.line("在册居民").values[1] is None
    assert table.line("期末逾期未销号").values[1] is None
    assert table.line("检查合格").values == (11, year["inspections.passed"].value, 0)


def test_what_was_found_and_mended_by_the_periods_end_makes_the_rate(bench):
    day = date(2026, 5, 4)
    places(bench, "桂花苑")
    for problem, treatment, closed in (
        ("垃圾散落", "现场整改", None),
        ("堆放旧家具", "整改通知", date(2026, 5, 20)),
        ("飞线充电", "整改通知", date(2026, 6, 2)),  # struck off, but only in June
        ("下水口积水", "上报", None),
    ):
        bench.inspections.record(
            finding(
                day, place="桂花苑", problem=problem, treatment=treatment,
                due_on=date(2026, 5, 15) if treatment == "整改通知" else None,
                rechecked_on=closed, recheck_result="合格" if closed else "", closed_on=closed,
            )
        )  # fmt: skip
    content = bench.reports.content(parse_period("2026-05"))
    assert content.table.line("整改率").values[0] == 50
    assert [row.detail for row in content.open_findings] == ["飞线充电", "下水口积水"]
    assert [row.state for row in content.open_findings] == ["逾期16天", "已上报"]
    assert "逾期" in content.plans[0]
    assert "上报" in content.plans[1]
    text = text_of(bench.reports.pdf(content))
    assert "飞线充电" in text
    assert "下水口积水" in text


def test_an_empty_period_prints_pages_that_say_so(bench):
    content = bench.reports.content(parse_period("2026-05"))
    text = text_of(bench.reports.pdf(content))
    assert "2026年5月没有登记工作" in text
    assert "到期末没有未销号的问题" in text
    assert "没有登记这一项" in text


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2011-05", "工作月报"), ("2011Q2", "工作季报"), ("2011H1", "工作半年报"), ("2011", "工作年报"),
        ("2011-05-26..2011-06-25", "2011年5月26日至2011年6月25日工作报表"),
    ],
)  # fmt: skip
def test_every_kind_of_period_has_its_report(houhuan, period, words):
    content = houhuan.reports.content(parse_period(period))
    assert words in f"{content.title}工作{content.kind}"
    pdf = houhuan.reports.pdf(content)
    assert complaints_of(pdf) == []
    assert content.title in text_of(pdf)
    assert {key: shown(one.value) for key, one in content.figures.items()} == {
        key: shown(one.value) for key, one in houhuan.figures.of(parse_period(period)).items()
    }


def test_a_grid_officers_report_has_nothing_of_health_and_says_so(houhuan_as):
    with houhuan_as(Role.GRID) as bench:
        content = bench.reports.content(MAY)
        names = [section.name for section in content.table.sections]
        assert "居民健康" not in names
        assert not [line for line in lines_of(content) if line.key.startswith("health.")]
        text = text_of(bench.reports.pdf(content))
        for word in ("随访", "高血压", "血压"):
            assert word not in text
        assert "看不到健康情况" in text


def test_charts_show_the_months_of_the_year_so_far(houhuan):
    content = houhuan.reports.content(parse_period("2011Q2"))
    assert content.inspections.months == (1, 2, 3, 4, 5, 6)
    assert sum(content.inspections.values) == houhuan.figures.of(parse_period("2011H1"))["inspections.done"].value
    june = houhuan.figures.of(parse_period("2011-06"))["aedes.bi"].value
    assert content.breteau.values == (None, None, None, None, None, june)
    assert "布雷图指数" in text_of(houhuan.reports.pdf(content))


def test_black_and_white_says_the_same(houhuan):
    content = houhuan.reports.content(parse_period("2011Q2"))
    assert text_of(houhuan.reports.pdf(content, mono=True)) == text_of(houhuan.reports.pdf(content))
    assert houhuan.reports.pdf(content, mono=True) != houhuan.reports.pdf(content)


def test_the_workbook_prints_on_its_area_with_units_in_a_column_of_their_own(houhuan, tmp_path):
    content = houhuan.reports.content(MAY)
    book = openpyxl.load_workbook(houhuan.reports.write_xlsx(content, tmp_path / "r.xlsx"))
    assert book.sheetnames == ["月报", "存在问题", "走势"]
    page = book["月报"]
    assert page["A1"].value == "2011年5月工作月报"
    heads = [cell.value for cell in page[3]]
    assert heads == ["指标", "单位", "本月", "1—5月累计", "去年5月", "比去年增减", "怎么算的"]
    for sheet in book:
        assert sheet.print_area
        assert sheet.print_title_rows
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert len([1 for row in book["存在问题"].iter_rows(min_row=4, values_only=True) if row[0]]) == len(
        content.open_findings
    )
