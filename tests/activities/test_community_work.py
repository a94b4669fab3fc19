"""What committees write they do for publicity and activities: entered once, in the figures and on a ledger's paper."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.activities.almanac import day_facts, theme_month
from desktop.activities.asking import ActivityFilter
from desktop.activities.documents import activity_ledger
from desktop.foundation.days import parse_period
from desktop.printing.document import Heading
from desktop.printing.render import render_ledger
from tests.activities.making import activities_sheet
from tests.register.making import take_in

YEAR = "2026H1"
DONE = [
    ("D07", "婚检组织", "健康服务", "优生优育", 76, "婚检夫妇 38 对；出生缺陷干预夫妇 56 对"),
    ("D08", "老年人免费体检", "健康服务", "老年", 125, ""),
    ("E01", "宣传栏建设", "宣传", "宣传阵地", None, "固定宣传栏 10 个"),
    ("E02", "健康读本发放", "宣传", "健康教育", 400, "健康读本 400 册"),
    ("E03", "禁烟标志张贴", "宣传", "控烟", None, "禁烟标志 30 份"),
    ("E04", "健康讲座", "健康讲座", "健康教育", 65, ""),
    ("E05", "文明家庭评选", "评比表彰", "精神文明", 110, "文明家庭 88 户"),
    ("E14", "创卫宣传", "宣传", "爱国卫生", None, "创卫横幅 3 幅；版报 3 幅；宣传资料 500多 份"),
    ("E15", "高血压知识讲座", "健康讲座", "健康教育", 1200, ""),
    ("E16", "创建专栏", "宣传", "宣传阵地", None, "创建专栏 11 期"),
    ("E17", "读本入户", "宣传", "健康教育", None, "健康读本 5000多 册"),
    ("E18", "资料印发", "宣传", "健康教育", None, "宣传资料 5000余 份"),
    ("E20", "健康资料入户", "宣传", "健康教育", None, "健康宣传资料 1516 户"),
    ("E24", "反邪教宣传", "宣传", "志愿服务", 60, "宣传资料 500余 份；条幅 10 条"),
    ("E25", "安全生产宣传", "安全宣传", "安全", 80, "宣传单 300余 张"),
    ("E26", "道路交通安全宣传", "安全宣传", "安全", 45, "宣传资料 200余 份；横幅 3 条"),
    ("E27", "消防演练", "安全宣传", "安全", 70, "消防演练 3 次；灭火演练 2 次；宣传教育活动 3 次"),
    ("E28", "党员政策宣传", "党员活动", "党建", None, "政策资料 2000余 份"),
    ("E29", "科普教学", "培训", "科普", 80, "科普教学 24 课时；经费 2000 元"),
    ("E30", "阅览室开放日", "文体活动", "科普", 134, "图书 1500 册；电脑 2 台"),
    ("E31", "节日演出", "文体活动", "文体", 210, "公益演出 3 次"),
    ("F02", "三八节庆祝", "节日活动", "妇女", 50, ""),
    ("F03", "树木认养", "环境整治", "环境整治", 30, "认养树木 40 棵"),
    ("F04", "志愿者招募", "志愿服务", "志愿服务", 25, ""),
    ("F05", "儿童书画比赛", "文体活动", "未成年人", 40, ""),
    ("F06", "七一庆祝", "党员活动", "党建", 60, ""),
    ("F09", "社区运动会", "文体活动", "文体", 300, ""),
    ("F14", "学雷锋志愿清洁", "志愿服务", "志愿服务", 42, "清理杂草 400 平方米"),
    ("F17", "春节前环境大整治", "环境整治", "爱国卫生", 86, "清理排污管道 2 条"),
    ("F25", "环境联席会议", "会议", "爱国卫生", 18, ""),
    ("F26", "居民评议会", "会议", "居民自治", 35, ""),
    ("F29", "环保知识竞赛", "文体活动", "环境整治", 64, ""),
    ("F31", "领导小组会议", "会议", "爱国卫生", 9, ""),
    ("F33", "党员民主评议", "党员活动", "党建", 28, "自我分析材料 28 份"),
]


def printed(bench, ledger: str) -> str:
    from pypdfium2 import PdfDocument

    rows = bench.activities.rows(list(bench.activities.activity_ids(ActivityFilter(ledger=ledger))))
    heading = Heading("后环社区居民委员会", "2026年", "沈玉琴", date(2026, 6, 17))
    document = PdfDocument(render_ledger(activity_ledger(ledger), rows, heading=heading))
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


@pytest.mark.parametrize("done", DONE, ids=[row[0] for row in DONE])
def test_what_was_done_is_counted_and_stands_in_its_ledger_on_paper(bench, tmp_path, done):
    _, name, category, ledger, people, work = done
    row = {"日期": "2026-05-20", "名称": name, "类别": category, "台账": ledger, "参加人次": people, "工作量": work}
    assert take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", row)).accepted == 1
    found = bench.figures.of(parse_period(YEAR))
    assert (found["activities.held"].value, found["activities.attendance"].value) == (1, people or 0)
    for item in filter(None, work.split("；")):
        what, number, unit = item.split()
        assert found[f"activities.work.{what}.{unit}"].value == int(number.rstrip("余多"))
    paper = printed(bench, ledger)
    assert name in paper
    assert work in paper  # with its 余 and 多


def test_days_of_the_year_are_on_the_calendar_for_planning(bench):
    del bench
    for day, what in (
        ("2026-03-05", "学雷锋纪念日"), ("2026-03-12", "植树节"), ("2026-03-22", "世界水日"),
        ("2026-05-04", "青年节"), ("2026-05-12", "全国防灾减灾日"), ("2026-05-31", "世界无烟日"),
        ("2026-06-01", "儿童节"), ("2026-06-05", "世界环境日"), ("2026-07-01", "建党节"), ("2026-02-17", "春节"),
        ("2026-04-05", "清明"), ("2026-06-19", "端午节"), ("2026-09-25", "中秋节"), ("2026-10-18", "重阳节"),
        ("2026-10-01", "国庆节"),
    ):  # fmt: skip
        assert what in day_facts(date.fromisoformat(day), {}).occasions, day
    assert (theme_month(4), theme_month(6)) == ("爱国卫生月", "安全生产月")


def test_an_activity_of_several_days_is_one_record_on_every_day_of_it(bench, tmp_path):
    rows = [
        {"日期": "2026-03-01", "结束日期": "2026-03-06", "名称": "三八环境清洁", "类别": "环境整治", "参加人次": 40},
        {"日期": "2026-05-30", "结束日期": "2026-06-04", "名称": "少年夏令营", "类别": "文体活动", "参加人次": 11},
    ]
    take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", *rows))
    assert bench.figures.of(parse_period(YEAR))["activities.held"].value == 2
    assert [row.draft.name for row in bench.activities.between(date(2026, 3, 4), date(2026, 3, 4))] == ["三八环境清洁"]
    assert [row.draft.name for row in bench.activities.between(date(2026, 6, 1), date(2026, 6, 1))] == ["少年夏令营"]
    assert bench.figures.of(parse_period("2026-06"))["activities.held"].value == 0
    assert "2026年3月1日至2026年3月6日" in printed(bench, "")


def test_a_class_held_every_week_is_counted_by_its_sessions_and_places(bench, tmp_path):
    rows = [
        {
            "日期": f"2025-{month:02d}-{day:02d}", "名称": "四点钟课堂", "类别": "培训", "台账": "未成年人",
            "地点": "户外" if number % 2 else "室内", "参加人次": 20,
        }
        for month in range(1, 13)
        for number, day in enumerate((2, 9, 16, 23))
    ]  # fmt: skip
    take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", *rows))
    found = bench.figures.of(parse_period("2025"))
    assert (found["activities.held"].value, found["activities.attendance"].value) == (48, 960)
    assert len(bench.activities.activity_ids(ActivityFilter(ledger="未成年人", text="室内"))) == 24
    assert printed(bench, "未成年人").count("四点钟课堂") == 48
