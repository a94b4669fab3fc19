"""An invented year of the committee's other work: activities, inspections, letters of responsibility, pest control."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from desktop.activities.rules import ActivityDraft
from desktop.activities.work import Work
from desktop.demo.photos import add_corridor_photos
from desktop.demo.services import working_day
from desktop.inspections.rules import (
    ESCALATED,
    FAILED,
    MAJOR,
    MINOR,
    NOTICE,
    ON_SPOT,
    PASSED,
    InspectionDraft,
    PledgeDraft,
)
from desktop.pest_control.rules import AedesDraft, DensityDraft, StockDraft, TreatmentDraft
from desktop.shell.workbench import Workbench

_INSPECTORS = ("周建国", "罗晓梅", "沈玉琴")
# Days from today → what takes place, in words that suit every season; those of days to come are plans.
_ACTIVITIES = (
    (-321, "高血压健康讲座", "健康讲座", "老年活动室", 51, ("健康教育", "科普", "老年"), (("健康读本", 55, "册", ""),)),
    (-290, "居民代表会议", "会议", "老年活动室", 33, (), ()),
    (-262, "院落大扫除", "环境整治", "老棉纺厂宿舍", 64, ("爱国卫生", "环境整治"), (("清理杂草", 420, "平方米", ""),)),
    (-233, "用药安全讲座", "健康讲座", "老年活动室", 46, ("健康教育", "老年"), (("健康读本", 50, "册", ""),)),
    (-202, "燃气安全进家门", "安全宣传", "幸福里一区", 140, ("安全", "科普"), (("宣传折页", 280, "份", ""),)),
    (-172, "院落大扫除", "环境整治", "翠湖苑", 86, ("爱国卫生", "环境整治"), (("清理杂草", 600, "平方米", "余"),)),
    (-150, "防震减灾演练", "安全宣传", "社区文化广场", 120, ("安全", "科普"), (("宣传折页", 200, "份", ""),)),
    (-121, "高血压健康讲座", "健康讲座", "老年活动室", 58, ("健康教育", "科普", "老年"), (("健康读本", 60, "册", ""),)),
    (-96, "翻盆倒罐灭蚊行动", "除害活动", "翠湖苑", 44, ("爱国卫生",), (("翻盆倒罐", 130, "处", "余"),)),
    (-74, "反诈宣传进楼道", "宣传", "幸福里二区", 160, ("安全", "精神文明"), (("宣传折页", 320, "份", ""),)),
    (-52, "妇女健康义诊", "健康服务", "老年活动室", 73, ("健康教育", "妇女"), ()),
    (-33, "楼道杂物清理", "环境整治", "幸福里一区", 39, ("爱国卫生", "环境整治"), (("清理杂物", 4, "车", "多"),)),
    (-28, "义务量血压", "健康服务", "老年活动室", 37, ("健康教育", "老年"), ()),
    (-26, "太极拳晨练", "文体活动", "社区文化广场", 28, ("文体", "老年"), ()),
    (-25, "党员活动日", "党建", "老年活动室", 24, ("党建",), ()),
    (-22, "独居老人慰问", "慰问", "幸福里一区", 26, ("老年", "精神文明"), (("慰问品", 26, "份", ""),)),
    (-20, "垃圾分类宣传", "宣传", "翠湖苑", 95, ("爱国卫生", "科普"), (("宣传折页", 180, "份", ""),)),
    (-19, "太极拳晨练", "文体活动", "社区文化广场", 31, ("文体", "老年"), ()),
    (-16, "四点钟课堂", "未成年人", "老年活动室", 18, ("未成年人",), ()),
    (-14, "宣传栏更换", "健康教育", "一区宣传栏", 2, ("健康教育",), (("宣传栏", 3, "期", ""),)),
    (-12, "太极拳晨练", "文体活动", "社区文化广场", 29, ("文体", "老年"), ()),
    (-9, "消防安全讲座", "安全宣传", "社区文化广场", 92, ("安全", "科普"), (("宣传折页", 150, "份", ""),)),
    (-8, "小广告清理", "环境整治", "幸福里二区", 22, ("爱国卫生", "环境整治"), (("清除小广告", 260, "条", "余"),)),
    (-6, "四点钟课堂", "未成年人", "老年活动室", 21, ("未成年人",), ()),
    (-5, "太极拳晨练", "文体活动", "社区文化广场", 33, ("文体", "老年"), ()),
    (-4, "居民代表会议", "会议", "老年活动室", 31, (), ()),
    (-2, "糖尿病饮食讲座", "健康讲座", "老年活动室", 49, ("健康教育", "科普", "老年"), (("健康读本", 50, "册", ""),)),
    (-1, "志愿者清洁日", "志愿服务", "翠湖苑", 47, ("志愿服务", "环境整治"), (("清理杂草", 80, "平方米", "约"),)),
    (0, "义务量血压", "健康服务", "老年活动室", None, ("健康教育", "老年"), ()),
    (1, "四点钟课堂", "未成年人", "老年活动室", None, ("未成年人",), ()),
    (2, "太极拳晨练", "文体活动", "社区文化广场", None, ("文体", "老年"), ()),
    (3, "骨质疏松健康讲座", "健康讲座", "老年活动室", None, ("健康教育", "科普", "老年"), ()),
    (5, "楼道安全排查", "安全宣传", "老棉纺厂宿舍", None, ("安全",), ()),
    (6, "党员活动日", "党建", "老年活动室", None, ("党建",), ()),
    (8, "亲子手工活动", "文体活动", "社区文化广场", None, ("文体", "未成年人"), ()),
    (9, "太极拳晨练", "文体活动", "社区文化广场", None, ("文体", "老年"), ()),
    (12, "院落大扫除", "环境整治", "幸福里二区", None, ("爱国卫生", "环境整治"), ()),
    (16, "灭鼠投药动员", "除害活动", "幸福里二区", None, ("爱国卫生",), ()),
    (20, "居民代表会议", "会议", "老年活动室", None, (), ()),
    (24, "义务量血压", "健康服务", "老年活动室", None, ("健康教育", "老年"), ()),
)  # fmt: skip
_CLOCKS = ("9:00", "9:30", "14:30", "15:00")
_PROBLEMS = {
    "环境卫生": ("绿化带有生活垃圾", "垃圾桶满溢", "花盆积水"),
    "楼道安全": ("楼道堆放纸箱", "电动车在楼道充电", "防火门常开"),
    "消防安全": ("灭火器过期", "消防通道停车"),
    "安全检查": ("外墙砖松动", "井盖缺失"),
    "安全生产": ("商户灭火器压力不足", "配电箱没有上锁"),
}
# Days ago, and how far it has come: nothing done yet, a notice served, the notice run out, passed on to the street.
_IN_THE_CORRIDOR = "楼道堆放纸箱"
_OPEN = (
    (1, "幸福里二区", "环境卫生", "花盆积水", ""), (4, "翠湖苑", "消防安全", "消防通道停车", NOTICE),
    (16, "老棉纺厂宿舍", "楼道安全", _IN_THE_CORRIDOR, NOTICE), (45, "幸福里一区", "安全检查", "外墙砖松动", ESCALATED),
)  # fmt: skip
_OTHER_ROUNDS = ("楼道安全", "消防安全", "安全检查", "安全生产")
SANITATION = "环境卫生"
_SETTLED_AFTER = 21
_SHOPS = (
    "幸福小吃店",
    "平安五金店",
    "翠湖便利店",
    "老棉纺理发店",
    "好邻居菜店",
    "明月药房",
    "小丁修车铺",
    "家家乐干洗店",
)
_BAIT, _SPRAY = "0.005%溴敌隆饵粒", "5%高效氯氰菊酯悬浮剂"


def store_field_work(bench: Workbench, estates: list[str]) -> None:
    """Record the year up to the bench's day, and the plans after it, through the services an officer uses."""
    today = bench.clock.today()
    dice = random.Random(f"外勤 {today.isoformat()}")  # noqa: S311  a sample, not a secret
    _store_activities(bench, dice, today)
    _store_inspections(bench, dice, estates, today)
    _store_pledges(bench, dice, today)
    _store_pest_control(bench, dice, estates, today)


def _store_activities(bench: Workbench, dice: random.Random, today: date) -> None:
    for offset, name, category, place, people, ledgers, work in _ACTIVITIES:
        day = today + timedelta(days=offset)
        bench.activities.record(
            ActivityDraft(
                held_on=day if offset >= 0 else working_day(day), name=name, category=category, place=place,
                clock=dice.choice(_CLOCKS), in_charge=dice.choice(_INSPECTORS), planned_people=people or 60,
                attendance=people, status="计划" if people is None else "已办", ledgers=ledgers,
                work=tuple(Work(what, Decimal(amount), unit, roughly) for what, amount, unit, roughly in work),
            )
        )  # fmt: skip


def _store_inspections(bench: Workbench, dice: random.Random, estates: list[str], today: date) -> None:
    """Sanitation twice a week with three rounds left out, others twice a month, most clean, the rest closed; four open.

    What is found clean may be of yesterday; what was found wrong has had three weeks to be settled.
    """
    rounds = [(back, "环境卫生") for back in range(330, 0, -1) if (today - timedelta(days=back)).weekday() in (1, 3)]
    rounds += [(back, dice.choice(_OTHER_ROUNDS)) for back in range(329, 0, -14) for _ in estates[:2]]
    for number, (back, category) in enumerate(sorted(rounds, reverse=True)):
        day = working_day(today - timedelta(days=back))
        if category == SANITATION and _left_out(day, today):
            continue
        sound = InspectionDraft(
            inspected_on=day, category=category, place=estates[number % len(estates)],
            inspector=dice.choice(_INSPECTORS), score=Decimal(dice.randint(88, 99)), result=PASSED,
        )  # fmt: skip
        settled = back > _SETTLED_AFTER and dice.random() < 0.35
        bench.inspections.record(_settled(bench, dice, sound, day) if settled else sound)
    for back, estate, category, problem, steps in _OPEN:
        day = today - timedelta(days=back)
        found = InspectionDraft(
            inspected_on=day, category=category, place=estate, inspector=dice.choice(_INSPECTORS),
            score=Decimal(dice.randint(62, 84)), result=FAILED, problem=problem, level=MINOR,
            responsible=f"{estate}物业",
        )  # fmt: skip
        if steps:
            due_on = bench.inspections.suggest_due(day, MINOR)
            found = replace(found, treatment=NOTICE, notice_on=day, due_on=due_on)
        if steps == ESCALATED:
            found = replace(found, escalated_on=today - timedelta(days=10), escalated_to="街道安监办")
        stored = bench.inspections.record(found)
        if problem == _IN_THE_CORRIDOR:
            add_corridor_photos(bench, stored.id, day)


def _left_out(day: date, today: date) -> bool:
    """Return whether the round of *day* was not made: two of the last month, one two months before it."""
    months = today.year * 12 + today.month - day.year * 12 - day.month
    return (months == 1 and day.weekday() == 1 and 8 <= day.day <= 21) or (
        months == 3 and day.weekday() == 3 and 8 <= day.day <= 14
    )


def _settled(bench: Workbench, dice: random.Random, sound: InspectionDraft, day: date) -> InspectionDraft:
    found = vars(sound) | {
        "score": Decimal(dice.randint(62, 84)), "result": FAILED, "problem": dice.choice(_PROBLEMS[sound.category]),
        "level": MAJOR if dice.random() < 0.1 else MINOR, "responsible": f"{sound.place}物业",
    }  # fmt: skip
    if dice.random() < 0.35:
        return InspectionDraft(**found | {"treatment": ON_SPOT, "closed_on": day})
    due_on = bench.inspections.suggest_due(day, found["level"])
    found |= {"treatment": NOTICE, "notice_on": day, "due_on": due_on}
    checked_on = due_on + timedelta(days=1)
    return InspectionDraft(**found | {"rechecked_on": checked_on, "recheck_result": PASSED, "closed_on": checked_on})


def _store_pledges(bench: Workbench, dice: random.Random, today: date) -> None:
    for shop in _SHOPS:
        signed_on = working_day(today - timedelta(days=dice.randint(40, 350)))
        bench.pledges.record(
            PledgeDraft(
                category=dice.choice(("门前三包责任书", "消防安全责任书")), party=shop, signed_on=signed_on,
                address=f"幸福路{dice.randint(2, 60)}号", expires_on=signed_on + timedelta(days=364),
            )
        )  # fmt: skip


def _store_pest_control(bench: Workbench, dice: random.Random, estates: list[str], today: date) -> None:
    received_on = working_day(today - timedelta(days=340))
    bait = StockDraft(
        happened_on=received_on, agent=_BAIT, movement="入库", quantity=Decimal(180), ingredient="溴敌隆",
        content="0.005%", form="饵粒", batch="A01", expires_on=today + timedelta(days=500), package_g=Decimal(1000),
        package="袋", handler="沈玉琴", purpose="街道配发",
    )  # fmt: skip
    spray = StockDraft(
        happened_on=received_on, agent=_SPRAY, movement="入库", quantity=Decimal(30), ingredient="高效氯氰菊酯",
        content="5%", form="悬浮剂", batch="B07", expires_on=today + timedelta(days=55), package_g=Decimal(500),
        package="瓶", handler="沈玉琴", purpose="街道配发",
    )  # fmt: skip
    for received in (bait, spray):
        bench.pest.stock.record(received)
    for number, back in enumerate(range(309, 0, -28)):
        day = working_day(today - timedelta(days=back))
        _store_round(bench, dice, bait, estates[number % len(estates)], day)
        if number % 2:
            _store_round(bench, dice, spray, estates[-number % len(estates)], day)
    for back, containers in ((180, 10), (150, 9), (120, 6), (90, 4), (60, 3), (32, 2), (3, 1)):
        bench.pest.aedes.record(
            AedesDraft(
                checked_on=working_day(today - timedelta(days=back)), place=estates[2], households=50,
                positive_containers=containers, water_containers=containers * 4, container_kind="盆景/水生植物",
                measure="翻盆倒罐", inspector="周建国",
            )
        )  # fmt: skip
    for back, positive in ((200, 7), (110, 5), (20, 3)):
        bench.pest.density.record(
            DensityDraft(
                checked_on=working_day(today - timedelta(days=back)), indicator="室内鼠迹阳性率", checked=Decimal(200),
                positive=positive, place=estates[0], inspector="周建国",
            )
        )  # fmt: skip


def _store_round(bench: Workbench, dice: random.Random, stock: StockDraft, estate: str, day: date) -> None:
    """Record one round over an estate, against rats or mosquitoes: the packs fetched from stock and spread at once."""
    rats = stock.agent == _BAIT
    packs = Decimal(dice.randint(9, 12) if rats else dice.randint(3, 5))
    given = vars(stock) | {"happened_on": day, "movement": "领用", "quantity": packs, "purpose": "投放"}
    bench.pest.stock.record(StockDraft(**given | {"receiver": "周建国"}))
    common = TreatmentDraft(
        treated_on=day, pest="鼠" if rats else "蚊", place=estate, agent=stock.agent, quantity=packs,
        unit=stock.package, operator="周建国",
    )  # fmt: skip
    if rats:
        homes, points, dead = dice.randint(90, 140), dice.randint(30, 45), dice.randint(0, 4)
        spread = replace(common, way="毒饵站投放", households=homes, points=points, dead_rats=dead)
    else:
        spread = replace(common, way="喷洒", area_m2=Decimal(dice.randint(12, 20) * 100))
    bench.pest.treatments.record(spread)
