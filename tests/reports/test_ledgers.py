"""Every ledger: listed with its count, filled in order of days, as PDF and workbook from one list of columns."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from desktop.activities.rules import ActivityDraft
from desktop.foundation.days import parse_period
from desktop.foundation.errors import InputError, NotAllowed
from desktop.register.rights import Role
from desktop.reports.figures import shown
from desktop.reports.ledgers import ledger_pdf, table_page
from tests.factories import add_resident, one_step
from tests.reports.papers import complaints_of, fonts_of, text_of

MAY, YEAR = parse_period("2011-05"), parse_period("2011")


def test_every_ledger_is_listed_with_its_number_of_records(houhuan):
    lines = {line.name: line.count for line in houhuan.ledgers.lines()}
    assert lines["检查和整改台账"] == 188
    assert lines["责任书签订台账"] == 150
    assert lines["居民名单"] == 2500
    assert lines["健康教育台账"] > 0
    assert {
        "活动登记台账", "科普台账", "整改未销号台账", "除害药品出入库台账", "除害投药登记台账", "伊蚊密度监测台账",
        "病媒生物密度监测台账", "健康服务登记台账",
    } <= set(lines)  # fmt: skip


def test_a_ledger_of_a_name_nobody_knew_is_there_once_an_activity_stands_in_it(bench):
    assert "垃圾分类台账" not in bench.ledgers.names()
    bench.activities.record(
        ActivityDraft(bench.clock.today(), "分类小课堂", "健康讲座", ledgers=("垃圾分类", "科普"), attendance=12)
    )
    month = parse_period(f"{bench.clock.today():%Y-%m}")
    for name in ("垃圾分类台账", "垃圾分类", "科普台账"):
        assert [row.draft.name for row in bench.ledgers.read(name, month).rows] == ["分类小课堂"]
    assert bench.ledgers.read("健康教育台账", month).rows == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("检查和整改台账", "inspections.done"),
        ("健康服务登记台账", None),
        ("活动登记台账", None),
        ("居民名单", "base.residents"),
    ],
)
def test_a_ledger_holds_the_records_of_its_period_in_order_of_days(houhuan, name, key):
    read = houhuan.ledgers.read(name, MAY)
    figures = {key: shown(figure.value) for key, figure in houhuan.figures.of(MAY).items()}
    if key is not None:
        assert len(read.rows) == figures[key]
    if name == "健康服务登记台账":
        assert len(read.rows) == sum(value for key, value in figures.items() if key.startswith("health.visits."))
        days = [visit.draft.visited_on for visit, _person in read.rows]
        assert days == sorted(days)
        assert MAY.first <= days[0] <= days[-1] <= MAY.last


def test_the_ledgers_of_every_kind_of_inspection_together_are_the_ledger_of_all(houhuan):
    kinds = [name for name in houhuan.ledgers.names() if name.endswith("检查台账") and name != "检查和整改台账"]
    assert len(kinds) > 1
    assert sum(len(houhuan.ledgers.read(name, YEAR).rows) for name in kinds) == 188


def test_open_findings_are_those_found_by_then_and_not_settled_by_then(houhuan):
    rows = houhuan.ledgers.read("整改未销号台账", MAY).rows
    assert rows
    for row in rows:
        assert row.draft.problem
        assert row.draft.inspected_on <= MAY.last
        assert row.draft.closed_on is None or row.draft.closed_on > MAY.last
    late = [row for row in rows if row.draft.due_on is not None and row.draft.due_on < MAY.last]
    assert len(late) == shown(houhuan.figures.of(MAY)["findings.overdue"].value)
    assert houhuan.ledgers.read("整改未销号台账", MAY).heading.period == "截至2011年5月31日"


def test_the_heading_names_the_period_not_the_day_of_printing(houhuan):
    text = text_of(houhuan.ledgers.pdf("检查和整改台账", MAY))
    assert "2011年5月" in text
    assert "截至" not in text
    assert "填报单位（盖章）" in text
    assert "联系电话" in text


@pytest.mark.parametrize("period", ["2011-05", "2011Q2", "2011H1", "2011", "2011-05-26..2011-06-25"])
def test_every_ledger_of_every_period_is_a_sound_pdf_with_its_fonts_and_equal_again(houhuan, period):
    asked = parse_period(period)
    names = houhuan.ledgers.names() if period == "2011-05" else ["检查和整改台账", "健康教育台账", "除害投药登记台账"]
    for name in names:
        pdf = houhuan.ledgers.pdf(name, asked)
        assert pdf == houhuan.ledgers.pdf(name, asked)
        assert all(fonts_of(pdf).values()), name
        assert complaints_of(pdf) == []


def test_a_ledger_without_records_says_so(houhuan, tmp_path):
    nothing = parse_period("1999")
    assert "本期没有记录" in text_of(houhuan.ledgers.pdf("除害投药登记台账", nothing))
    page = openpyxl.load_workbook(
        houhuan.ledgers.write_xlsx(houhuan.ledgers.read("除害投药登记台账", nothing), tmp_path / "empty.xlsx")
    ).active
    assert "本期没有记录" in [cell.value for row in page.iter_rows() for cell in row]


def test_a_rare_name_prints_and_is_found_again(opened, bench):
    def work(unit):
        add_resident(unit, name="王𬸚")

    one_step(opened, work)
    pdf = bench.ledgers.pdf("居民名单", parse_period(f"{bench.clock.today():%Y-%m}"))
    assert "王𬸚" in text_of(pdf)


def test_the_workbook_holds_numbers_as_numbers_phones_as_text_and_prints_on_its_area(houhuan, tmp_path):
    path = houhuan.ledgers.write_xlsx(houhuan.ledgers.read("除害投药登记台账", YEAR), tmp_path / "treatments.xlsx")
    page = openpyxl.load_workbook(path).active
    assert page["A1"].value == "除害投药登记台账"
    assert "2011年" in page["A2"].value
    heads = [cell.value for cell in page[3]]
    assert heads[4:6] == ["数量", "单位"]
    read = houhuan.ledgers.read("除害投药登记台账", YEAR)
    body = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=3 + len(read.rows))]
    assert [row[4] for row in body] == [row.draft.quantity for row in read.rows]
    assert all(isinstance(row[4], int | float) for row in body)
    assert {row[5] for row in body} == {"袋", "瓶"}
    assert page.print_title_rows == "$3:$3"
    assert page.print_area == f"'除害投药登记台账'!$A$1:${page.cell(3, len(heads)).column_letter}${page.max_row}"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "负责人" in page.cell(page.max_row, 1).value


def test_phones_and_numbers_of_papers_stay_text_in_the_workbook(houhuan, tmp_path):
    path = houhuan.ledgers.write_xlsx(houhuan.ledgers.read("居民名单", MAY), tmp_path / "people.xlsx")
    page = openpyxl.load_workbook(path).active
    column = [cell.value for cell in page[3]].index("电话")
    phones = [row[column] for row in page.iter_rows(min_row=4, values_only=True) if row[column]]
    assert len(phones) > 100
    assert all(isinstance(phone, str) for phone in phones)


def test_paper_and_workbook_show_the_same_rows(houhuan):
    read = houhuan.ledgers.read("检查和整改台账", MAY)
    table = table_page(read)
    pdf = text_of(ledger_pdf(read))
    assert len(table.rows) == len(read.rows) == 18
    scores = [row[4] for row in table.rows]
    assert all(score is None or isinstance(score, Decimal) for score in scores)
    for row in table.rows:
        assert str(row[2]).split(" ", maxsplit=1)[0] in pdf


def test_an_unknown_name_is_answered_with_names_like_it(houhuan):
    with pytest.raises(InputError) as caught:
        houhuan.ledgers.read("投药", MAY)
    assert "除害投药登记台账" in str(caught.value)
    with pytest.raises(InputError) as caught:
        houhuan.ledgers.read("qqqq", MAY)
    assert "列出所有台账" in str(caught.value)


def test_a_grid_officer_gets_no_health_ledger_nor_hears_of_one(houhuan_as):
    with houhuan_as(Role.GRID) as bench:
        names = bench.ledgers.names()
        assert "健康服务登记台账" not in names
        assert "居民名单" in names
        with pytest.raises(NotAllowed):
            bench.ledgers.read("健康服务登记台账", MAY)
        with pytest.raises(InputError) as caught:
            bench.ledgers.read("健康服务", MAY)
        assert "健康服务登记台账" not in str(caught.value)
        people = bench.ledgers.read("居民名单", MAY)
        assert [column.title for column in people.ledger.columns] == [
            "姓名",
            "性别年龄",
            "住址",
            "电话",
            "标签",
            "备注",
        ]
        assert "高血压" not in {tag for row, _status in people.rows for tag in row.tags}


def test_workbooks_are_for_those_who_may_export(houhuan_as, tmp_path):
    with houhuan_as(Role.GRID) as bench:
        with pytest.raises(NotAllowed):
            bench.ledgers.write_xlsx(bench.ledgers.read("检查和整改台账", MAY), tmp_path / "l.xlsx")
        with pytest.raises(NotAllowed):
            bench.reports.write_xlsx(bench.reports.content(MAY), tmp_path / "r.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_gets_the_ledgers_but_no_health(houhuan_as):
    with houhuan_as(Role.READER) as bench:
        assert "检查和整改台账" in bench.ledgers.names()
        assert "健康服务登记台账" not in bench.ledgers.names()
