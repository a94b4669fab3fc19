"""What committees write they do for publicity and activities: entered once, in the figures and on a ledger's paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
    ("A28", "王家酒席登记", "酒席登记", "酒席登记", 120, "酒席 12 桌"),
    ("A41", "拆除违章建筑", "环境整治", "环境整治", 20, "拆除违章建筑 4 处"),
    ("A42", "占道经营整治", "环境整治", "市容", 60, "整治行动 100余 次；取缔摊点 20余 户"),
    ("A43", "流动商贩规范", "环境整治", "市容", 24, "规范流动商贩 30余 家；查处车辆 120余 车次"),
    ("A46", "红袖标巡逻", "志愿服务", "治安", 120, "巡逻队 3 支；巡逻 15 次；盘查 5 人；化解纠纷 2 起"),
    ("A47", "红袖标卫生监督", "志愿服务", "红袖标", 16, "劝导 42 人次"),
    ("C05", "入户搜蚊", "宣传", "除四害", 6, "预防登革热小册子 101 册"),
    ("C20", "清渠除草", "环境整治", "除四害", 30, "清理杂草 1000余 平方米；清理排污管道 3 条；清理排洪沟 1 条"),
    ("C24", "除四害知识培训", "培训", "除四害", 22, "培训 2 课时"),
    ("C25", "防制设施建设", "环境整治", "除四害", None, "毒饵站 40 个；防鼠网 12 处；纱窗 30 扇"),
    ("C27", "春季灭鼠夏季灭蚊宣传", "宣传", "除四害", 90, "宣传资料 600 份"),
    ("D12", "健康家庭评选", "评比表彰", "健康教育", None, "健康家庭 230 户；受表彰健康家庭 23 户"),
    ("D14", "健康城市先进推荐", "评比表彰", "健康教育", None, "先进单位 2 个；优秀志愿者 3 人；健康家庭先进 35 户"),
    ("D15", "艾滋病结核病防治宣传", "宣传", "健康教育", 150, "重点场所宣传 12 处；宣传资料 300 份"),
    ("D22", "中医义诊", "义诊", "健康教育", 86, ""),
    ("D26", "老年人残疾人抽样调查", "调查", "民政", None, "老年人家庭 30 户；残疾人家庭 10 户"),
    ("D29", "走访慰问", "走访慰问", "党建", None, "老党员 3 名；重度残疾人家庭 4 户"),
    ("E22", "橱窗和电子屏", "宣传", "宣传阵地", None, "楼道橱窗 16 个；电子屏 1 块；居民群 2 个"),
    ("E34", "安全黑板报", "宣传", "安全", None, "黑板报 4 期；安全宣传站 1 处"),
    ("E35", "向上投稿", "宣传", "信息报送", None, "投稿 6 篇；简讯 12 条"),
    ("E36", "环保书架和简报", "宣传", "环境整治", None, "环保书籍 200 册；简报 4 期"),
    ("F27", "七彩夏日", "文体活动", "未成年人", 45, "手工课 6 次；书画课 4 次"),
    ("F28", "邻居节趣味运动会", "文体活动", "文体", 320, "百日广场演出 8 场"),
    ("G08", "租房补助审核", "民政", "民政", None, "租房补助 60 人"),
    ("I04", "添置设施", "环境整治", "环境整治", None, "添置垃圾箱 8 只；硬化道路 2000 平方米"),
    ("I09", "生态垃圾房", "环境整治", "环境整治", None, "建垃圾房 8 座"),
    ("I10", "集中整治", "环境整治", "环境整治", 320, "保洁员 35 人；出动机械 200 台；清运垃圾 120000 立方米"),
    ("I14", "矛盾纠纷调解", "调解", "治安", None, "受理纠纷 8 件；调解成功 7 件"),
    ("I15", "再就业培训", "培训", "就业", 20, "推荐岗位 10 个"),
    ("I17", "环境投入", "环境整治", "环境整治", None, "投入资金 125000 元"),
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
        assert found[f"activities.work.{what}.{unit}"].value == Decimal(number.rstrip("余多"))
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


def test_six_kinds_of_publicity_stand_together_in_one_ledger(bench, tmp_path):
    six = ("一份健康资料", "一场健康讲座", "一期健康专栏", "一次知识竞赛", "一次咨询义诊", "一场文艺演出")
    rows = [
        {"日期": f"2026-0{month}-10", "名称": name, "类别": "健康教育", "台账": "六个一"}
        for month, name in enumerate(six, start=1)
    ]
    assert take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", *rows)).accepted == 6
    assert bench.figures.of(parse_period(YEAR))["activities.held"].value == 6
    paper = printed(bench, "六个一")
    assert [name in paper for name in six] == [True] * 6


def test_the_stages_of_a_campaign_stand_on_the_calendar_with_their_days(bench, tmp_path):
    stages = (
        ("2026-06-01", "2026-06-30", "宣传发动阶段"), ("2026-07-01", "2026-08-30", "组织实施阶段"),
        ("2026-09-01", "2026-10-15", "自查验收阶段"), ("2026-10-16", "2026-12-31", "巩固提高阶段"),
    )  # fmt: skip
    rows = [
        {"日期": first, "结束日期": last, "名称": name, "类别": "创卫", "台账": "创卫", "状态": "计划"}
        for first, last, name in stages
    ]
    take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", *rows))
    found = [[row.draft.name for row in bench.activities.between(day, day)] for day in (
        date(2026, 6, 30), date(2026, 7, 1), date(2026, 10, 15), date(2026, 10, 16),
    )]  # fmt: skip
    assert found == [["宣传发动阶段"], ["组织实施阶段"], ["自查验收阶段"], ["巩固提高阶段"]]
    assert bench.figures.of(parse_period("2026"))["activities.held"].value == 0  # planned, not held
    paper = printed(bench, "创卫")
    assert "2026年6月1日至2026年6月30日" in paper
    assert "2026年10月16日至2026年12月31日" in paper


def test_a_meeting_keeps_its_minutes_and_papers_and_prints_them(bench, tmp_path):
    row = {
        "日期": "2026-05-20", "名称": "创卫工作例会", "类别": "会议", "台账": "创卫", "参加人次": 9,
        "小结": "议定三件事：一是清河道；二是换垃圾房；三是补资料。", "工作量": "会议材料 3 份",
    }  # fmt: skip
    take_in(bench, "activities", activities_sheet(tmp_path / "a.xlsx", row))
    paper = printed(bench, "创卫")
    assert "议定三件事：一是清河道；二是换垃圾房；三是补资料。" in paper
    assert "会议材料 3 份" in paper
