"""What committees write they do for residents' health, stored once and coming out as a figure and a sheet."""

from __future__ import annotations

from datetime import date

from desktop.foundation.days import parse_period
from desktop.health.documents import resident_ledger
from desktop.health.rules import VisitDraft
from desktop.printing.document import Heading
from desktop.printing.render import render_ledger
from desktop.register.service.residents import ResidentFilter
from tests.factories import id_number
from tests.health.making import bp, visits_sheet
from tests.inspections.test_documents import text_of
from tests.register.making import resident, residents_sheet, sheet, stored, take_in


def figure(bench, key, period="2026H1"):
    found = bench.figures.of(parse_period(period)).get(key)
    return found.value if found else None


def test_a_door_to_door_survey_is_kept_by_area_and_counted(bench, tmp_path):
    places = [
        {"名称": name, "类别": "小区", "网格": f"第{number}网格"}
        for number, name in enumerate(("渔村", "新村"), start=1)
    ]
    take_in(bench, "places", sheet(tmp_path / "p.xlsx", ("名称", "类别", "网格"), *places))
    people = [
        {"姓名": f"林{name}", "身份证号": id_number(date(1950, 3, 8)), "小区": area, "楼栋": "1", "室": f"10{number}"}
        for number, (name, area) in enumerate((("芳", "渔村"), ("强", "渔村"), ("敏", "新村")))
    ]
    take_in(bench, "residents", residents_sheet(tmp_path / "r.xlsx", *people))
    assert (figure(bench, "base.residents"), figure(bench, "base.households")) == (3, 3)
    assert [row["小区"] for row in stored(bench, "residents", tmp_path)] == ["新村", "渔村", "渔村"]
    assert {place.name: place.grid for place in bench.places.all()} == {"渔村": "第1网格", "新村": "第2网格"}
    first = bench.residents.search("林芳")[0]
    assert bench.residents.card(first.id).file_number.startswith("440402003012")


def test_parents_told_of_a_vaccination_are_counted_with_vaccine_and_channel(bench, tmp_path):
    for name in ("王小宝", "李小宝"):
        resident(bench, name=name, id_number=id_number(date(2023, 5, 5)))
    told = [
        {"日期": "2026-05-01", "姓名": "王小宝", "服务类别": "接种通知", "方式": "电话", "备注": "脊灰"},
        {"日期": "2026-05-02", "姓名": "李小宝", "服务类别": "接种通知", "方式": "短信", "备注": "麻疹、乙肝"},
    ]
    take_in(bench, "visits", visits_sheet(tmp_path / "v.xlsx", *told))
    assert figure(bench, "health.visits.接种通知") == 2
    assert [(row["方式"], row["备注"]) for row in stored(bench, "visits", tmp_path)] == [
        ("电话", "脊灰"),
        ("短信", "麻疹、乙肝"),
    ]


def test_check_ups_of_the_elderly_are_counted_and_who_lacks_one_is_shown(bench):
    seen, missed = (resident(bench, id_number=id_number(date(1950, 3, 8))) for _ in range(2))
    bench.health.record(seen, VisitDraft(date(2026, 5, 1), "健康体检"))
    statuses = bench.health.statuses([seen, missed])
    assert (statuses[seen].lacks_checkup, statuses[missed].lacks_checkup) == (False, True)
    assert figure(bench, "health.visits.健康体检") == 1
    assert figure(bench, "health.group.65岁及以上") == 2


def test_pressures_of_residents_from_35_are_counted_once_a_year_and_by_measuring_point(bench, tmp_path):
    measured = resident(bench, id_number=id_number(date(1980, 5, 5)))
    resident(bench, id_number=id_number(date(1981, 5, 5)))
    bench.health.record(measured, bp(date(2026, 3, 1), way="测量点", remark="老年活动室"))
    bench.health.record(measured, bp(date(2026, 4, 1), way="测量点", remark="老年活动室"))
    assert (figure(bench, "health.bp35_measured", "2026"), figure(bench, "health.bp35_total", "2026")) == (1, 2)
    assert {(row["方式"], row["备注"]) for row in stored(bench, "visits", tmp_path)} == {("测量点", "老年活动室")}


def test_records_are_counted_by_age_and_by_group_and_chronic_patients_followed(bench):
    patient = resident(bench, id_number=id_number(date(1950, 3, 8)), tags=("高血压", "流动人口"))
    resident(bench, id_number=id_number(date(2022, 3, 8)))
    bench.health.record(patient, VisitDraft(date(2026, 5, 1), "高血压随访", way="家庭"))
    assert figure(bench, "health.group.高血压") == figure(bench, "health.group.流动人口") == 1
    assert figure(bench, "health.group.0-6岁") == figure(bench, "health.group.65岁及以上") == 1
    assert figure(bench, "health.visits.高血压随访") == 1
    assert bench.health.statuses([patient])[patient].due.due_on == date(2026, 7, 30)


def test_lonely_old_people_are_visited_and_the_next_visit_falls_due(bench):
    old = resident(bench, id_number=id_number(date(1944, 3, 8)), tags=("独居",))
    bench.health.record(
        old, VisitDraft(date(2026, 5, 1), "老年人访视", way="家庭", next_on=date(2026, 6, 1), remark="呼叫器正常")
    )
    assert figure(bench, "health.visits.老年人访视") == figure(bench, "health.group.独居") == 1
    assert bench.health.count_overdue() == 1
    assert figure(bench, "health.followups_overdue") == 1


def test_a_service_of_another_kind_is_counted_under_its_own_name(bench, tmp_path):
    resident(bench, name="王芳")
    take_in(
        bench,
        "visits",
        visits_sheet(tmp_path / "v.xlsx", {"日期": "2026-05-01", "姓名": "王芳", "服务类别": "妇女病普查"}),
    )
    assert figure(bench, "health.visits.妇女病普查") == 1
    assert stored(bench, "visits", tmp_path)[0]["服务类别"] == "妇女病普查"


def test_injuries_are_registered_by_kind_and_counted_and_printed(bench, tmp_path):
    for name in ("王芳", "陈阿公", "李小宝"):
        resident(bench, name=name)
    told = [
        {"日期": "2026-05-02", "姓名": "陈阿公", "服务类别": "伤害登记：跌倒", "结果": "骨折，已送医"},
        {"日期": "2026-05-09", "姓名": "王芳", "服务类别": "伤害登记：跌倒", "备注": "楼道灯不亮"},
        {"日期": "2026-06-01", "姓名": "李小宝", "服务类别": "伤害登记：烫伤"},
    ]
    take_in(bench, "visits", visits_sheet(tmp_path / "v.xlsx", *told))
    assert figure(bench, "health.visits.伤害登记：跌倒") == 2
    assert figure(bench, "health.visits.伤害登记：烫伤") == 1
    paper = text_of(bench.ledgers.pdf("健康服务登记台账", parse_period("2026H1")))
    assert paper.count("伤害登记：跌倒") == 2
    assert "陈阿公" in paper
    assert "骨折，已送医" in paper


def test_groups_in_focus_are_counted_and_their_free_measurements_printed(bench):
    groups = ("妇女", "青少年", "流动人口")
    for tag in groups:
        resident(bench, name=f"{tag}甲", id_number=id_number(date(1990, 3, 8)), tags=(tag,))
    old = resident(bench, name="陈阿公", id_number=id_number(date(1950, 3, 8)))
    bench.health.record(old, bp(date(2026, 5, 6), way="测量点", remark="免费测量和健康咨询"))
    assert [figure(bench, f"health.group.{tag}") for tag in (*groups, "65岁及以上")] == [1, 1, 1, 1]
    paper = text_of(bench.ledgers.pdf("健康服务登记台账", parse_period("2026-05")))
    assert "陈阿公" in paper
    assert "测量点 120/80" in paper


def test_people_of_a_group_or_team_stand_in_the_list_of_names(bench):
    teams = {"除四害小组": ("王建国", "李春生"), "党员志愿队": ("赵大海",), "文艺志愿队": ("周小燕",)}
    for team, names in teams.items():
        for name in names:
            resident(bench, name=name, tags=(team,))
    assert {team: figure(bench, f"health.group.{team}") for team in teams} == {
        "除四害小组": 2, "党员志愿队": 1, "文艺志愿队": 1,
    }  # fmt: skip
    ids = list(bench.residents.list_ids(ResidentFilter(tag="除四害小组")))
    entries = [(row, None) for row in bench.residents.rows(ids)]
    heading = Heading("后环社区居民委员会", "除四害小组", "沈玉琴", date(2026, 6, 17))
    paper = text_of(render_ledger(resident_ledger(date(2026, 6, 17), with_health=False), entries, heading=heading))
    assert ("王建国" in paper, "李春生" in paper, "赵大海" in paper) == (True, True, False)


def test_births_and_deaths_of_a_year_are_registered_counted_and_printed(bench, tmp_path):
    people = [
        ("陈小宝", date(2026, 2, 3), "", ""), ("林小妹", date(2026, 5, 9), "", ""),
        ("何大宝", date(2025, 12, 31), "", ""),
        ("陈阿公", date(1940, 1, 1), "死亡", "2026-03-04"), ("王阿婆", date(1941, 1, 1), "死亡", "2025-12-31"),
        ("李春生", date(1980, 1, 1), "迁出", "2026-04-01"),
    ]  # fmt: skip
    rows = [
        {"姓名": name, "身份证号": id_number(born), "居住状态": state, "变动日期": day, "室": f"10{number}"}
        for number, (name, born, state, day) in enumerate(people)
    ]
    assert take_in(bench, "residents", residents_sheet(tmp_path / "r.xlsx", *rows)).accepted == 6
    half = parse_period("2026H1")
    read = {name: bench.ledgers.read(f"{name}登记台账", half).rows for name in ("出生", "死亡", "迁出")}
    assert {name: [row.name for row in rows] for name, rows in read.items()} == {
        "出生": ["陈小宝", "林小妹"], "死亡": ["陈阿公"], "迁出": ["李春生"],
    }  # fmt: skip
    born = text_of(bench.ledgers.pdf("出生登记台账", half))
    assert "2026年2月3日 陈小宝" in born
    assert "何大宝" not in born
    died = text_of(bench.ledgers.pdf("死亡登记台账", half))
    assert "2026年3月4日 陈阿公" in died
    assert "王阿婆" not in died
    assert {line.name: line.count for line in bench.ledgers.lines()}["死亡登记台账"] == 2


def test_a_child_that_moved_here_later_is_no_birth_of_ours(bench):
    resident(bench, name="迁来宝", id_number=id_number(date(2026, 2, 3)), arrived_on=date(2026, 5, 1))
    assert bench.ledgers.read("出生登记台账", parse_period("2026")).rows == []


def test_new_files_of_a_year_are_listed_and_set_against_those_of_before(bench):
    for number in range(11):
        resident(bench, name=f"林{number}", room=f"1{number:02d}")
    assert len(bench.ledgers.read("新建居民档案台账", parse_period("2026-06")).rows) == 11
    assert bench.ledgers.read("新建居民档案台账", parse_period("2026-05")).rows == []
    assert bench.ledgers.read("新建居民档案台账", parse_period("2026-06-18..2026-06-30")).rows == []
    bench.profile_numbers.change(
        date(2026, 1, 1), "上年末健康档案 100 份\n新建居民档案台账 — 份 占 上年末健康档案 目标 10"
    )
    paper = text_of(bench.reports.pdf(bench.reports.content(parse_period("2026")))).replace("\n", "")
    assert "占上年末健康档案11%" in paper
    assert "林10" in text_of(bench.ledgers.pdf("新建居民档案台账", parse_period("2026")))
