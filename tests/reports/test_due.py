"""What is due on Wednesday, 17 June 2026: every slice's lines, their order, their day, and who sees them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.foundation.days import Period
from desktop.health.rules import VisitDraft
from desktop.register.rights import Role
from desktop.register.workdays import DaysOff
from desktop.reports.due import latest_start
from tests.activities.making import activity
from tests.inspections.making import finding, places, pledge
from tests.pest_control.making import aedes, stock
from tests.register.making import resident
from tests.reports.making import inspected

TODAY, SUNDAY = date(2026, 6, 17), date(2026, 6, 21)


def lines(bench, until=TODAY, prefix=""):
    return {line.key: line for line in bench.due.until(until) if line.key.startswith(prefix)}


def told(bench, until=TODAY, prefix=""):
    return [(line.due_on, line.title, line.detail, line.verb) for line in lines(bench, until, prefix).values()]


def test_findings_ask_for_their_next_step_on_its_day(bench):
    places(bench)
    record = bench.inspections.record
    late = record(
        finding(treatment="整改通知", notice_on=date(2026, 6, 9), due_on=date(2026, 6, 14), responsible="安居物业")
    )
    record(finding(treatment="整改通知", notice_on=date(2026, 6, 9), due_on=date(2026, 6, 18)))
    record(finding(date(2026, 6, 16), problem="花盆积水"))
    record(finding(date(2026, 6, 3), problem="井盖缺失", rechecked_on=date(2026, 6, 8), recheck_result="合格"))
    record(finding(date(2026, 5, 3), problem="外墙松动", escalated_on=date(2026, 6, 7), escalated_to="街道安监办"))
    record(finding(date(2026, 6, 12), problem="乱拉电线", escalated_on=date(2026, 6, 13), escalated_to="供电所"))
    record(finding(date(2026, 6, 2), problem="现场已清", treatment="现场整改"))
    assert told(bench, prefix="inspections:") == [
        (date(2026, 6, 8), "渔村 井盖缺失", "复查合格，可以销号", "销号"),
        (date(2026, 6, 14), "渔村 楼道堆放纸箱", "整改期限6月14日，责任单位安居物业", "登记复查"),
        (date(2026, 6, 16), "渔村 花盆积水", "6月16日发现，还没有定整改期限", "发通知"),
        (TODAY, "渔村 外墙松动", "6月7日上报街道安监办，问问处理好没有", "看记录"),
    ]
    target = lines(bench)[f"inspections:recheck:{late.id.hex}"].target
    assert (target.slice, target.form, target.record_id) == ("inspections", "recheck", late.id)


def test_letters_that_run_out_are_one_line_for_kind_and_day_without_those_signed_again(bench):
    for party in ("便民超市", "明月药房", "小丁修车铺"):
        bench.pledges.record(pledge(party=party, expires_on=date(2026, 6, 20)))
    bench.pledges.record(pledge(date(2026, 6, 10), party="明月药房", expires_on=date(2027, 6, 9)))
    bench.pledges.record(pledge(date(2024, 2, 11), party="老棉纺理发店", expires_on=date(2025, 2, 10)))
    assert told(bench, prefix="inspections:") == []
    assert told(bench, SUNDAY, "inspections:pledge") == [
        (date(2026, 6, 20), "门前三包责任书续签 便民超市等 2份", "2026年6月20日到期", "登记续签")
    ]


def test_plans_ask_how_they_went_from_their_last_day_on(bench):
    activity(bench, date(2026, 6, 12), name="消防演练", status="计划")
    activity(bench, TODAY, name="量血压", status="计划", clock="14:30–16:30", place="社区活动室", planned_people=40)
    activity(bench, date(2026, 6, 16), name="观影周", status="计划", ends_on=date(2026, 6, 18))
    activity(bench, date(2026, 6, 18), name="包粽子", status="计划")
    activity(bench, date(2026, 6, 11), name="停电取消的", status="取消")
    assert told(bench, SUNDAY, "activities:") == [
        (date(2026, 6, 12), "消防演练", "计划在6月12日，还没有登记结果", "登记结果"),
        (TODAY, "量血压 社区活动室", "预计40人", "登记结果"),
    ]
    assert next(line.at for line in lines(bench).values() if line.title.startswith("量血压")) == "14:30"


def test_stock_is_missed_when_it_expires_or_would_not_last_another_round(bench):
    book = bench.pest.stock.record
    book(stock(2, "入库", "20", expires_on=date(2027, 3, 1)))
    book(stock(12, "领用", "11", month=5))
    book(stock(5, "入库", "3", agent="杀蟑胶饵", batch="B1", expires_on=date(2026, 6, 20)))
    book(stock(5, "入库", "3", agent="灭蚊片", batch="C1", expires_on=date(2026, 6, 10)))
    assert told(bench, SUNDAY, "pest_control:") == [
        (date(2026, 6, 10), "灭蚊片到有效期", "批号C1，还剩3袋，有效期至6月10日", "登记报废"),
        (TODAY, "0.005%溴敌隆饵粒快用完了", "剩9袋，5月12日领用了11袋", "登记入库"),
        (date(2026, 6, 20), "杀蟑胶饵到有效期", "批号B1，还剩3袋，有效期至6月20日", "登记报废"),
    ]
    expiry = next(line for line in bench.due.until(SUNDAY) if "灭蚊片" in line.key)
    assert expiry.target.values == {"movement": "报废", "agent": "灭蚊片", "batch": "C1", "quantity": Decimal(3)}


def test_a_place_above_the_band_is_to_be_looked_at_again_until_it_was(bench):
    places(bench)
    bench.pest.aedes.record(aedes(date(2026, 6, 3), 100, 6))
    assert told(bench, prefix="pest_control:breeding") == [
        (date(2026, 6, 10), "清积水、复查伊蚊 渔村", "6月3日布雷图指数6.00，应在6月10日前复查", "登记复查")
    ]
    bench.pest.aedes.record(aedes(date(2026, 6, 9), 100, 5))  # 5 is still the lowest band
    assert told(bench, prefix="pest_control:breeding") == []


def test_patients_are_one_line_per_service_late_ones_apart_from_those_of_a_day(bench):
    def patient(name, day, next_on):
        person = resident(bench, name=name)
        bench.health.record(person, VisitDraft(day, "高血压随访", way="家庭", next_on=next_on))

    patient("吴淑珍", date(2026, 3, 5), date(2026, 6, 5))
    patient("李桂芳", date(2026, 3, 9), date(2026, 6, 9))
    patient("贺建军", date(2026, 3, 19), date(2026, 6, 19))
    patient("罗小梅", date(2026, 3, 19), date(2026, 6, 19))
    assert told(bench, SUNDAY, "health:") == [
        (date(2026, 6, 5), "高血压随访 吴淑珍等 2人", "最久的应在6月5日前做", "登记随访"),
        (date(2026, 6, 19), "高血压随访 贺建军等 2人", "6月19日到期", "登记随访"),
    ]
    first = bench.due.until(TODAY)[0]
    assert first.target.values == {"service": "高血压随访"}
    bench.health.record(first.target.record_id, VisitDraft(TODAY, "高血压随访", way="家庭", next_on=date(2026, 9, 15)))
    assert told(bench, TODAY, "health:")[0][1:3] == ("高血压随访 李桂芳", "上次高血压随访在2026年3月9日")


def test_the_outcome_of_a_referral_is_asked_for_by_name(bench):
    person = resident(bench, name="周秀兰")
    bench.health.record(person, VisitDraft(date(2026, 6, 3), "血压测量", systolic_mmhg=186, diastolic_mmhg=96))
    assert told(bench, prefix="health:问转诊") == [
        (TODAY, "询问转诊结果 周秀兰", "2026年6月3日建议就诊或转诊，要问结果", "登记结果")
    ]
    bench.health.record(person, VisitDraft(TODAY, "转诊追踪", way="电话", remark="已就诊"))
    assert told(bench, prefix="health:问转诊") == []


def test_a_net_officer_sees_no_line_of_health_and_a_reader_may_settle_nothing(bench, bench_as):
    places(bench)
    person = resident(bench, name="周秀兰")
    bench.health.record(person, VisitDraft(date(2026, 3, 5), "高血压随访", way="家庭", next_on=date(2026, 6, 5)))
    bench.inspections.record(finding(date(2026, 6, 16)))
    assert {line.target.slice for line in bench_as(Role.GRID).due.until(TODAY)} == {"inspections"}
    reader = bench_as(Role.READER)
    assert [line.target.slice for line in reader.due.until(TODAY)] == ["inspections"]
    assert not any(reader.due.may_settle(line) for line in reader.due.until(TODAY))
    assert all(bench.due.may_settle(line) for line in bench.due.until(TODAY))


# Running weeks and months


def test_a_weekly_round_is_due_when_no_day_is_left_to_spare(bench):
    # 19 June 2026 is a day off (端午节): Wednesday and Thursday are the last two working days.
    places(bench)
    assert [row[1:3] for row in told(bench, prefix="duty:")] == [("环境卫生检查", "每周2次，本周还没有做")]
    inspected(bench, date(2026, 6, 15))
    assert told(bench, prefix="duty:sanitation") == []
    assert told(bench, SUNDAY, "duty:sanitation") == [
        (date(2026, 6, 18), "环境卫生检查", "每周2次，本周已做1次，还差1次", "登记检查")
    ]
    inspected(bench, date(2026, 6, 16))
    assert told(bench, SUNDAY, "duty:sanitation") == []


def test_monthly_rounds_are_due_on_the_last_working_day(bench, clock):
    last = date(2026, 6, 30)
    due = {line.key.split(":")[1]: line for line in bench.due.until(last) if line.key.startswith("duty:")}
    assert {"safety_check", "rodent_bait", "mosquito_spray", "party_day", "health_lecture"} <= due.keys()
    assert due["rodent_bait"].due_on == last
    assert due["rodent_bait"].target.values == {"treated_on": TODAY, "pest": "鼠"}
    assert due["safety_check"].target.values == {"category": "安全检查", "inspected_on": TODAY}
    assert due["party_day"].target.values["category"] == "党员活动"
    assert not any(key.endswith("followup") for key in due)  # patients have days of their own


@pytest.mark.parametrize(("times", "day"), [(1, 18), (2, 17), (3, 16), (9, 15)])
def test_the_latest_start_leaves_a_working_day_for_each_time(times, day):
    week = Period("", date(2026, 6, 15), date(2026, 6, 21))
    assert latest_start(week, times, DaysOff(frozenset({date(2026, 6, 19)}))) == date(2026, 6, day)
