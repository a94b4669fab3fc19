"""Rules of the register as pure functions: what a resident's form must hold, dwelling keys, file numbers, presence."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.foundation import idnumber
from desktop.foundation.days import plain_day
from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width, mask_id_number, mask_phone, squeeze, tidy, tidy_name

SEXES = ("男", "女")
NO_ID_REASONS = ("新生儿未上户", "外籍", "港澳台", "证件遗失", "暂缺证件", "本人不愿提供")
RESIDENCE_TYPES = ("户籍", "非户籍")
DWELLING_STATES = ("自住", "出租", "空置", "迁出", "死亡")
GONE_STATES = ("迁出", "死亡")
RELATIONS = ("户主", "配偶", "子", "女", "父", "母", "孙子女", "兄弟姐妹", "其他亲属", "租客")
RESIDENTIAL = "小区"
REGION_DIGITS = 12
FILE_SERIAL_DIGITS = 5
_EARLIEST_BIRTH = date(1900, 1, 1)
_CHINESE_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_CHINESE_NUMBER = re.compile(r"(?:(?P<tens>[二三四五六七八九])?(?P<ten>十))?(?P<ones>[〇零一二三四五六七八九])?")


@dataclass(frozen=True)
class ResidentDraft:
    """What a form or a sheet row says of one resident; days are None where nothing was written."""

    name: str
    place: str
    building: str = ""
    unit: str = ""
    room: str = ""
    id_number: str = ""
    no_id_reason: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    phone: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    head_name: str = ""
    relation: str = ""
    residence_type: str = ""
    dwelling_state: str = ""
    arrived_on: date | None = None
    changed_on: date | None = None
    tags: tuple[str, ...] = ()
    remark: str = ""


def tidied(draft: ResidentDraft) -> ResidentDraft:
    """Return *draft* as it is stored: no blanks around texts or inside names, an identity number with a capital X."""
    # In one replacing, not by tidied_texts: an import does this for every row.
    texts: dict[str, Any] = {name: tidy(value) for name, value in draft.__dict__.items() if isinstance(value, str)}
    texts.update({name: tidy_name(texts[name]) for name in ("name", "contact_name", "head_name")})
    return replace(draft, **{**texts, "id_number": idnumber.tidy_id_number(draft.id_number)})


def differences(theirs: object, ours: object) -> dict[str, tuple[object, object]]:
    """Return field → (theirs, ours) where two drafts of one kind differ."""
    return {name: (value, getattr(ours, name)) for name, value in vars(theirs).items() if value != getattr(ours, name)}


def masked(draft: ResidentDraft) -> ResidentDraft:
    """Return *draft* with its numbers starred, for officers who may not see them."""
    return replace(
        draft,
        id_number=mask_id_number(draft.id_number),
        phone=mask_phone(draft.phone),
        contact_phone=mask_phone(draft.contact_phone),
    )


def check_resident(draft: ResidentDraft, *, today: date) -> list[Problem]:
    """Return every problem of a typed form at once; uniqueness of the number is the service's to check."""
    problems: list[Problem] = []
    if not draft.name:
        problems.append(Problem("name", "required", "请填姓名。"))
    if draft.id_number:
        if found := idnumber.check_id_number(draft.id_number, today=today):
            code, message = found
            problems.append(Problem("id_number", code, f"{message}。可先选“暂缺证件”保存。"))
    elif not draft.no_id_reason:
        problems.append(Problem("no_id_reason", "required", "没有身份证号，请选一个原因，以后再补。"))
    if not draft.place:
        problems.append(Problem("place", "required", "请选小区；名单里没有就直接写上，会一起建好。"))
    problems.extend(_check_lists(draft))
    problems.extend(_check_days(draft, today))
    return problems


def _check_lists(draft: ResidentDraft) -> list[Problem]:
    lists = (("sex", "性别", draft.sex, SEXES), ("dwelling_state", "居住状态", draft.dwelling_state, DWELLING_STATES))
    return [
        Problem(name, "choice_unknown", f"{label}请选：{'、'.join(choices)}。")
        for name, label, value, choices in lists
        if value and value not in choices
    ]


def _check_days(draft: ResidentDraft, today: date) -> list[Problem]:
    problems: list[Problem] = []
    if draft.born_on is not None:
        if draft.born_on > today:
            problems.append(Problem("born_on", "date_future", "出生日期还没到，请改。"))
        elif draft.born_on < _EARLIEST_BIRTH:
            problems.append(Problem("born_on", "date_invalid", "出生日期早于1900年，请核对。"))
    if draft.arrived_on is not None and draft.arrived_on > today:
        problems.append(Problem("arrived_on", "date_future", "迁入日期还没到，请改。"))
    if draft.changed_on is not None and draft.changed_on > today:
        problems.append(Problem("changed_on", "date_future", "变动日期还没到，请改。"))
    ends = (("arrived_on", "迁入日期"), ("changed_on", "变动日期"))
    for name, label in ends:
        day = getattr(draft, name)
        if day is not None and draft.born_on is not None and day < draft.born_on <= today:
            problems.append(Problem(name, "period_invalid", f"{label}早于出生日期（{plain_day(draft.born_on)}）。"))
    if draft.arrived_on and draft.changed_on and draft.changed_on < draft.arrived_on:
        problems.append(Problem("changed_on", "period_invalid", "变动日期早于迁入日期，请核对。"))
    return problems


def number_mismatches(id_number: str, *, sex: str, born_on: date | None) -> list[Problem]:
    """Return where sex or birthday differ from a sound identity number; a warning, never a refusal."""
    if not id_number:
        return []
    warnings: list[Problem] = []
    if sex and sex != idnumber.sex_of(id_number):
        warnings.append(Problem("sex", "sex_mismatch", "性别和身份证号不一致，按填写的保存"))
    if born_on and born_on != idnumber.born_on(id_number):
        warnings.append(Problem("born_on", "birth_mismatch", "出生日期和身份证号不一致，按填写的保存"))
    return warnings


def completed(draft: ResidentDraft, *, today: date) -> ResidentDraft:
    """Return *draft* with sex and birthday filled from the number where blank, and the day of leaving where needed."""
    values: dict[str, Any] = {}
    if draft.id_number:
        values["sex"] = draft.sex or idnumber.sex_of(draft.id_number) or ""
        values["born_on"] = draft.born_on or idnumber.born_on(draft.id_number)
        values["no_id_reason"] = ""
    if draft.dwelling_state in GONE_STATES and draft.changed_on is None:
        values["changed_on"] = today
    changed = {name: value for name, value in values.items() if value != getattr(draft, name)}
    return replace(draft, **changed) if changed else draft


def here_on(
    day: date, *, born_on: date | None, arrived_on: date | None, dwelling_state: str, changed_on: date | None
) -> bool:
    """Return whether a resident counts on *day*: born, arrived and not gone by then.

    Who came on an unknown day was always here, who left on one is gone for good.
    """
    gone = dwelling_state in GONE_STATES and (changed_on is None or changed_on <= day)
    return not gone and (born_on is None or born_on <= day) and (arrived_on is None or arrived_on <= day)


def file_number(region: str, serial: int) -> str:
    """Return the 17-digit file number: 12 digits of the committee's region and 5 of the serial.

    Empty while the region is unknown or the serial has outgrown its five digits.
    """
    if len(region) != REGION_DIGITS or not 1 <= serial < 10**FILE_SERIAL_DIGITS:
        return ""
    return f"{region}{serial:0{FILE_SERIAL_DIGITS}d}"


def check_region(region: str) -> list[Problem]:
    """Return what is wrong with a 12-digit region code (6 county, 3 street, 3 committee); empty text is allowed."""
    if not region:
        return []
    if len(region) != REGION_DIGITS or not (region.isascii() and region.isdigit()):
        return [Problem("region", "region_length", f"地区代码是12位数字，这里有{len(region)}位。不知道可以先空着。")]
    if not "11" <= region[:2] <= "82":
        return [Problem("region", "region_unknown", "地区代码开头两位不是省份代码，请核对。")]
    return []


def region_hint(region: str) -> str:
    """Return a remark on the last three digits, which for a 居委会 run from 001 to 099; local practice varies."""
    if len(region) == REGION_DIGITS and not 1 <= int(region[-3:]) <= 99:
        return "末三位一般是001—099（居委会），请核对。"
    return ""


@functools.lru_cache(maxsize=16_384)
@functools.lru_cache(maxsize=8192)
def dwelling_key(kind: str, text: str) -> str:
    """Return what makes two spellings of a building, unit or room the same: 01号楼, 1栋, 一幢, 1# → 1.

    *kind* is building, unit or room.
    """
    plain = squeeze(text).lower()
    stem = _SUFFIX[kind].sub("", plain) or plain
    if found := _CHINESE_NUMBER.fullmatch(stem):
        tens, ten, ones = (found.group(name) or "" for name in ("tens", "ten", "ones"))
        stem = f"{_CHINESE_DIGITS.get(tens, '1') if ten else ''}{_CHINESE_DIGITS.get(ones, '0') if ten or ones else ''}"
    return (stem.lstrip("0") or "0") if stem.isdecimal() else stem


_SUFFIX = {
    "building": re.compile(r"(#楼|#|号楼|号|栋|幢|座|楼)$"),
    "unit": re.compile(r"(单元|门)$"),
    "room": re.compile(r"(号房|房|室|号|户)$"),
}


def address_text(place: str, building: str, unit: str, room: str) -> str:
    """Return an address as people say it: 幸福里一区 2号楼1单元302."""
    parts = (
        f"{building}号楼" if building.isdigit() else building,
        f"{unit}单元" if unit.isdigit() else unit,
        room,
    )
    return f"{place} {''.join(parts)}".strip()


def address_words(typed: str) -> str:
    """Return a typed address cut into the pieces stored ones are made of, as address_text writes their keys.

    2-1-302 is 2号楼 1单元 302, 幸福里2栋302室 is 幸福里 2号楼 302.
    """
    plain = fold_width(tidy(typed)).lower()
    if found := re.fullmatch(r"(\d+)-(?:(\d+)-)?(\d+)", squeeze(plain)):
        building, unit, room = found.groups()
        return " ".join((f"{building}号楼", *([f"{unit}单元"] if unit else []), room))
    plain = re.sub(r"([0-9]+)\s*(?:#楼|#|号楼|栋|幢|座)", r" \1号楼 ", plain)
    plain = re.sub(r"([a-z])\s*(?:号楼|栋|幢|座)", r" \1 ", plain)
    plain = re.sub(r"([0-9]+)\s*(?:单元|门)", r" \1单元 ", plain)
    plain = re.sub(r"([0-9]+)\s*(?:号房|房|室)", r" \1 ", plain)
    return re.sub(r"(?<=[^\W\d])(?=\d)", " ", plain).strip()


def address_key(place: str, building: str, unit: str, room: str) -> str:
    """Return a short sort key in which building 2 stands before 11; all but *place* as ``dwelling_key`` makes them.

    A number is written behind its count of digits: 2 → 12, 11 → 211.
    """
    return _NUMBER.sub(_counted, fold_width(tidy(f"{place}|{building}|{unit}|{room}")))


_NUMBER = re.compile(r"\d+", re.ASCII)


def _counted(found: re.Match[str]) -> str:
    number = found.group().lstrip("0") or "0"
    return f"{min(len(number), 9)}{number}"


_CATEGORY_ENDINGS = (
    ("楼栋", ("号楼", "栋", "幢", "楼")),
    ("学校", ("小学", "中学", "学校", "幼儿园")),
    ("餐饮店", ("餐馆", "饭店", "餐厅", "早餐店", "小吃店", "食堂")),
    ("沿街商铺", ("超市", "商店", "便利店", "药店", "店")),
    ("垃圾房", ("垃圾房", "垃圾屋", "垃圾站")),
    ("公共场所", ("广场", "公园", "市场", "农贸市场", "公厕", "活动室")),
    (RESIDENTIAL, ("小区", "苑", "园", "花园", "新村", "村", "里", "庭", "城", "宿舍", "一区", "二区", "三区")),
)


def guess_category(name: str) -> str:
    """Return the category that the end of a place's *name* speaks for, 其他 if none does."""
    return next((word for word, endings in _CATEGORY_ENDINGS if name.endswith(endings)), "其他")
