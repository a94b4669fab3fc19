"""An invented community of any size in a real encrypted file: what the measurements are taken on."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.app import assemble
from desktop.foundation.clock import FixedClock
from desktop.foundation.idnumber import check_digit
from desktop.foundation.ids import new_id
from desktop.health.records import Visit
from desktop.register.office import NewOfficer, Opened, officer_of, set_up
from desktop.register.records import Household, Place, Resident, ResidentTag
from desktop.register.rights import Role
from desktop.register.rules import dwelling_key
from desktop.shell.workbench import Workbench
from desktop.store.folder import DataFolder
from desktop.store.keys import Cost, open_slot
from desktop.store.recovery import new_recovery_code
from desktop.store.unit import Store

CLOCK = FixedClock(datetime(2026, 6, 17, 2, 42, tzinfo=UTC))
PASSWORD = "invented-2026"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "单解仇查盖缪"
)
GIVEN = (
    "淑珍德顺桂芳秀兰志强美珠建平小雨福生素芝永红明霞玉莲国华丽娟伟军洋勇艳杰涛静敏婷磊超鹏辉琳雪梅浩宇晨"
    "曦子涵欣怡梓萱俊凯诗琪若曦雨桐思远嘉怡"
)


def build(folder: Path, *, residents: int, visits: int, seed: int = 7) -> Workbench:
    """Return a workbench over a new file with so many residents and visits; deterministic for a seed."""
    data = DataFolder(folder)
    officers = [NewOfficer("沈玉琴", Role.DIRECTOR, PASSWORD)]
    set_up(
        data, committee="幸福里社区居委会", region="110105001001", officers=officers,
        recovery_code=new_recovery_code(), clock=CLOCK, cost=Cost(64, 1, 1),
    )  # fmt: skip
    bench = open_bench(folder)
    random_ = random.Random(seed)
    people = _people(random_, residents)
    with bench.store.writing("样本", bench.officer) as unit:
        unit.start_batch("sample", "sample", residents)
        places = [{"name": f"幸福里{n}区", "category": "小区", "grid": "", "address": "", "manager": "", "phone": "",
                   "remark": ""} for n in range(1, max(residents // 4000, 3) + 1)]  # fmt: skip
        place_ids = unit.insert_many(Place, places)
        homes = {}
        for person in people:
            key = person.pop("home")
            if key not in homes:
                homes[key] = new_id()
            person["household_id"] = homes[key]
        unit.insert_many(Household, [
            {"id": home_id, "place_id": place_ids[number % len(place_ids)], "building": f"{building}号楼",
             "unit": f"{unit_}单元", "room": str(room), "building_key": dwelling_key("building", f"{building}号楼"),
             "unit_key": str(unit_), "room_key": str(room)}
            for (number, building, unit_, room), home_id in homes.items()])  # fmt: skip
        ids = unit.insert_many(Resident, people)
        tagged = random_.sample(ids, residents // 6)
        unit.insert_many(ResidentTag, [
            {"resident_id": resident_id, "tag": random_.choice(("高血压", "糖尿病", "独居")), "from_on": None,
             "to_on": None, "source": ""} for resident_id in tagged])  # fmt: skip
    with bench.store.writing("样本随访", bench.officer) as unit:
        unit.start_batch("sample", "sample", visits)
        today = CLOCK.today()
        unit.insert_many(Visit, (_visit(random_, tagged, ids, today) for _ in range(visits)))
    return bench


def open_bench(folder: Path) -> Workbench:
    """Return a workbench over the file built before."""
    generation = DataFolder(folder).current()
    slot = generation.ring().people[0]
    data_key = open_slot(slot, PASSWORD)
    store = Store(generation.database, data_key, clock=CLOCK)
    return assemble(Opened(store, officer_of(store, slot.id), data_key, generation.ring()), CLOCK)


def _people(random_: random.Random, count: int) -> list[dict[str, object]]:
    people: list[dict[str, object]] = []
    for number in range(count):
        born = date(1930, 1, 1) + timedelta(days=random_.randrange(35_000))
        digits = f"110105{born:%Y%m%d}{number % 1000:03d}"
        people.append({
            "file_serial": number + 1,
            "name": random_.choice(SURNAMES) + "".join(random_.choices(GIVEN, k=random_.choice((1, 2, 2, 2)))),
            # The same birthday and sequence may come twice in so large a crowd; then the number is left out.
            "id_number": digits + check_digit(digits),
            "no_id_reason": "", "sex": "男" if int(digits[16]) % 2 else "女", "born_on": born, "ethnicity": "汉族",
            "phone": f"13{random_.randrange(10**9):09d}", "contact_name": "", "contact_phone": "",
            "head_name": "", "relation": "", "residence_type": "户籍", "dwelling_state": "自住", "remark": "",
            "home": _home(number // 3, max(count // 4000, 3)),
        })  # fmt: skip
    seen: set[object] = set()
    for person in people:
        if person["id_number"] in seen:
            person["id_number"], person["no_id_reason"] = None, "暂缺证件"
        seen.add(person["id_number"])
    return people


def _home(number: int, places: int) -> tuple[int, int, int, int]:
    """Return (place, building, unit, room) of dwelling *number*; three people live in each."""
    inside = number // places
    return number % places, inside % 40 + 1, inside // 40 % 4 + 1, 101 + inside // 160


def _visit(random_: random.Random, tagged: list[object], ids: list[object], today: date) -> dict[str, object]:
    managed = random_.random() < 0.7
    day = today - timedelta(days=random_.randrange(1200))
    systolic = random_.randrange(100, 185)
    following = day + timedelta(days=90)
    flag = "紧急转诊数值" if systolic >= 180 else "高于参考范围" if systolic >= 140 else "参考范围内"
    return {
        "resident_id": random_.choice(tagged if managed else ids), "visited_on": day,
        "service": "高血压随访" if managed else "血压测量", "way": "家庭" if managed else "测量点",
        "systolic_mmhg": systolic, "diastolic_mmhg": systolic - 50, "medication": "规律" if managed else "",
        "result": "控制满意" if managed and systolic < 140 else "", "next_on": following if managed else None,
        "recorded_by": "罗晓梅", "remark": "", "flag": flag,
        "standard": "2017",
    }  # fmt: skip
