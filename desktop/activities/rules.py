"""Rules of the activities slice as pure functions: what an activity must say, its status, the order of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.activities.work import Work, check_work
from desktop.foundation.errors import Problem
from desktop.foundation.text import fold_width

PLANNED, HELD, CANCELLED, POSTPONED = "计划", "已办", "取消", "延期"
STATUSES = (PLANNED, HELD, CANCELLED, POSTPONED)
CATEGORIES = (
    "环境整治", "健康讲座", "健康教育活动", "健康服务", "宣传", "安全宣传", "志愿服务", "文体活动", "节日活动",
    "党员活动", "会议", "评比表彰", "慰问", "培训", "除害活动",
)  # fmt: skip
LEDGERS = (
    "健康教育", "爱国卫生", "环境整治", "科普", "老年", "妇女", "未成年人", "志愿服务", "文体", "精神文明", "安全",
    "控烟", "计划免疫", "优生优育", "党建",
)  # fmt: skip

Theme = Literal["文体党建", "健康", "安全", "环境", "除害", "其他"]
THEMES: tuple[Theme, ...] = ("文体党建", "健康", "安全", "环境", "除害", "其他")
_THEME_WORDS: tuple[tuple[Theme, str], ...] = (
    ("除害", "除害|灭鼠|灭蚊|灭蟑|灭蝇|四害|投药|消杀"),
    ("安全", "安全|消防|防火|防灾|减灾|禁毒|反诈|平安"),
    ("健康", "健康|体检|义诊|卫生日|血压|免疫|接种|无烟|控烟|优生|计生|医"),
    ("环境", "环境|卫生|清理|清洁|绿化|植树|垃圾|整治"),
    ("文体党建", "文体|文化|体育|党|节日|庆祝|志愿|慰问|评比|表彰|学习|培训|比赛|演出|电影|亲子|游园"),
)
_CLOCK = re.compile(r"(上午|早上|下午|晚上|中午)?\s*(\d{1,2})[:点时](\d{1,2})?", re.ASCII)
_NOON = 12
_AFTER_NOON = frozenset({"下午", "晚上"})
_WITHOUT_TIME = 24 * 60


@dataclass(frozen=True)
class ActivityDraft:
    """What a form or a sheet row says of one activity; a blank status follows from the day."""

    held_on: date | None
    name: str
    category: str
    ends_on: date | None = None
    clock: str = ""
    place: str = ""
    in_charge: str = ""
    partners: str = ""
    planned_people: int | None = None
    attendance: int | None = None
    status: str = ""
    ledgers: tuple[str, ...] = ()
    work: tuple[Work, ...] = ()
    summary: str = ""


def check_activity(draft: ActivityDraft, *, today: date) -> list[Problem]:
    """Return every problem at once, so that a form can mark all fields."""
    problems = [
        Problem(name, "required", sentence)
        for name, value, sentence in (
            ("held_on", draft.held_on, "请填日期。"),
            ("name", draft.name, "请填活动名称。"),
            ("category", draft.category, "请选类别。"),
        )
        if not value
    ]
    if draft.status and draft.status not in STATUSES:
        problems.append(Problem("status", "choice_unknown", f"状态请选：{'、'.join(STATUSES)}。"))
    if draft.held_on is not None:
        if is_too_early(draft.held_on, draft.status, today):
            problems.append(
                Problem("held_on", "date_future", "这一天还没有到，还不能是“已办”。请改日期，或把状态改成“计划”。")
            )
        if draft.ends_on is not None and draft.ends_on < draft.held_on:
            problems.append(Problem("ends_on", "period_invalid", "结束日期早于开始的日期，请检查。"))
    problems.extend(
        Problem(name, "number_negative", "人数不能小于0。")
        for name, value in (("planned_people", draft.planned_people), ("attendance", draft.attendance))
        if value is not None and value < 0
    )
    problems.extend(problem for item in draft.work if (problem := check_work(item)) is not None)
    return problems


def status_of(held_on: date, status: str, today: date) -> str:
    """Return *status*, or for a blank one 已办 up to today and 计划 after it."""
    return status or (HELD if held_on <= today else PLANNED)


def is_too_early(held_on: date, status: str, today: date) -> bool:
    """Return whether an activity is called held before its day; plans, cancelled and put-off ones may lie ahead."""
    return status == HELD and held_on > today


def is_unsettled(held_on: date, ends_on: date | None, status: str, today: date) -> bool:
    """Return whether a planned activity is over and nobody has said how it went."""
    return status == PLANNED and (ends_on or held_on) < today


def minutes_of(clock: str) -> int:
    """Return the minute of the day at which *clock* (14:30, 9:00–11:00, 下午2点半) begins; without a time the last."""
    found = _CLOCK.search(fold_width(clock).replace("：", ":"))
    if found is None:
        return _WITHOUT_TIME
    half, hour, minute = found[1], int(found[2]), int(found[3] or 0)
    if half in _AFTER_NOON and hour < _NOON:
        hour += _NOON
    if not found[3] and clock[clock.find(found[2]) + len(found[2]) + 1 :].startswith("半"):
        minute = 30
    return hour * 60 + minute if hour < 24 and minute < 60 else _WITHOUT_TIME


def theme_of(category: str, name: str = "") -> Theme:
    """Return which of the calendar's colours an activity has: by its category, else by its name."""
    for text in (category, name):
        for theme, words in _THEME_WORDS:
            if re.search(words, text):
                return theme
    return "其他"
