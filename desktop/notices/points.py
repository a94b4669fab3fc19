"""What a notice about laid bait must say, in ten points, and what it must never say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.notices.rules import Filled

# Each point with what must be found for it; all of the alternatives of one group, any word inside a group.
_POINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("投药的起止日期", (r"\d{1,2}月\d{1,2}日", r"至|到|—|起|统一投")),
    ("投放的地点，毒饵放在毒饵站（盒）里", (r"地点|范围", r"毒饵[站盒屋]|投饵[站盒]")),
    ("药物名称和浓度", (r"药[物剂]", r"\d+(\.\d+)?\s*[%％]")),
    ("看好孩子和需要照看的家人，管好宠物家禽", (r"孩子|儿童|幼儿", r"宠物|犬|狗|猫")),
    ("收好食物，垃圾入桶", (r"食物|食品|米面|粮", r"垃圾")),
    ("不移动、不损坏毒饵站", (r"不.{0,8}(移动|挪动|损坏|破坏|打开)",)),
    ("误食立即送医，特效解毒剂维生素K1", (r"送医|就医|医院", r"维生素\s*K\s*[1₁１]")),
    ("死鼠不碰不吃不乱扔，深埋或焚烧", (r"死鼠|死老鼠", r"深埋|焚烧|掩埋|无害化")),
    ("联系人和电话", (r"\d{3,4}[- ]?\d{4}|\d{7,11}|\d{4} \d{4}",)),
    ("发布单位和日期", (r"\d{4}年\d{1,2}月\d{1,2}日",)),
)
_DOSE = re.compile(
    r"\d\s*(?:mg|毫克|微克|μg|ml|毫升)|(?:每日|每天|每次|一日|一天)\s*\d+\s*(?:次|片|支|粒)|\d+\s*[片支粒]\s*/|(?:口服|肌注|肌肉注射|静脉|静滴)"
)
_VOMIT = re.compile(r"(?<!勿)(?<!要)(?<!自行)(?<!禁止)(?<!不)(?:催吐|抠喉|引吐|刺激咽)")


@dataclass(frozen=True)
class Point:
    """One of the ten points, and whether the text has it."""

    text: str
    met: bool


def bait_points(notice: Filled, *, contact: str, issued: str) -> list[Point]:
    """Return the ten points, each with whether *notice* says it; *contact* and *issued* are printed below the body."""
    body = "\n".join((notice.title, *notice.body))
    whole = (*(body,) * 8, contact, issued)
    return [
        Point(text, all(re.search(pattern, where) for pattern in patterns))
        for (text, patterns), where in zip(_POINTS, whole, strict=True)
    ]


def forbidden_words(lines: Sequence[str]) -> list[str]:
    """Return a sentence for each thing such a notice must not say: doses are a doctor's, vomiting does harm."""
    text = "\n".join(lines)
    found = []
    if _DOSE.search(text):
        found.append("不要写用药剂量和用法，那是医生的事。请只写“特效解毒剂维生素K1，由医生使用”。")
    if _VOMIT.search(text):
        found.append("不要教人催吐，可能害人。请只写“立即送医、带上包装、勿自行用药”。")
    return found
